// Handing in happens once, and from then on nothing changes.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newQuiz, newStudent } from '../support/school.ts';
import { fieldOf } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test('Handing in a second time, or twice at once, changes nothing', async () => {
  const { ada, attempt } = await readyToHandIn();
  await Promise.all([post(ada, `${attempt}/submission`, []), post(ada, `${attempt}/submission`, [])]);
  await ada.open(attempt);
  const first = ada.page.$('.result').text();
  expect(first).toContain('1 of 2 points');

  mustaqil.clock.advance(60 * 60 * 1000);
  const again = await post(ada, `${attempt}/submission`, []);
  expect(again.status).toBe(303);
  expect(again.headers.location).toBe(attempt);
  await ada.open(attempt);
  expect(ada.page.$('.result').text()).toBe(first);
});

test('An answer that comes after handing in is refused in words', async () => {
  const { ada, attempt, late } = await readyToHandIn();
  await handIn(ada);
  const refused = await post(ada, `${attempt}/answers`, late);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('<meta name="refusal" content="already-submitted">');
  expect(refused.text).toContain('Nothing has changed: what counts is what you had answered then.');

  await ada.open(attempt);
  expect(ada.page.$('.score').text()).toContain('1 of 2 points');
  expect(ada.page.$('.review .question-numeric .answer-text').first().text()).toBe('7');
});

test('Of an answer and a submission at the same moment, whatever the order, the result fits what was kept', async () => {
  const { ada, attempt, late } = await readyToHandIn();
  const [answered] = await Promise.all([post(ada, `${attempt}/answers`, late), post(ada, `${attempt}/submission`, [])]);
  await ada.open(attempt);
  const isKept = answered.status === 303;
  expect(ada.page.$('.score').text()).toContain(isKept ? '2 of 2 points' : '1 of 2 points');
  expect(ada.page.$('.review .question-numeric .answer-text').first().text()).toBe(isKept ? '5' : '7');
});

test('Back on the sheet or the summary of a submitted attempt, Ada finds the result', async () => {
  const { ada, attempt } = await readyToHandIn();
  await handIn(ada);
  for (const page of [attempt, `${attempt}?saved`, `${attempt}/submission`]) {
    await ada.open(page);
    expect(ada.page.$('h2').first().text()).toBe('Result');
    expect(ada.page.$('#attempt')).toHaveLength(0);
  }
});

test('A form of an earlier sign-in keeps the answers and sends them after one more click', async () => {
  const { ada, attempt, late } = await readyToHandIn();
  await ada.open(attempt);
  const field = late[1]?.[0] ?? '';
  const refused = await ada.submit('#attempt button', { [field]: '5', _csrf: 'of an earlier sign-in' });
  expect(refused.status).toBe(403);
  await ada.submit('form.kept');
  await handIn(ada);
  expect(ada.page.$('.score').text()).toContain('2 of 2 points');
});

/** Ada with a right and a wrong answer saved; `late` would make the wrong one right. */
async function readyToHandIn() {
  const activity = await newQuiz(mustaqil);
  const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada'), activity });
  await answer(ada, { capital: 'Bishkek', sum: '7' });
  const attempt = new URL(ada.page.url).pathname.replace('/submission', '');
  await ada.open(attempt);
  const field = fieldOf(ada.page, '2 + 3');
  await ada.open(`${attempt}/submission`);
  const late: [string, string][] = [
    ['question', field],
    [field, '5'],
  ];
  return { ada, attempt, late };
}
