// Moodle XML, in which Moodle exports and imports its questions: https://docs.moodle.org/en/Moodle_XML_format. Pictures come with it.
import type { TextFormat } from './format.ts';
import { readMoodleXml } from './moodle-xml/read.ts';
import { writeMoodleXml } from './moodle-xml/write.ts';

export const moodleXml = {
  name: 'moodle-xml',
  kind: 'text',
  label: 'Moodle XML',
  extension: '.xml',
  mediaType: 'application/xml',
  // Most of a file with pictures is pictures.
  maximumCharacters: 40_000_000,
  looksLike: (text: string) => /^\s*<(?:\?xml|quiz|!DOCTYPE|!--)/.test(text) && /<quiz[\s>]/.test(text),
  read: readMoodleXml,
  write: writeMoodleXml,
} as const satisfies TextFormat;
