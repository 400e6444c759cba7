// The rules by which a course gives credits, as data: what differs between countries and universities is here and nowhere in the code
// (credits.md §2.5). A course keeps every version of its rules; a plan names the one it was published under.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { exactWithin } from '../questions/exact.ts';

/** A share in percent, exact: `'60'`, `'69.5'`. */
export const percentSchema = exactWithin(0, 100);

export const policyPresets = ['uz', 'kg', 'kz', 'ects', 'own'] as const;

/** What a control is, and by which of HEMIS's columns its points are handed in. */
export const controlKinds = ['current', 'midterm', 'independent', 'final'] as const;
export const sheetColumns = ['JN', 'ON', 'YN'] as const;
export type SheetColumn = (typeof sheetColumns)[number];

/** So many sittings of one activity at most: the first, and retakes (HEMIS: 1-, 2-, 3-qaydnoma). */
export const mostSittings = 5;

const controlRule = z.strictObject({
  key: z.string().min(1).max(36),
  kind: z.enum(controlKinds),
  title: z.string().trim().min(1).max(255),
  /** Points in all; those of a plan's controls add up to `totalPoints`. */
  points: exactWithin(0, 1000),
  /** Of its points, without which nothing is passed. */
  minimumPercent: percentSchema,
  sheetColumn: z.enum(sheetColumns),
});

const band = z.strictObject({
  /** Of all points: what is this or more, and less than the band above, has this grade. */
  fromPercent: percentSchema,
  grade: z.string().trim().min(1).max(20),
  /** What the grade counts in a GPA; null: nothing. */
  gradePoints: exactWithin(0, 100).nullable(),
});

export const policySchema = z
  .strictObject({
    preset: z.enum(policyPresets),
    name: z.string().trim().min(1).max(255),
    /** Academic hours of work that one credit may stand for. */
    hoursPerCredit: z.strictObject({
      least: z.number().int().min(1).max(60),
      most: z.number().int().min(1).max(60),
      usual: z.number().int().min(1).max(60),
    }),
    academicHourMinutes: z.number().int().min(30).max(60),
    /** Of the hours, those with a teacher; null: as one likes. */
    contactPercent: z.strictObject({ least: percentSchema, most: percentSchema }).nullable(),
    /** Whether credits are whole numbers only. */
    isWholeCreditsOnly: z.boolean(),
    totalPoints: exactWithin(1, 1000),
    /** Of all points, to pass. */
    passPercent: percentSchema,
    /** Of all points before the final control, to be let to it; null: no such rule. */
    admissionPercent: percentSchema.nullable(),
    /** Of the hours with a teacher: who misses as many or more is excluded; null: no such rule. */
    absencePercent: percentSchema.nullable(),
    /** What a new plan begins with. */
    controls: z.array(controlRule).min(1).max(12),
    /** From the best grade down; the last from 0, so there is no gap. */
    bands: z.array(band).min(2).max(20),
    retakes: z.strictObject({
      /** How often one may sit in all. */
      sittings: z.number().int().min(1).max(mostSittings),
      counting: z.enum(['best', 'last']),
    }),
    rounding: z.strictObject({
      /** Digits after the comma that points are shown and handed in with, half up. */
      digits: z.number().int().min(0).max(2),
      /** Whether grades follow the exact points, or the points as rounded. Passing always follows the exact ones. */
      gradesFollow: z.enum(['exact', 'rounded']),
    }),
    gpa: z.strictObject({
      /** What a student needs to go on to the next year, compared unrounded; null: no such rule. */
      threshold: exactWithin(0, 100).nullable(),
      digits: z.number().int().min(1).max(3),
    }),
    /** Who turns what is earned into credits: a teacher's word on a list, or at once and by itself. */
    confirmation: z.enum(['teacher', 'automatic']),
  })
  .refine(({ hoursPerCredit: { least, usual, most } }) => least <= usual && usual <= most, {
    path: ['hoursPerCredit'],
    error: 'hours-out-of-order',
  })
  .refine(({ bands }) => isFalling(bands.map(({ fromPercent }) => fromPercent)), {
    path: ['bands'],
    error: 'bands-out-of-order',
  })
  .refine(({ controls }) => new Set(controls.map(({ key }) => key)).size === controls.length, {
    path: ['controls'],
    error: 'keys-twice',
  });

export type CreditPolicy = z.output<typeof policySchema>;
export type ControlRule = CreditPolicy['controls'][number];
export type Band = CreditPolicy['bands'][number];

/** Strictly falling and ending at nothing. */
function isFalling(percents: readonly string[]): boolean {
  const values = percents.map((text) => new Fraction(text));
  const last = values.at(-1);
  return last?.equals(0) === true && values.every((value, index) => index === 0 || values[index - 1]?.gt(value));
}
