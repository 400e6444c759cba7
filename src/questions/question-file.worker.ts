// The thread in which a file of questions is read: whatever the file makes of it, requests of others go on.
import { parentPort, workerData } from 'node:worker_threads';
import { readFileBytes } from './read-file-bytes.ts';
import type { FormatName, QuestionsRead } from './read-questions.ts';

/** What the thread is started with. */
export type QuestionFileTask = { bytes: Uint8Array; format: FormatName | 'auto' };

/** What the thread says. */
export type QuestionFileNews =
  { kind: 'progress'; done: number; total: number | null } | { kind: 'read'; read: QuestionsRead };

const tell = (news: QuestionFileNews) => parentPort?.postMessage(news);

// Only read-question-file.ts starts this thread.
const { bytes, format } = workerData as QuestionFileTask;
const read = await readFileBytes(bytes, format, (done, total) => tell({ kind: 'progress', done, total }));
tell({ kind: 'read', read });
