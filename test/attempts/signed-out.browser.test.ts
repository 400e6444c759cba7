// A page left open for too long: its student goes on answering, signs in again beside it, or hands in all the same.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { sessions } from '../../src/database/tables/sessions.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { startClassroom } from '../support/classroom.ts';
import { publish, twoQuestions } from '../support/people.ts';
import { openActivity, openInAnotherTab, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('Aziz, signed out meanwhile, goes on, is told so, hands in all the same, and reads his result after opening the activity anew', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('.question-numeric input').waitFor();
  await mustaqil.db.delete(sessions);
  await quiz.locator('.question-numeric input').fill('5');
  await quiz.getByText('All answers are saved.').waitFor();
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('You are signed out by now. You can hand in all the same.').waitFor();
  await quiz.getByRole('button', { name: 'Hand in', exact: true }).click();
  await quiz.getByText('Handed in, and at the university.').waitFor();

  const again = await openActivity(page, mustaqil);
  await again.locator('a[href^="/attempts/"]').first().click();
  await again.getByText('1 of 2 points').first().waitFor();
  await page.context().close();
});

test('Ivan, signed out meanwhile, opens the activity in another tab, and his page goes on; when Aigul signs in instead, it shows nothing and says whose it is', async () => {
  const page = await signIn(mustaqil, sample.ivan);
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByText('All answers are saved.').waitFor();
  await mustaqil.db.delete(sessions);
  await quiz.locator('.question-numeric input').fill('5');
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByRole('heading', { name: 'You are signed out' }).waitFor();
  const way = quiz.getByRole('link', { name: 'To my courses' });
  expect(await way.getAttribute('href')).toBe(mustaqil.lmsUrl);

  await openInAnotherTab(page, mustaqil);
  await quiz.getByRole('heading', { name: 'You are signed out' }).waitFor({ state: 'hidden' });
  expect(await quiz.locator('.question-numeric input').inputValue()).toBe('5');

  // It would be Aigul's turn now: she signs in, in another tab of the same browser.
  const [tab] = page.context().pages().slice(-1);
  if (!tab) throw new Error('no tab');
  await tab.goto(mustaqil.lmsUrl);
  await tab.locator('form[action="/session/end"] button').click();
  await tab.locator(`button[name=person][value="${sample.aigul}"]`).click();
  await openActivity(tab, mustaqil);
  await quiz.getByRole('heading', { name: 'Answers of Ivan Petrov' }).waitFor();
  await quiz.getByText('Aigul Toktogulova is signed in here by now').waitFor();
  expect(await quiz.locator('.question-numeric input').isVisible()).toBe(false);
  await page.context().close();
});

test('Aigul, in Google Classroom, signs in again in a window, and her page goes on as it was', async () => {
  const google = await startClassroom(mustaqil);
  const { classroom } = google;
  const [dilnoza, aigul] = [
    classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' }),
    classroom.addAccount({ givenName: 'Айгүл', familyName: 'Өмүрбекова' }),
  ];
  const course = classroom.addCourse({ name: 'Fizika', teacherIds: [dilnoza.id], studentIds: [aigul.id] });
  const item = classroom.addItem({ courseId: course.id, title: 'Mexanika' });
  const chooser = await google.signIn(google.frame('discovery', { account: dilnoza, item }), dilnoza);
  await chooser.submit('button[formaction$="/quizzes"]', { title: 'Mexanika', source: twoQuestions });
  await chooser.submit('#choice', { chosen: chooser.page.$('input[name=chosen][checked]').attr('value') ?? '' });

  const context = await mustaqil.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  const signInWithGoogle = async () => {
    const opening = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in with Google' }).click();
    const popup = await opening;
    const closing = popup.waitForEvent('close');
    await popup.getByLabel('Account').selectOption(aigul.email);
    await popup.getByRole('button', { name: 'Continue' }).click();
    await closing;
  };
  await page.goto(google.frame('student', { account: aigul, item }));
  await signInWithGoogle();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByLabel('Bishkek').check();
  await page.getByText('All answers are saved.').waitFor();
  const address = page.url();

  await mustaqil.db.delete(sessions);
  await page.locator('.question-numeric input').fill('5');
  await page.getByRole('button', { name: 'Go on to hand in' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await signInWithGoogle();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor({ state: 'hidden' });
  expect(page.url()).toBe(address);
  expect(await page.locator('.question-numeric input').inputValue()).toBe('5');
  await page.getByRole('button', { name: 'Go on to hand in' }).click();
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByText('2 of 2 points').first().waitFor();
  await context.close();
  await google.stop();
});
