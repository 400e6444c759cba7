// `essay`: words, files and what is said to who marks; Moodle has no rubric for a question.
import { z } from 'zod';
import type { Content } from '../../content.ts';
import type { essay } from '../../types/essay.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { childOf, childrenOf, contentOf, leftOut, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { contentLines, valueLine, type Writing } from './writing.ts';

type Details = z.infer<typeof essay.details>;

/** Moodle offers up to three files, or as many as one likes, which is `-1`. */
const mostInMoodle = 3;
const most = 5;

const count = z.coerce.number().int().min(1).max(10_000).nullable().catch(null);

/** Reads an essay, and says what of it has no place here. */
export function readEssay(question: XmlElement, reading: Reading): MoodleAnswers {
  leftOut(reading, childrenOf(question, 'responsetemplate'));
  const value = (name: string) => textOf(childOf(question, name));
  const [least, mostWords] = [count.parse(value('minwordlimit')), count.parse(value('maxwordlimit'))];
  const isInOrder = least === null || mostWords === null || least <= mostWords;
  const files = filesIn(value('attachments'), value('filetypeslist'));
  const guidance = contentOf(childOf(question, 'graderinfo'), reading, 'html');
  const details: Details = {
    ...((least !== null || mostWords !== null) && isInOrder && { expectedWords: { least, most: mostWords } }),
    ...(value('responseformat') === 'noinline' && files && { takesText: false }),
    ...(files && { files }),
    ...(guidance.source.trim() !== '' && { guidance }),
  };
  return { ok: true, answers: { type: 'essay', details } };
}

/** Writes what Moodle takes for granted where nothing is said. */
export function writeEssay(
  { expectedWords, takesText = true, files, rubric, guidance }: Details,
  writing: Writing,
): string[] {
  const isLost = rubric !== undefined || (files !== undefined && files.most > mostInMoodle && files.most < most);
  if (isLost) writing.losses.push('grading');
  const nothing: Content = { format: 'html', source: '' };
  return [
    valueLine('responseformat', takesText ? 'editor' : 'noinline'),
    valueLine('responserequired', takesText ? '1' : '0'),
    valueLine('responsefieldlines', '15'),
    valueLine('minwordlimit', String(expectedWords?.least ?? '')),
    valueLine('maxwordlimit', String(expectedWords?.most ?? '')),
    valueLine('attachments', String(files ? (files.most > mostInMoodle ? -1 : files.most) : 0)),
    valueLine('attachmentsrequired', takesText ? '0' : '1'),
    valueLine('maxbytes', '0'),
    valueLine('filetypeslist', files && !files.kinds.includes('any') ? fileTypes(files.kinds) : ''),
    ...contentLines('graderinfo', guidance ?? nothing, writing),
    ...contentLines('responsetemplate', nothing, writing),
  ];
}

function fileTypes(kinds: NonNullable<Details['files']>['kinds']): string {
  return kinds.map((kind) => (kind === 'pdf' ? '.pdf' : 'web_image')).join(',');
}

/** @param types Moodle's groups and endings, such as `web_image,.pdf`; empty for all */
function filesIn(attachments: string, types: string): Details['files'] {
  const number = Number(attachments);
  if (!Number.isInteger(number) || number === 0) return undefined;
  const named = types
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((type) => type !== '');
  const isPicture = (type: string) => ['image', 'web_image', '.png', '.jpg', '.jpeg', '.gif', '.webp'].includes(type);
  const isKnown = named.length > 0 && named.every((type) => isPicture(type) || type === '.pdf');
  const kinds: ('picture' | 'pdf' | 'any')[] = isKnown
    ? [...(named.some(isPicture) ? (['picture'] as const) : []), ...(named.includes('.pdf') ? (['pdf'] as const) : [])]
    : ['any'];
  return { most: number < 0 ? most : Math.min(number, most), kinds };
}
