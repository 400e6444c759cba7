// Takes a handing in out of a journal. It counts where the attempt goes on, and once all that it rests on has arrived.
import type Fraction from 'fraction.js';
import { maximumPoints } from '../../quizzes/extent.ts';
import { wholeVersion } from '../asked.ts';
import { positionOf } from '../field-name.ts';
import { questionAt } from '../save-answers.ts';
import { readGuess } from '../self/guess.ts';
import { handIn } from '../submit-attempt.ts';
import { listMarks } from './answer-mark.store.ts';
import type { Desk } from './desk.ts';
import { notArrived } from './entry-order.ts';
import type { EntryOf } from './entry.ts';
import { listLate } from './late-entry.store.ts';
import { insertSignals, listSignalled } from './signal.store.ts';

type HandIn = EntryOf<'hand-in'>;

/** What came of it, with those that wait for entries of their client: the `missing` ones, by question. */
export interface HandInsTaken {
  /** What this request made of the attempt, by one of them or because its time was over; null: nothing. */
  closed: Desk['closed'];
  waiting: HandIn[];
  missing: Record<string, number>;
}

/** Hands the attempt in, if it is open and one of them counts. */
export async function takeHandIns(desk: Desk, entries: readonly HandIn[]): Promise<HandInsTaken> {
  const { tx, attempt, bounds, arrivedAt, current, numberOf, momentOf, closed } = desk;
  const [waiting, missing]: [HandIn[], Record<string, number>] = [[], {}];
  if (bounds.state !== 'open') return { closed, waiting, missing };
  for (const entry of entries) {
    const saidAt = momentOf(entry.at);
    const isHere = numberOf(entry) === current;
    const absent = isHere ? await missingFor(desk, entry) : {};
    if (Object.keys(absent).length > 0) {
      waiting.push(entry);
      Object.assign(missing, absent);
      continue;
    }
    const kind = isHere ? 'handed-in-on-phone' : 'handed-in-elsewhere';
    const about = { clientNumber: numberOf(entry), sequence: entry.sequence, kind, saidAt } as const;
    await insertSignals(tx, attempt.id, [{ ...about, until: null, detail: null }], arrivedAt);
    if (!isHere) continue;
    return {
      closed: await handIn(tx, attempt, arrivedAt, { saidAt, guess: guessIn(desk, entry) }),
      waiting: [],
      missing: {},
    };
  }
  return { closed, waiting, missing };
}

/** What cannot be read is left out: nobody is there to be asked again. */
function guessIn({ version }: Desk, { guess = '' }: HandIn): Fraction | null {
  const read = readGuess(guess, maximumPoints(version));
  return read.ok ? read.guess : null;
}

/** What it rests on and was settled in no way: it neither stands nor was overtaken, was not late, and not of a question that is closed. */
async function missingFor({ tx, attempt, version, numberOf }: Desk, entry: HandIn): Promise<Record<string, number>> {
  const { basis, client } = entry;
  const number = numberOf(entry);
  const marks = await listMarks(tx, attempt.id);
  const markOf = (field: string) => marks.get(positionOf(field) ?? -1);
  const absent = notArrived(basis, number, markOf).filter(([field]) => questionAt(wholeVersion(version), field));
  if (absent.length === 0) return {};
  const sequences = absent.map(([, sequence]) => sequence);
  const late = await listLate(tx, attempt.id, client);
  const signalled = await listSignalled(tx, attempt.id, { number, sequences });
  return Object.fromEntries(
    absent.filter(([field, sequence]) => (late.get(field) ?? 0) < sequence && !signalled.has(sequence)),
  );
}
