// The one row that says who the administrator is: whoever knows its secret.
import { and, eq, ne } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { adminSecrets, adminSessions } from '../database/tables/sessions.ts';
import { hashSecret, isSecret, makeAdminSecret, shortestSecret } from './admin-secret.ts';

/** Why a secret was not changed: the old one is wrong, or the new one has fewer than 12 characters. */
export type SecretChange = { ok: true } | { ok: false; code: 'secret-wrong' | 'secret-short' };

/**
 * Makes the secret at the first start, to be printed once: nothing that is kept gives it back. Null if there is one; of two
 * processes that start at once, one gets it.
 */
export async function ensureAdminSecret(db: Database, now: Date): Promise<string | null> {
  // Looked up first, because a hash takes a while.
  if ((await db.$count(adminSecrets)) > 0) return null;
  const secret = makeAdminSecret();
  const kept = await db
    .insert(adminSecrets)
    .values({ hash: await hashSecret(secret), changedAt: now })
    .onConflictDoNothing()
    .returning();
  return kept.length > 0 ? secret : null;
}

/** Puts a new secret in the place of one that is lost, and signs everybody out. To be printed once. */
export async function resetAdminSecret(db: Database, now: Date): Promise<string> {
  const secret = makeAdminSecret();
  const row = { hash: await hashSecret(secret), changedAt: now };
  await db.transaction(async (tx) => {
    await tx.insert(adminSecrets).values(row).onConflictDoUpdate({ target: adminSecrets.id, set: row });
    await tx.delete(adminSessions);
  });
  return secret;
}

/** Whether this is the administrator's secret, as leniently as `isSecret` reads it. */
export async function isAdminSecret(db: Database, typed: string): Promise<boolean> {
  const [row] = await db.select().from(adminSecrets);
  return row ? isSecret(typed, row.hash) : false;
}

/**
 * Puts a secret of the administrator's own in the place of the old one, and ends every session but the one that asks.
 *
 * @param given.idHash of the session that goes on
 */
export async function changeAdminSecret(
  db: Database,
  now: Date,
  given: { old: string; secret: string; idHash: string },
): Promise<SecretChange> {
  if ([...given.secret.trim()].length < shortestSecret) return { ok: false, code: 'secret-short' };
  const [row] = await db.select().from(adminSecrets);
  if (!row || !(await isSecret(given.old, row.hash))) return { ok: false, code: 'secret-wrong' };
  const hash = await hashSecret(given.secret);
  return db.transaction(async (tx) => {
    // Only over the secret that was asked for: another change may have come first.
    const isStill = and(eq(adminSecrets.id, row.id), eq(adminSecrets.hash, row.hash));
    const changed = await tx.update(adminSecrets).set({ hash, changedAt: now }).where(isStill).returning();
    if (changed.length === 0) return { ok: false, code: 'secret-wrong' };
    await tx.delete(adminSessions).where(ne(adminSessions.idHash, given.idHash));
    return { ok: true };
  });
}
