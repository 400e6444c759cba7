// After the tests on the embedded engine: nothing of theirs stays on the disk.
import { rm } from 'node:fs/promises';

export default async function stopPglite() {
  const folder = process.env.TEST_PGLITE_FOLDER;
  if (folder) await rm(folder, { recursive: true, force: true });
}
