// Items are put in order by keys, by a mouse, by a finger, and where no script runs: each way the same answer is kept, and what
// happened is said to who cannot see it (product.md C36).
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publishQuestions } from '../support/publish-questions.ts';
import { clickThroughInWindow, openInWindow, signIn } from '../support/student.ts';

const right = ['gram', 'kilogram', 'centner', 'tonne'];
const plain = (source: string) => ({ format: 'plain' as const, source });
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publishQuestions(mustaqil, [
    {
      type: 'ordering',
      name: 'Units',
      text: plain('From light to heavy'),
      generalFeedback: null,
      points: '2',
      details: { items: right.map(plain), grading: 'absolute-position' },
    },
  ]);
});
afterAll(() => mustaqil.stop());

test('by keys alone on a small screen, hearing where each item went', async () => {
  const quiz = await start(sample.aziz);
  for (const [place, item] of right.entries()) {
    for (let at = (await itemsOf(quiz)).indexOf(item); at > place; at -= 1) {
      const up = quiz.getByRole('button', { name: `Move up ${item}`, exact: true });
      await up.focus();
      await quiz.keyboard.press('Enter');
      await quiz.getByText(`Moved to ${at} of 4`).waitFor({ state: 'attached' });
      expect(await up.evaluate((button) => button === document.activeElement)).toBe(true);
    }
  }
  // The items may have stood in the right order from the start: then it has to be said that this is the answer.
  const keep = quiz.getByRole('button', { name: 'This order is my answer' });
  if (await keep.isVisible()) await keep.press('Enter');
  expect(await itemsOf(quiz)).toEqual(right);
  await expectFullMarks(quiz);
});

test('by a mouse that drags', async () => {
  const quiz = await start(sample.aigul, { viewport: { width: 1280, height: 800 } });
  for (const [place, item] of right.entries()) {
    const handle = quiz.locator('.order-item', { hasText: new RegExp(`^\\s*${item}`) }).locator('.order-handle');
    const from = await middleOf(handle);
    const to = await middleOf(quiz.locator('.order-handle').nth(place));
    await quiz.mouse.move(from.x, from.y);
    await quiz.mouse.down();
    await quiz.mouse.move(to.x, (from.y + to.y) / 2, { steps: 5 });
    await quiz.mouse.move(to.x, to.y - 8, { steps: 5 });
    await quiz.mouse.up();
  }
  expect(await itemsOf(quiz)).toEqual(right);
  const keep = quiz.getByRole('button', { name: 'This order is my answer' });
  if (await keep.isVisible()) await keep.click();
  await expectFullMarks(quiz);
});

test('by a finger that drags, without the page scrolling away under it', async () => {
  const quiz = await start(sample.omurbek, {
    viewport: { width: 360, height: 900 },
    hasTouch: true,
    isMobile: true,
  });
  const [first, last] = [quiz.locator('.order-handle').first(), quiz.locator('.order-item').last()];
  const before = await itemsOf(quiz);
  await first.scrollIntoViewIfNeeded();
  const scrolled = await quiz.evaluate(() => window.scrollY);
  const itemHeight = (await last.boundingBox())?.height ?? 0;
  await dragByFinger(quiz, await middleOf(first), await middleOf(last));
  expect(await itemsOf(quiz)).toEqual([...before.slice(1), before[0]]);
  // Where the item has come to may be brought out from under the bar; a page that goes with the finger goes much further.
  expect(Math.abs((await quiz.evaluate(() => window.scrollY)) - scrolled)).toBeLessThan(itemHeight);
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.reload();
  expect(await itemsOf(quiz)).toEqual([...before.slice(1), before[0]]);
  await quiz.context().close();
});

test('by a menu, from which the item goes to its place and the others make room', async () => {
  const quiz = await start(sample.aziz);
  const before = await itemsOf(quiz);
  const menu = quiz.getByRole('combobox', { name: before[3] ?? '', exact: true });
  await menu.selectOption('2');
  expect(await itemsOf(quiz)).toEqual([before[0], before[3], before[1], before[2]]);
  await menu.selectOption('');
  expect(await menu.inputValue()).toBe('2');
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.reload();
  expect(await itemsOf(quiz)).toEqual([before[0], before[3], before[1], before[2]]);
  await quiz.context().close();
});

test('by the menus, where no script runs, and two items on one place are told so', async () => {
  const scriptless = await signIn(mustaqil, sample.ivan, { javaScriptEnabled: false });
  const quiz = await clickThroughInWindow(scriptless, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  for (const [place, item] of right.entries()) {
    await quiz.getByLabel(item, { exact: true }).selectOption(String(place === 3 ? 3 : place + 1));
  }
  await quiz.getByRole('button', { name: 'Save and go on later' }).click();
  await quiz.getByText('More than one item has place 3.').waitFor();
  await quiz.getByLabel('tonne', { exact: true }).selectOption('4');
  await expectFullMarks(quiz);
});

async function start(
  personId: string,
  options: Parameters<typeof signIn>[2] = { viewport: { width: 360, height: 640 } },
) {
  const page = await signIn(mustaqil, personId, options);
  const quiz = await openInWindow(page, mustaqil);
  await quiz.getByRole('button', { name: /^(Start|Try again)$/ }).click();
  await quiz.locator('#attempt').waitFor();
  return quiz;
}

/** The items from top to bottom. */
async function itemsOf(quiz: Page): Promise<string[]> {
  const texts = await quiz.locator('.order-text').allTextContents();
  return texts.map((text) => text.trim());
}

async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error('It is not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function dragByFinger(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: from.x, y }] });
  await touch('touchStart', from.y);
  for (let step = 1; step <= 10; step += 1) await touch('touchMove', from.y + ((to.y + 8 - from.y) * step) / 10);
  await touch('touchEnd');
}

async function expectFullMarks(quiz: Page): Promise<void> {
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('You have answered every question.').waitFor();
  await quiz.getByRole('button', { name: 'Hand in' }).click();
  await quiz.getByRole('heading', { name: 'Your answers' }).waitFor();
  await quiz.locator('.question-state', { hasText: 'Right · 2 / 2' }).waitFor();
  await quiz.context().close();
}
