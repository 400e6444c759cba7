// A course with credits from its first quiz to confirmed credits, told once and true on every platform: in a browser that keeps
// third-party cookies out, with the platform's pages, its accounts and us on different sites, and with what people see and press.
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import type { GradeDelivery } from '../../src/grades/deliver-grades.ts';
import { browserTest as test } from '../support/chromium.ts';
import { twoQuestions } from '../support/people.ts';
import { until } from '../support/until.ts';
import { startGoogleClassroom } from './classroom-platform.ts';
import { startLti } from './lti-platform.ts';
import { nameOf, people, type Platform } from './platform.ts';

const quiz = 'Poytaxtlar';
const creditPage = 'Kreditlar';
const aziz = nameOf(people.student);
const aigul = nameOf(people.absent);

describe.each([
  ['LTI', startLti],
  ['Google Classroom', startGoogleClassroom],
])('A course with credits on %s', (_name, start) => {
  let platform: Platform;
  let teacher: Page;
  let student: Page;
  let delivery: GradeDelivery;

  beforeAll(async () => {
    platform = await start();
    ({ teacher, student } = platform);
    delivery = platform.mustaqil.keepDelivering();
  });
  afterAll(async () => {
    await delivery.stop();
    await platform.stop();
  });

  /** A page of ours, as somebody looks at it: it fits into the frame, and speaks of no other platform. */
  async function lookAt(frame: FrameLocator, heading: string): Promise<string> {
    await frame.getByRole('heading', { level: 1, name: heading }).waitFor();
    const body = frame.locator('body');
    expect(await body.evaluate(isWithinFrame)).toBe(true);
    const words = await body.innerText();
    expect(words).not.toMatch(platform.foreignWords);
    return words.replace(/\s+/g, ' ');
  }

  test('Dilnoza makes a quiz in the chooser, and it stands in her course', async () => {
    const frame = await platform.openChooser(quiz);
    await lookAt(frame, 'Umumiy fizika');
    await expectThirdPartyCookiesLost(platform, frame);
    await frame.getByLabel('Title', { exact: true }).fill(quiz);
    await frame.getByLabel('Questions').fill(twoQuestions);
    await frame.getByRole('button', { name: 'Make the quiz' }).click();
    await frame.getByRole('status').getByText('made and chosen').waitFor();
    await frame.getByRole('button', { name: 'Add to the course' }).click();
    await platform.publish(quiz);
    const opened = await platform.openAsTeacher(quiz);
    expect(await lookAt(opened, quiz)).toContain('2 questions, 2 points');
  });

  test('She puts the credit page beside it, and plans a course in which the quiz is everything', async () => {
    const chooser = await platform.openChooser(creditPage);
    await chooser
      .getByRole('radio', { name: 'Credits' })
      .or(chooser.getByRole('checkbox', { name: 'Credits' }))
      .check();
    await chooser.getByRole('textbox', { name: 'Title in the course' }).fill(creditPage);
    await chooser.getByRole('button', { name: 'Add to the course' }).click();
    await platform.publish(creditPage);

    const frame = await platform.openAsTeacher(creditPage);
    await lookAt(frame, 'Credits of the class');
    await frame.getByRole('link', { name: 'Credit plan' }).click();
    await lookAt(frame, 'Credit plan');
    await frame.getByLabel('Begin with').selectOption('ECTS');
    await frame.getByRole('button', { name: 'Begin' }).click();
    await planOneQuiz(frame);
    await frame.getByRole('button', { name: 'Publish' }).click();
    await lookAt(frame, 'version 1');
  });

  test('Aziz answers on his phone, with keys alone, and sees his points', async () => {
    const frame = await platform.openAsStudent(quiz);
    await lookAt(frame, quiz);
    await press(student, frame.getByRole('button', { name: 'Start' }), 'Enter');
    await press(student, frame.getByRole('radio', { name: 'Bishkek' }), 'Space');
    await frame.getByRole('textbox').focus();
    await student.keyboard.type('4');
    await lookAt(frame, quiz);
    await press(student, frame.getByRole('button', { name: 'Go on to hand in' }), 'Enter');
    await press(student, frame.getByRole('button', { name: 'Hand in' }), 'Enter');
    await frame.getByRole('heading', { name: 'Your answers' }).waitFor();
    expect(await lookAt(frame, quiz)).toContain('1 of 2 points');
  });

  test('His points arrive in the gradebook', async () => {
    await platform.openGradebook();
    await gradeArrives(teacher, quiz, '1 / 2');
  });

  test('He sees provisional credits, Dilnoza confirms them, and he sees that they are his', async () => {
    const before = await platform.openAsStudent(creditPage);
    const words = await lookAt(before, 'My credits');
    expect(words).toContain('50 of 100 points · grade P');
    expect(words).toContain('Confirmed: 0 Provisional: 6');

    const frame = await platform.openAsTeacher(creditPage);
    await lookAt(frame, 'Credits of the class');
    await frame.getByRole('link', { name: 'Look at the list and confirm' }).click();
    expect(await lookAt(frame, 'Confirm credits')).toContain(aziz);
    await frame.getByRole('button', { name: 'Confirm what is ticked' }).click();
    await frame.locator('.notice[role=status]').waitFor();

    const after = await platform.openAsStudent(creditPage);
    expect(await lookAt(after, 'My credits')).toContain('Confirmed: 6 Provisional: 0');
  });

  test('From the quiz he finds his credits, too', async () => {
    const frame = await platform.openAsStudent(quiz);
    await frame.getByRole('link', { name: 'My progress' }).click();
    await lookAt(frame, 'My progress');
    await frame.getByRole('link', { name: 'Credits' }).click();
    await lookAt(frame, 'My credits');
  });

  test('What he has of the course arrives in the gradebook, too', async () => {
    // Of one grade nothing is sent twice within a second, and the clock of tests stands still.
    platform.mustaqil.clock.advance(2000);
    await platform.openGradebook();
    await gradeArrives(teacher, creditPage, '50 / 100');
  });

  test('From the gradebook she opens his attempt, and finds everybody of the course', async () => {
    await platform.openGradebook();
    const frame = await platform.openReview(quiz);
    await lookAt(frame, aziz);
    await frame.getByRole('link', { name: 'Attempt 1' }).click();
    expect(await lookAt(frame, aziz)).toContain('1 of 2 points');

    const opened = await platform.openAsTeacher(quiz);
    await opened.getByRole('link', { name: 'Umumiy fizika' }).click();
    const words = await lookAt(opened, 'Umumiy fizika');
    for (const name of [aziz, aigul]) expect(words).toContain(name);
  });
});

