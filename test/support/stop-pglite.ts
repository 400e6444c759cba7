// After the tests on the embedded engine: nothing of theirs stays on the disk.
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export default async function stopPglite() {
  const file = process.env.TEST_PGLITE_DUMP;
  if (file) await rm(dirname(file), { recursive: true, force: true });
}
