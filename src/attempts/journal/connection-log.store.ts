// Where the connection log of an attempt is read from. Whoever asks has found whose attempt it is.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { answerMarks, attemptClients, attemptSignals } from '../../database/tables/journal.ts';
import { closedAt } from '../../quizzes/attempt-state.ts';
import type { Attempt } from '../attempt.ts';
import type { Heard } from './connection-log.ts';
import { signalDetailSchema } from './signal.ts';

/**
 * All that is known of how an attempt reached us; nothing of what was answered. A browser is one device, however often its page
 * was loaded: all its clients go by the number of the first; who sends no cookie of a browser is a device of its own.
 */
export async function readHeard(
  db: Database,
  attempt: Pick<Attempt, 'id' | 'startedAt' | 'submittedAt' | 'abandonedAt'>,
): Promise<Heard> {
  const signals = await db
    .select()
    .from(attemptSignals)
    .where(eq(attemptSignals.attemptId, attempt.id))
    .orderBy(asc(attemptSignals.id));
  const { clientNumber, arrivedAt } = answerMarks;
  const arrivals = await db
    .select({ clientNumber, at: arrivedAt })
    .from(answerMarks)
    .where(eq(answerMarks.attemptId, attempt.id));
  const deviceOf = await readDevices(db, attempt.id);
  return {
    startedAt: attempt.startedAt,
    closedAt: closedAt(attempt),
    signals: signals.map((signal) => ({
      ...signal,
      clientNumber: deviceOf(signal.clientNumber),
      cause: signalDetailSchema.nullable().parse(signal.detail)?.cause ?? null,
    })),
    arrivals: arrivals.map(({ clientNumber: number, at }) => ({ clientNumber: deviceOf(number), at })),
  };
}

async function readDevices(db: Database, attemptId: number): Promise<(clientNumber: number) => number> {
  const { number, browserHash } = attemptClients;
  const clients = await db
    .select({ number, browserHash })
    .from(attemptClients)
    .where(eq(attemptClients.attemptId, attemptId))
    .orderBy(asc(attemptClients.openedAt), asc(number));
  const browserOf = new Map(clients.map((client) => [client.number, client.browserHash]));
  return (clientNumber) => {
    const browser = browserOf.get(clientNumber) ?? null;
    return clients.find((one) => browser !== null && one.browserHash === browser)?.number ?? clientNumber;
  };
}
