// What a teacher gives to be imported, read. A file goes before a text that stands beside it, and the text is kept all the same.
import { decodeText } from '../questions/decode-text.ts';
import { readQuestions, type QuestionsRead } from '../questions/read-questions.ts';
import { isProgramsOwn, readQuizForm } from './quiz-form.ts';

/** The text and the file's name as they are kept, and what was understood. */
export interface ReadImport {
  typed: { source: string; sourceFormat: string; fileName: string | null };
  read: QuestionsRead;
}

/** Never rejects because of what was given. */
export async function readImport(body: unknown, file: Uint8Array | null, fileName: string): Promise<ReadImport> {
  const { source, sourceFormat } = readQuizForm(body, '', null).draft;
  if (file === null)
    return { typed: { source, sourceFormat, fileName: null }, read: readQuestions(source, sourceFormat) };
  const read = isProgramsOwn(file) ? unreadable : readQuestions(decodeText(file).text, sourceFormat);
  return Promise.resolve({ typed: { source, sourceFormat, fileName }, read });
}

const unreadable: QuestionsRead = {
  format: null,
  questions: [],
  problems: [{ line: 1, code: 'format-unknown', params: {} }],
};
