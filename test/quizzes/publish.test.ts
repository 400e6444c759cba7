// A teacher's way from pasted text to a published quiz, and to its next version.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { mexanika } from '../support/mexanika.ts';
import { openAsTeacher, openQuiz, publish, twoQuestions, writeQuestions } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newActivity, newQuiz } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test('Dilnoza pastes her questions, sees all of them, adds and publishes them, and a student finds them', async () => {
  const activity = newActivity(mustaqil, { title: 'Mexanika' });
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  expect(dilnoza.page.url).toContain('/quiz/edit');
  expect(dilnoza.page.$('#title').val()).toBe('Mexanika');
  expect(dilnoza.page.$('#questions').text()).toContain('Nothing here yet');

  await dilnoza.submit('#import', { source: mexanika });
  expect(dilnoza.page.$('#chosen .question')).toHaveLength(12);
  expect(dilnoza.page.$('.facts').text()).toBe('12 questions understood (GIFT).');
  expect(dilnoza.page.$('.problems')).toHaveLength(0);
  expect(dilnoza.page.$('#chosen math').length).toBeGreaterThan(0);

  await dilnoza.submit('#chosen');
  expect(dilnoza.page.$('[role=status]').text()).toContain('12 questions added.');
  expect(dilnoza.page.$('[data-key]')).toHaveLength(12);
  expect(dilnoza.page.$('main').text()).toContain('Essays are kept and can be read, but count for no points');
  expect(dilnoza.page.$('#quiz .facts').text()).toBe('11 questions, 10 points.');

  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('.facts').first().text()).toBe('11 questions, 10 points · Version 1');
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('.facts').text()).toBe('11 questions, 10 points');
});

test('Dilnoza edits a published quiz and publishes it as version 2', async () => {
  const activity = await newQuiz(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(dilnoza, `${twoQuestions}\n::Third::Water boils {TRUE}\n`);
  await dilnoza.submit('#quiz', { title: 'Nazorat' });
  expect(dilnoza.page.$('#quiz').text()).toContain('Students who have begun go on with the version they began with');

  await dilnoza.click('main p.actions a[href$="/quiz"]');
  expect(dilnoza.page.$('main').text()).toContain('2 questions, 2 points · Version 1');

  await dilnoza.click('a[href$="/quiz/edit"]');
  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('h1').text()).toBe('Nazorat');
  expect(dilnoza.page.$('main').text()).toContain('3 questions, 3 points · Version 2');
});

test('Questions that were changed since Dilnoza saw the list are shown once more before they are published', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(dilnoza, twoQuestions);
  const elsewhere = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(elsewhere, `${twoQuestions}\n::Third::Water boils {TRUE}\n`);

  await dilnoza.submit('button[formaction]', { title: 'Nazorat' });
  expect(dilnoza.page.$('[role=status]').text()).toContain('look at them once more');
  expect(dilnoza.page.$('[data-key]')).toHaveLength(3);
  expect(dilnoza.page.$('#title').val()).toBe('Nazorat');
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('main').text()).toContain('This quiz is not ready yet');

  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('main').text()).toContain('3 questions, 3 points · Version 1');
});

test('Other settings are published without another look, for they change no question', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(dilnoza, twoQuestions);
  await dilnoza.submit('button[formaction]', { attemptsAllowed: '2', countingAttempt: 'average' });
  expect(dilnoza.page.$('main .facts').text()).toMatch(/Version 1.*2.*average of all/s);
});

test('A quiz without a question cannot be published', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  expect(dilnoza.page.$('button[formaction]')).toHaveLength(0);
  await writeQuestions(dilnoza, 'Only a text about mechanics.\n');
  expect(dilnoza.page.$('button[formaction]')).toHaveLength(0);

  await writeQuestions(dilnoza, twoQuestions);
  for (let count = 0; count < 2; count += 1) await dilnoza.submit('form[action$="/deletion"]');
  const sent = ['revision', 'settings', 'title'].map((name): [string, string] => [
    name,
    String(dilnoza.page.$(`#quiz [name=${name}]`).val()),
  ]);
  const refused = await post(dilnoza, `${new URL(dilnoza.page.url).pathname.replace('/edit', '')}/versions`, sent);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('content="nothing-to-publish"');
});

test('A second click on Publish, even at the same moment, makes no second version', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(dilnoza, twoQuestions);
  const settings = { title: 'Boshqa nom' };
  await Promise.all([dilnoza.submit('button[formaction]', settings), dilnoza.submit('button[formaction]', settings)]);
  const again = await openAsTeacher(mustaqil, { activity });
  expect(again.page.$('main').text()).toContain('Version 1');
});

test('What a student opens before anything is published says so kindly', async () => {
  const activity = newActivity(mustaqil, { title: 'Keyingi hafta' });
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.status).toBe(200);
  expect(aziz.page.$('h1').text()).toBe('Keyingi hafta');
  expect(aziz.page.$('main').text()).toContain('Your teacher has not published it. Come back later.');
  expect(aziz.page.$('main form')).toHaveLength(0);

  await publish(mustaqil, { activity });
  await aziz.open(aziz.page.url);
  expect(aziz.page.$('main form')).toHaveLength(1);
});
