// A student in a real browser: signed in to the LMS, with the activity in its frame or in a window of its own.
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import type { MustaqilInChromium } from './chromium.ts';
import type { TestMustaqil } from './mustaqil.ts';

/** A browser of their own, with one tab open at the LMS. */
export async function signIn(
  { browser, lmsUrl }: Pick<MustaqilInChromium, 'browser' | 'lmsUrl'>,
  personId: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  await page.goto(lmsUrl);
  await page.locator(`button[name=person][value="${personId}"]`).click();
  return page;
}

/** The activity as the LMS shows it: inside its page. */
export async function openActivity(page: Page, { lms }: TestMustaqil): Promise<FrameLocator> {
  await page.goto(lms.activityUrl(sample.physics.mechanics));
  const frame = page.frameLocator('iframe');
  await frame.locator('h1').waitFor();
  return frame;
}

/** The same in another tab of the same browser. */
export async function openInAnotherTab(page: Page, mustaqil: TestMustaqil): Promise<FrameLocator> {
  return openActivity(await page.context().newPage(), mustaqil);
}

/** The activity alone in a window of its own. */
export async function openInWindow(page: Page, mustaqil: Pick<TestMustaqil, 'lms' | 'url'>): Promise<Page> {
  const tab = await clickNewWindow(page, mustaqil);
  await tab.waitForURL(`${mustaqil.url}/placements/**`);
  return tab;
}

/** The same where scripts are off: the student clicks on through the forms that the LMS would have sent by itself. */
export async function clickThroughInWindow(page: Page, mustaqil: TestMustaqil): Promise<Page> {
  const tab = await clickNewWindow(page, mustaqil);
  const next = tab.locator('form[data-auto-submit] button');
  await next.click();
  await tab.waitForURL((address) => address.href.startsWith(mustaqil.lms.registration.authorizationUrl));
  await next.click();
  await tab.waitForURL(`${mustaqil.url}/placements/**`);
  return tab;
}

async function clickNewWindow(page: Page, { lms }: Pick<TestMustaqil, 'lms'>): Promise<Page> {
  await page.goto(lms.activityUrl(sample.physics.mechanics));
  const opened = page.waitForEvent('popup');
  await page.locator('a[target=_blank]').click();
  return opened;
}
