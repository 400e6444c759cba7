// Checks an answer in a practice, at once.
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../database/database.ts';
import { fieldsOf } from '../../questions/response.ts';
import { fieldName } from '../field-name.ts';
import type { HandedIn } from './handed-in.ts';
import { isRight, nextPlace, practisedQuestion, tryIn, type Practice } from './practice.ts';
import { finishPractice, holdPractice, insertTry, listTries } from './practice.store.ts';

/** `over`: the practice takes no more answers, or the question was right before. */
export type TryOutcome = 'tried' | 'nothing-given' | 'over' | 'no-such-place';

/**
 * Keeps the try; with the last question that comes right, the practice is finished. The same answer twice in a row, as by a second
 * click, is one try.
 *
 * @param sent.place from 0
 * @param sent.form the body of a request, with the question's fields under `q<place>`
 */
export async function tryQuestion(
  { db, now }: { db: Database; now: () => Date },
  practice: Practice,
  { version, corrections }: Pick<HandedIn, 'version' | 'corrections'>,
  { place, form }: { place: number; form: unknown },
): Promise<TryOutcome> {
  const practised = practisedQuestion(practice, version, corrections, place);
  if (!practised) return 'no-such-place';
  const given = tryIn(practised, fieldsOf(form, fieldName(place)));
  if (!given) return 'nothing-given';
  return db.transaction(async (tx) => {
    const isOpen = await holdPractice(tx, practice.id);
    const before = await listTries(tx, practice.id);
    if (!isOpen || isRight(before, place)) return 'over';
    const made = before.get(place) ?? [];
    if (isDeepStrictEqual(made.at(-1)?.response, given.response)) return 'tried';
    await insertTry(tx, { practiceId: practice.id, place, number: made.length + 1 }, given, now());
    const tries = new Map([...before, [place, [...made, given]] as const]);
    if (nextPlace(practice, tries, place) === null) await finishPractice(tx, practice.id, now());
    return 'tried';
  });
}
