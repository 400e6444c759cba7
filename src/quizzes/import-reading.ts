// Reads an import in the background and keeps what it finds, a few questions at a time, so that everybody else's requests go on
// meanwhile. What is kept is shown only once all of it is there.
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { keepAssets } from '../questions/assets/asset.store.ts';
import { checkAssets } from '../questions/assets/check-asset.ts';
import { assetKeysOf } from '../questions/contents-of.ts';
import { whatIsAsked } from '../questions/same-question.ts';
import type { QuestionsRead } from '../questions/read-questions.ts';
import { listDraftQuestionsAfter } from './draft-question.store.ts';
import { shownQuestion } from './draft-question.ts';
import {
  appendImported,
  endImport,
  finishImport,
  noteProgress,
  type Duplicate,
  type ImportReport,
} from './import.store.ts';
import { isAnswerable } from './quiz.ts';
import type { GivenImport } from './read-import.ts';

/** How often the row says that we live. */
const heartbeatMs = 1000;

/** After so long without a word, the process that read is gone. */
export const silentMs = 30_000;

/** So many questions are worked on before others have their turn. */
const turn = 50;

export interface ReadingTools {
  db: Database;
  now: () => Date;
  log: Logger;
}

/** What is read by this process now, by the keys of imports. */
export type Readings = Map<number, AbortController>;

/** Where an import goes. */
export interface ImportTarget {
  importId: number;
  quizId: number;
  deploymentId: number;
}

/**
 * Reads and keeps. Never rejects: however it ends, the row says so, or falls silent if not even that can be written.
 *
 * @param readings where the reading can be found, to be cancelled
 */
export async function readInBackground(
  { db, now, log }: ReadingTools,
  readings: Readings,
  target: ImportTarget,
  { read }: Pick<GivenImport, 'read'>,
): Promise<void> {
  const { importId } = target;
  const stop = new AbortController();
  readings.set(importId, stop);
  const progress: { done: number; total: number | null } = { done: 0, total: null };
  const beat = setInterval(() => {
    noteProgress(db, importId, progress, now()).then(
      (isWanted) => !isWanted && stop.abort(new Error('Reading was cancelled')),
      (error: unknown) => log.warn({ err: error }, 'an import could not say that it lives'),
    );
  }, heartbeatMs);
  try {
    const onProgress = (done: number, total: number | null) =>
      // Being read is the first half of the way, being kept the second.
      void Object.assign(progress, { done, total: total === null ? null : total * 2 });
    const found = await read({ signal: stop.signal, onProgress });
    const count = found.questions.length;
    Object.assign(progress, { done: count, total: count * 2 });
    await keep({ db, now }, target, found, stop.signal, (kept) => {
      progress.done = count + kept;
    });
  } catch (error) {
    if (!stop.signal.aborted) log.error({ err: error, importId }, 'an import failed');
    const state = stop.signal.aborted ? 'cancelled' : 'failed';
    await db
      .transaction((tx) => endImport(tx, importId, state, now()))
      .catch((worse: unknown) => log.error({ err: worse, importId }, 'an import fell silent'));
  } finally {
    clearInterval(beat);
    readings.delete(importId);
  }
}

/** Keeps the questions in small portions, and at last, in one transaction, their pictures and that everything is there. */
async function keep(
  { db, now }: Pick<ReadingTools, 'db' | 'now'>,
  { importId, quizId, deploymentId }: ImportTarget,
  { format, questions, problems, warnings = [], assets = [] }: QuestionsRead,
  signal: AbortSignal,
  onKept: (count: number) => void,
): Promise<void> {
  const inDraft = await askedIn(db, quizId);
  const seen = new Set<string>();
  for (let from = 0; from < questions.length; from += turn) {
    signal.throwIfAborted();
    const rows = questions.slice(from, from + turn).map(({ line, question }, index) => {
      const asked = whatIsAsked(question);
      // Descriptions may stand anywhere, any number of times.
      const isTwice = seen.has(asked) && isAnswerable(question);
      const duplicate: Duplicate | null = inDraft.has(asked) ? 'in-draft' : isTwice ? 'twice' : null;
      seen.add(asked);
      return { place: from + index, line, question, duplicate, isTicked: duplicate === null };
    });
    await appendImported(db, importId, rows);
    onKept(from + rows.length);
    await setImmediate();
  }
  const checked = await checkAssets(assets);
  const lineOf = (sha256: string) =>
    questions.find(({ question }) => assetKeysOf(question).includes(sha256))?.line ?? 1;
  const refused = checked.refused.map(({ sha256, refusal }) => ({ line: lineOf(sha256), refusal }));
  const report: ImportReport = { format, problems, warnings, refused };
  await db.transaction(async (tx) => {
    if (await finishImport(tx, importId, report, now()))
      await keepAssets(tx, { deploymentId, now: now() }, checked.kept);
  });
}

/** What the questions of a draft ask, read in small portions. */
async function askedIn(db: Database, quizId: number): Promise<Set<string>> {
  const asked = new Set<string>();
  for (let after = 0; ;) {
    const { questions, last } = await listDraftQuestionsAfter(db, quizId, { after, most: turn });
    for (const question of questions) asked.add(whatIsAsked(shownQuestion(question)));
    if (last === null) return asked;
    after = last;
    await setImmediate();
  }
}
