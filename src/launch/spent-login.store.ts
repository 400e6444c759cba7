// What is good once only: the login of a launch, and the ticket that takes a launch on into a window of its own.
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
