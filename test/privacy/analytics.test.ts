// What was done at quizzes may be studied without anybody's being named, where the university has switched that on.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCommand } from '../../src/commands.ts';
import { readConfig } from '../../src/config.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { erasePerson } from '../../src/privacy/erase-person.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';
import { personIdOf } from './person.ts';

interface Statement {
  id: string;
  actor: { account: { homePage: string; name: string } };
  verb: { id: string };
  object: { id: string };
  result?: { score?: { scaled: number; raw: number; min: number; max: number }; completion?: boolean };
}

let mustaqil: TestMustaqil;
let folder: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  folder = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  await publish(mustaqil);
  await takeQuiz(await openQuiz(mustaqil), { capital: 'Osh', sum: '5' });
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  await aigul.submit('form[action$="/attempts"]');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mustaqil.stop();
});

const out = () => join(folder, 'statements.jsonl');

const run = (analyticsKey: Uint8Array | null) =>
  runCommand(['analytics', 'export', '--out', out()], {
    database: () => mustaqil.db,
    now: mustaqil.clock.now,
    publicUrl: mustaqil.url,
    allowHttpLoopback: true,
    sealingKey: testKeys.toolKeys,
    analyticsKey,
  });

async function exported(key = testKeys.analytics) {
  expect(await run(key)).toMatchObject({ exitCode: 0, complaint: '' });
  const text = await readFile(out(), 'utf8');
  const statements = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Statement);
  return { text, statements };
}

test('Nothing is exported unless the setting is on, and it is off by default', async () => {
  expect(await run(null)).toMatchObject({ exitCode: 1, complaint: expect.stringContaining('ANALYTICS_EXPORT') });
  await expect(stat(out())).rejects.toThrow();
  const secret = { MUSTAQIL_SECRET: 'x'.repeat(32) };
  expect(readConfig(secret).analyticsKey).toBeNull();
  expect(readConfig({ ...secret, ANALYTICS_EXPORT: 'on' }).analyticsKey).toHaveLength(32);
});

test('Who attempted, answered and completed what is said with scores, and by pseudonyms', async () => {
  const { text, statements } = await exported();
  const verbs = statements.map(({ verb }) => verb.id.replace(/.*\//, ''));
  expect(verbs).toEqual(['attempted', 'answered', 'answered', 'completed', 'attempted']);
  const [, capital, sum, completed] = statements;
  expect(capital?.result?.score).toMatchObject({ scaled: 0, raw: 0, max: 1 });
  expect(sum?.result?.score).toMatchObject({ scaled: 1, raw: 1, max: 1 });
  expect(completed?.result).toMatchObject({ completion: true, score: { scaled: 0.5, raw: 1, min: 0, max: 2 } });
  const actors = new Set(statements.map(({ actor }) => actor.account.name));
  expect([actors.size, new Set(statements.slice(0, 4).map(({ actor }) => actor.account.name)).size]).toEqual([2, 1]);
  for (const { id, actor } of statements) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(actor.account.homePage).toBe(mustaqil.url);
  }
  for (const known of ['Aziz', 'Rahimov', 'Aigul', 'Bishkek ', '391261100001']) expect(text).not.toContain(known);
});

test('The same export says the same, and under another secret nobody is known again', async () => {
  const [first, again] = [await exported(), await exported()];
  expect(again.text).toBe(first.text);
  const other = await exported(new Uint8Array(32));
  const names = ({ statements }: typeof first) => new Set(statements.map(({ actor }) => actor.account.name));
  expect([...names(other)].filter((name) => names(first).has(name))).toEqual([]);
  expect(other.statements.filter(({ id }) => first.statements.some((one) => one.id === id))).toEqual([]);
});

test('Who was erased is in no export', async () => {
  await erasePerson({ db: mustaqil.db, now: mustaqil.clock.now }, await personIdOf(mustaqil.db, sample.aziz));
  expect((await exported()).statements.map(({ verb }) => verb.id.replace(/.*\//, ''))).toEqual(['attempted']);
});
