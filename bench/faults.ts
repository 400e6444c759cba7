// What is lost while everything is broken on purpose: the fault run (test/faults), as rows.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { exactRow, type Row } from './row.ts';

const root = join(import.meta.dirname, '..');
/** Longer than the run lets itself take. */
const timeout = 10 * 60_000;

const result = z.object({
  students: z.number(),
  answers: z.object({ lost: z.number() }),
  attempts: z.object({ lost: z.number() }),
  cells: z.object({ wrong: z.number(), missing: z.number() }),
  posts: z.object({ duplicate: z.number() }),
});

export async function* benchFaults(): AsyncGenerator<Row> {
  const words = ['--import', './test/support/typescript.mjs', 'test/faults/run.ts'];
  // It ends with 1 if anything was lost, which is for the rows to say.
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root, timeout }).catch(
    (error: { stdout: string }) => error,
  );
  const { students, answers, attempts, cells, posts } = result.parse(
    JSON.parse(stdout.trim().split('\n').at(-1) ?? ''),
  );
  const name = `${students} students under kill -9, restarts of PostgreSQL and outages of the LMS`;
  yield exactRow(`${name}: answers acknowledged and lost`, answers.lost, 'answers', 0);
  yield exactRow(`${name}: attempts acknowledged and lost`, attempts.lost, 'attempts', 0);
  yield exactRow(`${name}: grades wrong or missing in the gradebook`, cells.wrong + cells.missing, 'grades', 0);
  yield exactRow(`${name}: grades posted twice`, posts.duplicate, 'posts', 0);
}
