// The one way in for files of questions. Reading goes on in a thread of its own, with bounds of time and memory, so that neither
// five thousand questions nor a file made to do harm hold up anybody else.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Problem } from './formats/format.ts';
import type { QuestionFileNews, QuestionFileTask } from './question-file.worker.ts';
import type { FormatName, QuestionsRead } from './read-questions.ts';

/** How many files are read at once in one process; the others wait. */
const mostAtOnce = 2;

// Built, the thread's program is JavaScript as we are; run from source, whoever runs us knows how to read TypeScript.
const program = new URL(`./question-file.worker${extname(import.meta.url)}`, import.meta.url);

/** What a reading is done by, and its bounds. */
export interface ReadingThread {
  program: URL;
  mostSeconds: number;
  /** Of memory, beside the file itself. */
  mostMegabytes: number;
}

const ordinary: ReadingThread = { program, mostSeconds: 60, mostMegabytes: 768 };

export type QuestionFile = { bytes: Uint8Array; name: string };

export type ReadingOptions = {
  format: FormatName | 'auto';
  /** Told now and then how many questions are read, and of how many as soon as that is known. */
  onProgress?: (done: number, total: number | null) => void;
  signal?: AbortSignal;
};

/**
 * Reads a file of questions in any format: Word, Excel and packages by their bytes, anything else as a text in whatever encoding.
 * What cannot be read is a problem in what it returns, also if reading took too long or too much. Of a file that makes the
 * reader fail nothing is taken.
 *
 * @throws the signal's reason if that is aborted; nothing else
 */
export async function readQuestionFile(
  file: QuestionFile,
  options: ReadingOptions,
  thread: Partial<ReadingThread> = {},
): Promise<QuestionsRead> {
  options.signal?.throwIfAborted();
  await turn(options.signal);
  try {
    options.signal?.throwIfAborted();
    return await readInThread(file, options, { ...ordinary, ...thread });
  } finally {
    leave();
  }
}

function readInThread(
  { bytes }: QuestionFile,
  { format, onProgress, signal }: ReadingOptions,
  thread: ReadingThread,
): Promise<QuestionsRead> {
  const { mostSeconds, mostMegabytes } = thread;
  const workerData: QuestionFileTask = { bytes, format };
  const worker = new Worker(thread.program, {
    workerData,
    execArgv: importsOf(process.execArgv),
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    stdin: false,
  });
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      void worker.terminate();
      settle();
    };
    const refuse = (code: Problem['code'], params: Problem['params'] = {}) =>
      finish(() => resolve({ format: null, questions: [], problems: [{ line: 1, code, params }] }));
    const abort = () =>
      finish(() => reject(signal?.reason instanceof Error ? signal.reason : new Error('Reading was given up')));
    const timer = setTimeout(() => refuse('reading-too-long', { seconds: mostSeconds }), mostSeconds * 1000);
    signal?.addEventListener('abort', abort);
    worker.on('message', (news: QuestionFileNews) => {
      if (news.kind === 'progress') onProgress?.(news.done, news.total);
      else finish(() => resolve(news.read));
    });
    worker.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('reading-too-much', { megabytes: mostMegabytes });
      else refuse('reading-stopped');
    });
    worker.on('exit', () => refuse('reading-stopped'));
  });
}

/** What this process was told to load first, such as a reader of TypeScript; its other options are not for threads. */
function importsOf(execArgv: readonly string[]): string[] {
  return execArgv.flatMap((word, index) => {
    if (word.startsWith('--import=')) return [word];
    const value = execArgv[index + 1];
    return word === '--import' && value !== undefined ? [word, value] : [];
  });
}

let reading = 0;
const waiting: (() => void)[] = [];

/** Waits until there is a place for one more. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  if (reading < mostAtOnce) {
    reading += 1;
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const enter = () => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      waiting.splice(waiting.indexOf(enter), 1);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('Reading was given up'));
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    waiting.push(enter);
  });
}

/** Gives the place to whoever waits longest. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else reading -= 1;
}
