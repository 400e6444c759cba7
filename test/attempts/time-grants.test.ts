// A teacher sees how an attempt reached us, and gives back the time that its network took.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { lockAttempt } from '../../src/attempts/attempt.store.ts';
import { handIn as handInHeld } from '../../src/attempts/submit-attempt.ts';
import { giveTime } from '../../src/attempts/time-grants/give-time.ts';
import { wantCountedScore } from '../../src/attempts/want-counted-score.ts';
import { attempts } from '../../src/database/tables/attempts.ts';
import { attemptSignals, timeGrants } from '../../src/database/tables/journal.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { placementOf } from '../support/checks.ts';
import { planOf, publishPlan } from '../support/credits.ts';
import { openLearner, openResults } from '../support/grades.ts';
import { newEssayQuiz, writing } from '../support/marking.ts';
import { later, untilAwaited } from '../support/meanwhile.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openQuiz, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { personOf } from '../support/regrade.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';
import { fieldsFor } from '../support/sheet.ts';

const minuteMs = 60_000;

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const words = ({ page: { $ } }: Robot, selector = 'main') => $(selector).text().replace(/\s+/g, ' ').trim();
const secondsLeft = ({ page: { $ } }: Robot) => Number($('[data-time-left]').attr('data-seconds'));

/** A new student who has answered one of two questions of an attempt of 30 minutes; their page is the one before handing in. */
async function begun(activity: string, givenName = 'Aigul') {
  const student = newStudent(mustaqil, givenName);
  const robot = await openQuiz(mustaqil, { student, activity });
  await answer(robot, { capital: 'Bishkek' });
  return { robot, student, id: attemptIn(robot) };
}

const attemptIn = ({ page }: Robot) => Number(/attempts\/(\d+)/.exec(page.url)?.[1]);

const newTimedQuiz = (settings: Record<string, string> = {}) =>
  newQuiz(mustaqil, { settings: { timeLimitMinutes: '30', ...settings } });

/** Their teacher, on the page of one of their attempts. */
async function openAttempt(activity: string, student: string, number = 1): Promise<Robot> {
  const dilnoza = await openResults(mustaqil, activity);
  await openLearner(dilnoza, nameOf(mustaqil, student));
  await dilnoza.click(`.rows a[href$="/attempts/${number}"]`);
  return dilnoza;
}

const form = '#time-grants form button';
const given: [string, string][] = [
  ['minutes', '5'],
  ['reason', 'No network'],
];

describe('Aigul’s phone had no network for seven minutes', () => {
  test('Dilnoza sees when, and who says so, gives them back while she works, and Aigul reads of it', async () => {
    const activity = await newTimedQuiz();
    const { robot, student, id } = await begun(activity);
    const from = mustaqil.clock.now();
    mustaqil.clock.advance(7 * minuteMs);
    const until = mustaqil.clock.now();
    await mustaqil.db.insert(attemptSignals).values({
      ...{ attemptId: id, clientNumber: 1, sequence: 4, kind: 'gap', saidAt: from, until, arrivedAt: until },
      detail: { cause: 'offline' },
    });
    const dilnoza = await openAttempt(activity, student);
    expect(words(dilnoza, '#connection tbody')).toContain('no network device 1 7 the device; nothing reached us');
    expect(words(dilnoza)).not.toContain('Bishkek');
    expect(dilnoza.page.$('#grant-minutes').val()).toBe('7');

    await dilnoza.submit(form, { minutes: '7,5', reason: 'No network' });
    expect(dilnoza.page.status).toBe(422);
    expect([dilnoza.page.$('#grant-minutes').val(), dilnoza.page.$('#grant-reason').text()]).toEqual([
      ...['7,5', 'No network'],
    ]);
    expect(words(dilnoza, '#grant-minutes-problem')).toContain('whole number of minutes from 1 to');
    await dilnoza.submit(form, { minutes: '7', reason: 'No network' });
    expect(words(dilnoza, '#time-grants [role=status]')).toBe('The time is given back.');
    expect(words(dilnoza, '#time-grants li')).toMatch(/^7 min, .*: No network$/);

    await dilnoza.submit(form, { minutes: '7', reason: 'No network', seen: '0' });
    expect(dilnoza.page.status).toBe(409);
    expect(words(dilnoza, '#time-grants [role=alert]')).toContain('Nothing more was given');
    await robot.open(robot.page.url);
    expect(secondsLeft(robot)).toBe(30 * 60);
    expect(words(robot, '#granted')).toBe('Your teacher gave time back to this attempt.');
  });

  test('what she says of it is kept out of everybody’s way who may not decide', async () => {
    const activity = await newTimedQuiz();
    const { robot, student } = await begun(activity);
    const dilnoza = await openAttempt(activity, student);
    const address = new URL(dilnoza.page.$('#time-grants form').attr('action') ?? '', dilnoza.page.url).pathname;
    const given = [['minutes', '60'] as [string, string], ['reason', 'please'] as [string, string]];
    expect((await post(robot, address, given)).status).toBe(403);
  });
});

