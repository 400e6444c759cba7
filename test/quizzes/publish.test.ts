// A teacher's way from pasted text to a published quiz, and to its next version.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { mexanika } from '../support/mexanika.ts';
import { openAsTeacher, openQuiz, publish, twoQuestions } from '../support/people.ts';
import { newActivity, newQuiz } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test('Dilnoza pastes her questions, sees all of them, publishes, and a student finds them', async () => {
  const activity = newActivity(mustaqil, { title: 'Mexanika' });
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  expect(dilnoza.page.url).toContain('/quiz/edit');
  expect(dilnoza.page.$('#title').val()).toBe('Mexanika');
  expect(dilnoza.page.$('#preview').text()).toContain('Nothing here yet');

  await dilnoza.submit('#quiz', { source: mexanika });
  expect(dilnoza.page.$('#preview .question')).toHaveLength(12);
  expect(dilnoza.page.$('#preview .facts').text()).toBe('12 questions understood (GIFT). 11 questions, 10 points.');
  expect(dilnoza.page.$('.problems')).toHaveLength(0);
  expect(dilnoza.page.$('#preview').text()).toContain('Essays are kept, but cannot be read or marked here yet');
  expect(dilnoza.page.$('#preview math').length).toBeGreaterThan(0);

  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('.facts').first().text()).toBe('11 questions, 10 points · Version 1');
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('.facts').text()).toBe('11 questions, 10 points');
});

test('Dilnoza edits a published quiz and publishes it as version 2', async () => {
  const activity = await newQuiz(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.click('a[href$="/quiz/edit"]');
  expect(dilnoza.page.$('#source').text()).toBe(twoQuestions);
  await dilnoza.submit('#quiz', { title: 'Nazorat', source: `${twoQuestions}\n::Third::Water boils {TRUE}\n` });
  expect(dilnoza.page.$('#preview').text()).toContain('Students who have begun go on with the version they began with');

  await dilnoza.click('main p.actions a[href$="/quiz"]');
  expect(dilnoza.page.$('main').text()).toContain('2 questions, 2 points · Version 1');

  await dilnoza.click('a[href$="/quiz/edit"]');
  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('h1').text()).toBe('Nazorat');
  expect(dilnoza.page.$('main').text()).toContain('3 questions, 3 points · Version 2');
});

test('A text that was changed since its preview is kept, and shown once more before it is published', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.submit('#quiz', { source: twoQuestions });
  const changed = `${twoQuestions}\n::Third::Water boils {TRUE}\n`;
  await dilnoza.submit('button[formaction]', { source: changed });
  expect(dilnoza.page.$('[role=status]').text()).toContain('look at it once more');
  expect(dilnoza.page.$('#source').text()).toBe(changed);
  expect(dilnoza.page.$('#preview .question')).toHaveLength(3);
  const aziz = await openQuiz(mustaqil, { activity });
  expect(aziz.page.$('main').text()).toContain('This quiz is not ready yet');

  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('main').text()).toContain('3 questions, 3 points · Version 1');
});

test('Other settings are published without another preview, for they change no question', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.submit('#quiz', { source: twoQuestions });
  await dilnoza.submit('button[formaction]', { attemptsAllowed: '2', countingAttempt: 'average' });
  expect(dilnoza.page.$('main .facts').text()).toMatch(/Version 1.*2.*average of all/s);
});

test('A quiz without a question cannot be published', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  const emptyDigest = String(dilnoza.page.$('input[name=previewed]').val());
  expect(dilnoza.page.$('button[formaction]')).toHaveLength(0);
  await dilnoza.submit('#quiz', { source: 'Only a text about mechanics.\n' });
  expect(dilnoza.page.$('button[formaction]')).toHaveLength(0);

  await dilnoza.submit('#quiz', { source: twoQuestions });
  const refused = await dilnoza.submit('button[formaction]', { source: '', previewed: emptyDigest });
  expect(refused.status).toBe(422);
  expect(refused.$('meta[name=refusal]').attr('content')).toBe('nothing-to-publish');
});

test('A second click on Publish, even at the same moment, makes no second version', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.submit('#quiz', { source: twoQuestions });
  await Promise.all([dilnoza.submit('button[formaction]'), dilnoza.submit('button[formaction]')]);
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
