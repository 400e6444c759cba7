// Sign-ins with Google under way: begun, finished with a person, and spent by the frame that began them.
import { createHash } from 'node:crypto';
import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { classroomSignIns } from '../../database/tables/classroom.ts';

const lifetimeMs = 10 * 60_000;

export type SignIn = typeof classroomSignIns.$inferSelect;

/** What is kept of a secret: who reads it cannot use it. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Keeps a sign-in that begins now, for ten minutes. @param signIn.state what Google gives back with its answer */
export async function insertSignIn(
  db: Database,
  { state, ...signIn }: Omit<typeof classroomSignIns.$inferInsert, 'stateHash' | 'expiresAt'> & { state: string },
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await db.insert(classroomSignIns).values({ ...signIn, stateHash: hashOf(state), expiresAt });
}

/** A sign-in that Google's answer may still finish; null for every other. */
export async function findSignIn(db: Database, state: string, now: Date): Promise<SignIn | null> {
  const [row] = await db
    .select()
    .from(classroomSignIns)
    .where(
      and(
        eq(classroomSignIns.stateHash, hashOf(state)),
        isNull(classroomSignIns.personId),
        gt(classroomSignIns.expiresAt, now),
      ),
    );
  return row ?? null;
}

/** Notes who it turned out to be, where they go on, and by which code the frame learns of it. False if that was done before. */
export async function finishSignIn(
  tx: Transaction,
  { stateHash }: Pick<SignIn, 'stateHash'>,
  { personId, path, code }: { personId: number; path: string; code: string },
): Promise<boolean> {
  const done = await tx
    .update(classroomSignIns)
    .set({ personId, path, codeHash: hashOf(code) })
    .where(and(eq(classroomSignIns.stateHash, stateHash), isNull(classroomSignIns.personId)))
    .returning();
  return done.length > 0;
}

/** Uses a code up, whether or not it does for this browser; null for one that is none. */
export async function spendSignIn(db: Database, code: string, now: Date): Promise<SignIn | null> {
  const [row] = await db
    .delete(classroomSignIns)
    .where(and(eq(classroomSignIns.codeHash, hashOf(code)), gt(classroomSignIns.expiresAt, now)))
    .returning();
  return row ?? null;
}

/** Sweeps out sign-ins that nobody finished in time. */
export async function deleteExpiredSignIns(db: Database, now: Date): Promise<void> {
  await db.delete(classroomSignIns).where(lte(classroomSignIns.expiresAt, now));
}
