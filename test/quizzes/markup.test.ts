// Nothing that an author writes becomes part of the page's own machinery.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RobotPage } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, writeQuestions } from '../support/people.ts';
import { newActivity } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const title = '</title></h1><script>alert(1)</script> "Kuch" & <b>tezlik</b>';
const hostile = `::Hostile::[html]<p>Which <b>one</b>?</p>
<script>alert(2)</script><img src\\=x onerror\\=alert(3)><a href\\="javascript\\:alert(4)" style\\="position\\:fixed">here</a>
<iframe src\\="https\\://evil.example/"></iframe><form action\\="https\\://evil.example/"><input name\\="_csrf"></form> {
  =[html]<i>right</i><script>alert(5)</script>#[html]<b onclick\\=alert(6)>Well done</b>
  ~[html]<svg onload\\=alert(7)></svg>wrong
}
`;

test('Markup in a title or a question is shown as text or as harmless markup, on every page', async () => {
  const activity = newActivity(mustaqil, { title });
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(dilnoza, hostile);
  expect(dilnoza.page.$('#title').val()).toBe(title);
  expectHarmless(dilnoza.page);
  await dilnoza.submit('button[formaction]');
  expectHarmless(dilnoza.page);
  expect(dilnoza.page.$('h1').text()).toBe(title);
  expect(dilnoza.page.$('.question-text b').text()).toBe('one');

  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('h1').text()).toBe(title);
  await aziz.submit('form[action$="/attempts"]');
  expectHarmless(aziz.page);
  const right = aziz.page.$('label.option').filter((_index, label) => aziz.page.$(label).find('i').length > 0);
  await aziz.submit('#attempt button', { q0: String(right.find('input').attr('value')) });
  expectHarmless(aziz.page);
  await aziz.submit('form[action$="/submission"]');
  expectHarmless(aziz.page);
  expect(aziz.page.$('.option-feedback b').text()).toBe('Well done');

  await dilnoza.click('a[href$="/results"]');
  expectHarmless(dilnoza.page);
});

test('A very long title and a very long word keep their letters', async () => {
  const long = 'Mexanika va molekulyar fizika asoslari '.repeat(10).trim().slice(0, 255);
  const activity = newActivity(mustaqil, { title: long });
  const word = 'o‘zgaruvchanlik'.repeat(80);
  await publish(mustaqil, { activity, source: `::L::${word} {=${word}x ~b}\n` });
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('h1').text()).toBe(long);
  await aziz.submit('form[action$="/attempts"]');
  expect(aziz.page.$('.question-text').text().trim()).toBe(word);
});

/** The only scripts, frames and forms are our own. */
function expectHarmless({ html, $ }: RobotPage) {
  const sources = $('script').toArray();
  expect(sources.every((script) => $(script).attr('src')?.startsWith('/assets/') && $(script).text() === '')).toBe(
    true,
  );
  expect($('iframe, svg, style, base, object, embed').length).toBe(0);
  expect($('form').filter((_index, form) => !$(form).attr('action')?.startsWith('/')).length).toBe(0);
  expect($('main input[name=_csrf]').length).toBe($('main form').length);
  expect($('[onerror], [onclick], [onload], .question-text [style]').length).toBe(0);
  expect($('a[href^="javascript"]').length).toBe(0);
  expect($('meta').length + $('title').length).toBe(4);
  expect(html).not.toContain('<script>alert');
}
