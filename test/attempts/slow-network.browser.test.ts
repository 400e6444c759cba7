// A save that takes long, or hangs: the student may go all the same, and the next answers do not wait for ever.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page, Route } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('a student who leaves while an answer is on its way is let go, and the next page sends it', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const quiz = await start(page);
  const held = holdNextSave(page);
  await quiz.getByLabel('Bishkek').check();
  const save = await held;
  await quiz.getByRole('link', { name: 'All attempts' }).click();
  await quiz.getByRole('button', { name: 'Continue' }).waitFor();
  await save.abort();
  await quiz.getByRole('button', { name: 'Continue' }).click();
  await quiz.getByText('1 of 2 answered').waitFor();
  expect(await quiz.getByLabel('Bishkek').isChecked()).toBe(true);
  await page.context().close();
});

test('a save that never ends is given up, and what it carried is saved with the next one', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  await page.clock.install();
  const quiz = await start(page);
  const held = holdNextSave(page);
  await quiz.getByLabel('Bishkek').check();
  await held;
  await quiz.locator('.question-numeric input').fill('5');

  // It is given up after ten seconds, and tried again within three.
  await page.clock.fastForward('00:14');
  await quiz.getByText('All answers are saved.').waitFor();

  const again = await openActivity(page, mustaqil);
  await again.getByRole('button', { name: 'Continue' }).click();
  await again.getByLabel('Bishkek').waitFor();
  expect(await again.getByLabel('Bishkek').isChecked()).toBe(true);
  expect(await again.locator('.question-numeric input').inputValue()).toBe('5');
  await page.context().close();
});

test('a save that the form overtook does not bring back what was written before', async () => {
  const page = await signIn(mustaqil, sample.ivan);
  const quiz = await start(page);
  const held = holdNextSave(page);
  await quiz.locator('.question-numeric input').fill('4');
  const save = await held;
  await quiz.locator('.question-numeric input').fill('5');
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await save.continue();
  await quiz.getByText('1 question is not answered:').waitFor();

  await quiz.getByRole('link', { name: 'Back to the questions' }).first().click();
  await quiz.getByLabel('Bishkek').waitFor();
  expect(await quiz.locator('.question-numeric input').inputValue()).toBe('5');
  await page.context().close();
});

test('an answer is sent once, though its field is left only afterwards', async () => {
  const page = await signIn(mustaqil, sample.omurbek);
  const quiz = await start(page);
  const sealed: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/journal'))
      sealed.push(...new URLSearchParams(request.postData() ?? '').getAll('sealed'));
  });
  await quiz.locator('.question-numeric input').fill('5');
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByText('2 of 2 answered').waitFor();
  await quiz.locator('[data-save-state][data-state=saved]').waitFor();
  expect(new Set(sealed).size).toBe(2);
  await page.context().close();
});

async function start(page: Page): Promise<FrameLocator> {
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').waitFor();
  return quiz;
}

/** Keeps the next save of the script from arriving; what comes after it passes. */
function holdNextSave(page: Page): Promise<Route> {
  let hasHeld = false;
  return new Promise((resolve) => {
    void page.route('**/journal', async (route) => {
      if (hasHeld) return route.continue();
      hasHeld = true;
      resolve(route);
    });
  });
}
