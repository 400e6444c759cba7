// One attempt at twenty questions on the worst of days: all that can happen to it happens, and no answer is missing in the end.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page, Response } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startChromium } from '../support/chromium.ts';
import { startKillable, type Killable } from '../support/killable.ts';
import { publish } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';

const hourMs = 60 * 60_000;
const questionCount = 20;
/** One question a line; the answer to the seventh is 7. */
const source = Array.from({ length: questionCount }, (_, place) => `Count to ${place + 1}. {#${place + 1}}`);
/** Whatever else the page has to say. */
const allSaved = `[data-save-state]:is(${['saved', 'ready', 'signedOut'].map((state) => `[data-state=${state}]`).join()})`;
const handOver = 'Sign out and hand over the device';
let killable: Killable;
let browser: Browser;

beforeAll(async () => {
  [killable, browser] = [await startKillable(), await startChromium()];
  await publish(killable, { source: source.join('\n\n') });
});
afterAll(async () => {
  await browser.close();
  await killable.stop();
});

test('Aziz, whose clock is an hour wrong, loses his network at every question, his tab, the server, his session, goes to a second tab, to a tablet and back, lends his phone to Aigul, and all twenty answers count, and none of hers', async () => {
  const phone = await signIn(school(), sample.aziz);
  await phone.context().clock.install({ time: Date.now() + hourMs });
  const tablet = await signIn(school(), sample.aziz);
  const acknowledged = new Set<string>();
  for (const device of [phone, tablet])
    device.context().on('response', (response) => void hear(response, acknowledged));

  /** What happens while the answer to a question is on its way; returns the page where the attempt goes on. */
  const hardships: Record<number, (quiz: Page) => Promise<Page>> = {
    3: async (quiz) => {
      await quiz.close();
      await phone.context().setOffline(false);
      return begin(phone, 'Continue');
    },
    6: async (quiz) => {
      const restarted = killable.killAndRestart({ isAtSamePort: true });
      await phone.context().setOffline(false);
      await restarted;
      return quiz;
    },
    9: async (quiz) => {
      await phone.context().clearCookies({ name: '__Host-session' });
      return quiz;
    },
    12: async () => {
      await phone.context().setOffline(false);
      return begin(phone, 'Continue');
    },
    15: async (here) => {
      const there = await begin(tablet, 'Continue');
      await takeOver(there);
      await phone.context().setOffline(false);
      await here.getByText('goes on on another device').waitFor();
      // What the phone had not sent by then is there once the tablet asks again.
      await there.reload();
      return there;
    },
    17: async (there) => {
      await there.context().setOffline(false);
      await there.locator(allSaved).waitFor();
      const here = await begin(phone, 'Continue');
      await takeOver(here);
      return here;
    },
    19: async (quiz) => {
      // A tab that stays open would remember that the attempt went on in this browser.
      const others = phone.context().pages();
      await Promise.all(others.filter((tab) => tab !== phone && tab !== quiz).map((tab) => tab.close()));
      await quiz.getByRole('button', { name: handOver }).click();
      await quiz.getByText('Not sent yet: 1 of your answers.').waitFor();
      await phone.context().setOffline(false);
      await quiz.getByRole('button', { name: handOver }).click();
      await quiz.getByRole('heading', { name: 'This device is free' }).waitFor();
      const ofAigul = await signInAs(phone, sample.aigul, 'Start');
      await answerOf(ofAigul, 1).fill('77');
      await ofAigul.locator(allSaved).waitFor();
      await ofAigul.getByRole('button', { name: handOver }).click();
      await ofAigul.getByRole('heading', { name: 'This device is free' }).waitFor();
      // His phone has forgotten him: it is a device like any other now.
      const again = await signInAs(phone, sample.aziz, 'Continue');
      await takeOver(again);
      return again;
    },
  };

  let quiz = await begin(phone, 'Start');
  for (let number = 1; number <= questionCount; number += 1) {
    await quiz.context().setOffline(true);
    await answerOf(quiz, number).fill(String(number));
    await quiz.getByText(`${number} of 20 answered`).waitFor();
    await quiz.locator('[data-save-state][data-is-written=true]').waitFor();
    quiz = (await hardships[number]?.(quiz)) ?? quiz;
    await quiz.context().setOffline(false);
    await quiz.locator(allSaved).waitFor();
    await quiz.getByText(`${number} of 20 answered`).waitFor();
    expect(await answerOf(quiz, number).inputValue()).toBe(String(number));
  }

  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByText('You have answered every question.').waitFor();
  await quiz.getByRole('button', { name: 'Hand in', exact: true }).click();
  await quiz.getByText('20 of 20 points').first().waitFor();
  // Each was taken when its page said so, the one of Aigul too.
  expect(acknowledged.size).toBeGreaterThan(questionCount);
  await Promise.all([phone, tablet].map((device) => device.context().close()));
});

function school() {
  return { browser, lmsUrl: killable.lms.registration.issuer };
}

/** In a window of its own. */
async function begin(lms: Page, button: 'Start' | 'Continue'): Promise<Page> {
  const quiz = await openInWindow(lms, killable);
  await quiz.getByRole('button', { name: button }).click();
  await quiz.locator('[data-save-state][data-state]').waitFor();
  return quiz;
}

async function takeOver(quiz: Page): Promise<void> {
  await quiz.getByRole('button', { name: 'Continue here' }).click();
  await quiz.getByText('Every answer is saved as you give it.').waitFor();
}

/** Somebody else signs in to the LMS in this browser. */
async function signInAs(lms: Page, person: string, button: 'Start' | 'Continue'): Promise<Page> {
  await lms.goto(killable.lms.registration.issuer);
  await lms.locator('form[action="/session/end"] button').click();
  await lms.locator(`button[name=person][value="${person}"]`).click();
  return begin(lms, button);
}

/** Notes the entries that the server says it has taken. */
async function hear(response: Response, acknowledged: Set<string>): Promise<void> {
  if (!response.url().endsWith('/journal') || !response.ok()) return;
  const { taken } = (await response.json().catch(() => ({ taken: [] }))) as { taken: [string, number][] };
  for (const id of taken) acknowledged.add(id.join());
}

function answerOf(quiz: Page, number: number) {
  return quiz.locator('.question', { hasText: `Count to ${number}.` }).locator('input[type=text]');
}
