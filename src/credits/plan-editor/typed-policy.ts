// The rules of a course as they stand in their form, and back. Reading never throws and tells everything at once.
import Fraction from 'fraction.js';
import { oneOf } from '../../questions/forms/fields.ts';
import type { TypedForm, TypedRow } from '../../questions/forms/typed-form.ts';
import { sumOfPoints } from '../plan.ts';
import { mostSittings, policyPresets, policySchema, type Band, type CreditPolicy } from '../policy.ts';
import { controlIn, percentIn, pointsIn, textIn, wholeIn, type Fault, type Report } from './typed-fields.ts';

/** The lists of the form, with the most rows of each. */
export const policyLists = { controls: 12, bands: 20 } as const;

/** Rules as their form shows them. */
export function policyToForm(rules: CreditPolicy): TypedForm {
  const { hoursPerCredit, contactPercent, retakes, rounding, gpa } = rules;
  return {
    values: {
      preset: rules.preset,
      name: rules.name,
      hoursLeast: String(hoursPerCredit.least),
      hoursMost: String(hoursPerCredit.most),
      hoursUsual: String(hoursPerCredit.usual),
      academicHourMinutes: String(rules.academicHourMinutes),
      contactLeast: contactPercent?.least ?? '',
      contactMost: contactPercent?.most ?? '',
      wholeCredits: rules.isWholeCreditsOnly ? 'whole' : 'parts',
      totalPoints: rules.totalPoints,
      passPercent: rules.passPercent,
      admissionPercent: rules.admissionPercent ?? '',
      absencePercent: rules.absencePercent ?? '',
      sittings: String(retakes.sittings),
      counting: retakes.counting,
      digits: String(rounding.digits),
      gradesFollow: rounding.gradesFollow,
      threshold: gpa.threshold ?? '',
      gpaDigits: String(gpa.digits),
      confirmation: rules.confirmation,
    },
    rows: {
      controls: rules.controls.map((control) => ({ ...control })),
      bands: rules.bands.map((band) => ({ ...band, gradePoints: band.gradePoints ?? '' })),
    },
  };
}

/**
 * Reads rules out of their form.
 *
 * @returns the rules, null if anything is at fault
 */
export function readPolicy({ values, rows }: TypedForm): { rules: CreditPolicy | null; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const report: Report = (field, code, params = {}) => faults.push({ field, code, params });
  const whole = (name: string, least: number, most: number) => wholeIn(values, name, { at: name, least, most }, report);
  const percent = (name: string) => percentIn(values[name] ?? '', name, report);
  const optional = (name: string) => (values[name]?.trim() ? percent(name) : null);
  const rules: CreditPolicy = {
    preset: oneOf(policyPresets, values.preset),
    name: textIn(values, 'name', { at: 'name', most: 255 }, report),
    hoursPerCredit: {
      least: whole('hoursLeast', 1, 60),
      most: whole('hoursMost', 1, 60),
      usual: whole('hoursUsual', 1, 60),
    },
    academicHourMinutes: whole('academicHourMinutes', 30, 60),
    contactPercent: contactIn(values, report),
    isWholeCreditsOnly: values.wholeCredits === 'whole',
    totalPoints: pointsIn(values.totalPoints ?? '', 'totalPoints', report),
    passPercent: percent('passPercent'),
    admissionPercent: optional('admissionPercent'),
    absencePercent: optional('absencePercent'),
    controls: (rows.controls ?? []).map((row, index) => controlIn(row, `controls.${index}`, report)),
    bands: (rows.bands ?? []).map((row, index) => bandIn(row, `bands.${index}`, report)),
    retakes: { sittings: whole('sittings', 1, mostSittings), counting: oneOf(['best', 'last'], values.counting) },
    rounding: { digits: whole('digits', 0, 2), gradesFollow: oneOf(['exact', 'rounded'], values.gradesFollow) },
    gpa: {
      threshold: values.threshold?.trim() ? pointsIn(values.threshold, 'threshold', report) : null,
      digits: whole('gpaDigits', 1, 3),
    },
    confirmation: oneOf(['teacher', 'automatic'], values.confirmation),
  };
  if (faults.length > 0) return { rules: null, faults };
  if (!sumOfPoints(rules.controls).equals(rules.totalPoints)) report('controls', 'controls-total');
  const parsed = policySchema.safeParse(rules);
  for (const { path, message } of parsed.error?.issues ?? []) reportIssue(path, message, report);
  return { rules: parsed.success && faults.length === 0 ? parsed.data : null, faults };
}

/** Both bounds empty: no such rule; one of them: no bound on that side. */
function contactIn(values: TypedRow, report: Report): CreditPolicy['contactPercent'] {
  const [least = '', most = ''] = [values.contactLeast?.trim(), values.contactMost?.trim()];
  if (least === '' && most === '') return null;
  const bounds = {
    least: percentIn(least || '0', 'contactLeast', report),
    most: percentIn(most || '100', 'contactMost', report),
  };
  if (new Fraction(bounds.least).gt(bounds.most)) report('contactMost', 'contact-out-of-order');
  return bounds;
}

function bandIn(row: TypedRow, at: string, report: Report): Band {
  return {
    fromPercent: percentIn(row.fromPercent ?? '', `${at}.fromPercent`, report),
    grade: textIn(row, 'grade', { at: `${at}.grade`, most: 20 }, report),
    gradePoints: row.gradePoints?.trim() ? pointsIn(row.gradePoints, `${at}.gradePoints`, report) : null,
  };
}

/** What holds between fields, as the rules' own schema says it. */
function reportIssue(path: readonly PropertyKey[], message: string, report: Report): void {
  const [field = 'name'] = path.map(String);
  if (message === 'hours-out-of-order') report('hoursUsual', message);
  else if (message === 'bands-out-of-order') report('bands', message);
  else if (path.length === 1 && (field === 'controls' || field === 'bands')) report(field, 'none');
  else report(path.map(String).join('.'), 'not-storable');
}
