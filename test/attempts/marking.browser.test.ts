// A photograph handed in on a phone, and marking by keyboard alone.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { pngOf } from '../support/assets.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { essayOf, publishAgain, sum } from '../support/marking.ts';
import { publish } from '../support/people.ts';
import { openActivity, openInWindow, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
  const files = { files: { most: 2, kinds: ['picture'] } };
  await publishAgain(mustaqil, sample.physics.mechanics, { questions: [sum, essayOf(files)], marksByHand: true });
});
afterAll(() => mustaqil.stop());

const photo = (name: string, width: number) => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(pngOf(width, 1600)),
});

test('on a phone 360 pixels wide a photograph is kept when it is chosen, another is removed, and the rest is saved beside it', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  await page.setViewportSize({ width: 360, height: 740 });
  const quiz = await start(page);
  await quiz.locator('textarea').fill('Belanchak.');
  const input = quiz.getByLabel('Choose or photograph a file');
  await input.setInputFiles(photo('daftar.png', 1200));
  await quiz.getByText('The file is kept.').waitFor();
  await input.setInputFiles(photo('xato.png', 800));
  await quiz.getByRole('button', { name: 'Remove (xato.png)' }).waitFor();
  expect(await input.isDisabled()).toBe(true);
  await quiz.getByRole('button', { name: 'Remove (xato.png)' }).click();
  await quiz.getByText('The file is removed.').waitFor();
  await quiz.getByText('All answers are saved.').waitFor();
  expect(await quiz.getByText('1 of 2 answered').count()).toBe(1);
  expect(await fits(quiz)).toBe(true);

  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByRole('button', { name: 'Hand in' }).click();
  await quiz.getByText('1 answer waits for a teacher’s mark.').waitFor();
  const picture = quiz.getByRole('img', { name: 'daftar.png' });
  await picture.scrollIntoViewIfNeeded();
  await picture.evaluate((image: HTMLImageElement) => image.decode());
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200);
  expect(await quiz.getByText('Belanchak.').count()).toBe(1);
  expect(await fits(quiz)).toBe(true);
  await page.context().close();
});

test('a teacher marks one answer after the other by keys alone', async () => {
  for (const student of [sample.ivan, sample.aigul]) {
    const page = await signIn(mustaqil, student);
    const quiz = await start(page);
    await quiz.locator('textarea').fill('Tebrangich.');
    await quiz.getByText('All answers are saved.').waitFor();
    await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
    await quiz.getByRole('button', { name: 'Hand in' }).click();
    await quiz.getByText('1 answer waits for a teacher’s mark.').waitFor();
    await page.context().close();
  }
  const page = await signIn(mustaqil, sample.dilnoza);
  const tab = await openInWindow(page, mustaqil);
  const { keyboard } = tab;
  await tab.goto(tab.url().replace(/\/quiz.*$/, '/marking'));
  await tab.locator('.rows a').focus();
  await keyboard.press('Enter');
  await tab.locator('#answers').waitFor();
  const names = await tab.locator('.handed-in h2 a').allTextContents();
  expect(names).toHaveLength(3);

  await tabTo(tab, names[0] ?? '', 'points');
  await keyboard.press('Alt+ArrowDown');
  await focusIn(tab, names[1]);
  await keyboard.press('Alt+ArrowUp');
  await focusIn(tab, names[0]);
  await keyboard.type('3,5');
  await keyboard.press('Tab');
  await keyboard.type('Which law?');
  await keyboard.press('Control+Enter');
  await tab.getByText('The mark is saved.').waitFor();
  expect(await tab.locator('.handed-in').count()).toBe(2);
  await focusIn(tab, names[1]);
  await keyboard.type('2');
  await keyboard.press('Control+Enter');
  await tab.locator('.handed-in').nth(1).waitFor({ state: 'detached' });
  await focusIn(tab, names[2]);
  await keyboard.type('4');
  await keyboard.press('Control+Enter');
  await tab.getByText('No answer waits for a mark here.').waitFor();
  await page.context().close();
});

async function start(page: Page): Promise<FrameLocator> {
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('#attempt').waitFor();
  return quiz;
}

/** Whether the page is no wider than the screen. */
async function fits(quiz: FrameLocator): Promise<boolean> {
  return quiz.locator('main').evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth;
  });
}

/** Presses Tab until the field of that name in the answer of that person has the focus. */
async function tabTo(tab: Page, whose: string, field: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await tab.keyboard.press('Tab');
    const name = await tab.evaluate(() => document.activeElement?.getAttribute('name'));
    if (name === field && (await focused(tab)).includes(whose)) return;
  }
  throw new Error(`No ${field} of ${whose}`);
}

/** Waits until the focus is in the answer of that person. */
async function focusIn(tab: Page, whose = ''): Promise<void> {
  for (let tries = 0; tries < 50 && !(await focused(tab)).includes(whose); tries += 1) await tab.waitForTimeout(100);
  expect(await focused(tab)).toContain(whose);
}

/** What stands in the answer in whose form the focus is. */
async function focused(tab: Page): Promise<string> {
  return tab.evaluate(() => {
    const form = document.activeElement?.closest('form');
    return form?.closest('article')?.textContent ?? '';
  });
}
