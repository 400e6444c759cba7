// Answers that are checked while the attempt is open: once, several times with hints, as often as one likes, and with how sure one is.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import type { RobotPage } from '../../src/practice/robot.ts';
import { answerChecks, questionRedos } from '../../src/database/tables/attempts.ts';
import {
  answering,
  boxOf,
  check,
  checksIn,
  handInAll,
  hints,
  newCheckedQuiz,
  saidOf,
  scoreOf,
} from '../support/checks.ts';
import { openJournal, send } from '../support/journal.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newStudent } from '../support/school.ts';
import { fieldOf, fieldsFor, givenTo } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
let several: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  several = await newCheckedQuiz(mustaqil, { behaviour: 'several-tries', timeLimitMinutes: '30' });
});
afterAll(() => mustaqil.stop());

const capital = 'capital of Kyrgyzstan';
const sum = '2 + 3';

test('Ada is wrong, reads a hint, is right at the second try, and has two thirds of the points', async () => {
  const ada = await answering(mustaqil, several);
  expect(saidOf(ada.page, capital)).toContain('3 tries left. A wrong one costs 33% of the points.');
  expect(ada.page.html).not.toMatch(/Said|north|Frunze/);

  await check(ada, capital, { [capital]: 'Naryn' });
  expect(ada.page.url).toMatch(/#q0-text$/);
  expect(saidOf(ada.page, capital)).toMatch(/Wrong .*Said to Naryn.*It lies in the north\..*2 tries left/);
  expect(givenTo(ada.page, capital)).toBe('Naryn');
  // Neither the key nor the next hint is there before its time.
  expect(ada.page.html).not.toMatch(/Said to Bishkek|Said to Osh|Said in general|Frunze|is-right|Right answer/);

  await check(ada, capital, { [capital]: 'Bishkek' });
  expect(boxOf(ada.page, capital)).toMatch(/Right · 0\.67 \/ 1.*Said to Bishkek.*Said in general/);
  expect(ada.page.$('button[name=check][value=q0]')).toHaveLength(0);
  expect(await checksIn(mustaqil, ada.page.url)).toEqual([
    [0, 1, '0'],
    [0, 2, '1'],
  ]);
  await handInAll(ada, { [sum]: '5' });
  expect(scoreOf(ada.page)).toBe('1.67 of 2 points');
  expect(boxOf(ada.page, sum)).toContain('Right · 1 / 1');
});

test('After the last try the question is closed, and the right answer is there', async () => {
  const ada = await answering(mustaqil, several);
  for (const wrong of ['Naryn', 'Talas', 'Osh']) await check(ada, capital, { [capital]: wrong });
  expect(boxOf(ada.page, capital)).toMatch(/Partly right · 0 \/ 1.*Right answer/);
  expect(ada.page.html).not.toContain(hints[0]);
});

test('What was not checked counts as it stands, less what wrong tries cost, also when time hands it in', async () => {
  const ada = await answering(mustaqil, several);
  await check(ada, capital, { [capital]: 'Naryn', [sum]: '5' });
  const attempt = ada.page.url;
  await ada.submit('#attempt button[name=later]', fieldsFor(ada.page, { [capital]: 'Bishkek' }));
  mustaqil.clock.advance(33 * 60_000);
  expect(await mustaqil.handInOverdue()).toBeGreaterThan(0);
  await ada.open(attempt);
  expect(scoreOf(ada.page)).toBe('1.67 of 2 points');
});

test('A second click checks nothing twice, and neither do two at the same moment', async () => {
  const ada = await answering(mustaqil, several);
  const attempt = new URL(ada.page.url).pathname;
  const again = (name: string, checks: string) =>
    post(ada, `${attempt}/checks`, [
      ['question', 'q0'],
      ['q0', valueIn(ada.page, name)],
      ['q0.checks', checks],
      ['check', 'q0'],
    ]);
  const clicks = await Promise.all([again('Naryn', '0'), again('Naryn', '0'), again('Naryn', '0')]);
  expect(clicks.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await checksIn(mustaqil, attempt)).toEqual([[0, 1, '0']]);
  // The same answer from a page that knows of the first check.
  expect((await again('Naryn', '1')).headers.location).toBe(`${attempt}?unchecked=same-answer&at=q0#q0-text`);
  expect(await checksIn(mustaqil, attempt)).toEqual([[0, 1, '0']]);
});

test('In a second tab that was open before, a try is kept but not spent', async () => {
  const ada = await answering(mustaqil, several);
  const other = ada.page;
  await check(ada, capital, { [capital]: 'Naryn' });
  const attempt = ada.page.url;
  const stale = await post(ada, `${new URL(other.url).pathname}/checks`, [
    ['question', 'q0'],
    ['q0', valueIn(other, 'Bishkek')],
    ['q0.checks', '0'],
    ['check', 'q0'],
  ]);
  await ada.open(String(stale.headers.location));
  expect(saidOf(ada.page, capital)).toContain('perhaps in another tab');
  expect(givenTo(ada.page, capital)).toBe('Bishkek');
  expect(await checksIn(mustaqil, attempt)).toEqual([[0, 1, '0']]);
});

test('Without an answer nothing is checked, and a question that is none is passed over', async () => {
  const ada = await answering(mustaqil, several);
  await check(ada, capital, {});
  expect(saidOf(ada.page, capital)).toContain('There is no answer to check yet.');
  const attempt = new URL(ada.page.url).pathname;
  for (const name of ['q99', 'x', '__proto__', '']) {
    const sent = await post(ada, `${attempt}/checks`, [['check', name]]);
    expect([sent.status, sent.headers.location]).toEqual([303, attempt]);
  }
  expect(await checksIn(mustaqil, attempt)).toEqual([]);
});

test('Nobody checks in somebody else’s attempt, nor in one that is handed in', async () => {
  const ada = await answering(mustaqil, several);
  const attempt = new URL(ada.page.url).pathname;
  const bob = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Bob'), activity: several });
  expect((await post(bob, `${attempt}/checks`, [['check', 'q0']])).status).toBe(404);
  const left = fieldOf(ada.page, sum);
  await handInAll(ada);
  await ada.open(attempt);
  const late = await post(ada, `${attempt}/checks`, [['check', left]]);
  expect(late.status).toBe(409);
});

test('In the immediate behaviour one check closes a question: no later save changes it', async () => {
  const ada = await answering(mustaqil, await newCheckedQuiz(mustaqil, { behaviour: 'immediate' }));
  const attempt = new URL(ada.page.url).pathname;
  const right = valueIn(ada.page, 'Bishkek');
  await check(ada, capital, { [capital]: 'Osh' });
  expect(boxOf(ada.page, capital)).toMatch(/Partly right · 0\.5 \/ 1/);
  await post(ada, `${attempt}/answers`, [
    ['question', 'q0'],
    ['q0', right],
  ]).expect(303);
  await post(ada, `${attempt}/checks`, [
    ['question', 'q0'],
    ['q0', right],
    ['q0.checks', '1'],
    ['check', 'q0'],
  ]).expect(303);
  await ada.open(attempt);
  await handInAll(ada);
  expect(scoreOf(ada.page)).toBe('0.5 of 2 points');
});

test('In the adaptive behaviour the best try counts, whatever follows', async () => {
  const ada = await answering(mustaqil, await newCheckedQuiz(mustaqil, { behaviour: 'adaptive', penalty: '1/10' }));
  await check(ada, capital, { [capital]: 'Osh' });
  expect(saidOf(ada.page, capital)).toContain('so far 0.5 / 1');
  await check(ada, capital, { [capital]: 'Naryn' });
  expect(saidOf(ada.page, capital)).toContain('so far 0.5 / 1');
  await check(ada, sum, { [sum]: '6' });
  await check(ada, sum, { [sum]: '5' });
  expect(boxOf(ada.page, sum)).toContain('Right · 0.9 / 1');
  await handInAll(ada);
  expect(scoreOf(ada.page)).toBe('1.4 of 2 points');
});

test('Who says how sure they are wins or loses by it, and sees how well that fitted', async () => {
  const activity = await newCheckedQuiz(mustaqil, { behaviour: 'deferred-certainty' });
  const ada = await answering(mustaqil, activity);
  const answers = fieldsFor(ada.page, { [capital]: 'Bishkek', [sum]: '6' });
  await ada.submit('#attempt button', { ...answers, 'q0.certainty': '3', 'q1.certainty': '2' });
  await ada.submit('form[action$="/submission"]');
  expect(scoreOf(ada.page)).toBe('1 of 2 points');
  expect(boxOf(ada.page, capital)).toContain('Right · 3 / 1');
  expect(boxOf(ada.page, sum)).toContain('Wrong · −2 / 1');
  const words = ada.page
    .$('.calibration dd')
    .toArray()
    .map((row) => ada.page.$(row).text().replace(/\s+/g, ' ').trim());
  expect(words).toEqual([
    'Never chosen. It pays from 0% to 67%.',
    '0 of 1 right (0%). It pays from 67% to 80%. You were too sure.',
    '1 of 1 right (100%). It pays from 80% to 100%. That fits.',
  ]);
});

test('How sure she is, is kept with the answer, by the script and by the form', async () => {
  const ada = await answering(mustaqil, await newCheckedQuiz(mustaqil, { behaviour: 'immediate-certainty' }));
  const { url } = ada.page;
  const certain = () => ada.page.$('input[name="q1.certainty"][checked]').attr('value');
  const journal = openJournal(ada.page, mustaqil.clock.now);
  const values: [string, string][] = [
    ['q1', '5'],
    ['q1.certainty', '2'],
  ];
  await send(journal.url, [await journal.seal({ kind: 'answer', field: 'q1', round: 0, values })]);
  await ada.open(url);
  expect(certain()).toBe('2');
  await ada.submit('#attempt button[name=later]', { 'q1.certainty': '3' });
  expect(certain()).toBe('3');
  await check(ada, sum, {});
  expect(boxOf(ada.page, sum)).toContain('Right · 3 / 1');
});

test('Another like this one takes the place of a closed question, shuffled, and only the last one counts', async () => {
  const ada = await answering(mustaqil, await newCheckedQuiz(mustaqil, { behaviour: 'immediate', mayRedo: 'yes' }));
  const attempt = new URL(ada.page.url).pathname;
  const open = ada.page;
  await check(ada, capital, { [capital]: 'Osh', [sum]: '5' });
  const closed = ada.page;
  await ada.submit('button[name=redo][value=q0]');
  expect(ada.page.url).toMatch(/#q0-text$/);
  expect(givenTo(ada.page, capital)).toBe('');
  expect(givenTo(ada.page, sum)).toBe('5');
  expect(ada.page.html).not.toMatch(/Said|Right answer/);

  // A second click on the page before, and what a page says that still shows the first round.
  await post(ada, `${attempt}/redos`, [
    ['redo', 'q0'],
    ['q0.round', '0'],
  ]).expect(303);
  for (const way of ['answers', 'checks']) {
    await post(ada, `${attempt}/${way}`, [
      ['question', 'q0'],
      ['q0', valueIn(open, 'Bishkek')],
      ['q0.checks', '0'],
      ['check', 'q0'],
    ]).expect(303);
  }
  expect(closed.$('button[name=redo]')).toHaveLength(1);
  expect(await redosIn(attempt)).toEqual([[0, 1]]);
  await ada.open(attempt);
  expect(givenTo(ada.page, capital)).toBe('');

  await check(ada, capital, { [capital]: 'Bishkek' });
  expect(boxOf(ada.page, capital)).toContain('Right · 1 / 1');
  expect(await checksIn(mustaqil, attempt)).toEqual([
    [0, 1, '1/2'],
    [0, 2, '1'],
  ]);
  await ada.submit('button[name=redo][value=q0]');
  await handInAll(ada);
  // Asked anew and not answered, it earns nothing.
  expect(scoreOf(ada.page)).toBe('1 of 2 points');
  expect(ada.page.$('.review').text()).toContain('Asked anew 2 times; the last one counts.');
});

test('Where the teacher does not allow it, or the question is not closed, nothing is asked anew', async () => {
  const allowed = await answering(mustaqil, await newCheckedQuiz(mustaqil, { behaviour: 'immediate', mayRedo: 'yes' }));
  const forbidden = await answering(mustaqil, several);
  await check(forbidden, sum, { [sum]: '5' });
  expect(forbidden.page.$('button[name=redo]')).toHaveLength(0);
  for (const [ada, field] of [
    [allowed, 'q1'],
    [forbidden, 'q1'],
    [forbidden, 'q99'],
  ] as const) {
    const attempt = new URL(ada.page.url).pathname;
    await post(ada, `${attempt}/redos`, [['redo', field]]).expect(303);
    expect(await redosIn(attempt)).toEqual([]);
  }
});

test('What was told of an answer is never changed', async () => {
  const { db } = mustaqil;
  await expect(db.update(answerChecks).set({ number: 9 })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('never changed') as unknown },
  });
});