/** In the rules' own form: four modules of equal hours, and the final control alone, which is the quiz. */
async function planOneQuiz(frame: FrameLocator) {
  for (const number of [1, 2, 3, 4]) {
    await frame.getByRole('textbox', { name: `Module ${number}`, exact: true }).fill(`Modul ${number}`);
  }
  for (const number of [3, 2, 1]) await frame.getByRole('button', { name: `Remove Control ${number}` }).click();
  const field = (name: string) => frame.getByLabel(`${name} Activity 1`, { exact: true });
  await frame.getByRole('textbox', { name: 'Points Control 1', exact: true }).fill('100');
  await frame.getByRole('button', { name: 'One more activity' }).click();
  await frame.getByRole('textbox', { name: 'Activity 1', exact: true }).fill(quiz);
  await field('Form').selectOption('our quiz');
  await field('Quiz').selectOption({ index: 1 });
  await field('Module').selectOption('Modul 1');
  await field('Counts in').selectOption({ index: 1 });
  await field('Points').fill('100');
  await field('Workload, hours').fill('10');
}

async function press(page: Page, what: ReturnType<FrameLocator['getByRole']>, key: string) {
  await what.focus();
  await page.keyboard.press(key);
}

/** Looks at the gradebook until it is there. */
async function gradeArrives(page: Page, title: string, grade: string) {
  const cell = page.getByRole('cell').filter({ has: page.getByRole('link', { name: `${aziz}, ${title}` }) });
  const isThere = async () => (await cell.innerText()).includes(grade);
  await until(async () => (await isThere()) || (await page.reload(), false));
}

function isWithinFrame(): boolean {
  return document.documentElement.scrollWidth <= document.documentElement.clientWidth;
}

/** The browser is as strict as it should be: the same cookie that a window of ours keeps is lost in the frame. */
async function expectThirdPartyCookiesLost({ mustaqil, teacher }: Platform, frame: FrameLocator) {
  const keeps = () => {
    document.cookie = 'kept=yes; Secure; SameSite=None';
    return document.cookie.includes('kept=yes');
  };
  expect(await frame.locator('body').evaluate(keeps)).toBe(false);
  const window = await teacher.context().newPage();
  await window.goto(`${mustaqil.url}/healthz`);
  expect(await window.evaluate(keeps)).toBe(true);
  await window.close();
}
