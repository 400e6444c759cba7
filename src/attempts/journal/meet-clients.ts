// Who speaks in a journal: a client that nobody had heard of is given its number, and its teacher can read that it came.
import type { Transaction } from '../../database/database.ts';
import type { Attempt } from '../attempt.ts';
import { graceMs } from '../time-limit.ts';
import { lastSaidAt } from './answer-mark.store.ts';
import { insertClient, listClients } from './client.store.ts';
import { currentClient, type Client } from './entry-order.ts';
import type { JournalEntry } from './entry.ts';
import { insertSignals } from './signal.store.ts';

/**
 * All clients of an attempt that the transaction holds, those of these entries among them.
 *
 * @param browser of who sends the entries (`browserHash`); null where somebody brings them
 */
export async function meetClients(
  tx: Transaction,
  { attempt, momentOf, arrivedAt }: { attempt: Attempt; momentOf: (at: number) => Date; arrivedAt: Date },
  entries: readonly JournalEntry[],
  browser: string | null,
): Promise<Client[]> {
  const clients = await listClients(tx, attempt.id);
  for (const entry of entries) {
    if (clients.some(({ clientId }) => clientId === entry.client)) continue;
    const here = entries.find((one) => one.kind === 'here' && one.client === entry.client);
    const isWanted = here?.kind === 'here' && here.isTakeOver;
    const isTakeOver = isWanted && (await isStillMeant(tx, attempt.id, momentOf(here.at), clients));
    const stranger = { clientId: entry.client, kind: 'script' as const, browserHash: browser, isTakeOver };
    const client = await insertClient(tx, attempt.id, stranger, clients, arrivedAt);
    const kind = isTakeOver && clients.length > 0 ? 'taken-over' : 'opened';
    const about = { clientNumber: client.number, sequence: here?.sequence ?? null, until: null, detail: null };
    await insertSignals(tx, attempt.id, [{ ...about, kind, saidAt: momentOf((here ?? entry).at) }], arrivedAt);
    clients.push(client);
  }
  return clients;
}

/**
 * Whether an attempt goes on where somebody took it over: not if it was opened elsewhere since, or answered there, before we heard of it.
 * A click without a network may arrive much later, or in a file. What two devices say of the time may differ by what the network takes.
 */
async function isStillMeant(
  tx: Transaction,
  attemptId: number,
  at: Date,
  clients: readonly Client[],
): Promise<boolean> {
  const current = currentClient(clients);
  if (!current) return true;
  const saidAt = await lastSaidAt(tx, attemptId);
  const since = Math.max(current.openedAt.getTime(), saidAt?.getTime() ?? 0);
  return at.getTime() + graceMs >= since;
}
