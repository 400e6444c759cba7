// Without a network, or without anything that this browser keeps: no answer is lost, what has become of it is always said in words, and it is
// handed in by whoever hands it in, wherever they are.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, openInWindow, signIn } from '../support/student.ts';
import { until } from '../support/until.ts';

const questionCount = 20;
/** One question a line; the answer to the seventh is 7. */
const source = Array.from({ length: questionCount }, (_, place) => `Count to ${place + 1}. {#${place + 1}}`);
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil, { source: source.join('\n\n') });
});
afterAll(() => mustaqil.stop());

test('Aziz answers while the network goes at every question, his tab dies in the middle, his phone throws away what it keeps, he hands in underground, and all twenty count', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const context = page.context();
  let quiz = await begin(page, 'Start');
  for (let number = 1; number <= questionCount; number += 1) {
    await context.setOffline(true);
    await answerOf(quiz, number).fill(String(number));
    await quiz.getByText('No internet since').waitFor();
    await quiz.getByText(`${number} of 20 answered`).waitFor();
    if (number === 10) {
      // Nothing of this answer was sent when the tab is gone.
      await quiz.locator('[data-save-state][data-is-written=true]').waitFor();
      await quiz.close();
      await context.setOffline(false);
      quiz = await begin(page, 'Continue');
      expect(await answerOf(quiz, number).inputValue()).toBe('10');
    } else if (number < questionCount) {
      if (number === 15) await loseWhatIsKept(quiz);
      await context.setOffline(false);
      await quiz.getByText('All answers are saved.').waitFor();
    }
  }

  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('There is no internet. You can hand in all the same').waitFor();
  expect(await quiz.locator('#hand-in .tile.done').count()).toBe(questionCount);
  await quiz.getByRole('button', { name: 'Hand in', exact: true }).click();
  await quiz.getByText('but not yet at the university').waitFor();
  expect(await answerOf(quiz, 1).isDisabled()).toBe(true);
  await context.setOffline(false);
  await quiz.getByText('20 of 20 points').first().waitFor();
  await context.close();
});

test('a browser that keeps nothing says so, asks before the page is left, and sends what was answered when it can', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  const quiz = await beginInFrame(page, 'Start');
  await page.context().setOffline(true);
  await answerOf(quiz, 3).fill('3');
  await quiz.getByText('and this browser keeps nothing: leave this page open').waitFor();

  const asked = page.waitForEvent('dialog');
  const click = quiz.getByRole('link', { name: 'All attempts' }).click();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await click;
  await page.context().setOffline(false);
  await quiz.getByText('All answers are saved.').waitFor();
  const again = await beginInFrame(page, 'Continue');
  expect(await answerOf(again, 3).inputValue()).toBe('3');
  await page.context().close();
});

test('what cannot be sent for minutes is offered as a file that says nothing of its answers, and as text to be copied; on a page whose network goes only once, Ivan hands in all the same', async () => {
  const page = await signIn(mustaqil, sample.ivan);
  await page.context().clock.install();
  const quiz = await begin(page, 'Start');
  await page.context().setOffline(true);
  expect(await quiz.evaluate(() => navigator.onLine)).toBe(false);
  // There is nothing to be saved yet.
  await quiz.clock.fastForward('05:01');
  await answerOf(quiz, 5).fill('5');
  await quiz.clock.runFor(1000);
  await quiz.getByText('No internet since').waitFor();
  await quiz.getByRole('link', { name: 'Save the file' }).waitFor();
  const before = await quiz.getByLabel('Or copy this text').inputValue();
  // What is answered after that is in it, too.
  await answerOf(quiz, 6).fill('6');
  await quiz.getByText('2 of 20 answered').waitFor();
  await quiz.locator('[data-save-state][data-is-written=true]').waitFor();
  await until(async () => (await quiz.getByLabel('Or copy this text').inputValue()).length > before.length);
  const saved = quiz.waitForEvent('download');
  await quiz.getByRole('link', { name: 'Save the file' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^mustaqil-\d+\.txt$/);
  const text = await quiz.getByLabel('Or copy this text').inputValue();
  const [title, origin, words, ...lines] = text.trimEnd().split('\n');
  expect([title, origin]).toEqual(['Mustaqil rescue file 1', mustaqil.url]);
  expect(words).toContain('Give this to your teacher');
  expect(lines.every((line) => line.split('.').length === 5)).toBe(true);
  expect(lines).not.toEqual([]);

  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('There is no internet. You can hand in all the same').waitFor();
  await quiz.getByRole('button', { name: 'Hand in', exact: true }).click();
  await quiz.getByText('but not yet at the university').waitFor();
  await page.context().setOffline(false);
  await quiz.getByText('2 of 20 points').first().waitFor();
  await page.context().close();
});

/** Once an answer lies there: what phones do that are full, or close what a page keeps behind its back. */
async function loseWhatIsKept(quiz: Page): Promise<void> {
  await quiz.locator('[data-save-state][data-is-written=true]').waitFor();
  await quiz.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const losing = indexedDB.deleteDatabase('mustaqil');
        losing.onsuccess = resolve;
        losing.onerror = reject;
      }),
  );
}

/** In a window of its own. */
async function begin(page: Page, button: 'Start' | 'Continue'): Promise<Page> {
  const quiz = await openInWindow(page, mustaqil);
  await quiz.getByRole('button', { name: button }).click();
  await quiz.locator('[data-save-state][data-state]').waitFor();
  return quiz;
}

/** Inside the page of an LMS on another site: this browser keeps nothing there, as Chrome's private windows do, and whoever blocks third-party cookies. */
async function beginInFrame(page: Page, button: 'Start' | 'Continue'): Promise<FrameLocator> {
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: button }).click();
  await quiz.locator('[data-save-state][data-state]').waitFor();
  return quiz;
}

function answerOf(quiz: FrameLocator | Page, number: number) {
  return quiz.locator('.question', { hasText: `Count to ${number}.` }).locator('input[type=text]');
}
