// A limit for an attempt, by the server's clock: what comes in time counts, what comes later does not, and nobody has to be there.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { openResults, rowOf } from '../support/grades.ts';
import { openJournal, send } from '../support/journal.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { handIn, openQuiz, publish } from '../support/people.ts';
import { post } from '../support/post.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';
import { fieldOf } from '../support/sheet.ts';

const minuteMs = 60_000;
/** For what is sent by forms. */
const graceMs = 15_000;
/** For what was answered in time on a phone without a network. */
const networkGraceMs = 2 * minuteMs;
const start = 'form[action$="/attempts"]';

let mustaqil: TestMustaqil;
let activity: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  activity = await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30' } });
});
afterAll(() => mustaqil.stop());

describe('Before she begins', () => {
  test('Ada reads how long she has, and that the time goes on without her', async () => {
    const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada'), activity });
    expect(words(ada, '#time')).toBe(
      'You have 30 minutes for each attempt. The time begins when you press the button, and goes on if you leave the page.',
    );
  });

  test('Bob reads beside it what his teacher gave him', async () => {
    const bob = newStudent(mustaqil, 'Bob');
    const robot = await openQuiz(mustaqil, { student: bob, activity });
    await giveMoreTime(bob, 50);
    await robot.open(robot.page.url);
    expect(words(robot, '#time')).toContain(
      'You have 30 minutes for each attempt. Your teacher gave you 15 minutes more.',
    );
  });

  test('their teacher sees the limit with the quiz, and finds it in the editor again', async () => {
    const dilnoza = await openResults(mustaqil, activity);
    await dilnoza.click('.crumb a');
    expect(words(dilnoza)).toContain('Time for each attempt: 30 minutes');
    await dilnoza.click('a[href$="/quiz/edit"]');
    expect(dilnoza.page.$('#minutes').attr('value')).toBe('30');
  });
});

describe('While the time runs', () => {
  test('Ada reads until when on the sheet, before she hands in and where she goes on', async () => {
    const { ada, attempt, quiz } = await begun();
    mustaqil.clock.advance(5 * minuteMs + 1000);
    for (const page of [attempt, `${attempt}/submission`]) {
      await ada.open(page);
      const clock = ada.page.$('[data-time-left]');
      expect([clock.text(), clock.attr('data-seconds')]).toEqual([
        expect.stringMatching(/^Until \d\d:\d\d \(25 min left\)$/),
        '1499',
      ]);
    }
    await ada.open(quiz);
    expect(words(ada, '#time')).toMatch(/^Until \d\d:\d\d \(25 min left\)$/);
  });

  test('the script hears with every answer how much is left, and without a limit nothing of the kind', async () => {
    const ada = await begun();
    mustaqil.clock.advance(10 * minuteMs);
    const left = { secondsLeft: 1200, until: expect.stringMatching(/^\d\d:\d\d$/) };
    expect((await saveSum(ada, '5')).left).toEqual(left);
    expect(await timeLeftOf(ada)).toEqual(left);
    const free = await begun(await newQuiz(mustaqil));
    expect((await saveSum(free, '5')).left).toBeNull();
    expect(await timeLeftOf(free)).toBeNull();
  });

  test('extra time that is given in the middle moves the end at once, and taking it back moves it back', async () => {
    const one = await begun();
    const { ada, student, attempt } = one;
    mustaqil.clock.advance(29 * minuteMs);
    await giveMoreTime(student, 100);
    expect(await timeLeftOf(one)).toMatchObject({ secondsLeft: 31 * 60 });
    mustaqil.clock.advance(30 * minuteMs);
    await mustaqil.handInOverdue();
    expect((await saveSum(one, '5')).left).toMatchObject({ secondsLeft: 60 });

    await giveMoreTime(student, 0);
    expect(await saveSum(one, '6')).toMatchObject({ state: 'handed-in', taken: [] });
    await ada.open(attempt);
    expect(words(ada, '.score')).toContain('1 of 2 points');
  });

  test('a teacher who publishes another limit changes it for the next attempt, and not for this one', async () => {
    const one = await begun(null);
    const { ada, attempt, quiz, own } = one;
    await publish(mustaqil, { activity: own, settings: { timeLimitMinutes: '5' } });
    mustaqil.clock.advance(20 * minuteMs);
    expect((await saveSum(one, '5')).left).toMatchObject({ secondsLeft: 600 });
    await ada.open(`${attempt}/submission`);
    await handIn(ada);
    expect(words(ada, '#time')).toContain('You have 5 minutes for each attempt.');
    await publish(mustaqil, { activity: own, settings: { timeLimitMinutes: '' } });
    await ada.open(quiz);
    expect(ada.page.$('#time')).toHaveLength(0);
  });
});

