// From a plan to its form and back. Reading never throws: what cannot be read is told at its field and stands for nothing meanwhile, so
// that the sums follow as one types.
import { oneOf } from '../../questions/forms/fields.ts';
import type { TypedForm, TypedRow } from '../../questions/forms/typed-form.ts';
import { readNumber } from '../../questions/read-number.ts';
import { activityForms, mostUnits, planSchema, type CreditPlan, type PlanActivity, type PlanModule } from '../plan.ts';
import { rubricFromLines, rubricToLines } from './rubric-lines.ts';
import { controlIn, percentIn, pointsIn, textIn, wholeIn, type Fault, type Report } from './typed-fields.ts';

/** What a form says. `plan` has a plan's shape even where something is at fault, and may be stored only if nothing is. */
export interface ReadPlan {
  plan: CreditPlan;
  faults: readonly Fault[];
}

/** Reads a plan out of its form. */
export function readPlan({ values, rows }: TypedForm): ReadPlan {
  const faults: Fault[] = [];
  const report: Report = (field, code, params = {}) => faults.push({ field, code, params });
  const whole = (name: string, least: number, most: number) => wholeIn(values, name, { at: name, least, most }, report);
  const controls = rows.controls ?? [];
  const modules = rows.modules ?? [];
  if (controls.length === 0) report('controls', 'none');
  if (modules.length === 0) report('modules', 'none');
  const plan: CreditPlan = {
    units: unitsIn(values.units ?? '', 'units', report) ?? 0,
    hoursPerCredit: whole('hoursPerCredit', 1, 60),
    contactHours: whole('contactHours', 0, mostHours),
    independentHours: whole('independentHours', 0, mostHours),
    educationYear: yearIn(values.educationYear ?? '', report),
    semester: whole('semester', 1, 16),
    subjectCode: textIn(values, 'subjectCode', { at: 'subjectCode', most: 64, mayBeEmpty: true }, report),
    controls: controls.map((row, index) => controlIn(row, `controls.${index}`, report)),
    modules: modules.map((row, index) => moduleIn(row, `modules.${index}`, report)),
    activities: (rows.activities ?? []).map((row, index) => activityIn(row, `activities.${index}`, report)),
    gradebookColumn: oneOf(['points', 'credits'], values.gradebookColumn),
  };
  const parsed = planSchema.safeParse(plan);
  if (parsed.success) return { plan: parsed.data, faults };
  if (faults.length === 0) report(fieldOf(parsed.error.issues[0]?.path ?? []), 'not-storable');
  return { plan, faults };
}

/** A plan as its form shows it. */
export function planToForm(plan: CreditPlan): TypedForm {
  return {
    values: {
      units: credits(plan.units),
      hoursPerCredit: String(plan.hoursPerCredit),
      contactHours: String(plan.contactHours),
      independentHours: String(plan.independentHours),
      educationYear: plan.educationYear,
      semester: String(plan.semester),
      subjectCode: plan.subjectCode,
      gradebookColumn: plan.gradebookColumn,
    },
    rows: {
      controls: plan.controls.map((control) => ({ ...control })),
      modules: plan.modules.map(({ outcomes, opensOn, dueOn, units, contactHours, independentHours, ...module }) => ({
        ...module,
        contactHours: String(contactHours),
        independentHours: String(independentHours),
        outcomes: outcomes.join('\n'),
        opensOn: opensOn ?? '',
        dueOn: dueOn ?? '',
        ownUnits: units === null ? '' : credits(units),
      })),
      activities: plan.activities.map((activity) => ({
        ...{ key: activity.key, module: activity.moduleKey, control: activity.controlKey ?? '' },
        ...{ form: activity.form, title: activity.title, placement: String(activity.placementId ?? '') },
        points: activity.points,
        workload: decimal(activity.workloadMinutes / 60),
        ...(activity.isRequired && { required: 'on' }),
        leastPercent: activity.leastPercent,
        dueOn: activity.dueOn ?? '',
        rubric: activity.rubric ? rubricToLines(activity.rubric) : '',
      })),
    },
  };
}

