// The frames of Google Classroom in its practice pages, in a browser that keeps third-party cookies out, with tool, pages and accounts on
// three sites: the sign-in in its window, the way back into the frame, and the frame that closes.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import type { Account, PracticeCourse } from '../../../src/practice/classroom/state.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../../support/chromium.ts';
import { startClassroom, type TestClassroom } from '../../support/classroom.ts';

let mustaqil: MustaqilInChromium;
let google: TestClassroom;
let dilnoza: Account;
let course: PracticeCourse;

beforeAll(async () => {
  mustaqil = await startInChromium();
  google = await startClassroom(mustaqil, { isInBrowser: true });
  dilnoza = google.classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
  course = google.classroom.addCourse({ name: 'Fizika 101', teacherIds: [dilnoza.id], studentIds: [] });
});
afterAll(async () => {
  await google.stop();
  await mustaqil.stop();
});

async function fits(page: Page, frame: FrameLocator) {
  await page.setViewportSize({ width: 360, height: 740 });
  const isWithin = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  expect(await frame.locator('body').evaluate(isWithin)).toBe(true);
}

test('a teacher signs in by keys alone, chooses in the frame, and the frame closes; the next time nobody asks her', async () => {
  const page = await mustaqil.browser.newPage();
  await page.goto(google.hostUrl);
  await page.getByRole('button', { name: 'Dilnoza Karimova' }).click();
  await page.getByRole('link', { name: 'Fizika 101' }).click();
  await page.getByRole('button', { name: 'Assignment' }).click();
  await page.getByLabel('Title').fill('Mexanika');
  await page.getByRole('button', { name: 'Mustaqil' }).click();
  const frame = page.frameLocator('iframe');
  const button = frame.getByRole('button', { name: 'Sign in with Google' });
  await button.waitFor();
  await fits(page, frame);
  const opening = page.waitForEvent('popup');
  await button.focus();
  await page.keyboard.press('Enter');
  const popup = await opening;
  const closing = popup.waitForEvent('close');
  await popup.getByLabel('Account').selectOption(dilnoza.id);
  await popup.getByRole('button', { name: 'Continue' }).click();
  await closing;

  await frame.getByRole('radio').first().check();
  await fits(page, frame);
  // Other pages may say what they like: a frame goes only when its own site says so.
  await page.evaluate(() => window.postMessage({ type: 'Classroom', action: 'closeIframe' }, '*'));
  await frame.getByRole('button', { name: 'Add to the course' }).click();
  await page.locator('iframe').waitFor({ state: 'detached' });
  expect(google.classroom.state.items).toMatchObject([{ courseId: course.id, attachments: [{}] }]);
  expect(await page.getByLabel('Title').inputValue()).toBe('Mexanika');
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('link', { name: 'Mexanika' }).click();

  await page.locator('[data-attachment]').click();
  await frame.getByRole('heading', { level: 1 }).waitFor();
  expect(await frame.getByRole('button', { name: 'Sign in with Google' }).count()).toBe(0);
  await page.close();
});
