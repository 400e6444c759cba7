// Before the tests on the embedded engine: one migrated database, from which every test file gets a copy.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/database/pglite.ts';

export default async function startPglite() {
  const migrated = await openEmbedded(null);
  const file = join(await mkdtemp(join(tmpdir(), 'mustaqil-test-')), 'migrated.tar');
  await writeFile(file, Buffer.from(await (await migrated.dump()).arrayBuffer()));
  await migrated.close();
  process.env.TEST_PGLITE_DUMP = file;
}
