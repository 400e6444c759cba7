// Databases without any table, as a backup wants them.
import type { OpenDatabase } from '../../src/database/database.ts';
import { openEmbedded } from '../../src/database/pglite.ts';
import { openPostgresAsItIs } from '../../src/database/postgres.ts';
import { newPostgresUrl } from './database.ts';

/** Which engines this run of the tests has: a server is there only for the tests that are on it. */
export const enginesThere = (): ('embedded' | 'server')[] =>
  globalThis.engine === 'postgres' ? ['server', 'embedded'] : ['embedded'];

/** Opens new ones, and closes all of them in the end. */
export function newDatabases(): {
  open(engine?: 'embedded' | 'server'): Promise<OpenDatabase>;
  close(): Promise<void>;
} {
  const opened: OpenDatabase[] = [];
  return {
    open: async (engine = enginesThere()[0]) => {
      const database = await (engine === 'server'
        ? openPostgresAsItIs(await newPostgresUrl('template0'))
        : openEmbedded(null, { asItIs: true }));
      opened.push(database);
      return database;
    },
    close: async () => void (await Promise.all(opened.map((one) => one.close()))),
  };
}
