// GIFT, Moodle's text format for questions: https://docs.moodle.org/en/GIFT_format. Read as Moodle 5.1 reads it, except
// that a blank line between braces, a forgotten one between questions and an unescaped formula are understood too.
import type { TextFormat } from './format.ts';
import { giftBlocks } from './gift/blocks.ts';
import { hideEscapes } from './gift/escapes.ts';
import { giftQuestion } from './gift/question.ts';
import { withTags } from './gift/tags.ts';
import { writeGift } from './gift/write.ts';
import { readBlocks } from './read-blocks.ts';
import { writeEach } from './write-each.ts';

export const gift = {
  name: 'gift',
  kind: 'text',
  label: 'GIFT',
  extension: '.gift',
  mediaType: 'text/plain',
  // A Moodle XML file has braces and `::` in it too, and would be read as one description after another.
  looksLike: (text: string) =>
    !text.trimStart().startsWith('<') &&
    (/^[^\S\n]*(?:::|\$CATEGORY:)/m.test(text) || (text.includes('{') && text.includes('}'))),
  read: (text: string) => withTags(text, readBlocks(giftBlocks(hideEscapes(text)), giftQuestion)),
  write: (questions) => writeEach(questions, writeGift, '\n\n'),
} as const satisfies TextFormat;
