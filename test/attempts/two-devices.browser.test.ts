// A phone and a tablet at one attempt: it goes on where its learner says, and the other one says so and only reads.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('on the tablet Aziz continues what he began on the phone, and what the phone had not sent yet still fills what is empty', async () => {
  const phone = await begin('Start');
  await phone.getByLabel('Bishkek').check();
  await phone.getByText('All answers are saved.').waitFor();
  await phone.context().setOffline(true);
  await phone.locator('.question-numeric input').fill('5');
  await phone.getByText('No internet since').waitFor();

  const tablet = await begin('Continue');
  await tablet.getByText('goes on on another device').waitFor();
  expect(await tablet.getByLabel('Bishkek').isChecked()).toBe(true);
  expect(await tablet.getByLabel('Osh').isDisabled()).toBe(true);
  await tablet.getByRole('button', { name: 'Continue here' }).click();
  await tablet.getByText('Every answer is saved as you give it.').waitFor();
  await tablet.getByLabel('Osh').check();
  await tablet.getByText('All answers are saved.').waitFor();

  await phone.context().setOffline(false);
  await phone.getByText('goes on on another device').waitFor();
  await tablet.getByRole('button', { name: 'Go on to hand in' }).click();
  await tablet.getByText('You have answered every question.').waitFor();
  await tablet.getByRole('link', { name: 'Back to the questions' }).first().click();
  await tablet.getByText('2 of 2 answered').waitFor();
  expect(await tablet.getByLabel('Osh').isChecked()).toBe(true);
  expect(await tablet.locator('.question-numeric input').inputValue()).toBe('5');
  await phone.context().close();
  await tablet.context().close();
});

/** Aziz, with a browser of its own. */
async function begin(button: 'Start' | 'Continue'): Promise<Page> {
  const page = await signIn(mustaqil, sample.aziz);
  const quiz = await openInWindow(page, mustaqil);
  await quiz.getByRole('button', { name: button }).click();
  await quiz.locator('[data-save-state][data-state]').waitFor();
  return quiz;
}
