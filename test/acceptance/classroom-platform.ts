// The scenario's people at Google Classroom: its practice pages, which show us in the frames of an add-on. Its pages, its accounts and
// we are three sites.
import type { FrameLocator, Page } from 'playwright-core';
import type { Account } from '../../src/practice/classroom/state.ts';
import { startInChromium } from '../support/chromium.ts';
import { startClassroom } from '../support/classroom.ts';
import { nameOf, people, signIn, type Platform } from './platform.ts';

const course = 'Umumiy fizika';

export async function startGoogleClassroom(): Promise<Platform> {
  const mustaqil = await startInChromium();
  const google = await startClassroom(mustaqil, { isInBrowser: true });
  const { classroom, hostUrl } = google;
  const dilnoza = classroom.addAccount(people.teacher);
  const [aziz, aigul] = [classroom.addAccount(people.student), classroom.addAccount(people.absent)];
  classroom.addCourse({ name: course, teacherIds: [dilnoza.id], studentIds: [aziz.id, aigul.id] });
  const teacher = await signIn(mustaqil, { at: hostUrl, as: nameOf(people.teacher) });
  const student = await signIn(mustaqil, { at: hostUrl, as: nameOf(people.student), isPhone: true });
  const accounts = new Map([
    [teacher, dilnoza],
    [student, aziz],
  ]);

  async function openCourse(page: Page) {
    await page.goto(hostUrl);
    await page.getByRole('link', { name: course, exact: true }).click();
  }

  async function open(page: Page, title: string) {
    await openCourse(page);
    await page.getByRole('link', { name: title, exact: true }).click();
    await page.getByRole('link', { name: `${title} Out of` }).click();
    return entered(page);
  }

  /** Our frame; before the first one of all, everybody signs in with Google, and is never asked again. */
  async function entered(page: Page): Promise<FrameLocator> {
    const frame = page.frameLocator('iframe');
    const account = accounts.get(page);
    if (account && accounts.delete(page)) await signInWithGoogle(page, { frame, account });
    return frame;
  }

  return {
    ...{ mustaqil, teacher, student },
    foreignWords: /\bLMS\b/,
    openChooser: async (title) => {
      await openCourse(teacher);
      await teacher.getByRole('button', { name: 'Assignment' }).click();
      await teacher.getByLabel('Title').fill(title);
      await teacher.getByRole('button', { name: 'Mustaqil' }).click();
      return entered(teacher);
    },
    publish: async (title) => {
      // The frame has closed, and the assignment is as it was left, with the attachment in it.
      await teacher.getByRole('button', { name: `Remove: ${title}` }).waitFor();
      await teacher.getByRole('button', { name: 'Assign', exact: true }).click();
      await teacher.getByRole('link', { name: title, exact: true }).waitFor();
    },
    openAsTeacher: (title) => open(teacher, title),
    openAsStudent: (title) => open(student, title),
    openGradebook: async () => {
      await openCourse(teacher);
      await teacher.getByRole('link', { name: 'Grades' }).click();
    },
    openReview: async (title) => {
      await teacher.getByRole('link', { name: `Review: ${nameOf(people.student)}, ${title}` }).click();
      return entered(teacher);
    },
    stop: async () => {
      await mustaqil.stop();
      await google.stop();
    },
  };
}

/** By keys alone. Google's page stands in no frame, so it opens in a window, which goes by itself. */
async function signInWithGoogle(page: Page, { frame, account }: { frame: FrameLocator; account: Account }) {
  const button = frame.getByRole('button', { name: 'Sign in with Google' });
  await button.focus();
  const opening = page.waitForEvent('popup');
  await page.keyboard.press('Enter');
  const popup = await opening;
  const closing = popup.waitForEvent('close');
  await popup.getByLabel('Account').selectOption(account.email);
  await popup.getByRole('button', { name: 'Continue' }).focus();
  await popup.keyboard.press('Enter');
  await closing;
}
