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
  [['backup', 'file'], true],
  [['restore', '--help'], false],
  [['keys', 'rotate', '--help'], false],
  [['questions', 'check', 'platform'], false],
  [[], false],
])('%j is the business of whoever has the database: %s', (words, expected) => {
  expect(needsDatabase(words)).toBe(expected);
});

const root = join(import.meta.dirname, '../..');

describe('questions check', () => {
  test.each([
    ['src/practice/sample/mexanika.gift', 'gift', 12],
    ['src/practice/sample/mexanika-hemis.txt', 'hemis', 4],
    ['test/questions/mexanika-aiken.txt', 'aiken', 3],
    ['test/questions/mexanika-moodle-export.xml', 'moodle-xml', 12],
  ])('understands all of %s', async (name, format, count) => {
    const { output, complaint, exitCode } = await run(['questions', 'check', '--json', join(root, name)]);
    expect(complaint).toBe('');
    const read = JSON.parse(output) as { format: string; questions: unknown[]; problems: unknown[] };
    expect({ exitCode, format: read.format, problems: read.problems }).toEqual({ exitCode: 0, format, problems: [] });
    expect(read.questions).toHaveLength(count);
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

describe('questions convert', () => {
  const sample = join(root, 'src/practice/sample/mexanika.gift');
  const convert = (...words: string[]) => run(['questions', 'convert', ...words]);

  test('writes what it reads in the other format, and that reads back', async () => {
    const xml = join(directory, 'mexanika.xml');
    expect(await convert(sample, '--to', 'moodle-xml', '--out', xml)).toEqual({
      output: '',
      complaint: '',
      exitCode: 0,
    });
    const back = await convert(xml, '--to', 'gift');
    expect(back).toMatchObject({ complaint: '', exitCode: 0 });
    expect(back.output).toContain('::Inersiya::[html]<p>');
  });

  test('names, on the other channel, each thing that the format cannot hold', async () => {
    const { output, complaint, exitCode } = await convert(sample, '--to', 'aiken');
    expect(exitCode).toBe(0);
    expect(output).toContain('ANSWER: A');
    expect(complaint).toContain('Inersiya: What is said to answers');
    expect(complaint).toContain('Ikkinchi qonun: The format has no such question; it was left out.');
  });

  test('writes what is good of a bad file, names the rest and ends with 1', async () => {
    const file = join(directory, 'half.gift');
    await writeFile(file, '::Good:: 2 + 2 {#4}\n\n::Bad:: 2 + 2 {=4\n');
    expect(await convert(file, '--to', 'gift')).toEqual({
      output: '::Good::2 + 2{\n\t#\n\t=4:0\n}\n',
      complaint: expect.stringMatching(/^line 3: A \{ is opened here/),
      exitCode: 1,
    });
  });

  test.each([
    [
      [sample, '--to', 'docm'],
      'No format is called docm. There are: moodle-xml, hemis, csv, aiken, gift, docx, xlsx, qti, qti-2.1.',
    ],
    [['/nowhere.gift', '--to', 'gift'], '/nowhere.gift cannot be read.'],
    [[sample, '--to', 'gift', '--out', '/nowhere/a.gift'], '/nowhere/a.gift cannot be written.'],
    [[sample, '--to', 'xlsx'], 'Excel is no text: say --out <file>.'],
  ])('%j is refused in words', async (words, message) => {
    expect(await convert(...words)).toEqual({ output: '', complaint: `${message}\n`, exitCode: 1 });
  });
});
