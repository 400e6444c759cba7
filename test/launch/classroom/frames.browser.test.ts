// A frame as Google Classroom makes it, in a browser that keeps third-party cookies out, with tool, host and accounts on three sites: the
// sign-in in its window, the way back into the frame, and the frame that closes.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { RequestListener, Server } from 'node:http';
import type { FrameLocator, Page } from 'playwright-core';
import type { Account, Item } from '../../../src/practice/classroom/state.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../../support/chromium.ts';
import { startClassroom, type TestClassroom } from '../../support/classroom.ts';
import { listen, portOf } from '../../support/mustaqil.ts';

/** As Google has it (classroom.md §2.3). */
const sandbox =
  'allow-popups allow-popups-to-escape-sandbox allow-forms allow-scripts allow-storage-access-by-user-activation allow-same-origin';

let mustaqil: MustaqilInChromium;
let google: TestClassroom;
let host: Server;
let hostUrl: string;
let dilnoza: Account;
let item: Item;

beforeAll(async () => {
  mustaqil = await startInChromium();
  host = await listen();
  hostUrl = `http://classroom.localhost:${portOf(host)}`;
  host.on('request', showFrame);
  google = await startClassroom(mustaqil, hostUrl);
  dilnoza = google.classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
  const course = { name: 'Fizika 101', teacherIds: [dilnoza.id], studentIds: [] };
  item = google.classroom.addItem({ courseId: google.classroom.addCourse(course).id, title: 'Mexanika' });
});
afterAll(async () => {
  host.closeAllConnections();
  host.close();
  await google.stop();
  await mustaqil.stop();
});

/** A page of the host: a frame with what the address says, which goes when its own site says so. */
const showFrame: RequestListener = (req, res) => {
  const src = new URL(req.url ?? '/', hostUrl).searchParams.get('src') ?? '';
  res.setHeader('content-type', 'text/html; charset=utf-8');
  res.end(`<!doctype html><title>Classroom</title><style>iframe { width: 100%; height: 90vh; border: 0 }</style>
    <iframe title="Mustaqil" allow="microphone *" sandbox="${sandbox}" src="${src.replaceAll('&', '&amp;')}"></iframe>
    <script>
      const frame = document.querySelector('iframe');
      addEventListener('message', ({ origin, data }) => {
        const isAsked = data?.type === 'Classroom' && data.action === 'closeIframe';
        if (isAsked && origin === new URL(frame.src).origin) frame.remove();
      });
    </script>`);
};

async function openFrame(page: Page, address: string): Promise<FrameLocator> {
  await page.goto(`${hostUrl}/?src=${encodeURIComponent(address)}`);
  return page.frameLocator('iframe');
}

async function fits(page: Page, frame: FrameLocator) {
  await page.setViewportSize({ width: 360, height: 740 });
  const isWithin = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  expect(await frame.locator('body').evaluate(isWithin)).toBe(true);
}

test('a teacher signs in by keys alone, chooses in the frame, and the frame closes; the next time nobody asks her', async () => {
  const page = await mustaqil.browser.newPage();
  const frame = await openFrame(page, google.frame('discovery', { account: dilnoza, item }));
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
  await frame.getByRole('button', { name: 'Add to the course' }).click();
  await page.locator('iframe').waitFor({ state: 'detached' });
  expect(item.attachments).toHaveLength(1);

  const again = await openFrame(page, google.frame('teacher', { account: dilnoza, item }));
  await again.getByRole('heading', { level: 1 }).waitFor();
  expect(await again.getByRole('button', { name: 'Sign in with Google' }).count()).toBe(0);
  await page.close();
});
