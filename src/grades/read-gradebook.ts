// Reads back what the gradebook of a placement shows, for a teacher who compares.
import type { Database } from '../database/database.ts';
import { resultScope } from '../lti/results.ts';
import type { PlatformServices } from '../platforms/services.ts';
import type { PointsOf } from './compare-grade.ts';
import { findPeople, type Gradebook } from './gradebook.store.ts';
import { pointsOfResult } from './look-at-gradebook.ts';

/** `grades` are by our key of the person; who has none there is not in it. `said` is the LMS's answer, perhaps empty. */
export type GradebookReading =
  { kind: 'read'; grades: ReadonlyMap<number, PointsOf> } | { kind: 'unavailable' | 'refused'; said: string };

/** Whether the gradebook can be read back at all. */
export function mayReadBack({ lineItemUrl, gradebookScopes }: Gradebook): boolean {
  return lineItemUrl !== null && gradebookScopes.includes(resultScope);
}

/**
 * Reads everybody's points in a placement's column. No transaction may be open. An LMS that grants no reading is not asked.
 */
export async function readGradebook(
  { db, services }: { db: Database; services: PlatformServices },
  gradebook: Gradebook,
): Promise<GradebookReading> {
  const { lineItemUrl, deploymentKey } = gradebook;
  if (lineItemUrl === null || !mayReadBack(gradebook)) return { kind: 'refused', said: '' };
  const read = await services.call(gradebook, [resultScope], (course) => course.readResults({ lineItemUrl }));
  if (read.kind !== 'read') return { kind: read.kind === 'refused' ? 'refused' : 'unavailable', said: read.detail };
  const known = await findPeople(db, deploymentKey, [...read.results.keys()]);
  const grades = [...read.results].flatMap(([subject, result]): [number, PointsOf][] => {
    const [personId, grade] = [known.get(subject), pointsOfResult(result)];
    return personId === undefined || grade === null ? [] : [[personId, grade]];
  });
  return { kind: 'read', grades: new Map(grades) };
}