describe('When the time is over', () => {
  test('what Ada sent in the last moment is kept, though the network took its time', async () => {
    const one = await begun();
    const { ada, attempt } = one;
    mustaqil.clock.advance(30 * minuteMs + graceMs);
    expect((await saveSum(one, '5')).left).toMatchObject({ secondsLeft: 0 });
    await post(ada, `${attempt}/submission`, []);
    await ada.open(attempt);
    expect(words(ada, '.score')).toContain('1 of 2 points');
  });

  test('a whole sheet that comes in the grace is handed in with it, without another click', async () => {
    const { ada, attempt } = await begun();
    mustaqil.clock.advance(30 * minuteMs + graceMs);
    await answerOnSheet(ada, '5');
    expect(new URL(ada.page.url).pathname).toBe(attempt);
    expect(words(ada, '.score')).toContain('1 of 2 points');
    expect(words(ada, '.facts')).toMatch(/handed in .* when the time was over/);
  });

  test('a sheet that comes later is refused, in words that lead to the result', async () => {
    const one = await begun();
    const { ada } = one;
    await saveSum(one, '5');
    mustaqil.clock.advance(30 * minuteMs + graceMs + 1);

    await answerOnSheet(ada, '6', 'Chu daryosi boʻyida');
    expect(ada.page.status).toBe(409);
    expect(ada.page.$('meta[name=refusal]').attr('content')).toBe('time-is-over');
    expect(words(ada, '.lead')).toBe(
      'This attempt was handed in by itself, with everything that had been saved until then.',
    );
    expect(ada.page.$('textarea').text().trim()).toBe('Chu daryosi boʻyida');
    await ada.click('main .actions a');
    expect(words(ada, '.score')).toContain('1 of 2 points');
    expect(ada.page.$('.review .question-numeric .answer-text').first().text()).toBe('5');
  });

  test.each(['', '/submission'])(
    'Ada who comes back to her attempt%s two hours later finds it handed in at its end',
    async (page) => {
      const one = await begun();
      const { ada, attempt, endsAt } = one;
      await saveSum(one, '5');
      mustaqil.clock.advance(120 * minuteMs);
      await ada.open(`${attempt}${page}`);
      expect(words(ada, '.score')).toContain('1 of 2 points');
      expect(words(ada, '.facts')).toContain(`handed in ${inTashkent(endsAt)}, when the time was over`);
    },
  );

  test('handing in too late hands in what was saved, and says when it was over', async () => {
    const one = await begun();
    const { ada, attempt, endsAt } = one;
    await saveSum(one, '5');
    mustaqil.clock.advance(60 * minuteMs);
    expect((await post(ada, `${attempt}/submission`, [])).status).toBe(303);
    await ada.open(attempt);
    expect(words(ada, '.facts')).toContain(inTashkent(endsAt));
  });

  test('an old page that still says “Continue” leads to the result, and only there a second attempt begins', async () => {
    const { ada, attempt, quiz } = await begun();
    await ada.open(quiz);
    mustaqil.clock.advance(33 * minuteMs);
    await ada.submit(start);
    expect(new URL(ada.page.url).pathname).toBe(attempt);
    expect(words(ada, '#time')).toContain('You have 30 minutes');
    await ada.submit(start);
    expect(new URL(ada.page.url).pathname).not.toBe(attempt);
    expect(ada.page.$('[data-time-left]').attr('data-seconds')).toBe('1800');
  });

  test('the list of attempts says so', async () => {
    const { ada, quiz } = await begun();
    mustaqil.clock.advance(33 * minuteMs);
    await ada.open(quiz);
    expect(words(ada, '.rows')).toContain('when the time was over');
    expect(words(ada, `${start} button`)).toBe('Try again');
  });
});

