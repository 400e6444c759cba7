// One process has an embedded directory, for as long as it lives and no longer, however it ends.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { askLockHolder, lockDirectory, type DirectoryLock } from '../../src/database/directory-lock.ts';
import { built, startScript, type RunningScript } from '../support/processes.ts';

// Nothing here depends on the engine, and only the embedded one has a directory.
const onEmbedded = globalThis.engine === 'pglite' ? describe : describe.skip;

onEmbedded('a directory', () => {
  let directory: string;
  const started: RunningScript[] = [];
  const taken: DirectoryLock[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((script) => script.kill()));
    await Promise.all(taken.splice(0).map((lock) => lock.release()));
    await rm(directory, { recursive: true, force: true });
  });

  /** Takes the directory for this process, until the test ends. */
  async function take() {
    const lock = await lockDirectory(directory);
    if (lock) taken.push(lock);
    return lock;
  }

  /** Another process that tries to take the directory, says how that went, and stays. */
  async function otherProcess() {
    const script = `
      import { lockDirectory } from '${built('database/directory-lock.js')}';
      const lock = await lockDirectory(process.argv[1]);
      lock?.serve(async (question) => question + ', answered');
      console.log(lock ? 'has it' : 'is refused');
      setInterval(() => {}, 60_000);
    `;
    const process = await startScript(script, [directory]);
    started.push(process);
    return process;
  }

  test('that another process has is refused, and ours at once when that one was killed', async () => {
    const other = await otherProcess();
    expect(other.firstLine).toBe('has it');
    expect(await take()).toBeNull();
    await other.kill();
    const lock = await take();
    expect(lock).not.toBeNull();
    expect((await otherProcess()).firstLine).toBe('is refused');
  });

  test('that we gave back is there for the next process', async () => {
    const lock = await take();
    expect(await take()).toBeNull();
    await lock?.release();
    expect((await otherProcess()).firstLine).toBe('has it');
  });

  test('that several processes want at the same moment goes to one of them', async () => {
    const lines = (await Promise.all([otherProcess(), otherProcess(), otherProcess()])).map((one) => one.firstLine);
    expect(lines.sort()).toEqual(['has it', 'is refused', 'is refused']);
  });

  test('answers questions through the process that has it, and none when nobody has', async () => {
    expect(await askLockHolder(directory, 'who')).toBeNull();
    const other = await otherProcess();
    expect(await askLockHolder(directory, 'ʻwho 🎓')).toBe('ʻwho 🎓, answered');
    await other.kill();
    expect(await askLockHolder(directory, 'who')).toBeNull();
  });

  test('whose process is still starting says so instead of answering', async () => {
    const lock = await take();
    await expect(askLockHolder(directory, 'who')).rejects.toThrow('does not answer just now');
    lock?.serve(() => Promise.reject(new Error('a fault')));
    await expect(askLockHolder(directory, 'who')).rejects.toThrow('does not answer just now');
  });
});
