// A course on a platform of somebody else's, as its people meet us there. What they do in our own frames is the same everywhere; how
// they come into them, each platform says for itself.
import type { FrameLocator, Page } from 'playwright-core';
import type { MustaqilInChromium } from '../support/chromium.ts';

/** Who is in the course of every platform; Aigul has never opened anything of ours. */
export const people = {
  teacher: { givenName: 'Dilnoza', familyName: 'Karimova' },
  student: { givenName: 'Aziz', familyName: 'Rahimov' },
  absent: { givenName: 'Aigul', familyName: 'Toktogulova' },
};

export function nameOf({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName} ${familyName}`;
}

export interface Platform {
  mustaqil: MustaqilInChromium;
  /** The teacher's browser on a desk, signed in to the platform. */
  teacher: Page;
  /** The student's, on a phone. */
  student: Page;
  /** What no page of ours may say there: words of other platforms. */
  foreignWords: RegExp;
  /** The teacher begins an activity of this title, and gets our chooser for it. */
  openChooser(title: string): Promise<FrameLocator>;
  /** What the teacher does once something is chosen, until her students see it. */
  publish(title: string): Promise<void>;
  openAsTeacher(title: string): Promise<FrameLocator>;
  openAsStudent(title: string): Promise<FrameLocator>;
  /** The teacher goes to the gradebook of the course. */
  openGradebook(): Promise<void>;
  /** From the gradebook the teacher opens the work of the student in an activity. */
  openReview(title: string): Promise<FrameLocator>;
  stop(): Promise<void>;
}

/** A browser of somebody's own at a platform, where they choose who they are. */
export async function signIn(
  { browser }: MustaqilInChromium,
  { at, as, isPhone = false }: { at: string; as: string; isPhone?: boolean },
): Promise<Page> {
  const viewport = isPhone ? { width: 360, height: 740 } : { width: 1280, height: 800 };
  const context = await browser.newContext({ locale: 'en', viewport });
  const page = await context.newPage();
  await page.goto(at);
  await page.getByRole('button', { name: as }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return page;
}
