// Reads a file of questions from its bytes, in whatever format they are. To be called in a thread of its own: see
// read-question-file.ts.
import { decodeText } from './decode-text.ts';
import { ArchiveError, isZip, openZip } from './formats/archive/read-zip.ts';
import { fileFormats } from './formats/file-registry.ts';
import type { Problem, ReadResult } from './formats/format.ts';
import { questionSchema } from './question.ts';
import { formulaWarning, readQuestions } from './read-questions.ts';
import type { FormatName, QuestionsRead } from './read-questions.ts';

/** Compound files: Word and Excel before 2007, and newer ones with a password. */
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

type Progress = (done: number, total: number | null) => void;

const refused = (problem: Problem): QuestionsRead => ({ format: null, questions: [], problems: [problem] });

/**
 * Reads the questions of a file: by its bytes if it is an archive, else as a text.
 *
 * @param format   what was chosen, or `auto`
 * @param progress is told of questions that are read and how many there are, as soon as that is known
 */
export async function readFileBytes(
  bytes: Uint8Array,
  format: FormatName | 'auto',
  progress: Progress,
): Promise<QuestionsRead> {
  if (oldOffice.every((byte, index) => bytes[index] === byte)) {
    return refused({ line: 1, code: 'old-office', params: {} });
  }
  const fileFormat = fileFormats.find((one) => (format === 'auto' ? one.looksLike(bytes) : one.name === format));
  if (fileFormat?.read) {
    const read = storable(await fileFormat.read(bytes), progress);
    const isEmpty = read.questions.length === 0 && read.problems.length === 0;
    const problems: Problem[] = isEmpty ? [{ line: 1, code: 'no-questions', params: {} }] : read.problems;
    return { ...read, format: fileFormat.name, problems };
  }
  if (isZip(bytes)) return refused(await whyNoFormat(bytes));
  const read = readQuestions(decodeText(bytes).text, format);
  progress(read.questions.length, read.questions.length);
  return read;
}

/** What to say of an archive that holds nothing we read. */
async function whyNoFormat(bytes: Uint8Array): Promise<Problem> {
  try {
    const { names } = await openZip(bytes);
    const nested = names.find((name) => /\.(?:zip|docx|xlsx)$/i.test(name));
    return nested === undefined
      ? { line: 1, code: 'zip-without-questions', params: {} }
      : { line: 1, code: 'zip-nested', params: { name: nested } };
  } catch (error) {
    if (error instanceof ArchiveError) return error.problem;
    throw error;
  }
}

const reportEvery = 100;

/** Takes out what the database would refuse. */
function storable(read: ReadResult, progress: Progress): ReadResult {
  const questions: ReadResult['questions'] = [];
  const problems: Problem[] = [...read.problems];
  for (const [index, item] of read.questions.entries()) {
    if (questionSchema.safeParse(item.question).success) questions.push(item);
    else problems.push({ line: item.line, code: 'not-storable', params: {} });
    if (index % reportEvery === 0) progress(index, read.questions.length);
  }
  progress(read.questions.length, read.questions.length);
  const byLine = (one: Problem, other: Problem) => one.line - other.line;
  const warnings = [...(read.warnings ?? []), ...questions.flatMap(formulaWarning)].sort(byLine);
  return { ...read, questions, warnings, problems: problems.sort(byLine) };
}
