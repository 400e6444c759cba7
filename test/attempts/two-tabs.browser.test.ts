// One attempt in two tabs: what is said in one stands in the other too, and a page that knows nothing of it wipes nothing out.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { clickThroughInWindow, openActivity, openInAnotherTab, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('an answer given in one tab stands in the second one too, which hands it in', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const first = await start(page);
  const second = await openInAnotherTab(page, mustaqil);
  await second.getByRole('button', { name: 'Continue' }).click();
  await second.getByLabel('Bishkek').waitFor();

  await first.getByLabel('Bishkek').check();
  await first.getByText('All answers are saved.').waitFor();
  await second.getByText('1 of 2 answered').waitFor();
  expect(await second.getByLabel('Bishkek').isChecked()).toBe(true);
  await second.getByRole('button', { name: 'Go on to hand in' }).click();
  await expectOneAnswered(second);
  await page.context().close();
});

test('it outlives an untouched page in a browser that runs no scripts', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  const first = await start(page);
  const scriptless = await signIn(mustaqil, sample.aigul, { javaScriptEnabled: false });
  const second = await clickThroughInWindow(scriptless, mustaqil);
  await second.getByRole('button', { name: 'Continue' }).click();
  await second.getByLabel('Bishkek').waitFor();

  await first.getByLabel('Bishkek').check();
  await first.getByText('All answers are saved.').waitFor();
  await second.getByRole('button', { name: 'Go on to hand in' }).click();
  await expectOneAnswered(second);
  await scriptless.context().close();
  await page.context().close();
});

test('a browser that runs no scripts changes an answer and takes it back', async () => {
  const scriptless = await signIn(mustaqil, sample.omurbek, { javaScriptEnabled: false });
  const quiz = await clickThroughInWindow(scriptless, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').check();
  await quiz.locator('.question-numeric input').fill('5');
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('You have answered every question.').waitFor();

  await quiz.getByRole('link', { name: 'Back to the questions' }).first().click();
  await quiz.getByLabel('Osh').check();
  await quiz.locator('.question-numeric input').fill('');
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await expectOneAnswered(quiz);
  await quiz.getByRole('link', { name: 'Back to the questions' }).first().click();
  await quiz.getByLabel('Osh').waitFor();
  expect(await quiz.getByLabel('Osh').isChecked()).toBe(true);
  await scriptless.context().close();
});

test('a tab that stands at one question says that its answer came too late once the attempt is handed in elsewhere, and shows the result', async () => {
  const page = await signIn(mustaqil, sample.ivan);
  const first = await start(page);
  await first.getByRole('button', { name: 'Go on to hand in' }).click();
  await first.locator('a.tile').first().click();
  await first.getByLabel('Bishkek').waitFor();
  expect(page.frames().at(-1)?.url()).toMatch(/#q\d+-text$/);

  const second = await openInAnotherTab(page, mustaqil);
  await second.getByRole('button', { name: 'Continue' }).click();
  await second.getByRole('button', { name: 'Go on to hand in' }).click();
  await second.getByRole('button', { name: 'Hand in' }).click();
  await second.getByRole('heading', { name: 'Your answers' }).waitFor();

  await first.getByLabel('Bishkek').check();
  await first.getByText('arrived too late to count').waitFor();
  await first.getByRole('link', { name: 'See the result' }).click();
  await first.getByRole('heading', { name: 'Your answers' }).waitFor();
  await page.context().close();
});

async function start(page: Page): Promise<FrameLocator> {
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').waitFor();
  return quiz;
}

async function expectOneAnswered(quiz: FrameLocator | Page) {
  await quiz.getByText('1 question is not answered:').waitFor();
  expect(await quiz.locator('.tile.done').count()).toBe(1);
}
