// A list that was changed one by one is shown as text again, and the text changes the list.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, twoQuestions, writeQuestions } from '../support/people.ts';
import { newActivity } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const source = ({ page }: Robot) => page.$('#source').text();
const texts = ({ page: { $ } }: Robot) =>
  $('.card-text')
    .toArray()
    .map((one) => $(one).text().trim());

/** Dilnoza at a list of two questions from a text, with an ordering question written in its form after them. */
async function withOrdering(): Promise<Robot> {
  const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await writeQuestions(dilnoza, twoQuestions);
  await dilnoza.submit('.add-question', { type: 'ordering' });
  const items = { 'items.0.text': 'gram', 'items.1.text': 'kilogram' };
  await dilnoza.submit('#question button[name=done]', { text: 'From small to large', ...items });
  return dilnoza;
}

test('Dilnoza moves a question that no text can say by its mark, changes another’s words, and its points stay', async () => {
  const dilnoza = await withOrdering();
  await dilnoza.submit('.card-points', { points: '2.5' });
  await dilnoza.click('main a[href$="/quiz/text"]');
  const shown = source(dilnoza);
  expect(shown).toContain('::Sum::2 + 3');
  const [mark = ''] = /^\/\/ \[keep:[0-9a-f]{8}\] From small to large$/m.exec(shown) ?? [];
  expect(mark).not.toBe('');
  expect(dilnoza.page.$('main').text()).toContain('1 question cannot be said in text');

  const changed = `${mark}\n\n${shown.replace(mark, '').replace('The capital', 'The old capital')}`;
  await dilnoza.submit('#text', { source: changed });
  expect(dilnoza.page.$('.problems li')).toHaveLength(0);
  await dilnoza.click('.crumb a');
  expect(texts(dilnoza)).toEqual(['From small to large', 'The old capital of Kyrgyzstan is', '2 + 3']);
  const points = dilnoza.page.$('.card-points [name=points]').toArray();
  expect(points.map((one) => dilnoza.page.$(one).attr('value'))).toEqual(['1', '2.5', '1']);
});

test('A mark that she takes out comes back at the end, and nothing is lost', async () => {
  const dilnoza = await withOrdering();
  await dilnoza.click('main a[href$="/quiz/text"]');
  await dilnoza.submit('#text', { source: twoQuestions });
  expect(source(dilnoza)).toMatch(/\{[^]*\/\/ \[keep:[0-9a-f]{8}\] From small to large\n$/);
  await dilnoza.click('.crumb a');
  expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', '2 + 3', 'From small to large']);
});

test('An error is told with its line, and the marks before it do not shift the lines', async () => {
  const dilnoza = await withOrdering();
  await dilnoza.click('main a[href$="/quiz/text"]');
  const mark = /^\/\/ \[keep:.*$/m.exec(source(dilnoza))?.[0] ?? '';
  await dilnoza.submit('#text', { source: `${mark}\n\n::Good::Water boils {T}\n\n::Bad::Which? {~a ~b}\n` });
  expect(dilnoza.page.$('.problems li').text()).toContain('Line 5.');
  expect(dilnoza.page.$('.problems li code').text()).toContain('::Bad::Which?');
});
