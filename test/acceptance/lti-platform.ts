// The scenario's people at an LMS that speaks LTI 1.3: the practice LMS, as Moodle behaves.
import type { Page } from 'playwright-core';
import { startInChromium } from '../support/chromium.ts';
import { nameOf, people, signIn, type Platform } from './platform.ts';

const course = 'Umumiy fizika';

export async function startLti(): Promise<Platform> {
  const mustaqil = await startInChromium();
  const { lmsUrl } = mustaqil;
  const teacher = await signIn(mustaqil, { at: lmsUrl, as: nameOf(people.teacher) });
  const student = await signIn(mustaqil, { at: lmsUrl, as: nameOf(people.student), isPhone: true });

  async function openCourse(page: Page) {
    await page.goto(lmsUrl);
    await page.getByRole('link', { name: course }).first().click();
  }

  async function open(page: Page, title: string) {
    await openCourse(page);
    await page.getByRole('link', { name: title, exact: true }).click();
    return page.frameLocator('iframe');
  }

  return {
    ...{ mustaqil, teacher, student },
    foreignWords: /Google|Classroom/,
    openChooser: async () => {
      await openCourse(teacher);
      await teacher.getByRole('link', { name: 'Add activity' }).click();
      return teacher.frameLocator('iframe');
    },
    // The choice itself puts it there.
    publish: (title) => teacher.getByRole('link', { name: title, exact: true }).waitFor(),
    openAsTeacher: (title) => open(teacher, title),
    openAsStudent: (title) => open(student, title),
    openGradebook: async () => {
      await openCourse(teacher);
      await teacher.getByRole('link', { name: 'Gradebook' }).click();
    },
    openReview: async (title) => {
      await teacher.getByRole('link', { name: `Grade analysis: ${nameOf(people.student)}, ${title}` }).click();
      return teacher.frameLocator('iframe');
    },
    stop: () => mustaqil.stop(),
  };
}
