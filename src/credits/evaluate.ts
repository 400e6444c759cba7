// What a student's results come to under a plan and its rules: points by control, the grade, and which components are earned. Pure and
// exact; nothing of it is stored but the evidence of a ledger entry, so nothing can disagree with it (credits.md §5.3).
import Fraction from 'fraction.js';
import { failingGrade, gradeFor } from './grade.ts';
import {
  componentsOf,
  sumOfPoints,
  wholeCourse,
  type Component,
  type CreditPlan,
  type PlanActivity,
  type PlanControl,
} from './plan.ts';
import type { Band, CreditPolicy } from './policy.ts';

/** What is known of a student and one activity of the plan, whoever assessed it. */
export type ActivityResult =
  | { state: 'none' }
  /** Handed in, and somebody has yet to mark it. */
  | { state: 'waiting' }
  | { state: 'absent' }
  /** Not asked of this student; it gives no points either. */
  | { state: 'excused' }
  /** `share` of its points, from 0 to 1; `source` says by which attempt or mark. */
  | { state: 'scored'; share: Fraction; source: string };

/** Everything that a student's results in a course are made of. */
export interface StudentResults {
  /** By the activity's key; what is not in it is `none`. */
  activities: ReadonlyMap<string, ActivityResult>;
  /** Of the hours with a teacher; null: nobody counts them. */
  missedHours: Fraction | null;
}

/** Why a component is not earned yet. Points are exact, and what is still missing. */
export type Missing =
  | { code: 'activity'; key: string; leastPercent: string }
  | { code: 'control'; key: string; points: Fraction }
  | { code: 'admission'; points: Fraction }
  | { code: 'total'; points: Fraction }
  | { code: 'attendance' };

/** One activity of the plan, evaluated. */
export interface EvaluatedActivity {
  activity: PlanActivity;
  result: ActivityResult;
  /** What it gives; null until it is assessed. A formative one gives nothing. */
  points: Fraction | null;
  isDone: boolean;
}

/** One control, evaluated: all of it, or a module's part. */
export interface EvaluatedControl {
  control: PlanControl;
  points: Fraction;
  maximumPoints: Fraction;
  /** Whether anything in it was assessed. */
  isBegun: boolean;
  isMinimumMet: boolean;
}

/** What a course, or one module, comes to. */
interface Judged {
  controls: readonly EvaluatedControl[];
  points: Fraction;
  maximumPoints: Fraction;
  isPassed: boolean;
  /** Why not; empty exactly if it is passed. */
  missing: readonly Missing[];
}

/** One component, evaluated. */
export type EvaluatedComponent = Component & Judged;

/** A student in a course, evaluated. */
export interface Evaluation extends Judged {
  activities: readonly EvaluatedActivity[];
  /** Null while something that counts has not been assessed and the course is not passed. */
  grade: Band | null;
  isExcluded: boolean;
  components: readonly EvaluatedComponent[];
  progress: { required: number; requiredDone: number; workloadMinutes: number; doneMinutes: number };
}

/**
 * Evaluates one student. A module with credits of its own is held to the same rules as the course, each for its own part: so whoever
 * passed all modules has passed the course.
 *
 * @param of.title of the course
 */
export function evaluate(
  of: { plan: CreditPlan; policy: CreditPolicy; title: string },
  results: StudentResults,
): Evaluation {
  const { plan, policy, title } = of;
  const activities = plan.activities.map((activity) => evaluateActivity(activity, results));
  const isExcluded = isExcludedBy(plan, policy, results.missedHours);
  const judge = (part: readonly EvaluatedActivity[]) => judgePart(part, { plan, policy, isExcluded });
  const course = judge(activities);
  const { controls, points, maximumPoints, isPassed, missing } = course;
  const isComplete = activities.every(({ activity, result }) => activity.controlKey === null || isSettled(result));
  const required = activities.filter(({ activity }) => activity.isRequired);
  return {
    ...{ activities, controls, points, maximumPoints, isPassed, missing, isExcluded },
    grade: isPassed
      ? gradeFor(points, maximumPoints, policy)
      : isComplete || isExcluded
        ? failingGrade(points, maximumPoints, { ...policy, isExcluded })
        : null,
    components: componentsOf(plan, title).map((component) => ({
      ...component,
      ...(component.key === wholeCourse
        ? course
        : judge(activities.filter(({ activity }) => activity.moduleKey === component.key))),
    })),
    progress: {
      required: required.length,
      requiredDone: required.filter(({ isDone }) => isDone).length,
      workloadMinutes: minutes(activities),
      doneMinutes: minutes(activities.filter(({ isDone }) => isDone)),
    },
  };
}

