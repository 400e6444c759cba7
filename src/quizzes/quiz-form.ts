// What a teacher sends from the quiz editor: read leniently, because whatever was typed is kept.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { decodeText } from '../questions/decode-text.ts';
import { formats } from '../questions/formats/registry.ts';
import { readQuestions, type FormatName } from '../questions/read-questions.ts';
import { readBehaving } from './behaviour-form.ts';
import { countingAttempts } from './quiz.ts';
import { readStructure } from './structure-form.ts';
import type { QuizDraft } from './quiz.store.ts';
import { readTimeRules } from './time-rules-form.ts';
import { timeRulesOf } from './time-rules.ts';

/** The most attempts that can be chosen; above it, `null` (no limit) is what is meant. */
export const mostAttempts = 10;

/** What word processors write is a zip archive. */
const zipSignature = Buffer.from('PK\u0003\u0004');

const formatNames = formats.map(({ name }) => name);

const form = z.object({
  title: z.string().trim().max(255).catch(''),
  source: z.string().max(4_000_000).catch(''),
  sourceFormat: z
    .string()
    .refine((name): name is FormatName | 'auto' => name === 'auto' || formatNames.some((known) => known === name))
    .catch('auto'),
  attemptsAllowed: z.coerce.number().int().min(1).max(mostAttempts).nullable().catch(null),
  countingAttempt: z.enum(countingAttempts).catch('best'),
});

/**
 * The draft in a form. An uploaded file takes the place of the text that stands in the form, unless nothing in it can be
 * understood: then the text stays, for it may be all there is.
 *
 * @param fallbackTitle for a quiz without a title of its own
 * @returns the draft, and whether a file was left out
 */
export function readQuizForm(
  body: unknown,
  fallbackTitle: string,
  file: Uint8Array | null,
): { draft: QuizDraft; isFileUnread: boolean } {
  const typed = form.parse(body ?? {});
  const uploaded = file && readUpload(file, typed);
  // Browsers send CR LF for every line end of a textarea.
  const source = (uploaded ?? typed.source).replace(/\r\n?/g, '\n').replaceAll('\u0000', '');
  return {
    draft: {
      ...typed,
      ...readTimeRules(body),
      ...readBehaving(body),
      structure: readStructure(body),
      source,
      title: typed.title || fallbackTitle,
    },
    isFileUnread: file !== null && uploaded === null,
  };
}

/** The text of a file; null for a program's own format, and for what would put nothing in the place of something. */
function readUpload(file: Uint8Array, typed: Pick<QuizDraft, 'source' | 'sourceFormat'>): string | null {
  if (isProgramsOwn(file)) return null;
  const { text } = decodeText(file);
  const isUnderstood = readQuestions(text, typed.sourceFormat).questions.length > 0;
  return isUnderstood || typed.source.trim() === '' ? text : null;
}

/** Whether a file is no text. */
export function isProgramsOwn(file: Uint8Array): boolean {
  const isZip = Buffer.from(file.subarray(0, 4)).equals(zipSignature);
  return isZip || (file.includes(0) && !/16/.test(decodeText(file).encoding));
}

/** Tells one source from another: a teacher publishes only what was shown as a preview. */
export function sourceDigest({ source, sourceFormat }: QuizDraft): string {
  return createHash('sha256').update(`${sourceFormat}\n${source}`).digest('base64url');
}

/** Tells one title with its settings from another: of two teachers who change them, the later is told. */
export function settingsStamp(draft: QuizDraft): string {
  const { title, attemptsAllowed, countingAttempt, behaviour, penalty, mayRedo, marksByHand } = draft;
  const taken = [attemptsAllowed, countingAttempt, behaviour, penalty, mayRedo, marksByHand, timeRulesOf(draft)];
  const { sections, draws } = draft.structure;
  const built = [
    ...sections.map(({ title: heading, from, isShuffled }) => [heading, from, isShuffled]),
    ...draws.map(({ count, tags, match, points }) => [count, tags, match, points]),
  ];
  const settings = JSON.stringify([title, ...taken, draft.review, draft.overallFeedback, built]);
  return createHash('sha256').update(settings).digest('base64url');
}
