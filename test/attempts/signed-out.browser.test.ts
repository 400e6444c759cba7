// A page left open for too long, inside the LMS: its student goes on answering, and hands in.
import { afterAll, beforeAll } from '@jest/globals';
import { sessions } from '../../src/database/tables/sessions.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, signIn } from '../support/student.ts';

const essay = 'Because a body at rest stays at rest.';
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil, { source: '::Inertia::Why does the passenger fall? {}\n' });
});
afterAll(() => mustaqil.stop());

test('Aziz, signed out meanwhile, goes on, is told so, hands in all the same, and reads his result after opening the activity anew', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('#attempt textarea').waitFor();
  await mustaqil.db.delete(sessions);
  await quiz.locator('#attempt textarea').fill(essay);
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('You are signed out by now. You can hand in all the same.').waitFor();
  await quiz.getByRole('button', { name: 'Hand in', exact: true }).click();
  await quiz.getByText('Handed in, and at the university.').waitFor();

  const again = await openActivity(page, mustaqil);
  await again.locator('a[href^="/attempts/"]').first().click();
  await again.getByText(essay).waitFor();
  await page.context().close();
});

test('a browser that has lost its session cookie still hands in from the last page', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('#attempt textarea').fill(essay);
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('You have answered every question.').waitFor();
  await page.context().clearCookies({ name: '__Host-session' });
  await quiz.getByRole('button', { name: 'Hand in' }).click();
  await quiz.getByText('Handed in, and at the university.').waitFor();
  await page.context().close();
});
