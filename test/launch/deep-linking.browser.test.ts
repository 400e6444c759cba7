// The chooser in a real browser, inside the LMS's page: among many quizzes, by keyboard, and back to the course by itself.
import { afterAll, beforeAll, beforeEach, afterEach, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;
let page: Page;
let chooser: FrameLocator;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil, { settings: { title: 'Energiya' } });
  const { db } = mustaqil;
  const [known] = await db.select().from(quizzes);
  if (!known) throw new Error('Nothing was published');
  const { courseId, source, sourceFormat, countingAttempt, updatedAt } = known;
  const quiz = { courseId, source, sourceFormat, countingAttempt, updatedAt };
  await db.insert(quizzes).values(Array.from({ length: 300 }, (_, number) => ({ ...quiz, title: `Mavzu ${number}` })));
});
afterAll(() => mustaqil.stop());
beforeEach(async () => {
  page = await signIn(mustaqil, sample.dilnoza);
  await page.goto(mustaqil.lms.deepLinkUrl(sample.physics.course));
  chooser = page.frameLocator('iframe:not([hidden])');
  await chooser.locator('h1').waitFor();
});
afterEach(() => page.context().close());

const visible = () => chooser.locator('.choice:visible .choice-title').allTextContents();

test('Dilnoza finds one of three hundred quizzes, and it stands in her course', async () => {
  expect(await visible()).toHaveLength(303);
  await chooser.locator('#search').fill('energ');
  await chooser.locator('#search').press('Enter');
  expect(await visible()).toEqual(['Energiya']);
  await chooser.getByLabel('Energiya').check();
  await chooser.getByRole('textbox', { name: 'Title in the course' }).fill('1-nazorat');
  await chooser.locator('#search').fill('no such quiz');
  expect(await visible()).toEqual(['Energiya']);

  await chooser.getByRole('button', { name: 'Add to the course' }).click();
  // The LMS's own page again, and not a frame of it.
  await page.waitForURL(`${mustaqil.lmsUrl}/courses/${sample.physics.course}`);
  expect(mustaqil.lms.state.activities.at(-1)?.title).toBe('1-nazorat');
});

test('by keyboard alone: what is asked of a choice comes right after it, and Enter makes no other quiz', async () => {
  await chooser.getByLabel('My progress').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Natijalarim');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${mustaqil.lmsUrl}/courses/${sample.physics.course}`);
  expect(mustaqil.lms.state.activities.at(-1)?.title).toBe('Natijalarim');
});

test('cancelling leaves the frame, too', async () => {
  const before = mustaqil.lms.state.activities.length;
  await chooser.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(`${mustaqil.lmsUrl}/courses/${sample.physics.course}`);
  expect(mustaqil.lms.state.activities).toHaveLength(before);
});
