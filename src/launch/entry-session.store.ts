// The session that begins with an entry, in the same moment: who is remembered is signed in, and nobody else.
import { eq, sql, type SQL } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { sessions } from '../database/tables/sessions.ts';

/** As web/session.ts makes one. */
export interface EntrySession {
  idHash: string;
  expiresAt: Date;
  /** The `idHash` of the one that ends with it. */
  replaced: string | null;
}

/** Keeps it, and ends the one before. */
export async function beginSession(
  tx: Transaction,
  { replaced, ...session }: EntrySession,
  personId: number,
): Promise<void> {
  if (replaced !== null) await tx.delete(sessions).where(eq(sessions.idHash, replaced));
  await tx.insert(sessions).values({ ...session, personId });
}

/**
 * The two statements that do it, to stand in another one with placeholders; where no `idHash` is given they do nothing.
 *
 * @param person a table that has our key of the person as `id`, or no row
 */
export function beginningSession(
  { idHash, expiresAt, replaced }: Record<keyof EntrySession, unknown>,
  person: SQL,
): { begun: SQL; ended: SQL } {
  return {
    begun: sql`insert into ${sessions} (id_hash, person_id, expires_at)
      select ${idHash}, id, ${sql.param(expiresAt, sessions.expiresAt)} from ${person} where ${idHash}::text is not null
      returning id_hash`,
    ended: sql`delete from ${sessions} where id_hash = ${replaced} and exists (select from ${person}) returning id_hash`,
  };
}
