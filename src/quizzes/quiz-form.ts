// What a teacher sends from the quiz editor: read leniently, because whatever was typed is kept.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { formats } from '../questions/formats/registry.ts';
import type { FormatName } from '../questions/read-questions.ts';
import { countingAttempts } from './quiz.ts';
import type { QuizDraft } from './quiz.store.ts';

/** The most attempts that can be chosen; above it, `null` (no limit) is what is meant. */
export const mostAttempts = 10;

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
 * The draft in a form.
 *
 * @param fallbackTitle for a quiz without a title of its own
 * @param uploadedText the text of an uploaded file, which takes the place of what stands in the form
 */
export function readQuizForm(body: unknown, fallbackTitle: string, uploadedText: string | null): QuizDraft {
  const draft = form.parse(body ?? {});
  // Browsers send CR LF for every line end of a textarea.
  const source = (uploadedText ?? draft.source).replace(/\r\n?/g, '\n').replaceAll('\u0000', '');
  return { ...draft, source, title: draft.title || fallbackTitle };
}

/** Tells one source from another: a teacher publishes only what was shown as a preview. */
export function sourceDigest({ source, sourceFormat }: QuizDraft): string {
  return createHash('sha256').update(`${sourceFormat}\n${source}`).digest('base64url');
}
