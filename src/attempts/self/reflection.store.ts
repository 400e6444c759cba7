// What learners think of their attempts. Whose an attempt is, its reader has found out before.
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { reflections } from '../../database/tables/self-assessment.ts';
import type { Reflection } from './reflection.ts';

export type KeptReflection = Reflection & { changedAt: Date };

/** For the learner themselves; null if there is none. */
export async function findReflection(db: Database, attemptId: number): Promise<KeptReflection | null> {
  const [row] = await db.select().from(reflections).where(eq(reflections.attemptId, attemptId));
  return row ?? null;
}

/** For teachers; null as long as its learner does not share it. */
export async function findSharedReflection(db: Database, attemptId: number): Promise<KeptReflection | null> {
  const isShared = and(eq(reflections.attemptId, attemptId), eq(reflections.isShared, true));
  const [row] = await db.select().from(reflections).where(isShared);
  return row ?? null;
}

/** Keeps what is thought of an attempt now, in the place of what was; null takes it away. */
export async function saveReflection(
  db: Database,
  attemptId: number,
  reflection: Reflection | null,
  now: Date,
): Promise<void> {
  if (reflection === null) {
    await db.delete(reflections).where(eq(reflections.attemptId, attemptId));
    return;
  }
  const { text, isShared } = reflection;
  await db
    .insert(reflections)
    .values({ attemptId, text, isShared, changedAt: now })
    .onConflictDoUpdate({ target: reflections.attemptId, set: { text, isShared, changedAt: now } });
}
