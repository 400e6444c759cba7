// A PostgreSQL of our own for as long as a bench runs: the one that the tests use, but as durable as it comes.
import type { OpenDatabase } from '../src/database/database.ts';
import { openPostgres } from '../src/database/postgres.ts';
import { newPostgresUrl } from '../test/support/database.ts';
import { startPostgres } from '../test/support/start-postgres.ts';

/** An empty, migrated database, and its address for other processes. */
export type BenchDatabase = OpenDatabase & { url: string };

/** Starts the server, does the work with as many databases as it asks for, and stops the server whatever came of it. */
export async function withPostgres<Result>(
  work: (newDatabase: () => Promise<BenchDatabase>) => Promise<Result>,
): Promise<Result> {
  await startPostgres([]);
  try {
    return await work(async () => {
      const url = await newPostgresUrl();
      return { url, ...(await openPostgres(url)) };
    });
  } finally {
    await globalThis.stopPostgres?.();
  }
}
