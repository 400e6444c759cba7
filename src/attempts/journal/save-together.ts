// Group commit. When a whole year of students answers at once, most of what a save costs is its transaction; so the answers that
// arrive while others are being committed are committed together, and none is acknowledged before that. Only what needs nobody's
// attention goes this way (`plainly`): whatever does not is taken by itself (take-entries.ts), and so is each of a batch that failed,
// so that one answer which cannot be kept costs no other student theirs. Which of two answers stands is decided as everywhere
// (entry-order.ts, mark-and-save.ts).
import type { Database } from '../../database/database.ts';
import { behaviourOf } from '../../questions/behaviours/registry.ts';
import { filesOf } from '../../questions/hand-marking.ts';
import { isOpen } from '../../quizzes/attempt-state.ts';
import type { QuizVersion } from '../../quizzes/quiz.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import { askedVersion } from '../asked.ts';
import type { Attempt } from '../attempt.ts';
import { lockFree } from '../attempt.store.ts';
import { endsAt, timeLeft } from '../time-limit.ts';
import { listClientsOf } from './client.store.ts';
import { currentClient, type Client } from './entry-order.ts';
import type { EntryOf, JournalEntry } from './entry.ts';
import { inBatches } from './in-batches.ts';
import { isPlain, judgeAnswers, lastOfEach, saidAnswer } from './judge-answers.ts';
import { listAnswerers, type Answerer } from './journaled-attempt.store.ts';
import { markAndSave, type SaidAnswer } from './mark-and-save.ts';
import { saidWithin } from './punctual.ts';
import { idOf, type TakenEntries } from './take-entries.ts';

/** So many requests are committed together at most. */
const mostTogether = 200;

/** What is larger goes by itself: a batch is small, whoever sends it. */
const mostCharacters = 10_000;

/** Answers that the page of an attempt sealed. */
interface Sent {
  attemptId: number;
  entries: readonly EntryOf<'answer'>[];
}

/** What came of them, and in which language their learner reads. */
export interface SavedTogether extends TakenEntries {
  language: string;
}

/**
 * @param tools.onFailed a batch could not be committed: each of it is taken by itself now
 * @returns keeps entries that the attempt's page sealed; null: they are to be taken by themselves, and nothing was kept
 */
export function savesTogether(tools: {
  db: Database;
  now: () => Date;
  onFailed: (error: unknown) => void;
}): (attemptId: number, entries: readonly JournalEntry[]) => Promise<SavedTogether | null> {
  const save = inBatches(mostTogether, async (batch: readonly Sent[]): Promise<(SavedTogether | null)[]> => {
    try {
      return await saveAll(tools, batch);
    } catch (error) {
      tools.onFailed(error);
      return batch.map(() => null);
    }
  });
  return async (attemptId, entries) => {
    const answers = entries.filter((entry) => entry.kind === 'answer');
    if (answers.length < entries.length || sizeOf(answers) > mostCharacters) return null;
    return save({ attemptId, entries: answers });
  };
}

function sizeOf(entries: Sent['entries']): number {
  return entries.flatMap(({ values }) => values.flat()).reduce((sum, text) => sum + text.length, 0);
}

async function saveAll(
  { db, now }: { db: Database; now: () => Date },
  batch: readonly Sent[],
): Promise<(SavedTogether | null)[]> {
  return db.transaction(async (tx) => {
    // Nobody's answer waits for an attempt that somebody else holds.
    const held = await lockFree(tx, [...new Set(batch.map(({ attemptId }) => attemptId))]);
    const arrivedAt = now();
    const answerers = await listAnswerers(tx, [...held.keys()]);
    const clients = await listClientsOf(tx, [...held.keys()]);
    const plain: ({ said: SaidAnswer[]; saved: SavedTogether } | null)[] = [];
    for (const { attemptId, entries } of batch) {
      const attempt = held.get(attemptId);
      const answerer = answerers.get(attemptId);
      const version = attempt && (await getVersion(tx, attempt.quizVersionId));
      const known = clients.get(attemptId) ?? [];
      plain.push(
        attempt && answerer && version ? plainly({ attempt, answerer, version, known }, entries, arrivedAt) : null,
      );
    }
    await markAndSave(tx, lastOfEach(plain.flatMap((one) => one?.said ?? [])), arrivedAt);
    return plain.map((one) => one && one.saved);
  });
}

/**
 * What is to be kept, and what the page is told: the same that `takeEntries` would come to. Null unless the attempt is open, its
 * clients are known, its questions close by no check and take no files, and every answer is in time.
 */
function plainly(
  {
    attempt,
    answerer,
    version,
    known,
  }: {
    attempt: Attempt;
    answerer: Answerer;
    version: QuizVersion;
    known: readonly Pick<Client, 'number' | 'clientId'>[];
  },
  entries: Sent['entries'],
  arrivedAt: Date,
): { said: SaidAnswer[]; saved: SavedTogether } | null {
  const current = currentClient(known)?.number ?? 0;
  const numbers = new Map(known.map(({ clientId, number }) => [clientId, number]));
  const numberOf = ({ client }: Pick<JournalEntry, 'client'>) => numbers.get(client) ?? current;
  const sender = entries.at(-1);
  const isKnown = entries.every(({ client }) => numbers.has(client));
  if (!sender || !isKnown || !isOpen(attempt) || behaviourOf(version.behaviour).hasChecks) return null;
  if (version.questions.some((question) => filesOf(question) !== null)) return null;

  const { startedAt } = attempt;
  const { grantedMinutes, accommodation, language } = answerer;
  const end = endsAt({ startedAt, grantedMinutes }, version, accommodation);
  const bounds = { end, networkGraceSeconds: version.networkGraceSeconds, state: 'open' } as const;
  const momentOf = (at: number) => saidWithin(at, { startedAt, arrivedAt });
  const work = new Map();
  const content = { attempt, version: askedVersion(attempt, version, work), work, files: [] };
  const judged = judgeAnswers({ momentOf, numberOf, arrivedAt, bounds }, content, entries);
  if (!judged.every(isPlain)) return null;
  return {
    said: judged.map((one) => saidAnswer(one, content)),
    saved: {
      ...{ state: 'open', current, own: numberOf(sender), taken: entries.map(idOf), late: [], missing: {} },
      ...{ left: timeLeft(end, arrivedAt), isHandedIn: false, language },
    },
  };
}