test('Twelve lost minutes are given back to everybody at work, and to nobody else', async () => {
  const activity = await newTimedQuiz();
  const [first, second, done] = [await begun(activity), await begun(activity), await begun(activity)];
  await handIn(done.robot);
  mustaqil.clock.advance(12 * minuteMs);
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click('a[href$="/time-grants"]');
  expect(words(dilnoza)).toContain('2 students are at work here now');
  const twice = { minutes: '12', reason: 'The network was down from 10:02 to 10:14' };
  const seen = String(dilnoza.page.$('[name=seen]').val());
  await dilnoza.submit('main form button', twice);
  expect(words(dilnoza, '[role=status]')).toBe('2 attempts end later now.');
  // The second click of two.
  await dilnoza.submit('main form button', { ...twice, seen });
  expect(dilnoza.page.status).toBe(409);
  expect(words(dilnoza, '[role=alert]')).toContain('Nothing more was given');
  expect(dilnoza.page.$('#grant-reason').text()).toBe(twice.reason);
  for (const { robot } of [first, second]) {
    await robot.open(robot.page.url);
    expect(secondsLeft(robot)).toBe(30 * 60);
  }
});

describe('Two clicks at the same moment', () => {
  test('give one attempt its minutes once, whether it is open or opened again', async () => {
    const activity = await newTimedQuiz();
    const { student, id } = await begun(activity);
    for (const seen of ['0', '1']) {
      const dilnoza = await openAttempt(activity, student);
      const path = `${new URL(dilnoza.page.url).pathname}/time-grants`;
      const click = () => post(dilnoza, path, [...given, ['seen', seen]]);
      const answers = await Promise.all([click(), click()]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
      mustaqil.clock.advance(90 * minuteMs);
      await mustaqil.handInOverdue();
    }
    const minutes = await grantedTo(id);
    expect(minutes.filter((some) => some === 5)).toHaveLength(2);
    // Opened again once: the minutes that had gone by stand in one row beside them.
    expect(minutes).toHaveLength(3);
  });

  test('give everybody at work their minutes once', async () => {
    const activity = await newTimedQuiz();
    const [first, second] = [await begun(activity), await begun(activity)];
    const dilnoza = await openResults(mustaqil, activity);
    await dilnoza.click('a[href$="/time-grants"]');
    const click = () => post(dilnoza, new URL(dilnoza.page.url).pathname, [...given, ['seen', '0']]);
    const answers = await Promise.all([click(), click(), click()]);
    expect(answers.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(2);
    expect([await grantedTo(first.id), await grantedTo(second.id)]).toEqual([[5], [5]]);
  });
});

test('Dilnoza gives six students time while each of them hands in: all are answered, and each ends as one of the two has it', async () => {
  const activity = await newTimedQuiz();
  const placement = await placementOf(mustaqil, activity);
  const { id: teacherId } = await personOf(mustaqil, sample.dilnoza);
  await publishPlan(
    mustaqil.db,
    { courseId: placement.courseId, teacherId, plan: planOf({ placementIds: [placement.id] }) },
    mustaqil.clock.now(),
  );
  const students: Awaited<ReturnType<typeof begun>>[] = [];
  for (const name of ['Aigul', 'Bek', 'Chinara', 'Daniyar', 'Eldor', 'Farida'])
    students.push(await begun(activity, name));
  const dilnoza = await openResults(mustaqil, activity);
  const toAll = () => post(dilnoza, `/placements/${placement.id}/time-grants`, [...given, ['seen', '0']]);
  const toOne = async ({ student, id }: (typeof students)[number]) => {
    const { id: personId } = await personOf(mustaqil, student);
    const path = `/placements/${placement.id}/learners/${personId}/attempts/1/time-grants`;
    return { id, ...(await post(dilnoza, path, [...given, ['seen', '0']])) };
  };
  const [all, ones] = await Promise.all([
    toAll(),
    Promise.all(students.map(toOne)),
    Promise.all(students.map(({ robot }) => handIn(robot))),
  ]);
  expect([200, 303, 409]).toContain(all.status);
  for (const { id, status } of ones) {
    const minutes = await grantedTo(id);
    expect((await ofAttempt(id)).submittedAt).not.toBeNull();
    expect(minutes.length).toBeLessThanOrEqual(1);
    expect([303, 409]).toContain(status);
    if (status === 303) expect(minutes).toEqual([5]);
  }
});

describe('An attempt that was closed because its time was over', () => {
  test('is opened again; the gradebook keeps the better grade meanwhile, and what she hands in then counts', async () => {
    const activity = await newTimedQuiz();
    const student = newStudent(mustaqil, 'Aigul');
    const robot = await openQuiz(mustaqil, { student, activity });
    await takeQuiz(robot, { capital: 'Osh' });
    await answer(robot, { capital: 'Bishkek' });
    const id = attemptIn(robot);
    mustaqil.clock.advance(90 * minuteMs);
    await mustaqil.handInOverdue();
    await mustaqil.deliver();
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });

    const dilnoza = await openAttempt(activity, student, 2);
    expect(words(dilnoza, '#time-grants')).toContain('the gradebook keeps what it shows');
    await dilnoza.submit(form, { minutes: '10', reason: 'Her phone died' });
    expect(words(dilnoza, '#time-grants [role=status]')).toBe('The attempt is open again.');
    expect(words(dilnoza, '#time-grants li')).toMatch(/^Opened again with 10 min/);

    // Whatever recounts her grade meanwhile finds what it was.
    const { placementId } = await recount(id);
    expect(await mustaqil.deliver()).toBe(0);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });

    const sheet = robot.page.url.replace('/submission', '');
    await robot.open(sheet);
    expect(secondsLeft(robot)).toBe(10 * 60);
    await robot.submit('#attempt button', { [robot.page.$('.question-numeric input').attr('name') ?? '']: '5' });
    await handIn(robot);
    expect(words(robot, '.score')).toContain('2 of 2 points');
    await mustaqil.deliver();
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
    await dilnoza.open(`/placements/${placementId}/decisions`);
    expect(words(dilnoza, '.decision')).toContain('An attempt opened again');
    expect(words(dilnoza, '.decision')).toContain('Her phone died');
    expect(words(dilnoza, '.decision tbody')).toContain('1 / 2 —');
  });

  test('also days later, and where it had been refused', async () => {
    const activity = await newTimedQuiz({ overdue: 'refuse' });
    const { student } = await begun(activity);
    mustaqil.clock.advance(3 * 24 * 60 * minuteMs);
    await mustaqil.handInOverdue();
    const dilnoza = await openAttempt(activity, student);
    await dilnoza.submit(form, { minutes: '5', reason: 'No network' });
    const robot = await openQuiz(mustaqil, { student, activity });
    await answer(robot, {});
    expect(secondsLeft(robot)).toBe(5 * 60);
    await handIn(robot);
    expect(words(robot, '.score')).toContain('1 of 2 points');
  });

  test('earns nothing by being opened again while its essay waits for a mark', async () => {
    const activity = await newEssayQuiz(mustaqil, { settings: { timeLimitMinutes: '30' } });
    const { ada, student, attemptId } = await writing(mustaqil, activity);
    await ada.submit('#attempt button.primary', fieldsFor(ada.page, { '2 + 3': '5', pendulum: 'Belanchak.' }));
    mustaqil.clock.advance(90 * minuteMs);
    await mustaqil.handInOverdue();
    const dilnoza = await openAttempt(activity, student);
    await dilnoza.submit(form, { minutes: '10', reason: 'Her phone died' });
    expect(words(dilnoza, '#time-grants [role=status]')).toBe('The attempt is open again.');
    await recount(attemptId);
    await mustaqil.deliver();
    expect(mustaqil.lms.gradeOf(activity, student)).toBeUndefined();
  });

  test('keeps what it had and what she expected, though she never hands it in again', async () => {
    const activity = await newTimedQuiz({ overdue: 'refuse' });
    const { robot, student, id } = await begun(activity);
    // In the seconds that the network may take.
    mustaqil.clock.advance(30 * minuteMs + 5000);
    await robot.submit('form[action$="/submission"]', { guess: '2' });
    expect(await ofAttempt(id)).toMatchObject({ isTimedOut: true });
    const guessed = (await ofAttempt(id)).guess;
    expect(guessed).not.toBeNull();
    const dilnoza = await openAttempt(activity, student);
    await dilnoza.submit(form, { minutes: '5', reason: 'No network' });
    mustaqil.clock.advance(90 * minuteMs);
    await mustaqil.handInOverdue();
    expect((await ofAttempt(id)).abandonedAt).not.toBeNull();
    await recount(id);
    await mustaqil.deliver();
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
    await dilnoza.submit(form, { minutes: '5', reason: 'Once more' });
    await recount(id);
    await handIn(await openQuizAgain(activity, student));
    expect((await ofAttempt(id)).guess).toEqual(guessed);
  });

  test('stays closed while she works at another', async () => {
    const activity = await newTimedQuiz();
    const { robot, student, id } = await begun(activity);
    mustaqil.clock.advance(90 * minuteMs);
    await mustaqil.handInOverdue();
    await robot.open(robot.page.url);
    await robot.submit('form[action$="/attempts"]');
    const dilnoza = await openAttempt(activity, student);
    await dilnoza.submit(form, { minutes: '5', reason: 'No network' });
    expect(dilnoza.page.status).toBe(409);
    expect(words(dilnoza, '#time-grants [role=alert]')).toContain('Another attempt of this learner is open');
    expect(await ofAttempt(id)).toMatchObject({ isTimedOut: true });
  });
});

