// The guide for Google Classroom on a phone, and its checklist that remembers what was ticked.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startClassroom, type TestClassroom } from '../support/classroom.ts';
import { violationsIn } from '../support/accessibility.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { newSecret } from './administrator.ts';

let mustaqil: MustaqilInChromium;
let google: TestClassroom;
beforeAll(async () => {
  mustaqil = await startInChromium();
  google = await startClassroom(mustaqil);
});
afterAll(async () => {
  await google.stop();
  await mustaqil.stop();
});

test('An administrator reads the pages of Google Classroom on a phone, and finds the ticks of the checklist again', async () => {
  const secret = await newSecret(mustaqil);
  const context = await mustaqil.browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true });
  const page = await context.newPage();
  const client = `/admin/registrations/${google.registrationId}`;
  await page.goto(`${mustaqil.url}${client}/guide`);
  await page.locator('#secret').fill(secret);
  await page.locator('main button').click();
  await page.locator('.guide').waitFor();
  await page.locator('#live-frame').check();
  for (const address of ['/admin/google', client, `${client}/guide`]) {
    await page.goto(`${mustaqil.url}${address}`);
    expect(await violationsIn(page.mainFrame())).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
  expect(await page.locator('#live-frame').isChecked()).toBe(true);
  expect(await page.locator('#live-consent').isChecked()).toBe(false);
  await context.close();
});
