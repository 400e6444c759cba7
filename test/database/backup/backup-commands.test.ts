// `mustaqil backup`, `restore` and `move`, typed by an administrator: each ends by itself, and says how it went.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import { start } from '../../../src/start.ts';
import { addPlatform } from '../../support/command-words.ts';
import { newPostgresUrl } from '../../support/database.ts';
import { runCli } from '../../support/processes.ts';

type Environment = Record<string, string>;

let directory: string;
let source: Environment;
/** Of the file that the first test makes. */
let file: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  file = join(directory, 'file');
  source = await newInstallation('source');
  expect((await runCli(addPlatform('before'), source)).exitCode).toBe(0);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const embedded = (name: string): Environment => ({
  DATA_DIR: join(directory, name),
  MUSTAQIL_SECRET: 'of no use anywhere else, and long enough',
  PORT: '0',
  PRACTICE: 'off',
  PUBLIC_URL: 'http://localhost:3000',
});

/** Without any data, on the engine of this run. */
async function newInstallation(name: string): Promise<Environment> {
  if (globalThis.engine === 'pglite') return embedded(name);
  return { ...embedded(name), DATABASE_URL: await newPostgresUrl('template0') };
}

async function platformsOf(env: Environment): Promise<string> {
  const { output, complaint, exitCode } = await runCli(['platform', 'list', '--json'], env);
  expect([exitCode, complaint]).toEqual([0, '']);
  return output;
}

test('a backup is written and restored, and both say what is in it', async () => {
  const backup = await runCli(['backup', file], source);
  expect(backup).toMatchObject({ complaint: '', exitCode: 0 });
  expect(backup.output).toContain(`${file} holds `);
  expect(backup.output).toContain('MUSTAQIL_SECRET');
  const target = await newInstallation('target');
  const restored = await runCli(['restore', file, '--json'], target);
  expect(restored).toMatchObject({ complaint: '', exitCode: 0 });
  expect(JSON.parse(restored.output)).toMatchObject({ rows: { registrations: 1 }, isSecretKnown: true });
  expect(await platformsOf(target)).toEqual(await platformsOf(source));
  expect(await platformsOf(target)).toContain('https://before.example');

  const twice = await runCli(['restore', file], target);
  expect(twice).toMatchObject({ output: '', exitCode: 1 });
  expect(twice.complaint).toContain('There are tables in this database already');
});

test('a restored installation with another secret is told to bring that of the backup', async () => {
  const target = { ...(await newInstallation('other')), MUSTAQIL_SECRET: 'another one that is as long as must be' };
  const { output, exitCode } = await runCli(['restore', file], target);
  expect(exitCode).toBe(0);
  expect(output).toContain('had another secret');
});

test('while a server runs, the backup holds what was done there, and nothing is restored under its feet', async () => {
  const running = await start(readConfig(source), createLog('silent'));
  try {
    expect((await runCli(addPlatform('meanwhile'), source)).exitCode).toBe(0);
    const { output, exitCode } = await runCli(['backup', join(directory, 'running'), '--json'], source);
    expect([exitCode, JSON.parse(output)]).toEqual([
      0,
      expect.objectContaining({ rows: expect.objectContaining({ registrations: 2 }) }),
    ]);
    const under = await runCli(['restore', file], source);
    expect(under.exitCode).toBe(1);
    expect(under.complaint).toMatch(
      globalThis.engine === 'pglite' ? /A server runs on .* Stop it/ : /There are tables/,
    );
  } finally {
    await running.stop();
  }
  const target = await newInstallation('after');
  expect((await runCli(['restore', join(directory, 'running')], target)).exitCode).toBe(0);
  expect(await platformsOf(target)).toContain('https://meanwhile.example');
});

test('what cannot be done is said in words, and changes nothing', async () => {
  const bytes = await readFile(file);
  const again = await runCli(['backup', file], source);
  expect(again).toMatchObject({ output: '', exitCode: 1 });
  expect(again.complaint).toBe(`${file} is there already: give another name.\n`);
  expect(await readFile(file)).toEqual(bytes);
  const nowhere = await runCli(['backup', join(directory, 'no/such/folder')], source);
  expect([nowhere.exitCode, nowhere.complaint]).toEqual([1, expect.stringContaining('cannot be written')]);

  const target = await newInstallation('spoiled-target');
  await writeFile(join(directory, 'spoiled'), bytes.subarray(0, bytes.length - 40));
  const spoiled = await runCli(['restore', join(directory, 'spoiled')], target);
  expect([spoiled.exitCode, spoiled.complaint]).toEqual([1, expect.stringContaining('This is no whole backup')]);
  const missing = await runCli(['restore', join(directory, 'missing')], target);
  expect([missing.exitCode, missing.complaint]).toEqual([1, `${join(directory, 'missing')} cannot be read.\n`]);
  // It is as new as before.
  expect((await runCli(['restore', file], target)).exitCode).toBe(0);
});

test('an embedded installation moves to a server by one command', async () => {
  const old = embedded('old');
  expect((await runCli(addPlatform('moved'), old)).exitCode).toBe(0);
  const away = await runCli(['move', '--to', 'postgres://nobody:secret@127.0.0.1:1/none'], old);
  expect(away.exitCode).toBe(1);
  expect(away.complaint).toContain('ECONNREFUSED');
  expect(away.complaint).not.toMatch(/secret|\n\s+at /);
  expect((await runCli(['move', '--to', 'mysql://x'], old)).complaint).toContain('--to');
  // The tests on the embedded engine have no server.
  if (globalThis.engine === 'pglite') return;
  const url = await newPostgresUrl('template0');
  const moved = await runCli(['move', '--to', url, '--json'], old);
  expect(moved).toMatchObject({ complaint: '', exitCode: 0 });
  expect(JSON.parse(moved.output)).toMatchObject({ rows: { registrations: 1 } });
  const now = { ...old, DATABASE_URL: url };
  expect(await platformsOf(now)).toEqual(await platformsOf(old));
  expect((await runCli(['move', '--to', url], old)).complaint).toContain('There are tables in this database already');
  expect((await runCli(['move', '--to', url], now)).complaint).toContain('on PostgreSQL already');
  expect((await stat(join(directory, 'old/database'))).isDirectory()).toBe(true);
});
