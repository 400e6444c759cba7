// A launch that is refused inside the LMS's frame: its page is read there, and not a frame that the browser keeps blank.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Request } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { openActivity, signIn } from '../support/student.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('asking for the address of the launch again says to open the activity from the course', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const frame = await openActivity(page, mustaqil);
  await frame.locator('body').evaluate(() => location.assign('/lti/launch'));
  await expectRefusal(frame, 'state-missing');
  await page.context().close();
});

test('a launch that is sent a second time is refused where the first one was let in', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  const launch = page.waitForRequest(`${mustaqil.url}/lti/launch`);
  const frame = await openActivity(page, mustaqil);
  await sendAgain(frame, await launch);
  await expectRefusal(frame, 'login-already-used');
  await page.context().close();
});

test('so is one that lay about for too long', async () => {
  const page = await signIn(mustaqil, sample.ivan);
  const launch = page.waitForRequest(`${mustaqil.url}/lti/launch`);
  const frame = await openActivity(page, mustaqil);
  mustaqil.clock.advance(11 * 60 * 1000);
  await sendAgain(frame, await launch);
  await expectRefusal(frame, 'state-expired');
  await page.context().close();
});

async function expectRefusal(frame: FrameLocator, code: string) {
  const refusal = frame.locator('meta[name=refusal]');
  await refusal.waitFor({ state: 'attached' });
  expect(await refusal.getAttribute('content')).toBe(code);
  await frame.getByRole('heading', { name: 'Please open the activity from your course' }).waitFor();
}

/** What a reload of a posted page does: the same form once more, in the same frame. */
async function sendAgain(frame: FrameLocator, launch: Request) {
  const form = { action: launch.url(), fields: [...new URLSearchParams(launch.postData() ?? '')] };
  await frame.locator('body').evaluate((body, { action, fields }) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action });
    for (const [name, value] of fields) {
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    }
    body.append(form);
    form.submit();
  }, form);
}
