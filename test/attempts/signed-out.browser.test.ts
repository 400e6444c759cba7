// A page left open for too long, inside the LMS: its student reads what to do there, does it, and nothing typed is lost.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { sessions } from '../../src/database/tables/sessions.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, openInAnotherTab, signIn } from '../support/student.ts';

const essay = 'Because a body at rest stays at rest.';
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil, { source: '::Inertia::Why does the passenger fall? {}\n' });
});
afterAll(() => mustaqil.stop());

test('Aziz, signed out meanwhile, sends his essay again after opening the activity in another tab', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('textarea').waitFor();
  await mustaqil.db.delete(sessions);
  await quiz.locator('textarea').fill(essay);
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.locator('meta[name=refusal][content=signed-out]').waitFor({ state: 'attached' });

  await openInAnotherTab(page, mustaqil);
  await quiz.getByRole('button', { name: 'Send again' }).click();
  await quiz.getByText('You have answered every question.').waitFor();
  await quiz.getByRole('link', { name: 'Back to the questions' }).first().click();
  await quiz.locator('textarea').waitFor();
  expect(await quiz.locator('textarea').inputValue()).toBe(essay);
  await page.context().close();
});

test('a browser that has lost its session cookie reads the same inside the frame', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('textarea').fill(essay);
  await quiz.getByText('All answers are saved.').waitFor();
  await page.context().clearCookies({ name: '__Host-session' });
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.locator('meta[name=refusal][content=signed-out]').waitFor({ state: 'attached' });
  await quiz.getByText(essay).waitFor();
  await page.context().close();
});
