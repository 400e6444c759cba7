// Without a mouse, on a small screen: a student has answers checked, reads what came of it, and tries again.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { clickThroughInWindow, openInWindow, signIn } from '../support/student.ts';

const source = `::Sum::2 + 3 {#5}

::Product::2 · 3 {#6}
`;
const phone = { viewport: { width: 360, height: 640 } };
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
});
afterAll(() => mustaqil.stop());

test('each question once: Enter in the field checks it, what came of it is in sight, and the rest stays as it was typed', async () => {
  await publish(mustaqil, { source, settings: { behaviour: 'immediate' } });
  const quiz = await begin(sample.aziz);
  await type(quiz, '2 · 3', '6');
  await type(quiz, '2 + 3', '4');
  await quiz.keyboard.press('Enter');
  await boxOf(quiz, '2 + 3').getByText('Wrong').first().waitFor();
  expect(await isInSight(quiz, '2 + 3')).toBe(true);
  expect(await boxOf(quiz, '2 · 3').locator('input[type=text]').inputValue()).toBe('6');
  expect(await quiz.locator('button[name=check]').count()).toBe(1);
  await type(quiz, '2 · 3', '6 ');
  expect(await quiz.locator('.bar [data-answered]').textContent()).toBe('2 of 2 answered');
  expect(await isTooWide(quiz)).toBe(false);
  await handIn(quiz);
  await quiz.getByText('1 of 2 points').first().waitFor();
  await quiz.context().close();
});

test('several tries: a wrong one, the same again, then the right one by the button, all by keys', async () => {
  await publish(mustaqil, { source, settings: { behaviour: 'several-tries', penalty: '1/4' } });
  const quiz = await begin(sample.aigul);
  await type(quiz, '2 + 3', '4');
  await quiz.keyboard.press('Enter');
  await quiz.getByText('2 tries left. A wrong one costs 25% of the points.').waitFor();
  expect(await isInSight(quiz, '2 + 3')).toBe(true);
  await type(quiz, '2 + 3', '4');
  await quiz.keyboard.press('Enter');
  await quiz.getByText('You have had this answer checked already.').waitFor();
  await type(quiz, '2 + 3', '5');
  await quiz.keyboard.press('Tab');
  expect(await quiz.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('check');
  await quiz.keyboard.press('Space');
  await boxOf(quiz, '2 + 3').getByText('0.75 / 1').waitFor();
  expect(await isTooWide(quiz)).toBe(false);
  await handIn(quiz);
  await quiz.getByText('0.75 of 2 points').first().waitFor();
  await quiz.context().close();
});

test('without scripts the button sends the page, which comes back at its question', async () => {
  const page = await signIn(mustaqil, sample.ivan, { ...phone, javaScriptEnabled: false });
  const quiz = await clickThroughInWindow(page, mustaqil);
  await quiz.locator('form[action$="/attempts"] button').click();
  await boxOf(quiz, '2 · 3').locator('input[type=text]').fill('7');
  await quiz
    .locator('.check', { hasText: 'Check' })
    .nth(await placeOf(quiz, '2 · 3'))
    .locator('button')
    .click();
  await quiz.getByText('2 tries left').waitFor();
  expect(new URL(quiz.url()).hash).toMatch(/^#q\d-text$/);
  await page.context().close();
});

test('the settings fit a phone with everything open, and the matrix is reached by keys', async () => {
  const page = await signIn(mustaqil, sample.dilnoza, phone);
  const editor = await openInWindow(page, mustaqil);
  await editor.locator('a[href$="/quiz/edit"]').first().click();
  await editor.locator('.settings > summary').first().press('Enter');
  for (const summary of await editor.locator('.review-settings summary').all()) await summary.press('Enter');
  await editor.locator('input[name="review.closed"]').first().press('Space');
  expect(await editor.locator('input[name="review.closed"]').first().isChecked()).toBe(false);
  const isWithin = await editor
    .locator('.review-settings')
    .last()
    .evaluate((settings) => {
      const { right } = settings.getBoundingClientRect();
      return [...settings.children].every((part) => part.getBoundingClientRect().right <= right + 1);
    });
  expect(isWithin).toBe(true);
  await page.context().close();
});

async function begin(person: string): Promise<Page> {
  const page = await signIn(mustaqil, person, phone);
  const quiz = await openInWindow(page, mustaqil);
  await quiz.locator('form[action$="/attempts"] button').press('Enter');
  await quiz.locator('#attempt').waitFor();
  return quiz;
}

function boxOf(quiz: Page, words: string) {
  return quiz.locator('.question', { hasText: words });
}

/** Which of the questions on the page it is, from 0. */
async function placeOf(quiz: Page, words: string): Promise<number> {
  const texts = await quiz.locator('.question .question-text').allTextContents();
  return texts.findIndex((text) => text.includes(words));
}

/** Types an answer as somebody does whose focus is there. */
async function type(quiz: Page, words: string, answer: string): Promise<void> {
  const field = boxOf(quiz, words).locator('input[type=text]');
  await field.focus();
  await quiz.keyboard.press('ControlOrMeta+a');
  await quiz.keyboard.type(answer);
}

async function handIn(quiz: Page): Promise<void> {
  await quiz.locator('.bar button.primary').press('Enter');
  await quiz.locator('form[action$="/submission"] button').press('Enter');
}

async function isInSight(quiz: Page, words: string): Promise<boolean> {
  const box = await boxOf(quiz, words).locator('.question-head').boundingBox();
  return box !== null && box.y >= 0 && box.y < 640;
}

/** Whether a phone has to scroll sideways. */
function isTooWide(quiz: Page): Promise<boolean> {
  return quiz.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