const mostHours = 3600;
const mostMinutes = 216_000;

function moduleIn(row: TypedRow, at: string, report: Report): PlanModule {
  const hours = (name: string) =>
    row[name]?.trim() ? wholeIn(row, name, { at: `${at}.${name}`, least: 0, most: mostHours }, report) : 0;
  return {
    key: row.key ?? '',
    title: textIn(row, 'title', { at: `${at}.title`, most: 255 }, report),
    contactHours: hours('contactHours'),
    independentHours: hours('independentHours'),
    outcomes: outcomesIn(row.outcomes ?? '', `${at}.outcomes`, report),
    opensOn: dayIn(row.opensOn ?? '', `${at}.opensOn`, report),
    dueOn: dayIn(row.dueOn ?? '', `${at}.dueOn`, report),
    units: row.ownUnits?.trim() ? unitsIn(row.ownUnits, `${at}.ownUnits`, report) : null,
  };
}

function activityIn(row: TypedRow, at: string, report: Report): PlanActivity {
  const form = oneOf(activityForms, row.form);
  const rubric = form === 'quiz' ? { rubric: null } : rubricFromLines(row.rubric ?? '');
  if ('fault' in rubric) report(`${at}.rubric`, rubric.fault);
  return {
    key: row.key ?? '',
    moduleKey: row.module ?? '',
    controlKey: row.control ? row.control : null,
    form,
    title: textIn(row, 'title', { at: `${at}.title`, most: 255 }, report),
    placementId: form === 'quiz' && /^[1-9]\d{0,14}$/.test(row.placement ?? '') ? Number(row.placement) : null,
    points: pointsIn(row.points ?? '', `${at}.points`, report),
    workloadMinutes: minutesIn(row.workload ?? '', `${at}.workload`, report),
    isRequired: row.required !== undefined,
    leastPercent: percentIn(row.leastPercent ?? '', `${at}.leastPercent`, report),
    dueOn: dayIn(row.dueOn ?? '', `${at}.dueOn`, report),
    rubric: 'fault' in rubric ? null : rubric.rubric,
  };
}

/** Credits as hundredths; null where none can be read. */
function unitsIn(typed: string, at: string, report: Report): number | null {
  const units = readNumber(typed)?.mul(100).valueOf();
  if (units !== undefined && Number.isInteger(units) && units >= 1 && units <= mostUnits) return units;
  report(at, 'not-credits', { most: mostUnits / 100 });
  return null;
}

/** Hours as whole minutes. */
function minutesIn(typed: string, at: string, report: Report): number {
  if (typed.trim() === '') return 0;
  const minutes = readNumber(typed)?.mul(60);
  if (minutes?.d === 1n && minutes.gte(0) && minutes.lte(mostMinutes)) return minutes.valueOf();
  report(at, 'not-workload', { most: mostMinutes / 60 });
  return 0;
}

/** `2026/2027`, also with another line or spaces between. */
function yearIn(typed: string, report: Report): string {
  const [, from = '', to = ''] = /^\s*(\d{4})\s*[/–-]\s*(\d{4})\s*$/.exec(typed) ?? [];
  if (from !== '' && Number(to) === Number(from) + 1) return `${from}/${to}`;
  report('educationYear', 'not-a-year');
  return '';
}

function dayIn(typed: string, at: string, report: Report): string | null {
  const text = typed.trim();
  if (text === '') return null;
  const day = planSchema.shape.modules.element.shape.dueOn.safeParse(text).data ?? null;
  if (day === null) report(at, 'not-a-day');
  return day;
}

/** One a line. */
function outcomesIn(typed: string, at: string, report: Report): string[] {
  const outcomes = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (outcomes.some((line) => line.length > 500)) report(at, 'too-long', { most: 500 });
  else if (outcomes.length > 20) report(at, 'not-storable');
  return outcomes;
}

/** Hundredths of a credit as people write credits, with a point. */
function credits(units: number): string {
  return decimal(units / 100);
}

function decimal(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** The field at which the schema found something that no reader looks for. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.slice(0, 3).map(String).join('.') || 'units';
}
