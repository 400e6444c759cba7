// What a phone could not send comes as a file, with whoever brings it; what came too late is kept, and a teacher decides about it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { attemptSignals } from '../../src/database/tables/journal.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { countQueries } from '../../bench/count-queries.ts';
import { openResults } from '../support/grades.ts';
import { openJournal, send } from '../support/journal.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';
import { fieldOf } from '../support/sheet.ts';

const minuteMs = 60_000;
const onPostgres = globalThis.engine === 'postgres' ? test : test.skip;
const start = 'form[action$="/attempts"]';

let mustaqil: TestMustaqil;
let activity: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  activity = await newQuiz(mustaqil, {
    source: '::A::1 + 1 {#2}\n\n::B::2 + 2 {#4}\n',
    settings: { timeLimitMinutes: '30' },
  });
});
afterAll(() => mustaqil.stop());

const words = ({ page: { $ } }: Robot, selector = 'main') => $(selector).text().replace(/\s+/g, ' ').trim();

/** A new student at work, with the journal of their page. */
async function begun() {
  const student = newStudent(mustaqil, 'Aigul');
  const robot = await openQuiz(mustaqil, { student, activity });
  await robot.submit(start);
  const sheet = new URL(robot.page.url).pathname;
  const field = { a: fieldOf(robot.page, '1 + 1'), b: fieldOf(robot.page, '2 + 2') };
  return { student, robot, sheet, field, phone: openJournal(robot.page, mustaqil.clock.now) };
}

/** As the page of an attempt writes it (public/rescue-file.js). */
const rescueFile = (entries: readonly string[]) =>
  ['Mustaqil rescue file 1', 'http://localhost', 'Give this to your teacher.', ...entries, ''].join('\r\n');

/** The teacher's page of what came too late. */
async function openLate(): Promise<Robot> {
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click('a[href$="/rescue-files"]');
  return dilnoza;
}

const readForm = 'form[action$="/rescue-files"] button';
const countForm = 'form[action$="/late-answers"] button';

test('Aigul’s file is read, and what it changes is shown before it counts', async () => {
  const { student, robot, sheet, field, phone } = await begun();
  await robot.submit('#attempt button', { [field.a]: '2' });
  mustaqil.clock.advance(20 * minuteMs);
  const unsent = [await phone.answer(field.b, '3'), await phone.answer(field.b, '4')];
  mustaqil.clock.advance(40 * minuteMs);
  await mustaqil.handInOverdue();
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });

  const dilnoza = await openLate();
  await dilnoza.submit(readForm, { text: 'She answered 4, I saw it' });
  expect(dilnoza.page.status).toBe(422);
  expect(words(dilnoza, '#rescue-problem')).toContain('There is nothing of a file with answers in this.');
  expect(dilnoza.page.$('#rescue-text').text()).toBe('She answered 4, I saw it');
  await dilnoza.submit(readForm, { text: rescueFile(unsent) });
  expect(words(dilnoza, '[role=status]')).toBe(
    '2 entries were read. 2 answers came too late to count by themselves: decide below.',
  );
  expect(words(dilnoza, '.decision')).toContain('Counts now: 1 / 2. With these answers: 2 / 2.');
  expect(words(dilnoza, '.decision')).toContain('but too long on the way: 1');
  expect(words(dilnoza, '.decision')).toContain('1 question has another answer then.');

  await dilnoza.submit(countForm, { reason: '' });
  expect([dilnoza.page.status, words(dilnoza, '.decision .problem')]).toEqual([422, 'Say why.']);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
  await dilnoza.submit(countForm, { reason: 'No network in room 5' });
  expect(words(dilnoza, '.decision')).toContain('Answers counted that came too late');
  expect(words(dilnoza, '.decision tbody')).toContain('1 / 2 2 / 2');
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  await robot.open(sheet);
  expect(words(robot, '.score')).toContain('2 of 2 points');

  const again = await openLate();
  await again.submit(readForm, { text: rescueFile(unsent) });
  expect(again.page.$('.decision')).toHaveLength(0);
});

onPostgres('To look at what came too late asks the database as often for five students as for one', async () => {
  const crowded = await newQuiz(mustaqil, { source: '::A::1 + 1 {#2}\n', settings: { timeLimitMinutes: '30' } });
  const tooLate = async (count: number) => {
    const phones = [];
    for (const one of Array.from({ length: count }, () => newStudent(mustaqil, 'Aigul'))) {
      const robot = await openQuiz(mustaqil, { student: one, activity: crowded });
      await robot.submit(start);
      const phone = openJournal(robot.page, mustaqil.clock.now);
      phones.push({ phone, unsent: await phone.answer(fieldOf(robot.page, '1 + 1'), '2') });
    }
    mustaqil.clock.advance(60 * minuteMs);
    await mustaqil.handInOverdue();
    for (const { phone, unsent } of phones) await send(phone.url, [unsent]);
  };
  const dilnoza = await openResults(mustaqil, crowded);
  const look = async () => {
    const asked = await countQueries(() => dilnoza.click('a[href$="/rescue-files"]'));
    const shown = words(dilnoza).match(/With these answers: 1 \/ 1/g)?.length;
    await dilnoza.click('.crumb a');
    return { ...asked, shown };
  };
  await tooLate(1);
  const one = await look();
  await tooLate(4);
  const five = await look();
  expect([one.shown, five.shown]).toEqual([1, 5]);
  expect(five.asked).toBe(one.asked);
});

test('Aigul sends her file from another phone while the attempt is open, and it counts by itself', async () => {
  const { robot, sheet, field, phone } = await begun();
  await send(phone.url, [await phone.seal({ kind: 'ask' })]);
  const unsent = [await phone.answer(field.a, '2'), await phone.answer(field.b, '4')];
  // By now she goes on elsewhere: the log names the phone that wrote the file.
  const tablet = openJournal(robot.page, mustaqil.clock.now);
  await send(tablet.url, [await tablet.seal({ kind: 'here', isTakeOver: true })]);
  await robot.open(`${sheet}/rescue-files`);
  await robot.submit(readForm, { text: rescueFile(unsent) });
  expect(words(robot, '[role=status]')).toBe('2 entries were read. See the attempt');
  await robot.open(sheet);
  expect([robot.page.$(`[name=${field.a}]`).val(), robot.page.$(`[name=${field.b}]`).val()]).toEqual(['2', '4']);
  const [rescued] = await mustaqil.db
    .select()
    .from(attemptSignals)
    .where(and(eq(attemptSignals.attemptId, Number(/\d+/.exec(sheet)?.[0])), eq(attemptSignals.kind, 'rescued')));
  expect(rescued?.clientNumber).toBe(1);
});

test('nobody brings anything into an attempt that its page did not write, nor into somebody else’s', async () => {
  const [aigul, mallory] = [await begun(), await begun()];
  const hers = rescueFile([await aigul.phone.answer(aigul.field.a, '7')]);
  await mallory.robot.open(`${mallory.sheet}/rescue-files`);
  await mallory.robot.submit(readForm, { text: hers });
  expect(mallory.robot.page.status).toBe(422);
  expect(words(mallory.robot, '.problem')).toContain('of another quiz or of somebody else');
  await mallory.robot.open(`${aigul.sheet}/rescue-files`);
  expect(mallory.robot.page.status).toBe(404);
  await aigul.robot.open(aigul.sheet);
  expect(aigul.robot.page.$(`[name=${aigul.field.a}]`).val() ?? '').toBe('');
});
