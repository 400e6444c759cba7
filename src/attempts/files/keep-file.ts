// A learner hands in a file with an answer, or takes one back: the file and the answer that names it change together.
import type { Database, Transaction } from '../../database/database.ts';
import { checkAsset, kindOf, type AssetRefusal, type CheckedAsset } from '../../questions/assets/check-asset.ts';
import { noWork } from '../../questions/behaviours/work.ts';
import { filesOf } from '../../questions/hand-marking.ts';
import { typeOf } from '../../questions/question.ts';
import { parseStoredResponse } from '../../questions/response.ts';
import type { FileRule } from '../../questions/rubric.ts';
import { saveGiven } from '../attempt.store.ts';
import { listWork } from '../checking/work.store.ts';
import { fieldName } from '../field-name.ts';
import { answerDigest } from '../response-digest.ts';
import {
  keepAnswers,
  openForAnswers,
  questionAt,
  type AnswerRefusal,
  type AnswerSheet,
  type OpenAttempt,
} from '../save-answers.ts';
import { deleteFile, insertFile, listFiles, type AnswerFile } from './answer-file.store.ts';

/** Why a file is not kept. `takes-none`: the question takes no files. */
export type FileRefusal =
  | { code: AnswerRefusal | 'takes-none' | 'no-such-file' | 'not-that-kind' }
  | { code: 'too-many'; most: number }
  | { code: 'not-kept'; refusal: AssetRefusal };

/** What the answer holds by now, and how its page tells it from another. */
export interface FilesNow {
  files: AnswerFile[];
  shown: string;
}

interface Where {
  attemptId: number;
  personId: number;
  position: number;
  /** The rest of the page, whose answers are kept with the file. */
  page: AnswerSheet;
}

/**
 * Keeps a file with an answer, and what else the page says. The file is looked at before anything is locked.
 *
 * @param file null: none was chosen, and only the page is kept
 */
export async function keepFile(
  tools: { db: Database; now: () => Date },
  where: Where,
  file: { name: string; bytes: Uint8Array } | null,
): Promise<({ ok: true } & FilesNow) | { ok: false; refusal: FileRefusal }> {
  const checked = file && (await checkAsset(file.bytes));
  return change(tools, where, async (tx, place, rule) => {
    if (!file || !checked) return null;
    if (!checked.ok) return { code: 'not-kept', refusal: checked.refusal };
    if (!isAsked(rule, checked.asset)) return { code: 'not-that-kind' };
    const kept = (await listFiles(tx, [place.attemptId])).filter(({ position }) => position === place.position);
    const isNew = kept.every(({ sha256 }) => sha256 !== checked.asset.sha256);
    if (isNew && kept.length >= rule.most) return { code: 'too-many', most: rule.most };
    await insertFile(tx, place, { name: file.name, asset: checked.asset, now: tools.now() });
    return null;
  });
}

/** Takes a file away, and keeps what else the page says. */
export async function removeFile(
  tools: { db: Database; now: () => Date },
  where: Where,
  sha256: string,
): Promise<({ ok: true } & FilesNow) | { ok: false; refusal: FileRefusal }> {
  return change(tools, where, async (tx, place) => {
    return (await deleteFile(tx, place, sha256)) ? null : { code: 'no-such-file' };
  });
}

async function change(
  { db, now }: { db: Database; now: () => Date },
  { attemptId, personId, position, page }: Where,
  make: (
    tx: Transaction,
    place: { attemptId: number; position: number },
    rule: FileRule,
  ) => Promise<FileRefusal | null>,
): Promise<({ ok: true } & FilesNow) | { ok: false; refusal: FileRefusal }> {
  return db.transaction(async (tx) => {
    const open = await openForAnswers(tx, { attemptId, personId }, now());
    if (!open.ok) return { ok: false, refusal: { code: open.code } };
    const question = questionAt(open.version, fieldName(position))?.question;
    const rule = question ? filesOf(question) : null;
    if (!rule) return { ok: false, refusal: { code: 'takes-none' } };
    // What was typed is kept whatever becomes of the file.
    await keepAnswers(tx, open, page, now());
    const refusal = await make(tx, { attemptId, position }, rule);
    return refusal ? { ok: false, refusal } : { ok: true, ...(await nameFiles(tx, open, position, now())) };
  });
}

/** Makes the stored answer name the files that there are. What else it says stays, whoever said it last. */
async function nameFiles(
  tx: Transaction,
  { attempt, version }: OpenAttempt,
  position: number,
  now: Date,
): Promise<FilesNow> {
  const question = questionAt(version, fieldName(position))?.question;
  if (!question) throw new Error(`There is no question at ${position}`);
  const files = (await listFiles(tx, [attempt.id])).filter((file) => file.position === position);
  const { saved } = (await listWork(tx, attempt.id)).get(position) ?? noWork;
  const keys = files.map(({ sha256 }) => sha256);
  const stored = parseStoredResponse(question, saved?.response ?? null);
  const response = typeOf(question).withFiles?.(stored, keys) ?? null;
  const answer = response && { response, certainty: saved?.certainty ?? null };
  await saveGiven(tx, [{ attemptId: attempt.id, position, answer }], now);
  return { files, shown: answerDigest(answer) };
}

function isAsked({ kinds }: FileRule, { mediaType }: CheckedAsset): boolean {
  return kinds.some((kind) => {
    switch (kind) {
      case 'any':
        return true;
      case 'picture':
        return kindOf(mediaType) === 'picture';
      case 'pdf':
        return mediaType === 'application/pdf';
    }
  });
}
