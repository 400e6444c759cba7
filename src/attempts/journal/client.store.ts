// The pages and devices at which an attempt is answered. Whoever asks has found whose attempt it is.
import { desc, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attemptClients } from '../../database/tables/journal.ts';
import { newNumber, type Client } from './entry-order.ts';

/** All that were heard of, the one where the attempt goes on first. */
export async function listClients(db: Database, attemptId: number): Promise<Client[]> {
  const { number, clientId, kind, browserHash, openedAt } = attemptClients;
  return db
    .select({ number, clientId, kind, browserHash, openedAt })
    .from(attemptClients)
    .where(eq(attemptClients.attemptId, attemptId))
    .orderBy(desc(number));
}

/** What tells the clients of several attempts apart, by our key of the attempt. */
export async function listClientsOf(
  db: Database,
  attemptIds: readonly number[],
): Promise<Map<number, Pick<Client, 'number' | 'clientId'>[]>> {
  const { attemptId, number, clientId } = attemptClients;
  const rows = await db
    .select({ attemptId, number, clientId })
    .from(attemptClients)
    .where(inArray(attemptId, [...attemptIds]));
  const byAttempt = new Map<number, Pick<Client, 'number' | 'clientId'>[]>();
  for (const { attemptId: id, ...client } of rows) byAttempt.set(id, [...(byAttempt.get(id) ?? []), client]);
  return byAttempt;
}

/**
 * Gives a client that nobody had heard of its number, for ever. The attempt is held by the transaction.
 *
 * @param known all that were heard of
 */
export async function insertClient(
  tx: Transaction,
  attemptId: number,
  client: Omit<Client, 'number' | 'openedAt'> & { isTakeOver: boolean },
  known: readonly Client[],
  now: Date,
): Promise<Client> {
  const { clientId, kind, browserHash } = client;
  const added = { number: newNumber(client, known), clientId, kind, browserHash, openedAt: now };
  await tx.insert(attemptClients).values({ attemptId, ...added });
  return added;
}