describe('Whoever never comes back', () => {
  beforeEach(async () => {
    // Whatever the tests before have left open.
    mustaqil.clock.advance(60 * minuteMs + networkGraceMs + 1);
    await mustaqil.handInOverdue();
    await mustaqil.deliver();
  });

  test('is handed in all the same, and the grade arrives; who has time left or no limit stays', async () => {
    const gone = await begun();
    await saveSum(gone, '5');
    const patient = await begun();
    await giveMoreTime(patient.student, 100);
    const free = await begun(await newQuiz(mustaqil));
    mustaqil.clock.advance(30 * minuteMs + networkGraceMs);
    expect(await mustaqil.handInOverdue()).toBe(0);
    mustaqil.clock.advance(1);
    expect(await mustaqil.handInOverdue()).toBe(1);
    expect(await mustaqil.handInOverdue()).toBe(0);
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.gradeOf(activity, gone.student)).toMatchObject({ points: 50, comment: 'Attempt 1' });

    const dilnoza = await openResults(mustaqil, activity);
    expect(rowOf(dilnoza, nameOf(mustaqil, gone.student))[0]).toContain('1');
    await dilnoza.open(
      dilnoza.page
        .$('tbody a')
        .filter((_, a) => dilnoza.page.$(a).text() === nameOf(mustaqil, gone.student))
        .attr('href') ?? '',
    );
    expect(words(dilnoza, '.rows')).toContain('when the time was over');
    for (const { ada, attempt } of [patient, free]) {
      await ada.open(attempt);
      expect(ada.page.$('#attempt')).toHaveLength(1);
    }
  });

  test('is handed in once, however many processes look, and while the page is opened too', async () => {
    const students = await Promise.all([begun(), begun(), begun()]);
    mustaqil.clock.advance(33 * minuteMs);
    const opened = students.map(({ ada, attempt }) => ada.open(attempt));
    await Promise.all([mustaqil.handInOverdue(), mustaqil.handInOverdue(), ...opened]);
    expect(await mustaqil.handInOverdue()).toBe(0);
    for (const { ada, attempt } of students) {
      await ada.open(attempt);
      expect(words(ada, '.facts')).toContain('when the time was over');
    }
    expect(await mustaqil.deliver()).toBe(3);
  });
});

test('Mallory gives herself no time, and Ada’s she neither reads nor ends', async () => {
  const one = await begun();
  const { ada, student, attempt } = one;
  const dilnoza = await openPerson(student);
  const more = new URL(dilnoza.page.$('#accommodation').attr('action') ?? '', dilnoza.page.url).pathname;
  const mallory = await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
  const statuses = [ada, mallory].map(async (one) => (await post(one, more, [['extraTimePercent', '400']])).status);
  expect(await Promise.all(statuses)).toEqual([403, 404]);
  for (const address of ['answers', 'submission']) {
    expect((await post(mallory, `${attempt}/${address}`, []).accept('application/json')).status).toBe(404);
  }
  expect(await timeLeftOf(one)).toMatchObject({ secondsLeft: 1800 });
});

/**
 * A new student who has just begun an attempt.
 *
 * @param at the activity; null: a new one with a limit of 30 minutes
 */
async function begun(at: string | null = activity) {
  const own = at ?? (await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30' } }));
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity: own });
  const quiz = ada.page.url;
  await ada.submit(start);
  const endsAt = new Date(mustaqil.clock.now().getTime() + 30 * minuteMs);
  const phone = openJournal(ada.page, mustaqil.clock.now);
  const sum = fieldOf(ada.page, '2 + 3');
  return { ada, student, own, quiz, attempt: new URL(ada.page.url).pathname, endsAt, phone, sum };
}

type Begun = Pick<Awaited<ReturnType<typeof begun>>, 'phone' | 'sum'>;

/** As the page's script saves what is typed into the field for the sum; what it is told then. */
async function saveSum({ phone, sum }: Begun, answer: string) {
  return (await send(phone.url, [await phone.answer(sum, answer)])).body;
}

async function timeLeftOf({ phone }: Begun) {
  return (await send(phone.url, [await phone.seal({ kind: 'ask' })])).body.left;
}

/** As the page without a script: the whole sheet at once. */
async function answerOnSheet(robot: Robot, sum: string, capital?: string) {
  const fields = { [fieldOf(robot.page, '2 + 3')]: sum, ...(capital && { [fieldOf(robot.page, 'capital')]: capital }) };
  await robot.submit('#attempt button', fields);
}

/** Their teacher gives a student so much more time than others have; 0 takes it back. */
async function giveMoreTime(student: string, percent: number) {
  const dilnoza = await openPerson(student);
  await dilnoza.submit('#accommodation', { extraTimePercent: String(percent) });
}

/** Their teacher, on the page of a student. */
async function openPerson(student: string): Promise<Robot> {
  const dilnoza = await openResults(mustaqil, activity);
  const { $ } = dilnoza.page;
  const row = $('tbody th a').filter((_index, link) => $(link).text() === nameOf(mustaqil, student));
  await dilnoza.open(row.attr('href') ?? '');
  await dilnoza.click('a[href$="/progress"]');
  return dilnoza;
}

function inTashkent(moment: Date): string {
  return new Date(moment.getTime() + 5 * 60 * minuteMs).toISOString().slice(0, 16).replace('T', ' ');
}

function words({ page: { $ } }: Robot, selector = 'main'): string {
  return $(selector).text().replace(/\s+/g, ' ').trim();
}
