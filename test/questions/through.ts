// Questions through a format and back.
import { expect } from '@jest/globals';
import { assetKeysOf } from '../../src/questions/contents-of.ts';
import { fileFormats } from '../../src/questions/formats/file-registry.ts';
import type { Format, LossCode } from '../../src/questions/formats/format.ts';
import { nameFrom } from '../../src/questions/formats/question-name.ts';
import { formats } from '../../src/questions/formats/registry.ts';
import type { Question } from '../../src/questions/question.ts';
import { readFileBytes } from '../../src/questions/read-file-bytes.ts';
import type { FormatName } from '../../src/questions/read-questions.ts';
import { meaningOf, pictures } from './any-question.ts';

/** Every format that can be written. */
export const writable: readonly Format[] = [...formats, ...fileFormats].filter(({ write }) => write !== null);

/** A question, what the format says it lost of it, and what came back; null where it was left out. */
export type Returned = { question: Question; codes: LossCode[]; back: Question | null };

/** Questions written together and read back. */
export async function through(format: Format, questions: readonly Question[]): Promise<Returned[]> {
  const { body, losses } = await format.write!(questions, pictures);
  const codesOf = (index: number) => losses.filter((loss) => loss.index === index).map(({ code }) => code);
  const sent = questions.map((question, index) => ({ question, codes: codesOf(index) }));
  const kept = sent.filter(({ codes }) => !codes.includes('type')).length;
  if (kept === 0) return sent.map((one) => ({ ...one, back: null }));

  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const read = await readFileBytes(bytes, format.name as FormatName, () => undefined);
  const count = read.questions.length;
  expect({ body, problems: read.problems, count }).toEqual({ body, problems: [], count: kept });
  const shown = [...new Set(read.questions.flatMap(({ question }) => assetKeysOf(question)))];
  expect((read.assets ?? []).map(({ sha256 }) => sha256).toSorted()).toEqual(shown.toSorted());
  for (const asset of read.assets ?? []) expect(pictures).toContainEqual(asset);
  const back = read.questions.map(({ question }) => question);
  return sent.map((one) => ({ ...one, back: one.codes.includes('type') ? null : back.shift()! }));
}

/** What a question says, in which its own first words, where TeX may be spelt otherwise, are no name. */
export function told(question: Question | null | undefined): unknown {
  return question && meaningOf({ ...question, name: question.name === nameFrom(question.text) ? '' : question.name });
}
