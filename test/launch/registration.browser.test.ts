// The whole of a registration in the dialog of an LMS, by keyboard: from the pasted link to the dialog that closes.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { createInvite } from '../../src/platforms/invites.store.ts';
import { inviteAddress } from '../../src/platforms/invites.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;
beforeAll(async () => {
  mustaqil = await startInChromium();
});
afterAll(() => mustaqil.stop());

/** The LMS's administrator pastes a new link; the dialog is open afterwards. */
async function paste() {
  const { db, clock, url, lms } = mustaqil;
  const invite = { name: 'KSU Moodle', needsApproval: true, lifetimeMs: 60_000, now: clock.now() };
  const link = inviteAddress(url, (await createInvite(db, invite)).secret);
  const page = await signIn(mustaqil, sample.admin);
  await page.goto(lms.toolRegistrationUrl);
  await page.locator('#add-tool input').fill(link);
  await page.keyboard.press('Enter');
  await page.locator('#register-again button[value=new]').click();
  const dialog = page.frameLocator('iframe');
  await dialog.getByRole('button', { name: 'Connect' }).waitFor();
  return { page, dialog };
}

test('an administrator connects, sees the result, and closes the dialog with a button (lti.md 124)', async () => {
  const { page, dialog } = await paste();
  await dialog.getByLabel('Name of this LMS').fill('Our Moodle');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'Our Moodle waits for approval' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin/tools/registration');
  await dialog.getByRole('button', { name: 'Close' }).press('Enter');
  await page.waitForURL(mustaqil.lms.toolRegistrationUrl);
  expect(await page.locator('[data-state=pending]').count()).toBe(1);
  await page.context().close();
});
