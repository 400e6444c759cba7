// What a backup says, line by line, whichever engine wrote it or reads it. Each line is JSON: first what this is; then, for each table,
// a line with its columns and one for each row, the row as a list of values in PostgreSQL's own text, so that no digit is lost; then
// where the sequences stand; last, how much that was, and the hash of all lines before.
import { createHash } from 'node:crypto';
import { z } from 'zod';

export const backupHead = z.object({
  format: z.literal('mustaqil-backup'),
  version: z.literal(1),
  /** The newest migration of its database, by its time in milliseconds. */
  migration: z.number(),
  /** When it was begun: it holds all that was acknowledged before. */
  takenAt: z.string(),
  /** By which one sees whether two installations have the same secret; tells nothing of it. */
  secretMark: z.string(),
});
export const tableHead = z.object({ table: z.string(), columns: z.array(z.string()) });
export const sequencesLine = z.object({ sequences: z.record(z.string(), z.string()) });
const backupEnd = z.object({ rows: z.record(z.string(), z.number()), sha256: z.string() });

export type BackupHead = z.infer<typeof backupHead>;

/** How many rows of each table. */
export type RowCounts = Record<string, number>;

/** Why a backup cannot be restored. */
export type BackupRefusal = 'damaged' | 'newer-program' | 'not-empty';

/** Thrown from deep inside a transaction, so that nothing of it stays. */
export class RefusedBackup extends Error {
  readonly code: BackupRefusal;

  constructor(code: BackupRefusal) {
    super(`The backup is refused: ${code}`);
    this.code = code;
  }
}

/** @throws {RefusedBackup} if the line is none of that kind */
export function readLine<Line>(kind: z.ZodType<Line>, line: string): Line {
  try {
    return kind.parse(JSON.parse(line));
  } catch {
    throw new RefusedBackup('damaged');
  }
}

/** A row's line is a list, all others are objects. */
export function isRow(line: string): boolean {
  return line.startsWith('[');
}

/** The lines, and behind them the one that says that they are all. @param rows counts them */
export async function* withEnd(lines: AsyncIterable<string>, rows: RowCounts): AsyncGenerator<string, void> {
  const hash = createHash('sha256');
  let table = '';
  for await (const line of lines) {
    hash.update(`${line}\n`);
    if (isRow(line)) rows[table] = (rows[table] ?? 0) + 1;
    else if (line.startsWith('{"table"')) rows[(table = readLine(tableHead, line).table)] = 0;
    yield line;
  }
  yield JSON.stringify({ rows, sha256: hash.digest('hex') } satisfies z.infer<typeof backupEnd>);
}

/**
 * The lines without that last one.
 *
 * @throws {RefusedBackup} at the end, if anything is missing or was changed
 */
export async function* withoutEnd(lines: AsyncIterable<string>): AsyncGenerator<string, void> {
  const hash = createHash('sha256');
  let last: string | null = null;
  for await (const line of lines) {
    if (last !== null) {
      hash.update(`${last}\n`);
      yield last;
    }
    last = line;
  }
  if (readLine(backupEnd, last ?? '').sha256 !== hash.digest('hex')) throw new RefusedBackup('damaged');
}
