// Whoever is at a school, with a browser each, at every page that is for them.
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { people } from '../../src/database/tables/courses.ts';
import type { MustaqilInChromium } from '../support/chromium.ts';
import type { SchoolOfPages, Visit } from './every-page.ts';
import { replaceBy } from './examine.ts';

/** The language whose words are the longest. */
export const longestLanguage = 'ky';

export interface Round {
  mustaqil: MustaqilInChromium;
  school: SchoolOfPages;
  language: string;
  /** Those of the school's people who look; all of them unless told. */
  whose?: readonly string[];
  /** How wide their window is, in CSS px: that of the narrowest phone unless told. */
  width?: number;
}

/** Looks at every page of some people in one language, each in a tab of their own, and expects nothing to be wrong. */
export async function lookAround(
  { mustaqil, school, language, whose = Object.keys(school.browsers), width = 320 }: Round,
  look: (tab: Page, visit: Visit) => Promise<string[]>,
): Promise<void> {
  await mustaqil.db.update(people).set({ language });
  const found: Record<string, string[]> = {};
  for (const who of whose) {
    const context = await mustaqil.browser.newContext({
      viewport: { width, height: 640 },
      bypassCSP: true,
      // Of who is not in a course the browser says the language.
      extraHTTPHeaders: { 'accept-language': language },
    });
    const cookies = Object.entries(school.browsers[who]?.cookies('localhost') ?? {});
    const url = mustaqil.url.replace('http:', 'https:');
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url, httpOnly: true, sameSite: 'None' })));
    const tab = await context.newPage();
    for (const visit of school.visits.filter((one) => one.who === who)) {
      const wrong = await look(tab, { ...visit, address: `${mustaqil.url}${visit.address}` });
      if (wrong.length > 0) found[`${who}: ${visit.route}`] = wrong;
    }
    await context.close();
  }
  expect(found).toEqual({});
}

/** Goes to a page of ours, without its scripts once the tab shows one. */
export async function turnTo(tab: Page, address: string): Promise<void> {
  if (tab.url() === 'about:blank') await tab.goto(address);
  else await replaceBy(tab, address);
}
