// `essay`: how it is to be written and marked is Moodle's own business; here there is one way.
import type { XmlElement } from '../xml/parse-xml.ts';
import { childrenOf, leftOut } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { valueLine } from './writing.ts';

/** Reads an essay, and says what of it has no place here. */
export function readEssay(question: XmlElement, reading: Reading): MoodleAnswers {
  leftOut(reading, [...childrenOf(question, 'graderinfo'), ...childrenOf(question, 'responsetemplate')]);
  return { ok: true, answers: { type: 'essay', details: {} } };
}

/** Writes what Moodle takes for granted. */
export function writeEssay(): string[] {
  const html = (name: string) => [`    <${name} format="html">`, '      <text></text>', `    </${name}>`];
  return [
    valueLine('responseformat', 'editor'),
    valueLine('responserequired', '1'),
    valueLine('responsefieldlines', '15'),
    valueLine('minwordlimit', ''),
    valueLine('maxwordlimit', ''),
    valueLine('attachments', '0'),
    valueLine('attachmentsrequired', '0'),
    valueLine('maxbytes', '0'),
    valueLine('filetypeslist', ''),
    ...html('graderinfo'),
    ...html('responsetemplate'),
  ];
}
