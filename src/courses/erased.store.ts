// Who was erased: under which number what stays of them stands, and which accounts a list of the LMS does not bring back.
import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { erasedSubjects } from '../database/tables/courses.ts';
import { deployments } from '../database/tables/platforms.ts';

/** What pages call somebody who was erased, in any language: by the number under which their sums stay. */
export function erasedName(personId: number): string {
  return `№ ${personId}`;
}

/**
 * Keeps lists of the LMS out of a deployment until the transaction ends; of two who erase there, one waits. Launches go on. To be
 * called before anything of a person is held.
 */
export async function lockForErasure(tx: Transaction, deploymentId: number): Promise<void> {
  await tx
    .select({ id: deployments.id })
    .from(deployments)
    .where(eq(deployments.id, deploymentId))
    .for('no key update');
}

/** Keeps erasures out of a deployment until the transaction ends, so that who is erased is not listed again at the same moment. */
export async function lockForRoster(tx: Transaction, deploymentId: number): Promise<void> {
  await tx.select({ id: deployments.id }).from(deployments).where(eq(deployments.id, deploymentId)).for('share');
}

/** From now on no list brings the account back; only a launch does. */
export async function rememberErased(
  tx: Transaction,
  { deploymentId, subject }: { deploymentId: number; subject: string },
  now: Date,
): Promise<void> {
  const row = { deploymentId, subjectHash: hashOf(deploymentId, subject), erasedAt: now };
  await tx.insert(erasedSubjects).values(row).onConflictDoNothing();
}

/** Which of these subjects were erased. One who has launched again since is a person like any other, and known as such. */
export async function listErased(
  db: Database,
  deploymentId: number,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const byHash = new Map(subjects.map((subject) => [hashOf(deploymentId, subject), subject]));
  if (byHash.size === 0) return new Set();
  const rows = await db
    .select({ subjectHash: erasedSubjects.subjectHash })
    .from(erasedSubjects)
    .where(and(eq(erasedSubjects.deploymentId, deploymentId), inArray(erasedSubjects.subjectHash, [...byHash.keys()])));
  return new Set(rows.flatMap(({ subjectHash }) => byHash.get(subjectHash) ?? []));
}

function hashOf(deploymentId: number, subject: string): string {
  return createHash('sha256').update(`${deploymentId} ${subject}`).digest('hex');
}
