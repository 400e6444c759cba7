// What is kept of somebody is given out whole, and nothing of anybody else.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getTableName } from 'drizzle-orm';
import { runCommand } from '../../src/commands.ts';
import { personalTables } from '../../src/privacy/personal-tables.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { openZip } from '../../src/questions/formats/archive/read-zip.ts';
import { newSecret, signIn } from '../admin/administrator.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';
import { fill } from '../support/universities.ts';
import { personIdOf, wordsFor } from './person.ts';

/** In all that was written by anybody. */
const word = 'Zulfizar';

let mustaqil: TestMustaqil;
let folder: string;
let aigul: number;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  folder = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  await fill(mustaqil.db, mustaqil, word);
  await mustaqil.deliver();
  await mustaqil.roster.settled();
  aigul = await personIdOf(mustaqil.db, sample.aigul);
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mustaqil.stop();
});

const run = (...words: string[]) =>
  runCommand(words, {
    database: () => mustaqil.db,
    now: mustaqil.clock.now,
    publicUrl: mustaqil.url,
    allowHttpLoopback: true,
    sealingKey: testKeys.toolKeys,
  });

type Part = Record<string, unknown>[];

async function opened(bytes: Uint8Array) {
  const archive = await openZip(bytes);
  const entries = new Map<string, Uint8Array>();
  for (const name of archive.names) entries.set(name, (await archive.read(name)) ?? new Uint8Array());
  const document = JSON.parse(Buffer.from(entries.get('person.json') ?? []).toString()) as Record<string, Part>;
  return { document, files: [...entries.keys()].filter((name) => name !== 'person.json'), entries };
}

async function exportOf(subject: string) {
  const out = join(folder, `${subject}.zip`);
  const { exitCode, complaint } = await run('person', 'export', ...wordsFor(mustaqil, subject), '--out', out);
  expect([exitCode, complaint]).toEqual([0, '']);
  // Nobody else on that machine reads it.
  expect((await stat(out)).mode & 0o077).toBe(0);
  return opened(await readFile(out));
}

describe('All that is kept of a student', () => {
  test('is in one document with a part for each table, and their files lie beside it', async () => {
    const { document, files, entries } = await exportOf(sample.aigul);
    const parts = personalTables.map(({ table }): string => getTableName(table));
    expect(Object.keys(document)).toEqual([...parts, 'work']);
    expect(document.people).toMatchObject([{ id: aigul, subject: sample.aigul, name: 'Aigul Toktogulova' }]);
    expect(document.memberships).toMatchObject([{ course: 'Umumiy fizika', role: 'learner', personId: 'this person' }]);
    expect(document.attempts?.length).toBe(2);
    expect(document.answers).toContainEqual(expect.objectContaining({ question: 'Which word?' }));
    expect(document.reflections).toMatchObject([{ text: word }]);
    expect(document.credit_marks).toMatchObject([{ points: '90', comment: word, markedBy: 'another person' }]);
    expect(document.credit_entries).toMatchObject([{ kind: 'award', course: 'Umumiy fizika' }]);
    for (const part of ['practice_answers', 'attempt_clients', 'gradebook_cells', 'record_book_prints', 'sessions']) {
      expect({ part, rows: document[part]?.length }).not.toEqual({ part, rows: 0 });
    }
    expect(files).toEqual([expect.stringMatching(new RegExp(`^files/\\d+/\\d+/[0-9a-f]{8}-${word}\\.png$`))]);
    expect(entries.get(files[0] ?? '')?.length).toBe(Number(document.answer_files?.[0]?.byteLength));
  });

  test('names nobody else, and holds nothing that opens a door', async () => {
    const { document } = await exportOf(sample.aigul);
    const text = JSON.stringify(document);
    for (const other of ['Dilnoza', 'Karimova', 'Aziz', 'Rahimov']) expect(text).not.toContain(other);
    expect(text).not.toMatch(/"(?:seed|idHash|browserHash|sealed\w+|bytes|settings)":/);
  });

  test('is of their own attempts, and of nobody else’s', async () => {
    const { document, files } = await exportOf(sample.aziz);
    const own = document.attempts?.map(({ id }) => id) ?? [];
    expect(own.length).toBe(1);
    const rows = Object.values(document).flat();
    expect(rows.filter(({ attemptId }) => attemptId !== undefined && !own.includes(attemptId))).toEqual([]);
    expect([document.practice_answers, files]).toEqual([[], []]);
  });

  test('is what the administrator downloads, who finds the person by a part of the name', async () => {
    const admin = await signIn(mustaqil, await newSecret(mustaqil));
    await admin.click('.lms h2 a');
    await admin.click('main a[href$="/people"]');
    await admin.submit('main form[method=get]', { wanted: 'TOKTO' });
    expect(admin.page.$('.rows a').length).toBe(1);
    await admin.click('.rows a');
    const { $ } = admin.page;
    expect($('h1').text()).toBe('Aigul Toktogulova');
    const response = await fetch(new URL($('a[download]').attr('href') ?? '', mustaqil.url), {
      headers: { cookie: cookiesOf(admin, 'localhost') },
    });
    expect(response.headers.get('content-disposition')).toContain('.zip');
    const { document, files } = await opened(new Uint8Array(await response.arrayBuffer()));
    const byCommand = await exportOf(sample.aigul);
    expect([document, files]).toEqual([byCommand.document, byCommand.files]);
  });
});

test('A teacher is told how often they did what, and nobody’s work', async () => {
  const { document, files } = await exportOf(sample.dilnoza);
  expect(files).toEqual([]);
  expect(document.work).toContainEqual({ did: 'credit_marks.markedBy', times: 1 });
  expect(document.work).toContainEqual(expect.objectContaining({ did: 'quiz_versions.publishedBy' }));
  expect([document.attempts, document.credit_marks]).toEqual([[], []]);
  expect(JSON.stringify(document)).not.toContain('Toktogulova');
});

test('The command says whom it does not know', async () => {
  const { exitCode, complaint } = await run('person', 'export', ...wordsFor(mustaqil, 'nobody'), '--out', '/dev/null');
  expect([exitCode, complaint]).toEqual([1, expect.stringContaining('Nobody is known by that')]);
});

describe('Nothing is given out or erased for', () => {
  const doors = () => [`/admin/people/${aigul}`, `/admin/people/${aigul}/export`, `/admin/people/${aigul}/erasure`];

  test.each([
    ['Mallory, a student of another course', sample.mallory],
    ['Dilnoza, her teacher', sample.dilnoza],
    ['Aigul herself', sample.aigul],
  ])('%s', async (_, person) => {
    const robot = await {
      [sample.dilnoza]: () => openAsTeacher(mustaqil),
      [sample.aigul]: () => openQuiz(mustaqil, { student: sample.aigul }),
      [sample.mallory]: () => openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad }),
    }[person]();
    const before = await allRows(mustaqil.db);
    const token = robot.page.$('input[name=_csrf]').attr('value') ?? '';
    for (const door of doors()) {
      const page = await ask(`${mustaqil.url}${door}`, { as: robot });
      expect([page.status, page.html]).toEqual([401, expect.not.stringContaining('Toktogulova')]);
    }
    const form = { typed: 'Aigul Toktogulova', _csrf: token };
    const page = await ask(`${mustaqil.url}/admin/people/${aigul}/erasure`, { as: robot, form });
    expect([page.status, refusalOf(page)]).toEqual([401, 'admin-signed-out']);
    expect(await allRows(mustaqil.db)).toEqual(before);
  });
});
