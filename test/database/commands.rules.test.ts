// What commands say to whoever types them: what is in a file of questions, and what cannot be used, in words.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { needsDatabase, runCommand } from '../../src/commands.ts';
import { addPlatform } from '../support/command-words.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const run = (words: string[]) =>
  runCommand(words, {
    database: () => {
      throw new Error('No command here gets as far as the database');
    },
    now: () => new Date(0),
    publicUrl: 'https://tool.example',
    allowHttpLoopback: false,
    sealingKey: new Uint8Array(32),
  });

describe('what cannot be used is refused in words', () => {
  test.each([
    [
      'http over the network',
      addPlatform('plain', { 'jwks-url': 'http://plain.example/jwks' }),
      'http://plain.example',
    ],
    [
      'http on this machine beside https',
      addPlatform('x', { 'token-url': 'http://localhost/t' }),
      'http://localhost/t',
    ],
    ['no address', addPlatform('none', { 'auth-url': 'auth' }), 'auth cannot be used'],
    [
      'an address with a password',
      addPlatform('x', { 'auth-url': 'https://a:b@c.example/' }),
      'https://a:b@c.example/',
    ],
    ['an option left out', ['platform', 'add', '--name', 'x'], '--issuer'],
    ['an invite for no time', ['platform', 'invite', '--hours', '0'], '--hours 0'],
    ['an invite for an unreadable time', ['platform', 'invite', '--hours', 'two'], '--hours two'],
    ['an invite for years', ['platform', 'invite', '--hours', '100000'], '--hours 100000'],
    ['an LMS that is not named', ['platform', 'enable', '--issuer', 'x'], '--client-id'],
    ['an unknown command', ['platform', 'remove'], 'remove'],
    ['a file that is not there', ['questions', 'check', 'no-such-file.gift'], 'no-such-file.gift cannot be read'],
  ])('%s', async (_, words, message) => {
    const { complaint, exitCode } = await run(words);
    expect(exitCode).toBe(1);
    expect(complaint).toContain(message);
    expect(complaint).not.toMatch(/\n\s+at /);
  });
});

test.each([
  [['platform', 'invite'], true],
  [['keys', 'rotate', '--leaked'], true],
  [['admin', 'reset'], true],
  [['grades', 'list', '--json'], true],
  [['keys', 'rotate', '--help'], false],
  [['questions', 'check', 'platform'], false],
  [[], false],
])('%j is the business of whoever has the database: %s', (words, expected) => {
  expect(needsDatabase(words)).toBe(expected);
});

describe('questions check', () => {
  const sampleFile = (name: string) => join(import.meta.dirname, '../../src/practice/sample', name);

  test.each([
    ['mexanika.gift', 'gift'],
    ['mexanika-hemis.txt', 'hemis'],
  ])('understands all of %s', async (name, format) => {
    const { output, exitCode } = await run(['questions', 'check', '--json', sampleFile(name)]);
    const read = JSON.parse(output) as { format: string; questions: unknown[]; problems: unknown[] };
    expect({ exitCode, format: read.format, problems: read.problems }).toEqual({ exitCode: 0, format, problems: [] });
    expect(read.questions.length).toBeGreaterThan(3);
    for (const question of read.questions) {
      expect(question).toEqual({ name: expect.any(String), type: expect.any(String), points: expect.any(Number) });
    }
  });

  test('names line and fault of what it cannot understand, and ends with 1', async () => {
    const file = join(directory, 'bad.gift');
    await writeFile(file, '::Good:: 2 + 2 {#4}\n\n::Bad:: 2 + 2 {=4\n');
    const { output, exitCode } = await run(['questions', 'check', '--json', file]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      questions: [{ name: 'Good', type: 'numeric', points: 1 }],
      problems: [{ line: 3, message: expect.any(String) }],
    });
  });
});
