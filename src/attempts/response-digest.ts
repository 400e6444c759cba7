// Tells one answer from another, so that a page can say which it showed.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { GivenAnswer } from '../questions/behaviours/work.ts';

const response = z.record(z.string(), z.unknown()).nullable();

/** The same for equal answers that their learners are as sure of; of no answer it is empty. */
export function answerDigest(answer: GivenAnswer | null): string {
  if (answer === null) return '';
  const digest = responseDigest(answer.response);
  return answer.certainty === null ? digest : `${digest}.${answer.certainty}`;
}

/** The same for equal responses, whatever order a database gave their parts; of no response it is empty. */
function responseDigest(stored: unknown): string {
  const parts = response.parse(stored);
  if (parts === null) return '';
  const inOrder = JSON.stringify(Object.entries(parts).sort());
  return createHash('sha256').update(inOrder).digest('base64url').slice(0, 16);
}
