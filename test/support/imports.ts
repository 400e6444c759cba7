// Files of questions, and waiting until one is read.
import type { FileValue } from '../../src/practice/form-fields.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { paragraph, run, wordDocument } from './word-document.ts';
import { until } from './until.ts';

/** Opens the page of an import again and again, as it does by itself, until the reading has ended. */
export async function untilRead(robot: Robot): Promise<void> {
  await until(async () => {
    if (robot.page.$('[data-reading]').length === 0) return true;
    await robot.open(robot.page.url);
    return false;
  });
}

/** As many questions of Word as wanted, the right option in bold: 1 + 1, 1 + 2 … */
export function wordQuestions(count: number): Promise<Uint8Array> {
  const questions = Array.from({ length: count }, (_, index) => [
    paragraph(`${index + 1}. 1 + ${index + 1} nechaga teng?`),
    paragraph(run(`A) ${index + 2}`, '<w:b/>')),
    paragraph(`B) ${index + 3}`),
    paragraph(`C) ${index + 4}`),
  ]);
  return wordDocument(questions.flat().join(''));
}

/** A file as a browser sends it. */
export function chosenFile(filename: string, content: string | Uint8Array): FileValue {
  return {
    filename,
    content: typeof content === 'string' ? content : new Uint8Array(content),
    type: 'application/octet-stream',
  };
}
