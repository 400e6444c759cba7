// Takes the answers of a journal: what is in time and newer than what stands is kept, what came too late is kept for the teacher.
import { contentOf, filesIn } from '../save-answers.ts';
import { listMarks } from './answer-mark.store.ts';
import type { Desk } from './desk.ts';
import { isNewer, type EntryPlace } from './entry-order.ts';
import type { EntryOf } from './entry.ts';
import { isPlain, judgeAnswers, lastOfEach, saidAnswer, type Judged } from './judge-answers.ts';
import { insertLateEntries, type LateEntry } from './late-entry.store.ts';
import { markAndSave } from './mark-and-save.ts';
import type { Punctuality } from './punctual.ts';
import type { Signal } from './signal.ts';

/**
 * Each is settled afterwards: kept, overtaken by a newer one, of no question of the attempt, or among `late`.
 *
 * @returns what the teacher is to know beside it
 */
export async function takeAnswers(
  desk: Desk,
  entries: readonly EntryOf<'answer'>[],
): Promise<{ late: LateEntry[]; signals: Signal[] }> {
  const { tx, attempt, version: published, arrivedAt, broughtBy } = desk;
  if (entries.length === 0) return { late: [], signals: [] };
  const content = { attempt, ...(await contentOf(tx, attempt, published)) };
  const judged = judgeAnswers(desk, content, entries);
  // What arrives a second time is not late and not amiss: it was taken when it came first.
  const marks = judged.every(isPlain) ? new Map<number, EntryPlace>() : await listMarks(tx, attempt.id);
  const news = judged.filter(({ place, position }) => isNewer(place, marks.get(position)));

  const late = news.flatMap(({ entry, verdict, saidAt }) =>
    isCounting(verdict) ? [] : [{ entry, reason: verdict, saidAt }],
  );
  await insertLateEntries(tx, attempt.id, late, { broughtBy, now: arrivedAt });

  const files = await filesIn(tx, content);
  const said = news
    .filter(({ verdict, isAsShown }) => isCounting(verdict) && isAsShown)
    .map((one) => saidAnswer(one, { ...content, files }));
  await markAndSave(tx, lastOfEach(said), arrivedAt);
  return { late, signals: news.flatMap(signalOf) };
}

function isCounting(verdict: Punctuality): verdict is 'counts' | 'came-late' {
  return verdict === 'counts' || verdict === 'came-late';
}

function signalOf({ entry: { field }, place: { number, sequence }, saidAt, verdict, isAsShown }: Judged): Signal[] {
  const about = { clientNumber: number, sequence, saidAt, until: null, detail: { field } };
  if (!isCounting(verdict)) return [];
  if (!isAsShown) return [{ ...about, kind: 'not-as-shown' }];
  return verdict === 'came-late' ? [{ ...about, kind: 'came-late' }] : [];
}
