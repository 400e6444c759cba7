// What a ledger entry rests on, frozen: enough to check the award again, and a fingerprint that says whether anything has changed since.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EvaluatedComponent, Evaluation } from './evaluate.ts';
import { wholeCourse } from './plan.ts';

/** An exact number as text: `'7/3'`. */
const exact = z.string();

export const evidenceSchema = z.strictObject({
  points: exact,
  maximumPoints: exact,
  /** Of the course; null for a module, which can be earned before the course has any. */
  grade: z.string().nullable(),
  gradePoints: exact.nullable(),
  /** What was assessed of the component, by the activity's key: what it gave, and by which attempt or mark. */
  activities: z.array(
    z.strictObject({ key: z.string(), state: z.string(), points: exact, source: z.string().nullable() }),
  ),
  /** Of a transfer: where the credits are from, in words. */
  recognised: z.string().optional(),
});

export type Evidence = z.output<typeof evidenceSchema>;

/** What a component rests on now. */
export function evidenceFor(component: EvaluatedComponent, { grade, activities }: Evaluation): Evidence {
  const isCourse = component.key === wholeCourse;
  const own = activities.filter(
    ({ activity: { moduleKey, controlKey, isRequired } }) =>
      (isCourse || component.key === moduleKey) && (controlKey !== null || isRequired),
  );
  return {
    points: component.points.toFraction(),
    maximumPoints: component.maximumPoints.toFraction(),
    grade: isCourse && grade ? grade.grade : null,
    gradePoints: isCourse && grade ? grade.gradePoints : null,
    activities: own.flatMap(({ activity: { key }, result, points }) => {
      const source = result.state === 'scored' ? result.source : null;
      return points ? [{ key, state: result.state, points: points.toFraction(), source }] : [];
    }),
  };
}

/** SHA-256 in hexadecimal digits; the same for equal evidence whatever the order of its fields. */
export function hashEvidence(evidence: Evidence): string {
  const { points, maximumPoints, grade, gradePoints, activities, recognised = null } = evidence;
  const canonical = [
    ...[points, maximumPoints, grade, gradePoints, recognised],
    activities.map(({ key, state, points: given, source }) => [key, state, given, source]),
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
