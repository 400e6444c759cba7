// Sheets without a database: a published plan, and students with shares of its activities.
import Fraction from 'fraction.js';
import { studentCredits, type CourseCredits } from '../../../src/credits/course-credits.ts';
import type { ActivityResult } from '../../../src/credits/evaluate.ts';
import type { CreditPolicy } from '../../../src/credits/policy.ts';
import { presetPolicies } from '../../../src/credits/policy-presets.ts';
import type { CourseSheet } from '../../../src/credits/sheets/load-sheet.ts';
import { qaydnoma, type SheetStudent } from '../../../src/credits/sheets/qaydnoma.ts';
import { planOf } from '../../support/credits.ts';

/** Points of an activity as `'7/10'`, or why there are none: `absent`, `excused`, `waiting`. */
export type Given = string;

export function student(personId: number, said: Partial<SheetStudent> = {}): SheetStudent {
  return {
    ...{ personId, name: `Talaba ${personId}`, sourcedId: `39126110000${personId}`, rosterNumber: null },
    ...{ rosterName: '', groupName: '', isActive: true },
    ...said,
  };
}

/** The sheet of a course under the plan of `planOf`, by what each student has. */
export function sheetOf(
  given: readonly (Partial<SheetStudent> & { results?: Record<string, Given>; sitting?: number })[],
  policy: CreditPolicy = presetPolicies.uz,
): CourseSheet {
  const plan: CourseCredits['inForce'] = {
    ...{ id: 1, courseId: 1, number: 1, title: 'Umumiy fizika', plan: planOf(), policy, policyId: 1, policyNumber: 1 },
    publishedAt: new Date('2026-09-01T00:00:00Z'),
  };
  const credits: CourseCredits = {
    inForce: plan,
    of: (personId) => {
      const results = Object.entries(given[personId - 1]?.results ?? {}).map(([key, one]): [string, ActivityResult] => [
        key,
        resultOf(one, `mark:${personId}-${key}`),
      ]);
      return studentCredits(plan, { activities: new Map(results), missedHours: null }, new Map());
    },
  };
  const students = given.map((said, index) => student(index + 1, said));
  const sittings = given.map(({ sitting = 1 }, index): [string, number] => [`mark:${index + 1}-exam`, sitting]);
  const sheet = qaydnoma(credits, students, new Map(sittings));
  return { plan, sheet, teachers: ['Dilnoza Karimova'], groups: [] };
}

function resultOf(given: Given, source: string): ActivityResult {
  if (given === 'absent' || given === 'excused' || given === 'waiting') return { state: given };
  return { state: 'scored', share: new Fraction(given), source };
}