test('What Aigul handed in herself stays handed in, and without a limit there is nothing to give', async () => {
  const activity = await newTimedQuiz();
  const { robot, student, id } = await begun(activity);
  await handIn(robot);
  const dilnoza = await openAttempt(activity, student);
  expect(dilnoza.page.$('#time-grants')).toHaveLength(0);
  const given: [string, string][] = [
    ['minutes', '60'],
    ['reason', 'please'],
  ];
  const refused = await post(dilnoza, `${new URL(dilnoza.page.url).pathname}/time-grants`, given);
  expect(refused.status).toBe(409);
  const { text } = refused;
  expect(text).toContain('role="alert"');
  expect(text).toMatch(/<textarea id="grant-reason"[^>]*>please</);
  expect((await ofAttempt(id)).submittedAt).not.toBeNull();

  const free = await newQuiz(mustaqil);
  const other = await begun(free);
  const there = await openAttempt(free, other.student);
  expect((await post(there, `${new URL(there.page.url).pathname}/time-grants`, given)).status).toBe(409);
});

test('Dilnoza gives Aigul time just as she hands in: both are answered, and what was handed in stays so', async () => {
  const activity = await newTimedQuiz();
  const { student, id } = await begun(activity);
  const placement = await placementOf(mustaqil, activity);
  const { id: personId } = await personOf(mustaqil, student);
  const { id: teacherId } = await personOf(mustaqil, sample.dilnoza);
  // Whoever hands in comes to her account of credits last.
  const plan = planOf({ placementIds: [placement.id] });
  await publishPlan(mustaqil.db, { courseId: placement.courseId, teacherId, plan }, mustaqil.clock.now());
  const tools = { db: mustaqil.db, now: () => mustaqil.clock.now() };
  const giving = later(() =>
    giveTime(
      tools,
      { placement, personId, number: 1, grantedBy: teacherId },
      { minutes: 5, reason: 'No network', seen: 0 },
    ),
  );
  await mustaqil.db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, id, personId);
    if (!attempt) throw new Error('The attempt is gone');
    giving.open();
    await untilAwaited(tx);
    await handInHeld(tx, attempt, mustaqil.clock.now());
  });
  expect(await giving.done).toEqual({ ok: false, code: 'handed-in' });
});

/** Counts again what the learner of an attempt has, as whatever changes any score of theirs does. */
async function recount(id: number) {
  const { placementId, personId } = await ofAttempt(id);
  await mustaqil.db.transaction((tx) => wantCountedScore(tx, { placementId, personId }, mustaqil.clock.now()));
  return { placementId };
}

/** A student on the page before handing in what is open. */
async function openQuizAgain(activity: string, student: string): Promise<Robot> {
  const robot = await openQuiz(mustaqil, { student, activity });
  await answer(robot, {});
  return robot;
}

/** The minutes of each row that an attempt was given. */
async function grantedTo(id: number): Promise<number[]> {
  const rows = await mustaqil.db.select().from(timeGrants).where(eq(timeGrants.attemptId, id));
  return rows.map(({ minutes }) => minutes);
}

async function ofAttempt(id: number) {
  const [attempt] = await mustaqil.db.select().from(attempts).where(eq(attempts.id, id));
  if (!attempt) throw new Error(`There is no attempt ${id}`);
  return attempt;
}
