// What lies on the table while entries of one attempt are taken: the attempt, held, who speaks, and what decides about what arrives now.
import type { Transaction } from '../../database/database.ts';
import { isOpen } from '../../quizzes/attempt-state.ts';
import type { QuizVersion } from '../../quizzes/quiz.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import type { Attempt } from '../attempt.ts';
import { lockAttempt } from '../attempt.store.ts';
import { handIn } from '../submit-attempt.ts';
import { isOver } from '../time-limit.ts';
import { findEnd } from '../time-limit.store.ts';
import { currentClient } from './entry-order.ts';
import type { JournalEntry } from './entry.ts';
import { meetClients } from './meet-clients.ts';
import { saidWithin, type Bounds } from './punctual.ts';

/** Whose entries, and by whom they come. */
export interface SentEntries {
  attemptId: number;
  personId: number;
  /** At least one; the client of the last one is told its number. */
  entries: readonly JournalEntry[];
  /** Of who sends them (`browserHash`); null where somebody brings them in a file. */
  browser: string | null;
  /** Our key of whoever brings somebody else's; null for a page's own. */
  broughtBy: number | null;
}

export interface Desk {
  tx: Transaction;
  attempt: Attempt;
  version: QuizVersion;
  bounds: Bounds;
  /** What was made of it just now, for its time was over for good; null: nothing. */
  closed: 'handed-in' | 'abandoned' | null;
  /** The number of the client where the attempt goes on. */
  current: number;
  numberOf: (entry: JournalEntry) => number;
  /** When something was said, within what is possible. */
  momentOf: (at: number) => Date;
  arrivedAt: Date;
  broughtBy: number | null;
}

/**
 * Holds the attempt until the transaction ends.
 *
 * @throws if the learner has no such attempt
 */
export async function openDesk(
  tx: Transaction,
  { attemptId, personId, entries, browser, broughtBy }: SentEntries,
  now: () => Date,
): Promise<Desk> {
  const attempt = await lockAttempt(tx, attemptId, personId);
  if (!attempt) throw new Error(`There is no attempt ${attemptId} of person ${personId}`);
  const arrivedAt = now();
  const version = await getVersion(tx, attempt.quizVersionId);
  const end = await findEnd(tx, attempt, version);
  const isOverNow = isOpen(attempt) && isOver(end, version, arrivedAt);
  const closed = isOverNow ? await handIn(tx, attempt, arrivedAt) : null;
  const { startedAt } = attempt;
  const momentOf = (at: number) => saidWithin(at, { startedAt, arrivedAt });
  const { networkGraceSeconds } = version;
  const bounds: Bounds = { end, networkGraceSeconds, state: closed ? 'over' : stateOf(attempt) };
  const clients = await meetClients(tx, { attempt, momentOf, arrivedAt }, entries, browser);
  const numbers = new Map(clients.map(({ clientId, number }) => [clientId, number]));
  const current = currentClient(clients)?.number ?? 0;
  const numberOf = ({ client }: JournalEntry) => numbers.get(client) ?? current;
  return { tx, attempt, version, bounds, closed, current, numberOf, momentOf, arrivedAt, broughtBy };
}

function stateOf(attempt: Attempt): Bounds['state'] {
  if (isOpen(attempt)) return 'open';
  return attempt.isTimedOut || attempt.abandonedAt ? 'over' : 'handed-in';
}
