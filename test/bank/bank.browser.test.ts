// A teacher goes between a quiz and the bank in a real browser, inside the LMS: by keyboard, on a phone and at a desk.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { openAsTeacher, twoQuestions, writeQuestions } from '../support/people.ts';
import { newActivity } from '../support/school.ts';
import { signIn } from '../support/student.ts';

const axeSource = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

let mustaqil: MustaqilInChromium;
beforeAll(async () => {
  mustaqil = await startInChromium();
});
afterAll(() => mustaqil.stop());

function frameOf(page: Page): Frame {
  const frame = page.frames().find((one) => one !== page.mainFrame());
  if (!frame) throw new Error('The LMS shows no frame');
  return frame;
}

/** What axe has against the page in the frame, and by how many pixels it is too wide. */
async function faults(page: Page): Promise<{ violations: string[]; tooWide: number }> {
  const frame = frameOf(page);
  await frame.evaluate(axeSource);
  return frame.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    const root = document.documentElement;
    return {
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      tooWide: root.scrollWidth - root.clientWidth,
    };
  });
}

const nothing = { violations: [], tooWide: 0 };

/** Puts the focus on an element and presses Enter, as who has no mouse does in the end; the next page is there afterwards. */
async function enterOn(page: Page, selector: string): Promise<void> {
  const frame = frameOf(page);
  await Promise.all([frame.waitForNavigation(), frame.locator(selector).first().press('Enter')]);
}

test.each([
  ['a phone', 360],
  ['a desk', 1280],
])(
  'On %s a quiz goes into the bank, a question is found, described, corrected, compared, and taken by another quiz',
  async (_, width) => {
    const activity = newActivity(mustaqil, { title: `Bank ${width}` });
    const robot = await openAsTeacher(mustaqil, { activity });
    await writeQuestions(
      robot,
      twoQuestions.replaceAll('::Capital', `::Capital ${width}`).replace('2 + 3', `${width} + 3`),
    );
    const page = await signIn(mustaqil, sample.dilnoza, { viewport: { width, height: 900 } });
    await page.goto(mustaqil.lms.activityUrl(activity));
    const frame = page.frameLocator('iframe');
    await frame.locator('#quiz').waitFor();
    await enterOn(page, 'form[action$="/bank/questions"] button');
    expect(await faults(page)).toEqual(nothing);

    await enterOn(page, '.card-bank a');
    await frame.locator('#difficulty').selectOption('hard');
    await enterOn(page, '#facts button');
    expect(await faults(page)).toEqual(nothing);
    await enterOn(page, '.crumb a');
    await frame.locator('#text').fill('capital kyrgyzstan');
    await enterOn(page, '#text');
    expect(await frame.locator('[data-bank] .card').count()).toBeGreaterThan(0);
    expect(await faults(page)).toEqual(nothing);

    await enterOn(page, '[data-bank] a');
    await enterOn(page, 'a[href$="/edit"]');
    expect(await faults(page)).toEqual(nothing);
    await frame.locator('[name=text]').fill(`The capital of the Kyrgyz Republic, ${width}, is`);
    await enterOn(page, '[name=done]');
    await enterOn(page, '#versions a');
    expect(await frame.locator('ins').count()).toBeGreaterThan(0);
    expect(await faults(page)).toEqual(nothing);

    await page.goto(mustaqil.lms.activityUrl(activity));
    await frame.locator('#bank-offers').waitFor();
    expect(await faults(page)).toEqual(nothing);
    await enterOn(page, '.card-bank a[href$="/bank"]');
    expect(await faults(page)).toEqual(nothing);
    await enterOn(page, 'form[action$="/bank-version"] button');
    expect(await frame.locator('.card-text').first().innerText()).toContain('Kyrgyz Republic');

    await enterOn(page, '[data-key] .card-actions a.button');
    await frame.locator('#where-to').waitFor();
    expect(await faults(page)).toEqual(nothing);
    await enterOn(page, '.crumb a');
    await enterOn(page, 'a[href$="/quiz/bank"]');
    expect(await frame.locator('#chosen [type=checkbox]').count()).toBeGreaterThan(1);
    expect(await faults(page)).toEqual(nothing);
  },
  120_000,
);
