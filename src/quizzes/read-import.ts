// What a teacher gives to be imported. A file goes before a text that stands beside it, and the text is kept all the same.
import { z } from 'zod';
import { decodeText } from '../questions/decode-text.ts';
import { fileFormats } from '../questions/formats/file-registry.ts';
import { formats } from '../questions/formats/registry.ts';
import { readQuestionFile } from '../questions/read-question-file.ts';
import { readQuestions, type FormatName, type QuestionsRead } from '../questions/read-questions.ts';
import { isProgramsOwn } from './quiz-form.ts';

/** Every format that is read, as a teacher is offered them. */
export const readableFormats: readonly { name: FormatName; label: string }[] = [
  ...formats,
  ...fileFormats.filter(({ read }) => read !== null),
];

/** What file choosers offer first: the ends of names that files of questions have. */
export const readableEndings = '.gift,.txt,.xml,.csv,.docx,.xlsx,.zip';

/** The largest file of questions: forty megabytes of Moodle XML with its pictures in it, or an archive of as many. */
export const largestFileMegabytes = 40;

/** What the form for importing offers, wherever it stands. */
export const importChoices = { formatChoices: readableFormats, largestFileMegabytes, readableEndings };

/** Up to here a text is read while the request waits: a few milliseconds, where a thread takes tenths of a second to begin. */
const atOnceBytes = 64 * 1024;

const form = z.object({
  source: z.string().max(4_000_000).catch(''),
  sourceFormat: z
    .string()
    .refine((name): name is FormatName => readableFormats.some((format) => format.name === name))
    .or(z.literal('auto'))
    .catch('auto'),
});

/** The text and the file's name as they are kept, and the way to read them. */
export interface GivenImport {
  typed: { source: string; sourceFormat: FormatName | 'auto'; fileName: string | null };
  read: (options: ReadingWatch) => Promise<QuestionsRead>;
}

export interface ReadingWatch {
  signal: AbortSignal;
  onProgress: (done: number, total: number | null) => void;
}

/** Never throws because of what was given. */
export function takeImport(body: unknown, file: Uint8Array | null, fileName: string): GivenImport {
  const { source: sent, sourceFormat } = form.parse(body ?? {});
  // Browsers send CR LF for every line end of a textarea.
  const source = sent.replace(/\r\n?/g, '\n').replaceAll('\u0000', '');
  const typed = { source, sourceFormat, fileName: file === null ? null : fileName };
  const bytes = file ?? new TextEncoder().encode(source);
  const isSmallText = bytes.length <= atOnceBytes && !isProgramsOwn(bytes) && !isFileFormat(sourceFormat);
  return {
    typed,
    read: (watch) =>
      isSmallText
        ? Promise.resolve(readQuestions(file === null ? source : decodeText(bytes).text, sourceFormat))
        : readQuestionFile({ bytes, name: fileName }, { format: sourceFormat, ...watch }),
  };
}

function isFileFormat(name: FormatName | 'auto'): boolean {
  return fileFormats.some((format) => format.name === name);
}
