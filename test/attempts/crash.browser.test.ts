// The server is killed, and comes back, while a student types.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startChromium } from '../support/chromium.ts';
import { startKillable, type Killable } from '../support/killable.ts';
import { publish } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';

let killable: Killable;
let browser: Browser;

beforeAll(async () => {
  [killable, browser] = [await startKillable(), await startChromium()];
  await publish(killable);
});
afterAll(async () => {
  await browser.close();
  await killable.stop();
});

test('nothing of what Aziz types meanwhile is lost, and it is sent by itself', async () => {
  const page = await signIn({ browser, lmsUrl: killable.lms.registration.issuer }, sample.aziz);
  const quiz = await openInWindow(page, killable);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('[data-save-state][data-state]').waitFor();
  const restarted = killable.killAndRestart({ isAtSamePort: true });
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByText('The server has not answered since').waitFor();
  await quiz.locator('.question-numeric input').pressSequentially('5');
  await restarted;
  await quiz.getByText('All answers are saved.').waitFor();

  await quiz.reload();
  await quiz.getByText('2 of 2 answered').waitFor();
  expect(await quiz.getByLabel('Bishkek').isChecked()).toBe(true);
  expect(await quiz.locator('.question-numeric input').inputValue()).toBe('5');
  await page.context().close();
});
