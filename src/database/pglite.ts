// The embedded engine: PostgreSQL in this process, in a directory or in memory.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { guardRootHandle, migrationsFolder, type OpenDatabase } from './database.ts';

/** Of its files in memory. As it comes from the shop it takes 128 MB, a third of all that the tool needs. */
const buffers = ['-c', 'shared_buffers=32MB'];

/**
 * Opens an embedded database and brings its tables up to date. The directory must be ours alone (see directory-lock.ts):
 * two processes on the same files destroy them.
 *
 * @param place a directory that is made if need be; or `null` for memory, filled from `dump` where one is given
 * @param options.asItIs with the tables that there are, or none
 */
export async function openEmbedded(
  place: string | null,
  { dump, asItIs = false }: { dump?: Blob; asItIs?: boolean } = {},
): Promise<OpenDatabase & { dump(): Promise<Blob> }> {
  if (place !== null) await mkdir(place, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create({
    ...(place !== null && { dataDir: join(place, 'database') }),
    ...(dump && { loadDataDir: dump }),
    startParams: [...PGlite.defaultStartParams, ...buffers],
  });
  const root = drizzle(pglite, { casing: 'snake_case' });
  if (!asItIs) await migrate(root, { migrationsFolder });
  return {
    db: guardRootHandle(root),
    close: () => pglite.close(),
    dump: () => pglite.dumpDataDir('none'),
  };
}
