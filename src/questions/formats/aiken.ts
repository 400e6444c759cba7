// Aiken, the plainest format for questions: a line for the question, lettered lines for the options, `ANSWER: B`. Read more kindly
// than Moodle does (https://docs.moodle.org/en/Aiken_format), which takes a Cyrillic letter for the beginning of a new question.
import { readAiken } from './aiken/read.ts';
import { keyLine } from './aiken/key.ts';
import { fitsPlace, labelledLine } from './aiken/labels.ts';
import { aikenQuestion } from './aiken/write.ts';
import type { TextFormat } from './format.ts';
import { writeEach } from './write-each.ts';

/** A line of key and a lettered line; or, so that somebody is told of a forgotten key, a list of two at least and no braces. */
function looksLikeAiken(text: string): boolean {
  if (/^\s*</.test(text)) return false;
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.some((line) => keyLine(line) !== null)) return lines.some((line) => labelledLine(line) !== null);
  return !/[{}]/.test(text) && lines.some((line, index) => isAt(line, 0) && isAt(lines[index + 1] ?? '', 1));
}

function isAt(line: string, place: number): boolean {
  const label = labelledLine(line);
  return label !== null && fitsPlace(label.letter, place);
}

export const aiken = {
  name: 'aiken',
  kind: 'text',
  label: 'Aiken',
  extension: '.txt',
  mediaType: 'text/plain',
  looksLike: looksLikeAiken,
  read: readAiken,
  write: (questions) => writeEach(questions, aikenQuestion, '\n\n'),
} as const satisfies TextFormat;
