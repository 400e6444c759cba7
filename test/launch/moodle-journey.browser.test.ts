// The whole way in a browser, from an LMS that has never heard of us to a grade in a copied course: what an administrator, a teacher
// and students do, and nothing typed that a person would not type (lti.md 72, 83, 92, 116, 117, 120, 124, 126, 128).
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { resetAdminSecret } from '../../src/platforms/admin-secret.store.ts';
import type { GradeDelivery } from '../../src/grades/deliver-grades.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startAnotherLms, type AnotherLms } from '../support/another-lms.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { twoQuestions } from '../support/people.ts';
import { until } from '../support/until.ts';

let mustaqil: MustaqilInChromium;
let university: AnotherLms;
let delivery: GradeDelivery;

beforeAll(async () => {
  mustaqil = await startInChromium();
  university = await startAnotherLms(mustaqil, { tool: null, quirks: 'moodle' });
  delivery = mustaqil.keepDelivering();
});
afterAll(async () => {
  await delivery.stop();
  await university.stop();
  await mustaqil.stop();
});

test('invite, registration, activation, deep link, launch, grade, review, course copy, and a grade there', async () => {
  const keeper = await openAdministration();
  const link = await invite(keeper, 'Our university');
  await registerTool(link);
  await approve(keeper, 'Our university');

  const dilnoza = await signIn(sample.dilnoza);
  const activity = await addQuiz(dilnoza, 'Poytaxtlar');
  const aziz = await signIn(sample.aziz);
  await takeQuiz(aziz, activity, { capital: 'Bishkek', sum: '4' });
  await gradeArrives(activity, sample.aziz, { points: 1, of: 2 });

  await reviewWork(dilnoza, sample.aziz, 'Aziz Rahimov', '1 of 2 points');

  const copied = await copyCourse(dilnoza, activity);
  university.lms.enrol(sample.aigul, copied.courseId, 'student');
  const aigul = await signIn(sample.aigul);
  await takeQuiz(aigul, copied.activity, { capital: 'Bishkek', sum: '5' });
  await gradeArrives(copied.activity, sample.aigul, { points: 2, of: 2 });
  expect(university.lms.gradeOf(activity, sample.aigul)).toBeUndefined();
  expect(university.lms.gradeOf(copied.activity, sample.aziz)).toBeUndefined();

  const frame = await openActivity(dilnoza, copied.activity);
  await frame.getByText('from which this one was copied').waitFor();
  await frame.getByRole('button', { name: 'Make it this course' }).click();
  await frame.getByText('Began as a copy').waitFor();
});

/** The administrator of Mustaqil, signed in. */
async function openAdministration(): Promise<Page> {
  const context = await mustaqil.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${mustaqil.url}/admin`);
  await page.getByLabel('Administrator').fill(await resetAdminSecret(mustaqil.db, mustaqil.clock.now()));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Connected LMSs' }).waitFor();
  return page;
}

async function invite(keeper: Page, name: string): Promise<string> {
  await keeper.locator('form[action="/admin/invites"] input[name=name]').fill(name);
  await keeper.locator('form[action="/admin/invites"] button').click();
  return keeper.locator('#link').inputValue();
}

/** What the administrator of the LMS does with the link: paste, look, connect, close, activate. */
async function registerTool(link: string) {
  const admin = await signIn(sample.admin);
  await admin.goto(university.lms.toolRegistrationUrl);
  await admin.locator('#add-tool input[name=url]').fill(link);
  await admin.locator('#add-tool button').click();
  const frame = admin.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Connect' }).click();
  await frame.getByRole('button', { name: 'Close' }).click();
  await admin.locator('[data-activate] button').click();
  await admin.locator('[data-state=active]').waitFor();
}

async function approve(keeper: Page, name: string) {
  await keeper.goto(`${mustaqil.url}/admin`);
  await keeper.getByRole('link', { name }).first().click();
  await keeper.getByRole('button', { name: 'Approve' }).first().click();
  await keeper.getByText('people get in from each of its deployments').waitFor();
}

async function signIn(personId: string): Promise<Page> {
  const context = await mustaqil.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(university.lmsUrl);
  await page.locator(`button[name=person][value="${personId}"]`).first().click();
  await page.waitForURL(`${university.lmsUrl}/`);
  return page;
}

/** A teacher adds an activity, makes its quiz on the spot, and finds it in the course. Returns its resource link id. */
async function addQuiz(teacher: Page, title: string): Promise<string> {
  await teacher.goto(`${university.lmsUrl}/courses/${sample.physics.course}`);
  await teacher.locator('[data-add]').click();
  const frame = teacher.frameLocator('iframe');
  await frame.locator('#title').fill(title);
  await frame.locator('#source').fill(twoQuestions);
  await frame.getByRole('button', { name: 'Make the quiz' }).click();
  await frame.getByText('Your quiz is made and chosen').waitFor();
  await frame.getByRole('button', { name: 'Add to the course' }).click();
  const card = teacher.locator('[data-activity]', { hasText: title });
  await card.waitFor();
  return (await card.getAttribute('data-activity')) ?? '';
}

async function openActivity(page: Page, activity: string): Promise<FrameLocator> {
  await page.goto(university.lms.activityUrl(activity));
  const frame = page.frameLocator('iframe');
  await frame.locator('h1').waitFor();
  return frame;
}

async function takeQuiz(student: Page, activity: string, answers: { capital: string; sum: string }) {
  const frame = await openActivity(student, activity);
  await frame.getByRole('button', { name: 'Start' }).click();
  await frame.getByLabel(answers.capital).check();
  await frame.locator('.question-numeric input').fill(answers.sum);
  await frame.getByRole('button', { name: 'Go on to hand in' }).click();
  await frame.getByRole('button', { name: 'Hand in' }).click();
  await frame.getByRole('heading', { name: 'Your answers' }).waitFor();
}

async function gradeArrives(activity: string, personId: string, { points, of }: { points: number; of: number }) {
  const { lms } = university;
  const maximum = lms.state.lineItems.find(({ activityId }) => activityId === activity)?.maximumPoints ?? NaN;
  await until(() => lms.gradeOf(activity, personId)?.points != null);
  expect((lms.gradeOf(activity, personId)?.points ?? NaN) / maximum).toBeCloseTo(points / of);
}

async function reviewWork(teacher: Page, personId: string, name: string, points: string) {
  await teacher.goto(`${university.lmsUrl}/courses/${sample.physics.course}/grades`);
  await teacher.locator(`tr[data-person="${personId}"]`).getByRole('link', { name: 'Grade analysis' }).first().click();
  const frame = teacher.frameLocator('iframe');
  await frame.getByRole('heading', { name }).waitFor();
  await frame.getByRole('link', { name: 'Attempt 1' }).click();
  await frame.getByText(points).first().waitFor();
}

async function copyCourse(teacher: Page, activity: string) {
  const title = university.lms.state.activities.find(({ id }) => id === activity)?.title ?? '';
  await teacher.goto(`${university.lmsUrl}/courses/${sample.physics.course}`);
  await teacher.locator('[data-copy] button').click();
  const card = teacher.locator('[data-activity]', { hasText: title });
  await card.waitFor();
  const courseId = /courses\/(\d+)/.exec(teacher.url())?.[1] ?? '';
  return { courseId, activity: (await card.getAttribute('data-activity')) ?? '' };
}