/** What the activities of a course, or of one module, come to. */
function judgePart(
  part: readonly EvaluatedActivity[],
  { plan, policy, isExcluded }: { plan: CreditPlan; policy: CreditPolicy; isExcluded: boolean },
): Judged {
  const controls = plan.controls.map((control) => evaluateControl(control, part));
  const maximumPoints = controls.reduce((sum, control) => sum.add(control.maximumPoints), new Fraction(0));
  const points = total(part);
  const missing: Missing[] = [
    ...(isExcluded ? [{ code: 'attendance' } as const] : []),
    ...part.flatMap(missingActivity),
    ...controls.flatMap(missingControl),
    ...missingAdmission(controls, policy),
    ...missingTotal(points, maximumPoints, policy),
  ];
  return { controls, points, maximumPoints, isPassed: missing.length === 0, missing };
}

function evaluateActivity(activity: PlanActivity, { activities }: StudentResults): EvaluatedActivity {
  const result = activities.get(activity.key) ?? { state: 'none' };
  switch (result.state) {
    case 'none':
    case 'waiting':
      return { activity, result, points: null, isDone: false };
    case 'absent':
      return { activity, result, points: new Fraction(0), isDone: false };
    case 'excused':
      return { activity, result, points: new Fraction(0), isDone: true };
    case 'scored': {
      const counts = activity.controlKey !== null;
      return {
        activity,
        result,
        points: counts ? result.share.mul(activity.points) : new Fraction(0),
        isDone: result.share.mul(100).gte(activity.leastPercent),
      };
    }
  }
}

function evaluateControl(control: PlanControl, part: readonly EvaluatedActivity[]): EvaluatedControl {
  const own = part.filter(({ activity }) => activity.controlKey === control.key);
  const points = total(own);
  const maximumPoints = sumOfPoints(own.map(({ activity }) => activity));
  return {
    ...{ control, points, maximumPoints },
    isBegun: own.some(({ points: given }) => given !== null),
    isMinimumMet: points.gte(least(control, maximumPoints)),
  };
}

function least({ minimumPercent }: PlanControl, maximumPoints: Fraction): Fraction {
  return maximumPoints.mul(minimumPercent).div(100);
}

function missingActivity({ activity, isDone }: EvaluatedActivity): Missing[] {
  const { key, leastPercent, isRequired } = activity;
  return isRequired && !isDone ? [{ code: 'activity', key, leastPercent }] : [];
}

function missingControl({ control, points, maximumPoints, isMinimumMet }: EvaluatedControl): Missing[] {
  return isMinimumMet ? [] : [{ code: 'control', key: control.key, points: least(control, maximumPoints).sub(points) }];
}

/** Of all points before the final control, those that let a student sit in it. */
function missingAdmission(controls: readonly EvaluatedControl[], { admissionPercent }: CreditPolicy): Missing[] {
  if (admissionPercent === null) return [];
  const before = controls.filter(({ control }) => control.kind !== 'final');
  const most = before.reduce((sum, { maximumPoints }) => sum.add(maximumPoints), new Fraction(0));
  const needed = most.mul(admissionPercent).div(100);
  const earned = before.reduce((sum, { points }) => sum.add(points), new Fraction(0));
  return earned.gte(needed) ? [] : [{ code: 'admission', points: needed.sub(earned) }];
}

function missingTotal(points: Fraction, maximumPoints: Fraction, { passPercent }: CreditPolicy): Missing[] {
  const needed = maximumPoints.mul(passPercent).div(100);
  return points.gte(needed) ? [] : [{ code: 'total', points: needed.sub(points) }];
}

/** Decree 824, p. 41: who misses a quarter of the hours with a teacher. */
function isExcludedBy(
  { contactHours }: CreditPlan,
  { absencePercent }: CreditPolicy,
  missed: Fraction | null,
): boolean {
  if (absencePercent === null || missed === null || contactHours === 0) return false;
  return missed.gte(new Fraction(contactHours).mul(absencePercent).div(100));
}

function isSettled({ state }: ActivityResult): boolean {
  return state !== 'none' && state !== 'waiting';
}

function total(activities: readonly EvaluatedActivity[]): Fraction {
  return activities.reduce((sum, { points }) => (points ? sum.add(points) : sum), new Fraction(0));
}

function minutes(activities: readonly EvaluatedActivity[]): number {
  return activities.reduce((sum, { activity }) => sum + activity.workloadMinutes, 0);
}
