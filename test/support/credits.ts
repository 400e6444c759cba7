// A credit plan to try things with: 6 credits, four modules, three quizzes and two activities that people mark.
import type { CreditPlan, PlanActivity } from '../../src/credits/plan.ts';
import { insertPlan, insertPolicy } from '../../src/credits/plan.store.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import type { CreditPolicy } from '../../src/credits/policy.ts';
import type { Database } from '../../src/database/database.ts';

/** One activity of a plan; a written one that counts 20 points in JN unless something else is said. */
export function activity(key: string, said: Partial<PlanActivity> = {}): PlanActivity {
  return {
    ...{ key, moduleKey: 'm1', controlKey: 'JN', form: 'written', title: key, placementId: null, points: '20' },
    ...{ workloadMinutes: 600, isRequired: false, leastPercent: '0', dueOn: null, rubric: null },
    ...said,
  };
}

/**
 * 180 hours: 60 with a teacher and 120 without, 45 in each of four modules. JN 20: quizzes `q1` and `q2`, 10 each; ON 20: `q3`; MT 10:
 * `essay`, required and done from 60 %; YN 50: `exam`.
 *
 * @param said.placementIds where the quizzes stand; those without a place are written tests
 */
export function planOf({
  placementIds = [],
  ...said
}: Partial<CreditPlan> & { placementIds?: readonly number[] } = {}): CreditPlan {
  const quiz = (index: number): Partial<PlanActivity> => {
    const placementId = placementIds[index] ?? null;
    return { placementId, form: placementId === null ? 'test' : 'quiz' };
  };
  return {
    ...{ units: 600, hoursPerCredit: 30, contactHours: 60, independentHours: 120 },
    ...{ educationYear: '2026/2027', semester: 1, subjectCode: 'PHY-101', gradebookColumn: 'points' },
    controls: [...presetPolicies.uz.controls],
    modules: [1, 2, 3, 4].map((number) => ({
      ...{ key: `m${number}`, title: `Modul ${number}`, contactHours: 15, independentHours: 30 },
      ...{ outcomes: [`Outcome ${number}`], opensOn: null, dueOn: null, units: null },
    })),
    activities: [
      activity('q1', { points: '10', ...quiz(0) }),
      activity('q2', { points: '10', moduleKey: 'm2', ...quiz(1) }),
      activity('q3', { controlKey: 'ON', moduleKey: 'm3', ...quiz(2) }),
      activity('essay', { controlKey: 'MT', points: '10', moduleKey: 'm3', isRequired: true, leastPercent: '60' }),
      activity('exam', { controlKey: 'YN', points: '50', moduleKey: 'm4' }),
    ],
    ...said,
  };
}

/** Publishes a plan in a course, under the Uzbek rules or those given. Returns our key of it. */
export async function publishPlan(
  db: Database,
  said: { courseId: number; teacherId: number; plan?: CreditPlan; policy?: CreditPolicy },
  now: Date,
): Promise<number> {
  const { courseId, teacherId, plan = planOf(), policy = presetPolicies.uz } = said;
  return db.transaction(async (tx) => {
    const policyId = await insertPolicy(tx, { courseId, madeBy: teacherId, rules: policy }, now);
    return insertPlan(tx, { courseId, policyId, plan, publishedBy: teacherId }, now);
  });
}
