// The rules that a course may begin with. What a university sets for itself is a sensible default here, to be changed on the page of
// the rules. Sources: credits.md §2.1 (Uzbekistan, decree 824 and the standard), §2.2 (Kyrgyzstan), §2.3 (ECTS), §2.4 (Kazakhstan).
import type { Band, ControlRule, CreditPolicy } from './policy.ts';

type Preset = CreditPolicy['preset'];

const band = (fromPercent: string, grade: string, gradePoints: string | null): Band => ({
  fromPercent,
  grade,
  gradePoints,
});

function control(
  key: string,
  title: string,
  points: string,
  { minimumPercent = '0', sheetColumn = 'JN' }: Partial<Pick<ControlRule, 'minimumPercent' | 'sheetColumn'>> = {},
): ControlRule {
  const kind = key === 'JN' ? 'current' : key === 'ON' ? 'midterm' : key === 'YN' ? 'final' : 'independent';
  return { key, kind, title, points, minimumPercent, sheetColumn };
}

/** The same of all: half of the points before the final control, half in it; the names are for the course's language to change. */
const halfAndHalf = (titles: readonly [string, string, string, string], finalMinimum: string): ControlRule[] => [
  control('JN', titles[0], '20'),
  control('ON', titles[1], '20', { sheetColumn: 'ON' }),
  control('MT', titles[2], '10'),
  control('YN', titles[3], '50', { minimumPercent: finalMinimum, sheetColumn: 'YN' }),
];

const uz: CreditPolicy = {
  preset: 'uz',
  name: 'Oʻzbekiston, 824-son qaror',
  // The council of each university sets it: 25 to 30 by the decree, 30 by the standard.
  hoursPerCredit: { least: 25, most: 30, usual: 30 },
  academicHourMinutes: 40,
  // Bachelor 40–50 %, master 30–40 %.
  contactPercent: { least: '30', most: '50' },
  isWholeCreditsOnly: false,
  totalPoints: '100',
  passPercent: '60',
  admissionPercent: '60',
  absencePercent: '25',
  controls: halfAndHalf(['Joriy nazorat', 'Oraliq nazorat', 'Mustaqil taʼlim', 'Yakuniy nazorat'], '60'),
  bands: [band('90', '5', '5'), band('70', '4', '4'), band('60', '3', '3'), band('0', '2', '2')],
  retakes: { sittings: 3, counting: 'best' },
  rounding: { digits: 0, gradesFollow: 'exact' },
  gpa: { threshold: '2.4', digits: 2 },
  confirmation: 'teacher',
};

const kg: CreditPolicy = {
  ...uz,
  preset: 'kg',
  name: 'Кыргызстан, 5 баллдык шкала',
  hoursPerCredit: { least: 30, most: 30, usual: 30 },
  academicHourMinutes: 50,
  contactPercent: null,
  admissionPercent: null,
  absencePercent: null,
  controls: halfAndHalf(
    ['Учурдагы текшерүү', 'Аралык текшерүү', 'Студенттин өз алдынча иши', 'Жыйынтыктоочу текшерүү'],
    '0',
  ),
  bands: [band('86', '5', '5'), band('76', '4', '4'), band('60', '3', '3'), band('0', '2', '2')],
  gpa: { threshold: null, digits: 2 },
};

const kz: CreditPolicy = {
  ...kg,
  preset: 'kz',
  name: 'Қазақстан, әріптік шкала',
  controls: [
    control('JN', 'Рейтинг 1', '30'),
    control('ON', 'Рейтинг 2', '30', { sheetColumn: 'ON' }),
    control('YN', 'Емтихан', '40', { minimumPercent: '50', sheetColumn: 'YN' }),
  ],
  passPercent: '50',
  admissionPercent: '50',
  bands: [
    ...[band('95', 'A', '4'), band('90', 'A-', '3.67'), band('85', 'B+', '3.33'), band('80', 'B', '3')],
    ...[band('75', 'B-', '2.67'), band('70', 'C+', '2.33'), band('65', 'C', '2'), band('60', 'C-', '1.67')],
    ...[band('55', 'D+', '1.33'), band('50', 'D', '1'), band('25', 'FX', '0.5'), band('0', 'F', '0')],
  ],
};

const ects: CreditPolicy = {
  ...uz,
  preset: 'ects',
  name: 'ECTS',
  hoursPerCredit: { least: 25, most: 30, usual: 25 },
  academicHourMinutes: 60,
  contactPercent: null,
  admissionPercent: null,
  absencePercent: null,
  controls: halfAndHalf(['Continuous assessment', 'Midterm', 'Independent work', 'Final examination'], '0'),
  passPercent: '50',
  // ECTS ranks nobody: whoever reached the outcomes has passed. A local scale belongs in "our own".
  bands: [band('50', 'P', null), band('0', 'F', null)],
  gpa: { threshold: null, digits: 2 },
};

/** What each preset says; `own` begins as the Uzbek one without its name. */
export const presetPolicies: Record<Preset, CreditPolicy> = { uz, kg, kz, ects, own: { ...uz, preset: 'own' } };
