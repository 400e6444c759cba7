// A published version never changes under whoever began with it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, writeQuestions } from '../support/people.ts';
import { newQuiz } from '../support/school.ts';
import { fieldsFor } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const first = '::Units::The unit of force is {=newton ~joule}\n';
const second = `::Units::The unit of energy is {=joule ~newton}\n\n::Sum::2 + 3 {#5}\n`;

test('Aziz began with version 1 and is marked by it after version 2 is out; his next attempt is at version 2', async () => {
  const activity = await newQuiz(mustaqil, { source: first });
  const aziz = await openQuiz(mustaqil, { activity });
  await aziz.submit('form[action$="/attempts"]');
  const sheet = aziz.page.url;

  await publish(mustaqil, { activity, source: second });
  await aziz.open(sheet);
  expect(aziz.page.$('.question')).toHaveLength(1);
  await aziz.submit('#attempt button', fieldsFor(aziz.page, { 'unit of force': 'newton' }));
  await aziz.submit('form[action$="/submission"]');
  expect(aziz.page.$('.score').text()).toContain('1 of 1 points');
  expect(aziz.page.$('.review').text()).toContain('The unit of force');

  await aziz.submit('form[action$="/attempts"]');
  expect(aziz.page.$('.question')).toHaveLength(2);
  await aziz.submit('#attempt button', fieldsFor(aziz.page, { 'unit of energy': 'joule' }));
  await aziz.submit('form[action$="/submission"]');
  expect(aziz.page.$('.score').text()).toContain('1 of 2 points');
});

test('Questions that are edited but not published reach no student', async () => {
  const activity = await newQuiz(mustaqil, { source: first });
  const dilnoza = await publish(mustaqil, { activity, source: first });
  await writeQuestions(dilnoza, second);
  await dilnoza.submit('#quiz', { title: 'Draft' });

  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('h1').text()).not.toBe('Draft');
  await aziz.submit('form[action$="/attempts"]');
  expect(aziz.page.$('.question-text').text()).toContain('The unit of force');
});
