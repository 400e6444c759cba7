// A real browser that keeps no cookie at all for us inside the LMS's page: the LMS's page keeps the secret of the login, and the
// quiz opens in a window of its own.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { BrowserContext, FrameLocator, Page, Request } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;
/** Aziz at the LMS, in a browser that sends us cookies from windows of our own and from nowhere else. */
let page: Page;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());
beforeEach(async () => {
  mustaqil.lms.storageTarget = '_parent';
  page = await signIn(mustaqil, sample.aziz);
  await blockCookies(page.context(), isFramed);
});
afterEach(() => page.context().close());

test('the LMS’s page keeps the secret, and one click opens the quiz (lti.md 56, 57, 59, 60)', async () => {
  await expectQuizBehindOneClick();
});

test('so does a frame of the LMS that it names (lti.md 56)', async () => {
  mustaqil.lms.storageTarget = 'practice_storage';
  await expectQuizBehindOneClick();
});

test('in a window without any cookies the page that opened it is asked (lti.md 57)', async () => {
  await page.context().unrouteAll();
  await blockCookies(page.context(), () => true);
  await page.goto(mustaqil.lms.activityUrl(sample.physics.mechanics));
  const address = await page.locator(toolFrame).getAttribute('src');
  const opened = page.waitForEvent('popup');
  await page.evaluate((url) => void window.open(url), address ?? '');
  const popup = await opened;
  await popup.locator(oneClick).waitFor();
});

test('the secret is taken out again once it was used (lti.md 60)', async () => {
  const heard: string[] = [];
  await page.exposeFunction('hear', (what: string) => void heard.push(what));
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data }: MessageEvent<Question>) => {
      if (!data.subject.endsWith('.response')) hear(`${data.subject} ${data.value ? 'with a value' : 'without'}`);
    });
  });
  const frame = await openInFrame();
  await frame.locator(oneClick).waitFor();
  expect(heard).toEqual(['lti.put_data with a value', 'lti.get_data without', 'lti.put_data without']);
});

test('an LMS that offers storage and does not answer leads to a window of its own (lti.md 59)', async () => {
  await silenceLms();
  await expectQuizInNewWindow(await openInFrame());
});

test('so does one that answers that it keeps nothing (lti.md 59)', async () => {
  await silenceLms();
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data, origin, source }: MessageEvent<Question>) => {
      if (data.subject !== 'lti.put_data') return;
      const answer = { ...data, subject: 'lti.put_data.response', error: { code: 'storage_exhaustion' } };
      source?.postMessage(answer, { targetOrigin: origin });
    });
  });
  await expectQuizInNewWindow(await openInFrame());
});

test('an answer to another question counts for nothing (lti.md 59)', async () => {
  await silenceLms();
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data, origin, source }: MessageEvent<Question>) => {
      if (data.subject !== 'lti.put_data') return;
      const put = { ...data, subject: 'lti.put_data.response', message_id: `${data.message_id}0` };
      const get = { ...data, subject: 'lti.get_data.response' };
      for (const answer of [put, get]) source?.postMessage(answer, { targetOrigin: origin });
    });
  });
  await expectQuizInNewWindow(await openInFrame());
});

test('nor does the right answer from another origin (lti.md 59)', async () => {
  await silenceLms();
  await page.exposeFunction('hear', async (question: string) => {
    const answer = { ...(JSON.parse(question) as Question), subject: 'lti.put_data.response' };
    const frame = page.frames().find((one) => one.url().startsWith(mustaqil.url));
    await frame?.evaluate((message) => window.postMessage(message, '*'), answer);
  });
  await page.addInitScript(() => {
    window.addEventListener('message', ({ data }: MessageEvent<Question>) => {
      if (data.subject === 'lti.put_data') hear(JSON.stringify(data));
    });
  });
  await expectQuizInNewWindow(await openInFrame());
});

/** What an LMS's page is asked to keep or to give back. */
interface Question {
  subject: string;
  message_id: string;
  key: string;
  value?: string;
}

/** Tells the test what a page has heard. */
declare function hear(what: string): void;

const toolFrame = 'iframe:not([hidden])';
const oneClick = 'form[action="/lti/sessions"] button';

async function openInFrame(): Promise<FrameLocator> {
  await page.goto(mustaqil.lms.activityUrl(sample.physics.mechanics));
  return page.frameLocator(toolFrame);
}

async function expectQuizBehindOneClick() {
  const frame = await openInFrame();
  await expectQuizBehind(frame, oneClick);
}

async function expectQuizInNewWindow(frame: FrameLocator) {
  await expectQuizBehind(frame, 'form[action="/lti/login"][target="_blank"] button');
}

async function expectQuizBehind(frame: FrameLocator, button: string) {
  const opened = page.waitForEvent('popup');
  await frame.locator(button).click();
  const popup = await opened;
  await popup.waitForURL(`${mustaqil.url}/placements/*/attempts`);
  expect(await popup.locator('.you').textContent()).toContain('Aziz Rahimov');
}

/** The LMS's page keeps nothing, whatever its login said. */
function silenceLms() {
  return page.route(`${mustaqil.lmsUrl}/**/platform-storage.js`, (route) => route.abort());
}

/** Neither sends us cookies nor keeps any, partitioned or not, for the requests that are meant. */
async function blockCookies(context: BrowserContext, isMeant: (request: Request) => boolean) {
  await context.route(`${mustaqil.url}/**`, async (route) => {
    const request = route.request();
    if (!isMeant(request)) return route.continue();
    const answer = await fetch(request.url(), {
      method: request.method(),
      headers: request.headers(),
      body: request.postDataBuffer()?.toString() ?? null,
      redirect: 'manual',
    });
    const headers = Object.fromEntries(answer.headers);
    for (const name of ['set-cookie', 'content-encoding', 'content-length']) delete headers[name];
    await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
  });
}

function isFramed(request: Request): boolean {
  try {
    return request.frame().parentFrame() !== null;
  } catch {
    // A window that is just being opened has no frame yet.
    return false;
  }
}
