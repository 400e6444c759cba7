// What is good once only: the login of a launch, and the ticket that takes a launch on into a window of its own.
import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { spentLogins } from '../database/tables/sessions.ts';

/** Uses a login up. False if that was done before, even at the same moment by another process. */
export async function spendLogin(
  db: Database,
  { loginId, expiresAt }: typeof spentLogins.$inferInsert,
): Promise<boolean> {
  const spent = await db.insert(spentLogins).values({ loginId, expiresAt }).onConflictDoNothing().returning();
  return spent.length > 0;
}

/** The statement that does it, to stand in another one with placeholders: gives `login_id`, or no row if it was done before. */
export function spendingLogin({ loginId, expiresAt }: Record<'loginId' | 'expiresAt', unknown>): SQL {
  return sql`insert into ${spentLogins} (login_id, expires_at)
    values (${loginId}, ${sql.param(expiresAt, spentLogins.expiresAt)}) on conflict do nothing returning login_id`;
}
