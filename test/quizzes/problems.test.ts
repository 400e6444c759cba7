// A text with mistakes in it: each is named with its line, and nothing that was typed is lost.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { newActivity } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const withMistakes = `::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh}

::No right one::Which is a fruit? {~stone ~chair}

::Pairs::Match {
  =one -> 1
  =two 2
}

::Sum::2 + 3 {#5}

::Open::Never closed {=yes
`;

test('Each mistake is shown with its line, and the good questions are kept', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.click('main a[href$="/quiz/text"]');
  await dilnoza.submit('#text', { source: withMistakes });

  const { $ } = dilnoza.page;
  const problems = $('.problems li').toArray();
  expect(problems.map((problem) => $(problem).find('strong').text())).toEqual(['Line 3.', 'Line 7.', 'Line 12.']);
  expect($(problems[0]).text()).toContain('No answer is marked as fully right');
  expect($(problems[1]).text()).toContain('There is no -> in “two 2”');
  expect($(problems[2]).text()).toContain('A { is opened here and never closed');
  expect($('#preview .question-text').text()).toContain('The capital of Kyrgyzstan');
  expect($('#preview .question')).toHaveLength(2);

  expect($(problems[1]).find('code').text()).toBe('=two 2');
  await dilnoza.click('.crumb a');
  expect(dilnoza.page.$('#questions .problems').text()).toContain('3 places in your text were not understood');
  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('.facts').first().text()).toContain('2 questions, 2 points');
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('.facts').text()).toContain('2 questions');
});

test.each([
  ['with mistakes', withMistakes],
  ['that is no format at all', 'Savol 1. Kuch nima?\nA) vektor\nB) skalyar\n'],
  ['with empty lines around it and tabs in it', '\n\n\t::A::  2 + 3 \t{#5}   \n\n\n'],
  ['with markup of its own', '::A::</textarea><script>alert(1)</script> &amp; &lt; "x" {=<b>a</b> ~b}\n'],
  ['with letters of every alphabet in use', '::Ң::Өзгөчө үй, Ғ Қ Ҳ ў, oʻzbekcha gʻalaba, maʼno 𝛼 {TRUE}'],
])('A text %s stands in the editor again to the letter', async (_what, source) => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.click('main a[href$="/quiz/text"]');
  await dilnoza.submit('#text', { source });
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('#source').text()).toBe(source);

  const later = await openAsTeacher(mustaqil, { activity });
  await later.click('main a[href$="/quiz/text"]');
  expect(later.page.$('#source').text()).toBe(source);
});

test('What Dilnoza typed is still on the page that tells her she is signed out', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.click('main a[href$="/quiz/text"]');
  mustaqil.clock.advance(13 * 60 * 60 * 1000);
  const refused = await dilnoza.submit('#text', { source: withMistakes });
  expect(refused.status).toBe(401);
  expect(refused.$('form.kept [name=source]').text().replaceAll('\r\n', '\n')).toBe(withMistakes);

  // In another tab she opens the activity again; what she then sends from here bears the token of the earlier sign-in.
  await dilnoza.launch(mustaqil.lms.activityUrl(activity));
  await dilnoza.click('main a[href$="/quiz/text"]');
  const expired = await dilnoza.submit('#text', { source: withMistakes, _csrf: '' });
  expect(expired.status).toBe(403);
  expect(expired.$('meta[name=refusal]').attr('content')).toBe('form-expired');
  await dilnoza.submit('form.kept');
  expect(dilnoza.page.$('#source').text()).toBe(withMistakes);
});
