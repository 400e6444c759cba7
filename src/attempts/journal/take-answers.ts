// Takes the answers of a journal: what is in time and newer than what stands is kept, what came too late is kept for the teacher.
import { isClosed as isQuestionClosed, noWork } from '../../questions/behaviours/work.ts';
import { fieldsOf } from '../../questions/response.ts';
import type { AskedQuestion } from '../../quizzes/quiz.ts';
import { givenAnswer } from '../given-answer.ts';
import { contentOf, filesIn, questionAt } from '../save-answers.ts';
import { listMarks } from './answer-mark.store.ts';
import type { Desk } from './desk.ts';
import { isNewer, type EntryPlace } from './entry-order.ts';
import type { EntryOf } from './entry.ts';
import { insertLateEntries, type LateEntry } from './late-entry.store.ts';
import { markAndSave, type SaidAnswer } from './mark-and-save.ts';
import { punctuality, type Punctuality } from './punctual.ts';
import type { Signal } from './signal.ts';

/** An answer to a question of the attempt, with what is to become of it. */
interface Judged extends AskedQuestion {
  entry: EntryOf<'answer'>;
  place: EntryPlace;
  saidAt: Date;
  verdict: Punctuality;
  /** Whether the question is as its page showed it: not closed by a check, nor asked anew since. */
  isAsShown: boolean;
}

/**
 * Each is settled afterwards: kept, overtaken by a newer one, of no question of the attempt, or among `late`.
 *
 * @returns what the teacher is to know beside it
 */
export async function takeAnswers(
  desk: Desk,
  entries: readonly EntryOf<'answer'>[],
): Promise<{ late: LateEntry[]; signals: Signal[] }> {
  const { tx, attempt, version: published, bounds, arrivedAt, momentOf, numberOf, broughtBy } = desk;
  if (entries.length === 0) return { late: [], signals: [] };
  const content = { attempt, ...(await contentOf(tx, attempt, published)) };
  const { version, work } = content;
  const judged = entries.flatMap((entry): Judged[] => {
    const asked = questionAt(version, entry.field);
    if (!asked) return [];
    const saidAt = momentOf(entry.at);
    const done = work.get(asked.position) ?? noWork;
    const isAsShown = entry.round === done.round && !isQuestionClosed(asked.question, done, version);
    const place = { number: numberOf(entry), sequence: entry.sequence };
    const verdict = punctuality({ saidAt, arrivedAt }, bounds);
    return [{ ...asked, entry, place, saidAt, verdict, isAsShown }];
  });
  // What arrives a second time is not late and not amiss: it was taken when it came first.
  const isPlain = judged.every(({ verdict, isAsShown }) => verdict === 'counts' && isAsShown);
  const marks = isPlain ? new Map<number, EntryPlace>() : await listMarks(tx, attempt.id);
  const news = judged.filter(({ place, position }) => isNewer(place, marks.get(position)));

  const late = news.flatMap(({ entry, verdict, saidAt }) =>
    isCounting(verdict) ? [] : [{ entry, reason: verdict, saidAt }],
  );
  await insertLateEntries(tx, attempt.id, late, { broughtBy, now: arrivedAt });

  const files = await filesIn(tx, content);
  const said = news
    .filter(({ verdict, isAsShown }) => isCounting(verdict) && isAsShown)
    .map((one): SaidAnswer => {
      const { entry, place, position, saidAt } = one;
      const read = fieldsOf(formOf(entry), entry.field);
      const answer = givenAnswer(one, read, { ...content, files });
      return { position, answer, ...place, saidAt };
    });
  await markAndSave(tx, attempt.id, lastOfEach(said), arrivedAt);
  return { late, signals: news.flatMap(signalOf) };
}

function isCounting(verdict: Punctuality): verdict is 'counts' | 'came-late' {
  return verdict === 'counts' || verdict === 'came-late';
}

/** The fields of an entry as the parser of forms would have left them. */
export function formOf({ values }: EntryOf<'answer'>): Record<string, string[]> {
  const form = new Map<string, string[]>();
  for (const [name, value] of values) form.set(name, [...(form.get(name) ?? []), value]);
  return Object.fromEntries(form);
}

/** Of several answers to one question the one that stands. */
function lastOfEach(said: readonly SaidAnswer[]): SaidAnswer[] {
  const last = new Map<number, SaidAnswer>();
  for (const one of said) if (isNewer(one, last.get(one.position))) last.set(one.position, one);
  return [...last.values()];
}

function signalOf({ entry: { field }, place: { number, sequence }, saidAt, verdict, isAsShown }: Judged): Signal[] {
  const about = { clientNumber: number, sequence, saidAt, until: null, detail: { field } };
  if (!isCounting(verdict)) return [];
  if (!isAsShown) return [{ ...about, kind: 'not-as-shown' }];
  return verdict === 'came-late' ? [{ ...about, kind: 'came-late' }] : [];
}
