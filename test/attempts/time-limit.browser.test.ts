// The time of an attempt on the page of a student: told without haste, and over only when the server says so.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, signIn } from '../support/student.ts';

const hourMs = 60 * 60_000;
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil, { settings: { timeLimitMinutes: '10' } });
});
afterAll(() => mustaqil.stop());

test('what a student types in the last moment is handed in with the rest, without a click', async () => {
  const { page, quiz } = await begin(sample.aziz);
  await quiz.getByText('(10 min left)').waitFor();
  await pass(page, '05:00');
  await quiz.getByText('(5 min left)').waitFor();
  expect(await quiz.getByRole('status').getByText('5 minutes left').count()).toBe(1);
  await pass(page, '03:00');
  await quiz.getByText('(2 min left)').waitFor();
  expect(await quiz.getByText('minutes left').count()).toBe(0);

  await quiz.locator('.question-numeric input').fill('5');
  await pass(page, '02:01');
  await quiz.getByRole('heading', { name: 'Your answers' }).waitFor();
  await quiz.getByText('when the time was over').waitFor();
  await quiz.getByText('1 of 2 points').waitFor();
  await page.context().close();
});

test('a student whose own clock is an hour wrong, or goes too fast, is asked for nothing and goes on', async () => {
  const { page, quiz } = await begin(sample.aigul, new Date(mustaqil.clock.now().getTime() + hourMs));
  await page.clock.fastForward('10:01');
  await quiz.getByText('(10 min left)').waitFor();
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByText('All answers are saved.').waitFor();
  await page.context().close();
});

test('a student who is about to hand in is handed in from there', async () => {
  const { page, quiz } = await begin(sample.ivan);
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('1 question is not answered:').waitFor();
  await pass(page, '10:01');
  await quiz.getByText('when the time was over').waitFor();
  await page.context().close();
});

test('where only what is handed in on time counts, a student who is there to the end is handed in by the page, also without a network', async () => {
  await publish(mustaqil, { settings: { timeLimitMinutes: '10', overdue: 'refuse' } });
  const { page, quiz } = await begin(sample.omurbek);
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByText('All answers are saved.').waitFor();
  await page.context().setOffline(true);
  await pass(page, '10:01');
  await quiz.getByText('but not yet at the university').waitFor();
  await page.context().setOffline(false);
  await quiz.getByRole('heading', { name: 'Your answers' }).waitFor();
  await quiz.getByText('1 of 2 points').waitFor();
  await page.context().close();
});

/** @param time by the student's own clock */
async function begin(student: string, time = mustaqil.clock.now()): Promise<{ page: Page; quiz: FrameLocator }> {
  const page = await signIn(mustaqil, student);
  await page.clock.install({ time });
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').waitFor();
  return { page, quiz };
}

/** Time passes, at the server and in the browser. */
async function pass(page: Page, time: `${number}:${number}`) {
  const [minutes = 0, seconds = 0] = time.split(':').map(Number);
  mustaqil.clock.advance((minutes * 60 + seconds) * 1000);
  await page.clock.fastForward(time);
}
