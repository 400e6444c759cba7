// Takes what a journal says, in whatever order and however often it arrives: together or not at all.
import type { Database } from '../../database/database.ts';
import type { AttemptState } from '../../quizzes/attempt-state.ts';
import { timeLeft, type TimeLeft } from '../time-limit.ts';
import { openDesk, type Desk, type SentEntries } from './desk.ts';
import type { EntryId, EntryOf, JournalEntry, JournalReply } from './entry.ts';
import type { Signal } from './signal.ts';
import { insertSignals } from './signal.store.ts';
import { takeAnswers } from './take-answers.ts';
import { takeHandIns } from './take-hand-in.ts';

/** What is told of it: of `JournalReply` all but what only its route knows. */
export interface TakenEntries extends Pick<JournalReply, 'state' | 'current' | 'own' | 'taken' | 'late' | 'missing'> {
  /** Null without a limit. */
  left: TimeLeft | null;
  /** Whether a gradebook may be owed something by it. */
  isHandedIn: boolean;
}

/**
 * Keeps answers, hands in, notes what happened. An attempt whose time is over for good is handed in first, as it stands.
 *
 * @throws if the learner has no such attempt
 */
export async function takeEntries(
  { db, now }: { db: Database; now: () => Date },
  sent: SentEntries,
): Promise<TakenEntries> {
  return db.transaction(async (tx) => {
    const desk = await openDesk(tx, sent, now);
    const { attempt, current, numberOf, arrivedAt, bounds } = desk;
    const inOrder = sent.entries.toSorted((one, other) => one.sequence - other.sequence);
    const answers = inOrder.filter((entry) => entry.kind === 'answer');
    const { late, signals } = await takeAnswers(desk, answers);
    const gaps = inOrder.filter((entry) => entry.kind === 'gap').map((gap) => gapSignal(desk, gap));
    await insertSignals(tx, attempt.id, [...signals, ...gaps, ...rescueSignals(desk, sent.entries)], arrivedAt);
    const handIns = inOrder.filter((entry) => entry.kind === 'hand-in');
    const { closed, waiting, missing } = await takeHandIns(desk, handIns);
    const unsettled = new Set<JournalEntry>([...late.map(({ entry }) => entry), ...waiting]);
    const sender = sent.entries.at(-1);
    return {
      state: closed ?? stateOf(attempt),
      current,
      own: sender ? numberOf(sender) : current,
      taken: sent.entries.filter((entry) => !unsettled.has(entry)).map(idOf),
      late: late.map(({ entry }) => idOf(entry)),
      missing,
      left: timeLeft(bounds.end, arrivedAt),
      isHandedIn: closed === 'handed-in',
    };
  });
}

function stateOf({ submittedAt, abandonedAt }: AttemptState): JournalReply['state'] {
  if (abandonedAt) return 'abandoned';
  return submittedAt ? 'handed-in' : 'open';
}

function gapSignal({ momentOf, numberOf }: Desk, gap: EntryOf<'gap'>): Signal {
  const { sequence, from, until, cause } = gap;
  return {
    ...{ clientNumber: numberOf(gap), sequence, kind: 'gap', detail: { cause } },
    ...{ saidAt: momentOf(from), until: momentOf(Math.max(from, until)) },
  };
}

/** Of what somebody brought in a file: that it came so, from the device that wrote it. */
function rescueSignals({ momentOf, numberOf, broughtBy }: Desk, entries: readonly JournalEntry[]): Signal[] {
  const writer = entries.at(-1);
  if (broughtBy === null || !writer) return [];
  const saidAt = momentOf(Math.min(...entries.map(({ at }) => at)));
  return [{ clientNumber: numberOf(writer), sequence: null, kind: 'rescued', saidAt, until: null, detail: null }];
}

/** By what an entry is known. */
export function idOf({ client, sequence }: JournalEntry): EntryId {
  return [client, sequence];
}
