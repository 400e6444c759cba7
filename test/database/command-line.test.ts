// The command line works beside a running server and without one; on an embedded directory the server answers for it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/start.ts';
import { addPlatform } from '../support/command-words.ts';
import { newPostgresUrl } from '../support/database.ts';
import { runCli } from '../support/processes.ts';

let directory: string;
let env: Record<string, string>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  env = {
    DATA_DIR: directory,
    PORT: '0',
    PRACTICE: 'off',
    PUBLIC_URL: 'http://localhost:3000',
    ...(globalThis.engine === 'postgres' && { DATABASE_URL: await newPostgresUrl() }),
  };
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function listed(): Promise<unknown> {
  const { output, exitCode } = await runCli(['platform', 'list', '--json'], env);
  expect(exitCode).toBe(0);
  return JSON.parse(output);
}

const known = (name: string) => {
  const deployment = { deploymentId: '1', state: 'active', registrationState: 'active', protocol: 'lti' };
  return { name, issuer: `https://${name}.example`, clientId: 'client', ...deployment };
};

test('an administrator connects an LMS without a server', async () => {
  const { output, exitCode } = await runCli(addPlatform('before'), env);
  expect(exitCode).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    clientId: 'client',
    tokenAudience: 'https://before.example/token',
    tool: {
      loginUrl: 'http://localhost:3000/lti/login',
      launchUrl: 'http://localhost:3000/lti/launch',
      jwksUrl: 'http://localhost:3000/lti/jwks',
    },
  });
});

test('an administrator connects another one while a server runs, which answers for the directory', async () => {
  const running = await start(readConfig(env), createLog('silent'));
  expect((await runCli(addPlatform('meanwhile'), env)).exitCode).toBe(0);
  expect(await listed()).toEqual([known('before'), known('meanwhile')]);
  await running.stop();
});

test('an administrator renames the first one after it has stopped', async () => {
  expect((await runCli(addPlatform('before', { name: 'renamed' }), env)).exitCode).toBe(0);
  expect(await listed()).toEqual([{ ...known('before'), name: 'renamed' }, known('meanwhile')]);
});

test('settings that are wrong are refused, each by its name', async () => {
  const wrong = { ...env, PUBLIC_URL: 'tool.example', PORT: 'many' };
  const { complaint, exitCode } = await runCli(['platform', 'list'], wrong);
  const names = complaint.split('\n').map((line) => line.split(':')[0]);
  expect([exitCode, ...names.sort()]).toEqual([1, '', 'PORT', 'PUBLIC_URL']);
});

test('a teacher’s file is checked without any database', async () => {
  const file = join(import.meta.dirname, '../../src/practice/sample/mexanika.gift');
  const { output, exitCode } = await runCli(['questions', 'check', '--json', file], env);
  expect([exitCode, JSON.parse(output)]).toEqual([0, expect.objectContaining({ format: 'gift', problems: [] })]);
});
