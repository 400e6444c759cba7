// Opens the database that the settings name: a PostgreSQL server, or the embedded one in our own directory.
import type { OpenDatabase } from './database.ts';
import { lockDirectory, type LockHandler } from './directory-lock.ts';
import { openEmbedded } from './pglite.ts';
import { openPostgres, openPostgresAsItIs } from './postgres.ts';

/** A database together with the right to use it. */
export interface OwnedDatabase extends OpenDatabase {
  /** Whether no other process can be at work on it. */
  isEmbedded: boolean;
  /** From now on, questions of other processes on an embedded directory are answered; see directory-lock.ts. */
  serve(handler: LockHandler): void;
}

/**
 * Opens it and brings its tables up to date.
 *
 * @param options.asItIs leaves the tables as they are: a backup is taken before an upgrade, and restored where there are none
 * @returns null if another process has the embedded directory
 */
export async function openDatabase(
  { databaseUrl, dataDir }: { databaseUrl: string | null; dataDir: string },
  { asItIs = false }: { asItIs?: boolean } = {},
): Promise<OwnedDatabase | null> {
  if (databaseUrl !== null) {
    const opened = asItIs ? openPostgresAsItIs(databaseUrl) : await openPostgres(databaseUrl);
    return { ...opened, isEmbedded: false, serve: () => {} };
  }
  const lock = await lockDirectory(dataDir);
  if (!lock) return null;
  const embedded = await openEmbedded(dataDir, { asItIs }).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  return {
    db: embedded.db,
    isEmbedded: true,
    serve: (handler) => lock.serve(handler),
    close: async () => {
      await embedded.close();
      await lock.release();
    },
  };
}
