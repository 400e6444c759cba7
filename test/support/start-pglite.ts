// Before the tests on the embedded engine: one migrated database, from which every test file gets a copy.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/database/pglite.ts';

export default async function startPglite() {
  // Whoever runs tests many times made one for all of them.
  if (process.env.TEST_PGLITE_DUMP) return;
  const migrated = await openEmbedded(null);
  const folder = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  const file = join(folder, 'migrated.tar');
  await writeFile(file, Buffer.from(await (await migrated.dump()).arrayBuffer()));
  await migrated.close();
  process.env.TEST_PGLITE_DUMP = file;
  process.env.TEST_PGLITE_FOLDER = folder;
}
