// A course's credit plan: what it is worth, in which modules, and what is done and counted in each. Activities, controls and modules
// have keys that stay when they are renamed or moved: marks and ledger entries speak of keys.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { pointsSchema } from '../questions/exact.ts';
import { rubricSchema } from '../questions/rubric.ts';
import { controlKinds, percentSchema, sheetColumns } from './policy.ts';

/** What an activity is: a quiz of ours at one of the course's placements, or something else that people mark. */
export const activityForms = [
  ...['quiz', 'written', 'test', 'project', 'lab'],
  ...['seminar', 'reflection', 'external'],
] as const;

export const mostModules = 40;
export const mostActivities = 200;
/** In hundredths of a credit. */
export const mostUnits = 60_00;

/** The component that a course is when its modules have no credits of their own. */
export const wholeCourse = 'course';
/** Missed hours are entered like the marks of an activity, by this key. */
export const attendance = 'attendance';

const key = z
  .string()
  .regex(/^[\w-]{1,36}$/)
  .refine((text) => text !== wholeCourse && text !== attendance, 'a key of ours');
const title = z.string().trim().min(1).max(255);
/** A day as `2026-11-26`. */
const day = z.iso.date();
const hours = z.number().int().min(0).max(3600);

export const planSchema = z.strictObject({
  /** In hundredths of a credit. */
  units: z.number().int().min(1).max(mostUnits),
  hoursPerCredit: z.number().int().min(1).max(60),
  contactHours: hours,
  independentHours: hours,
  /** `2026/2027` */
  educationYear: z.string().regex(/^\d{4}\/\d{4}$/),
  /** Of the whole programme, from 1. */
  semester: z.number().int().min(1).max(16),
  /** The institution's own code of the subject; empty for none. */
  subjectCode: z.string().trim().max(64),
  controls: z
    .array(
      z.strictObject({
        key,
        kind: z.enum(controlKinds),
        title,
        points: pointsSchema,
        minimumPercent: percentSchema,
        sheetColumn: z.enum(sheetColumns),
      }),
    )
    .min(1)
    .max(12),
  modules: z
    .array(
      z.strictObject({
        key,
        title,
        contactHours: hours,
        independentHours: hours,
        outcomes: z.array(z.string().trim().min(1).max(500)).max(20),
        opensOn: day.nullable(),
        dueOn: day.nullable(),
        /** Credits of its own, in hundredths; null: only the course as a whole gives any. All modules have some, or none has. */
        units: z.number().int().min(1).max(mostUnits).nullable(),
      }),
    )
    .min(1)
    .max(mostModules),
  activities: z
    .array(
      z.strictObject({
        key,
        moduleKey: key,
        /** What its points count in; null: it is formative, and its points count in nothing. */
        controlKey: key.nullable(),
        form: z.enum(activityForms),
        title,
        /** Of a quiz: where it stands in the course. */
        placementId: z.number().int().positive().nullable(),
        /** The most it gives; nothing where it is formative. */
        points: pointsSchema,
        workloadMinutes: z.number().int().min(0).max(216_000),
        isRequired: z.boolean(),
        /** Of its own points, to be done; nothing: to have been assessed is enough. */
        leastPercent: percentSchema,
        dueOn: day.nullable(),
        /** By what people mark it; null: by points alone. */
        rubric: rubricSchema.nullable(),
      }),
    )
    .max(mostActivities),
  /** What the credit page's column in the LMS's gradebook shows. */
  gradebookColumn: z.enum(['points', 'credits']),
});

export type CreditPlan = z.output<typeof planSchema>;
export type PlanControl = CreditPlan['controls'][number];
export type PlanModule = CreditPlan['modules'][number];
export type PlanActivity = CreditPlan['activities'][number];

/** What bears credits: the course, or each module. */
export interface Component {
  key: string;
  title: string;
  /** In hundredths of a credit. */
  units: number;
}

/** What of a plan bears credits. @param title of the course */
export function componentsOf({ units, modules }: CreditPlan, title: string): Component[] {
  const own = modules.flatMap((module) => (module.units === null ? [] : [{ ...module, units: module.units }]));
  return own.length === 0
    ? [{ key: wholeCourse, title, units }]
    : own.map(({ key, title, units }) => ({ key, title, units }));
}

/** The counting activities of a module; of the whole course without one. */
export function countingActivities({ activities }: CreditPlan, moduleKey?: string): PlanActivity[] {
  return activities.filter(
    (activity) => activity.controlKey !== null && (moduleKey === undefined || activity.moduleKey === moduleKey),
  );
}

/** Exact sum of points. */
export function sumOfPoints(all: readonly { points: string }[]): Fraction {
  return all.reduce((sum, { points }) => sum.add(points), new Fraction(0));
}

/** The hours that credits stand for. */
export function hoursOf({ units, hoursPerCredit }: Pick<CreditPlan, 'units' | 'hoursPerCredit'>): Fraction {
  return new Fraction(units, 100).mul(hoursPerCredit);
}

/**
 * Splits the hours of a course into those with a teacher and the rest, so that both always add up (credits.md §2.6.1).
 *
 * @param contactPercent share of the hours with a teacher, rounded half up to a whole hour
 */
export function splitHours(
  plan: Pick<CreditPlan, 'units' | 'hoursPerCredit'>,
  contactPercent: string,
): { contactHours: number; independentHours: number } {
  const all = hoursOf(plan);
  const contactHours = all.mul(contactPercent).div(100).add(new Fraction(1, 2)).floor().valueOf();
  return { contactHours, independentHours: all.sub(contactHours).valueOf() };
}
