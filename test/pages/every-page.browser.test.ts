// Every page there is, as each of those sees it whom it is for: in every language on the narrowest phone, and for who cannot see,
// cannot tell colours or has no mouse, by the rules of axe.
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { languages } from '../../src/i18n/i18n.ts';
import { violationsIn } from '../support/accessibility.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { openSchool, type SchoolOfPages } from './every-page.ts';
import { lookAt } from './examine.ts';
import { longestLanguage, lookAround, turnTo } from './tabs.ts';
import { vocabularyOf, wordsIn } from './words.ts';

/** Doors through which one comes with more than an address, and what is there for some LMSs only. */
const doors = [
  ...['/lti/login', '/lti/launch', '/lti/sessions', '/lti/register', '/content/*path'],
  ...['callback', ':registrationId/discovery', ':registrationId/teacher', ':registrationId/student'].map(inClassroom),
  ...[':registrationId/review', ':registrationId/upgrade', ':registrationId/assign'].map(inClassroom),
  inClassroom(':registrationId/work/:assignmentKey'),
  ...['/admin/registrations/:registrationId/guide', '/credentials/keys/:kid'],
];

const codes = languages.map(({ code }) => code);
const readers = {
  students: ['student', 'writer', 'graduate', 'mentor', 'nobody'],
  teachers: ['teacher', 'chooser'],
  administrators: ['admin'],
};

function inClassroom(path: string) {
  return `/classroom/${path}`;
}

let mustaqil: MustaqilInChromium;
let school: SchoolOfPages;
beforeAll(async () => {
  mustaqil = await startInChromium();
  school = await openSchool(mustaqil);
});
afterAll(async () => {
  await school.stop();
  await mustaqil.stop();
});

test('somebody finds something at every address', () => {
  expect(school.closed.sort()).toEqual([...doors].sort());
});

describe.each(Object.entries(readers))('on the pages of %s', (_kind, whose) => {
  test.each(codes)('nobody is shut out, in %s', async (code) => {
    await lookAround({ mustaqil, school, language: code, whose }, async (tab, { address }) => {
      // What scripts do on their own, and colours, are the same in every language.
      const isWhole = code === longestLanguage;
      await (isWhole ? tab.goto(address) : turnTo(tab, address));
      const found = [...(await wrongOn(tab, code)), ...(await violationsIn(tab.mainFrame()))];
      if (!isWhole) return found;
      await tab.setViewportSize({ width: 768, height: 640 });
      found.push(...(await lookAt(tab)).tooWide.map((part) => `too wide for a tablet, ${part}`));
      await tab.setViewportSize({ width: 320, height: 640 });
      await tab.emulateMedia({ colorScheme: 'dark' });
      found.push(...(await violationsIn(tab.mainFrame(), ['color-contrast'])).map((one) => `dark ${one}`));
      await tab.emulateMedia({ colorScheme: 'light' });
      return found;
    });
  });
});

/** What is wrong with the words and the width of a page. */
async function wrongOn(tab: Page, code: string): Promise<string[]> {
  const { language, tooWide, texts } = await lookAt(tab);
  const strange = new Set(texts.flatMap(wordsIn).filter((word) => !isKnown(word, code)));
  return [
    ...(language === code ? [] : [`lang: ${language}`]),
    ...tooWide.map((part) => `too wide, ${part}`),
    ...[...strange].map((word) => `no word of ${code}: ${word}`),
  ];
}

const vocabularies = new Map(codes.map((code) => [code, vocabularyOf(code)]));
const isKnown = (word: string, code: string) => vocabularies.get(code)?.has(word) || school.theirWords.has(word);
