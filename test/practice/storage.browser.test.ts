// Chromium with the pages of the LMS: data kept for the tool in its frame, leaving the picker's frame, the end of a
// registration.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startChromium } from '../support/chromium.ts';
import { type Practice, startPractice } from './support.ts';

let browser: Browser;
let context: BrowserContext;
let practice: Practice;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  await context.close();
  await practice.close();
});

async function signIn(personId: string): Promise<Page> {
  context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(practice.url);
  await page.locator(`button[name=person][value="${personId}"]`).click();
  return page;
}

/** Opens the activity: the tool's frame in the page, once it has been launched. */
async function openTool(page: Page): Promise<Frame> {
  await page.goto(practice.lms.activityUrl(sample.physics.mechanics));
  await page.frameLocator('iframe.tool').locator('#claims').waitFor();
  const frame = page.frames().find((one) => one.url().startsWith(practice.tool.url));
  if (!frame) throw new Error('No frame of the tool');
  return frame;
}

interface Message {
  subject: string;
  message_id?: string;
  key?: string;
  value?: string;
}

/** Asks as the tool's page would, of the window's parent or opener or a frame in it, and waits for the answer. */
function ask(
  frame: Frame | Page,
  { message, target = '_parent', lmsUrl }: { message: Message; target?: string; lmsUrl: string },
): Promise<unknown> {
  return frame.evaluate(
    ([sent, name, origin]) =>
      new Promise((resolve) => {
        const around = (window.parent === window ? window.opener : window.parent) as Window;
        const keeper = name === '_parent' ? around : (around.frames as unknown as Record<string, Window>)[name];
        window.addEventListener('message', (event) => resolve({ ...(event.data as object), from: event.origin }), {
          once: true,
        });
        keeper?.postMessage(sent, origin);
      }),
    [message, target, lmsUrl] as const,
  );
}

describe('an LMS that keeps data for tools', () => {
  beforeEach(async () => {
    practice = await startPractice({ quirks: 'spec' });
  });

  test('says so at login, and gives back what the tool left (lti.md 56, 57)', async () => {
    const frame = await openTool(await signIn(sample.aziz));
    expect(practice.tool.logins.at(-1)).toMatchObject({ lti_storage_target: '_parent' });
    const lmsUrl = practice.url;
    const send = (message: Message): Promise<unknown> => ask(frame, { message, lmsUrl });
    expect(await send({ subject: 'lti.capabilities', message_id: 'm0' })).toMatchObject({
      subject: 'lti.capabilities.response',
      message_id: 'm0',
      supported_messages: [{ subject: 'lti.capabilities' }, { subject: 'lti.put_data' }, { subject: 'lti.get_data' }],
    });
    await send({ subject: 'lti.put_data', message_id: 'm1', key: 'lti_state_1', value: 'secret' });
    expect(await send({ subject: 'lti.get_data', message_id: 'm2', key: 'lti_state_1' })).toEqual({
      ...{ subject: 'lti.get_data.response', message_id: 'm2', key: 'lti_state_1', value: 'secret' },
      from: practice.url,
    });
    await send({ subject: 'lti.put_data', message_id: 'm3', key: 'lti_state_1' });
    expect(await send({ subject: 'lti.get_data', message_id: 'm4', key: 'lti_state_1' })).toMatchObject({
      value: undefined,
    });
    expect(await send({ subject: 'lti.put_data', message_id: 'm5' })).toMatchObject({ error: { code: 'bad_request' } });
  });

  test('may keep it in a frame of its own', async () => {
    practice.lms.storageTarget = 'practice_storage';
    const frame = await openTool(await signIn(sample.aziz));
    const target = practice.tool.logins.at(-1)?.['lti_storage_target'] ?? '';
    expect(target).toBe('practice_storage');
    const message = { subject: 'lti.put_data', message_id: 'm', key: 'k', value: 'v' };
    expect(await ask(frame, { message, target, lmsUrl: practice.url })).toMatchObject({ key: 'k', value: 'v' });
  });

  test('keeps it for a new window too, whose opener is the page', async () => {
    const page = await signIn(sample.aziz);
    await openTool(page);
    const opened = page.waitForEvent('popup');
    await page.locator('a[target=_blank]').click();
    const tool = await opened;
    await tool.locator('#claims').waitFor();
    const message = { subject: 'lti.put_data', message_id: 'm', key: 'k', value: 'v' };
    expect(await ask(tool, { message, lmsUrl: practice.url })).toMatchObject({ key: 'k', value: 'v' });
  });

  test('answers nobody but the tools', async () => {
    const page = await signIn(sample.aziz);
    await openTool(page);
    const answered = await page.evaluate(
      () =>
        new Promise((resolve) => {
          window.addEventListener('message', ({ data }: MessageEvent<{ subject: string }>) => {
            if (data.subject !== 'lti.capabilities') resolve(data.subject);
          });
          window.postMessage({ subject: 'lti.capabilities', message_id: 'm' }, '*');
          window.postMessage({ subject: 'the end' }, '*');
        }),
    );
    expect(answered).toBe('the end');
  });
});

describe('as in Moodle', () => {
  beforeEach(async () => {
    practice = await startPractice();
  });

  test('what a teacher chose in the frame leads the whole page back to the course', async () => {
    practice.tool.items = [{ type: 'ltiResourceLink', title: 'Kuchlar' }];
    const page = await signIn(sample.dilnoza);
    await page.goto(practice.lms.deepLinkUrl(sample.physics.course));
    await page.frameLocator('iframe.tool').locator('#content button').click();
    await page.waitForURL(`${practice.url}/courses/${sample.physics.course}`);
    expect(await page.locator('.notice').textContent()).toBe('Added: Kuchlar');
  });

  test('a tool that says it is done leads the administrator back to the list', async () => {
    const page = await signIn(sample.admin);
    await page.goto(practice.lms.toolRegistrationUrl);
    await page.locator('#url').fill(`${practice.tool.url}/register`);
    await page.locator('#add-tool button').click();
    await page.locator('button[value=new]').click();
    await page.frameLocator('iframe.tool').locator('button').click();
    await page.waitForURL(practice.lms.toolRegistrationUrl);
    expect(await page.locator('[data-tool="2"] form[data-activate]').count()).toBe(1);
  });
});
