// A teacher brings a Word document in a real browser, inside the LMS: looks, mends, publishes; and thousands of questions at once.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { frameOf, violations } from '../support/accessibility.ts';
import { pngOf } from '../support/assets.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { wordQuestions } from '../support/imports.ts';
import { newActivity } from '../support/school.ts';
import { signIn } from '../support/student.ts';
import { drawing, inList, paragraph, run, wordDocument } from '../support/word-document.ts';

let mustaqil: MustaqilInChromium;
beforeAll(async () => {
  mustaqil = await startInChromium();
});
afterAll(() => mustaqil.stop());

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Dilnoza in the editor of a new quiz, in the LMS's frame. */
async function openEditor(options = {}): Promise<{ page: Page; activity: string; editor: FrameLocator }> {
  const activity = newActivity(mustaqil, { title: 'Yangi test' });
  const page = await signIn(mustaqil, sample.dilnoza, options);
  await page.goto(mustaqil.lms.activityUrl(activity));
  const editor = page.frameLocator('iframe');
  await editor.locator('#quiz').waitFor();
  return { page, activity, editor };
}

async function choose(editor: FrameLocator, bytes: Uint8Array) {
  await editor
    .locator('#file')
    .setInputFiles({ name: 'savollar.docx', mimeType: wordType, buffer: Buffer.from(bytes) });
  await editor.getByRole('button', { name: 'Look at them first' }).click();
}

/** Twenty questions as teachers write them: numbered by Word, the right option bold; one with a picture, one with a wrong key. */
function twentyQuestions(): Promise<Uint8Array> {
  const option = (text: string, isRight: boolean) => paragraph(run(text, isRight ? '<w:b/>' : ''), inList(1, 1));
  const sums = Array.from({ length: 18 }, (_, index) => [
    paragraph(`${index} + 1 nechaga teng?`, inList(1)),
    ...[index + 1, index + 2, index + 3].map((sum, place) => option(String(sum), place === 0)),
  ]);
  const picture = [
    paragraph(`${run('Rasmda nima bor? ')}${drawing('rId1', 'Oqdan qoraga oʻtish')}`, inList(1)),
    option('Soya', true),
    option('Nur', false),
  ];
  const capital = [paragraph('Qirgʻiziston poytaxti?', inList(1)), option('Bishkek', false), option('Osh', true)];
  const lists = [{ id: 1, formats: ['decimal', 'upperLetter'] }];
  const pictures = { rId1: { name: 'a.png', bytes: pngOf(60, 40) } };
  const body = [...sums.flat(), ...picture, ...capital].join('');
  return wordDocument(body, { lists, pictures });
}

test('Dilnoza brings a Word document of twenty questions, mends one, publishes, and Aziz sits them', async () => {
  const { page, activity, editor } = await openEditor();
  await choose(editor, await twentyQuestions());
  await editor.getByText('20 questions understood (Word').waitFor();
  expect(await editor.locator('#chosen .question').count()).toBe(20);
  const picture = editor.getByAltText('Oqdan qoraga oʻtish');
  await picture.scrollIntoViewIfNeeded();
  await picture.scrollIntoViewIfNeeded();
  const width = await picture.evaluate(async (one: HTMLImageElement) => {
    await one.decode();
    return one.naturalWidth;
  });
  expect(width).toBe(60);
  expect(await violations(page)).toEqual([]);

  await editor.getByRole('button', { name: 'Add 20' }).first().click();
  await editor.getByText('20 questions added.').waitFor();
  expect(await violations(page)).toEqual([]);

  await editor.getByRole('link', { name: 'The whole quiz as text' }).click();
  await editor.locator('#text').waitFor();
  // The one with the picture stands in it as a mark.
  expect(await editor.locator('#source').inputValue()).toMatch(/^\/\/ \[keep:[0-9a-f]{8}\] Rasmda nima bor\?/m);
  expect(await violations(page)).toEqual([]);
  await editor.locator('.crumb a').click();

  await editor.getByRole('link', { name: 'Qirgʻiziston poytaxti?' }).click();
  await editor.locator('[name="options.1.right"]').uncheck();
  await editor.locator('[name="options.0.right"]').check();
  await editor.locator('[name=done]').click();
  await editor.getByRole('button', { name: 'Publish 20 questions' }).click();
  await editor.getByText('20 questions, 20 points').first().waitFor();

  const aziz = await signIn(mustaqil, sample.aziz);
  await aziz.goto(mustaqil.lms.activityUrl(activity));
  const quiz = aziz.frameLocator('iframe');
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByLabel('Soya').check();
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.locator('form[action$="/submission"] button').first().click();
  await quiz.getByText('2 of 20 points').first().waitFor();
  await aziz.context().close();
  await page.context().close();
});

test('Five thousand questions are read while Dilnoza watches, leaves the page and comes back', async () => {
  const { page, editor } = await openEditor({ viewport: { width: 360, height: 740 } });
  await choose(editor, await wordQuestions(5000));
  await editor.locator('[data-reading] progress').waitFor();
  expect(await violations(page)).toEqual([]);
  const address = frameOf(page).url();
  await editor.locator('.crumb a').click();
  await editor.locator('#quiz').waitFor();
  await frameOf(page).goto(address);
  await editor.locator('#chosen').waitFor();
  await editor.getByText('Page 1 of 100').first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await frameOf(page).evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await editor.getByRole('button', { name: 'Add 5000' }).first().click();
  await editor.getByText('5000 questions added.').waitFor();
  await page.context().close();
});