test('A quiz that is marked at handing in has no button for it, and checks nothing', async () => {
  const ada = await answering(mustaqil, await newCheckedQuiz(mustaqil, {}));
  expect(ada.page.$('[name=check]')).toHaveLength(0);
  const attempt = new URL(ada.page.url).pathname;
  await post(ada, `${attempt}/checks`, [
    ['question', 'q1'],
    ['q1', '5'],
    ['q1.checks', '0'],
    ['check', 'q1'],
  ]).expect(303);
  expect(await checksIn(mustaqil, attempt)).toEqual([]);
  await ada.open(attempt);
  expect(givenTo(ada.page, sum)).toBe('5');
  expectNothingMarked(ada.page.html);
});

/** Which questions were asked anew, and after which check. */
async function redosIn(attempt: string) {
  const attemptId = Number(/\/attempts\/(\d+)/.exec(attempt)?.[1]);
  const rows = await mustaqil.db.select().from(questionRedos).where(eq(questionRedos.attemptId, attemptId));
  return rows.map(({ position, afterCheck }) => [position, afterCheck]);
}

/** What the form sends where this capital is chosen. */
function valueIn(page: RobotPage, name: string): string {
  const [value] = [fieldsFor(page, { [capital]: name }).q0].flat();
  return typeof value === 'string' ? value : '';
}

function expectNothingMarked(html: string) {
  expect(html).not.toMatch(/question-state|is-correct|is-incorrect/);
}
