// Where the connection log of an attempt is read from. Whoever asks has found whose attempt it is.
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import { answerMarks, attemptSignals } from '../../database/tables/journal.ts';
import { closedAt } from '../../quizzes/attempt-state.ts';
import type { Attempt } from '../attempt.ts';
import type { Heard } from './connection-log.ts';

const detail = z.object({ cause: z.enum(['offline', 'server', 'hidden']).nullable().catch(null) });

/** All that is known of how an attempt reached us; nothing of what was answered. */
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
  return {
    startedAt: attempt.startedAt,
    closedAt: closedAt(attempt),
    signals: signals.map((signal) => ({ ...signal, cause: detail.catch({ cause: null }).parse(signal.detail).cause })),
    arrivals,
  };
}
