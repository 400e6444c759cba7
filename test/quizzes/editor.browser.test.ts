// A teacher writes questions in a real browser, inside the LMS: by keyboard alone, at any width, and nothing typed is lost.
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { questionForms } from '../../src/questions/forms/registry.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { frameOf, violations } from '../support/accessibility.ts';
import { pngOf } from '../support/assets.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { newActivity } from '../support/school.ts';
import { signIn } from '../support/student.ts';

const phone = { viewport: { width: 360, height: 740 } };

let mustaqil: MustaqilInChromium;
beforeAll(async () => {
  mustaqil = await startInChromium();
});
afterAll(() => mustaqil.stop());

/** Dilnoza in the editor of a new quiz, in the LMS's frame. */
async function openEditor(options = {}): Promise<{ page: Page; activity: string; editor: FrameLocator }> {
  const activity = newActivity(mustaqil, { title: 'Yangi test' });
  const page = await signIn(mustaqil, sample.dilnoza, options);
  await page.goto(mustaqil.lms.activityUrl(activity));
  const editor = page.frameLocator('iframe');
  await editor.locator('#quiz').waitFor();
  return { page, activity, editor };
}

const focused = (page: Page) => frameOf(page).evaluate(() => document.activeElement?.id ?? '');

/** Presses Tab until a field or button has the focus. @throws if it is never reached */
async function tabTo(page: Page, isThere: string): Promise<void> {
  for (let count = 0; count < 120; count += 1) {
    const found = await frameOf(page).evaluate(
      (selector) => document.activeElement?.matches(selector) ?? false,
      isThere,
    );
    if (found) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${isThere}; it is at ${await focused(page)}`);
}

/** What is typed into each form, by the names of its fields; ` ` ticks a box, `↓` chooses the next of a menu. */
const typed: Record<string, [string, string][]> = {
  'single-choice': [
    ['options.0.text', 'Bishkek'],
    ['options.0.right', ' '],
    ['options.1.text', 'Osh'],
  ],
  'multiple-choice': [
    ['options.0.text', 'two'],
    ['options.0.right', ' '],
    ['options.1.text', 'three'],
    ['options.1.right', ' '],
    ['options.2.text', 'four'],
  ],
  'true-false': [],
  numeric: [['answers.0.value', '5']],
  'short-text': [['answers.0.pattern', 'nyuton']],
  cloze: [['gaps.0.answers', 'float']],
  formula: [
    ['answers.0.expression', '2x'],
    ['variables.0.name', 'x'],
    ['variables.0.from', '1'],
    ['variables.0.to', '2'],
  ],
  matching: [
    ['pairs.0.left', 'force'],
    ['pairs.0.right', 'N'],
    ['pairs.1.left', 'work'],
    ['pairs.1.right', 'J'],
  ],
  matrix: [
    ['columns.0.text', 'true'],
    ['columns.1.text', 'false'],
    ['rows.0.text', 'Ice floats'],
    ['rows.0.right', '↓'],
  ],
  ordering: [
    ['items.0.text', 'gram'],
    ['items.1.text', 'tonne'],
  ],
  categorise: [
    ['categories.0.text', 'scalar'],
    ['categories.1.text', 'vector'],
    ['items.0.text', 'mass'],
    ['items.0.category', '↓'],
    ['items.1.text', 'force'],
    ['items.1.category', '↓'],
  ],
  hotspot: [
    ['regions.0.left', '1'],
    ['regions.0.top', '1'],
    ['regions.0.right', '9'],
    ['regions.0.bottom', '9'],
    ['regions.0.isRight', ' '],
    ['regions.0.label', 'left ventricle'],
  ],
  essay: [],
  description: [],
};

describe('By keyboard alone, in one quiz,', () => {
  let page: Page;
  let editor: FrameLocator;
  let list: string;
  beforeAll(async () => {
    ({ page, editor } = await openEditor());
    list = frameOf(page).url();
  });
  afterAll(() => page.context().close());

  test.each(questionForms.map(({ type }) => type.name))(
    'Dilnoza writes a question of type %s, sees it as her students will, and comes back to it in the list',
    async (type) => {
      await frameOf(page).goto(list);
      await editor.locator('#type').focus();
      await editor.locator('#type').selectOption(type);
      await tabTo(page, '.add-question button');
      await page.keyboard.press('Enter');
      await editor.locator('#question').waitFor();
      await tabTo(page, '#text');
      const text = `What is this ${type}?`;
      await page.keyboard.type(type === 'cloze' ? `${text} [[1]]` : text);
      if (type === 'hotspot') await uploadPicture(editor, pngOf(30, 20));
      for (const [name, keys] of typed[type] ?? []) {
        await tabTo(page, `[name="${name}"]`);
        if (keys === '↓') await page.keyboard.press('ArrowDown');
        else await page.keyboard.type(keys);
      }
      await editor.locator('[data-pane] .question-text', { hasText: text }).waitFor();
      await editor.locator('[data-save-state]', { hasText: /^Saved at \d\d:\d\d$/ }).waitFor();
      expect(await violations(page)).toEqual([]);

      await tabTo(page, '[name=done]');
      await page.keyboard.press('Enter');
      await editor.locator('[data-key] a:focus', { hasText: text }).waitFor();
      expect(await editor.locator('.badge').count()).toBe(0);
    },
  );

  test('she finds them all in the list, which everybody can use', async () => {
    await frameOf(page).goto(list);
    expect(await editor.locator('[data-key]').count()).toBe(questionForms.length);
    expect(await violations(page)).toEqual([]);
  });
});

describe('In the form', () => {
  test('she adds an option, and goes on in it', async () => {
    const { page, editor } = await openEditor(phone);
    await editor.locator('#type').selectOption('single-choice');
    await editor.locator('.add-question button').click();
    await editor.locator('#question').waitFor();
    await tabTo(page, '[name="options.0.text"]');
    await page.keyboard.type('Bishkek');
    await tabTo(page, '[value="add options"]');
    await page.keyboard.press('Enter');
    await editor.locator('[name="options.4.text"]').waitFor();
    await editor.locator('[name="options.4.text"]:focus').waitFor();
    expect(await editor.locator('[name="options.0.text"]').inputValue()).toBe('Bishkek');
    expect(await widthOf(page)).toBeLessThanOrEqual(360);
    await page.context().close();
  });

  test('what is missing is told when she saves, and she is led to it', async () => {
    const { page, editor } = await openEditor(phone);
    await editor.locator('#type').selectOption('numeric');
    await editor.locator('.add-question button').click();
    await editor.locator('[name=text]').fill('2 + 3');
    await editor.locator('[name="answers.0.value"]').fill('five');
    await editor.locator('[name=done]').click();
    await editor.locator('#summary').waitFor();
    await editor.locator('[name="answers.0.value"]:focus').waitFor();
    expect(await editor.locator('[name="answers.0.value"]').inputValue()).toBe('five');
    expect(await violations(page)).toEqual([]);
    expect(await widthOf(page)).toBeLessThanOrEqual(360);
    await page.context().close();
  });
});

test('Dilnoza puts a picture into the text she writes, and is told while it has no description', async () => {
  const { page, editor } = await openEditor();
  await editor.locator('#type').selectOption('essay');
  await editor.locator('.add-question button').click();
  await editor.locator('#question').waitFor();
  await editor.locator('[name=textFormat]').selectOption('markdown');
  await editor.locator('#text').fill('What is this? ');
  await editor.locator('[data-media] summary').click();
  const picture = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(30, 20)) };
  await editor.locator('#asset-file').setInputFiles(picture);
  await editor.locator('.upload button').click();
  await editor.locator('[data-pane] img').waitFor();
  await editor.locator('[data-without-alt]').waitFor();
  expect(await editor.locator('#text').inputValue()).toMatch(/^What is this\? !\[\]\(asset:[0-9a-f]{64}\)$/);
  const shown = editor.locator('[data-pane] img');
  expect(await shown.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(30);
  await page.context().close();
});

test('What Dilnoza orders in the student’s view can be moved there as she writes it', async () => {
  const { page, editor } = await openEditor();
  await editor.locator('#type').selectOption('ordering');
  await editor.locator('.add-question button').click();
  await editor.locator('[name="items.0.text"]').fill('gram');
  await editor.locator('[name="items.1.text"]').fill('tonne');
  await editor.locator('#text').fill('From small to large');
  await editor.locator('[data-pane] .is-movable .order-up').first().waitFor();
  await page.context().close();
});

test('What Dilnoza types without a connection is kept, and arrives once there is one, even after the page was left', async () => {
  const { page, editor } = await openEditor();
  await editor.locator('#type').selectOption('essay');
  await editor.locator('.add-question button').click();
  await editor.locator('#question').waitFor();
  // The page's script is there.
  await editor.locator('[data-without-script]').waitFor({ state: 'hidden' });
  const address = frameOf(page).url();
  await page.context().setOffline(true);
  await editor.locator('[name=text]').fill('Why does ice float?');
  await editor.locator('[data-save-state]', { hasText: 'No connection' }).waitFor();
  await page.context().setOffline(false);
  await frameOf(page).goto(address);
  await editor.locator('[data-pane] .question-text', { hasText: 'Why does ice float?' }).waitFor();
  expect(await editor.locator('[name=text]').inputValue()).toBe('Why does ice float?');
  await page.context().close();
});

describe('The areas of a picture', () => {
  /** Dilnoza with a picture of 400 × 200 pixels in her form. */
  async function withPicture(options = {}) {
    const opened = await openEditor(options);
    const { editor } = opened;
    await editor.locator('#type').selectOption('hotspot');
    await editor.locator('.add-question button').click();
    await editor.locator('#text').fill('Where is the left ventricle?');
    await uploadPicture(editor, pngOf(400, 200));
    const picture = editor.locator('.region-editor .hotspot-picture[viewBox="0 0 400 200"]');
    await picture.waitFor();
    expect(await editor.locator('#alt').inputValue()).toBe('A heart cut open');
    const numbers = async (row: number, names: string[]) =>
      Promise.all(
        names.map(async (name) => Number(await editor.locator(`[name="regions.${row}.${name}"]`).inputValue())),
      );
    return { ...opened, picture, numbers };
  }
  const sides = ['left', 'top', 'right', 'bottom'];
  /** A pixel of the screen is more than one of the picture. */
  const toTens = (value: number) => Math.round(value / 10) * 10;

  test('are drawn with the mouse, stand in the fields as numbers, and are what students see', async () => {
    const { page, editor, picture, numbers } = await withPicture();
    await editor.locator('[data-draw=rectangle]').click();
    await picture.scrollIntoViewIfNeeded();
    const box = await picture.boundingBox();
    if (!box) throw new Error('The picture is shown');
    const at = (x: number, y: number) => [box.x + (x * box.width) / 400, box.y + (y * box.height) / 200] as const;
    const stroke = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to, { steps: 4 });
      await page.mouse.up();
    };
    await stroke(at(40, 20), at(140, 100));
    expect((await numbers(0, sides)).map(toTens)).toEqual([40, 20, 140, 100]);
    await stroke(at(90, 60), at(110, 80));
    expect((await numbers(0, sides)).map(toTens)).toEqual([60, 40, 160, 120]);
    await editor.locator('[data-undo]').click();
    expect((await numbers(0, sides)).map(toTens)).toEqual([40, 20, 140, 100]);

    await editor.locator('[data-draw=polygon]').click();
    for (const corner of [at(250, 50), at(350, 50), at(300, 150), at(250, 50)]) await page.mouse.click(...corner);
    expect(await editor.locator('[name="regions.1.shape"]').inputValue()).toBe('polygon');
    await editor.locator('[data-draw=circle]').click();
    await stroke(at(200, 150), at(230, 150));
    expect(await editor.locator('[name="regions.2.shape"]').inputValue()).toBe('circle');
    await editor.locator('[name="regions.1.isRight"]').check();
    await editor.locator('[data-pane] .hotspot-area').nth(2).waitFor();
    await editor.locator('[data-save-state]', { hasText: /^Saved at/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('are put there, moved, resized and taken away with the keyboard alone, and follow what is typed', async () => {
    const { page, editor, numbers } = await withPicture(phone);
    await tabTo(page, '[data-draw=rectangle]');
    await page.keyboard.press('Enter');
    expect(await numbers(0, sides)).toEqual([133, 67, 267, 133]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await numbers(0, sides)).toEqual([137, 66, 271, 132]);
    await tabTo(page, '[data-point="2"]');
    await page.keyboard.press('ArrowDown');
    expect(await numbers(0, sides)).toEqual([137, 66, 271, 136]);
    await page.keyboard.press('Control+z');
    expect(await numbers(0, sides)).toEqual([137, 66, 271, 132]);
    expect(await violations(page)).toEqual([]);
    expect(await widthOf(page)).toBeLessThanOrEqual(360);

    await editor.locator('[name="regions.0.shape"]').selectOption('circle');
    for (const [name, value] of Object.entries({ x: '50', y: '60', radius: '20,5' }))
      await editor.locator(`[name="regions.0.${name}"]`).fill(value);
    await editor.locator('.region-editor circle[cx="50"][cy="60"][r="20.5"]').waitFor();
    await tabTo(page, '.region-editor .hotspot-area');
    await page.keyboard.press('Delete');
    await editor.locator('.region-editor .hotspot-area').waitFor({ state: 'detached' });
    expect(await editor.locator('[name$=".shape"]').count()).toBe(1);
    await page.context().close();
  });
});

test('Dilnoza pastes twenty questions, mends one, publishes, and Aziz sits them', async () => {
  const good = Array.from({ length: 19 }, (_, index) => `::S${index}::${index} + 1 {#${index + 1}}`);
  const bad = '::Bad::Which is the capital of Kyrgyzstan? {~Bishkek ~Osh}';
  const { page, activity, editor } = await openEditor();
  await editor.locator('#source').fill([...good.slice(0, 10), bad, ...good.slice(10)].join('\n\n'));
  await editor.getByRole('button', { name: 'Look at them first' }).click();
  await editor.getByText('Line 21.').waitFor();
  expect(await violations(page)).toEqual([]);
  await editor.getByRole('button', { name: 'Add 19' }).first().click();
  await editor.getByText('19 questions added.').waitFor();
  expect(await violations(page)).toEqual([]);

  await editor.locator('#type').selectOption('single-choice');
  await editor.locator('.add-question button').click();
  await editor.locator('[name=text]').fill('Which is the capital of Kyrgyzstan?');
  await editor.locator('[name="options.0.text"]').fill('Bishkek');
  await editor.locator('[name="options.0.right"]').check();
  await editor.locator('[name="options.1.text"]').fill('Osh');
  await editor.locator('[name=done]').click();
  await editor.getByRole('button', { name: 'Publish 20 questions' }).click();
  await editor.getByText('20 questions, 20 points').first().waitFor();

  const aziz = await signIn(mustaqil, sample.aziz);
  await aziz.goto(mustaqil.lms.activityUrl(activity));
  const quiz = aziz.frameLocator('iframe');
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.getByLabel('Bishkek').check();
  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.locator('form[action$="/submission"] button').first().click();
  await quiz.getByText('1 of 20 points').first().waitFor();
  await aziz.context().close();
  await page.context().close();
});

/** Into what the form asks a picture for. */
async function uploadPicture(editor: FrameLocator, png: Uint8Array): Promise<void> {
  const picture = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(png) };
  await editor.locator('#asset-file').setInputFiles(picture);
  await editor.locator('#asset-alt').fill('A heart cut open');
  await editor.locator('.upload button').click();
}

const widthOf = (page: Page) => frameOf(page).evaluate(() => document.documentElement.scrollWidth);
