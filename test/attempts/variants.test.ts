// A question with variables gives every attempt its own numbers, and each attempt is marked by its own.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { desc } from 'drizzle-orm';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { questionSchema } from '../../src/questions/question.ts';
import type { QuizSettings } from '../../src/quizzes/quiz.ts';
import { getVersion, publishVersion } from '../../src/quizzes/quiz.store.ts';
import { checksIn, handInAll, placementOf, scoreOf } from '../support/checks.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { handIn, openAsTeacher, openQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const question = questionSchema.parse({
  type: 'numeric',
  name: 'Sum',
  text: { format: 'plain', source: 'What is {a} + {b}?' },
  generalFeedback: { format: 'plain', source: 'It is {sum}.' },
  points: '2',
  variables: [
    { name: 'a', from: '100', to: '999', step: '1' },
    { name: 'b', from: '1000', to: '9999', step: '1' },
    { name: 'sum', expression: 'a+b' },
  ],
  details: {
    answers: [{ accepted: { kind: 'near', value: '=sum', tolerance: '0' }, weight: '1', feedback: null }],
  },
});

/** What the question on the page asks, and what is right. */
function sumOn(robot: Robot): { words: string; sum: number } {
  const words = robot.page.$('.question-text').text().trim();
  const [, a, b] = /^What is (\d{3}) \+ (\d{4})\?$/.exec(words) ?? [];
  return { words, sum: Number(a) + Number(b) };
}

/** A new activity whose quiz asks for the sum, with these settings. */
async function newSumQuiz(settings: Partial<QuizSettings> = {}): Promise<string> {
  const activity = await newQuiz(mustaqil);
  const { db, clock } = mustaqil;
  const [published] = await db.select().from(quizVersions).orderBy(desc(quizVersions.id)).limit(1);
  if (!published) throw new Error('There is no version');
  const { id, quizId, publishedBy } = published;
  const version = { ...(await getVersion(db, id)), ...settings, questions: [question] };
  await db.transaction((tx) => publishVersion(tx, quizId, version, { publishedBy, now: clock.now() }));
  return activity;
}

test('Two attempts have different numbers, and each is marked by its own', async () => {
  const activity = await newSumQuiz();

  const ada = await openQuiz(mustaqil, { activity, student: newStudent(mustaqil, 'Ada') });
  await ada.submit('form[action$="/attempts"]');
  const adas = sumOn(ada);
  const bek = await openQuiz(mustaqil, { activity, student: newStudent(mustaqil, 'Bek') });
  await bek.submit('form[action$="/attempts"]');
  const beks = sumOn(bek);
  expect(beks.words).not.toBe(adas.words);

  // Bek copies from Ada, who finds her own numbers again after she has saved.
  for (const robot of [ada, bek]) {
    const name = robot.page.$('.question-numeric input').attr('name') ?? '';
    await robot.submit('#attempt button', { [name]: String(adas.sum) });
    await handIn(robot);
  }
  expect(sumOn(ada).words).toBe(adas.words);
  expect(ada.page.$('.score').text()).toContain('2 of 2 points');
  expect(ada.page.$('.general-feedback').text()).toContain(`It is ${adas.sum}.`);
  expect(sumOn(bek).words).toBe(beks.words);
  expect(bek.page.$('.score').text()).toContain('0 of 2 points');
  expect(bek.page.$('.right-answer').text()).toContain(String(beks.sum));
});

test('Another like this one has other numbers, and the check, the result, the teacher’s page and a regrade go by them', async () => {
  const activity = await newSumQuiz({ behaviour: 'immediate', mayRedo: true });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { activity, student });
  await ada.submit('form[action$="/attempts"]');
  const attempt = new URL(ada.page.url).pathname;
  const first = sumOn(ada);
  await ada.submit('button[name=check]', { q0: String(first.sum) });
  expect(ada.page.$('.question').text()).toContain('Right');
  expect(ada.page.$('.general-feedback').text()).toContain(`It is ${first.sum}.`);

  await ada.submit('button[name=redo]');
  const second = sumOn(ada);
  expect(second.words).not.toBe(first.words);
  // What was right before is wrong now, and a page that is opened again asks the same.
  await ada.submit('#attempt button[name=later]', { q0: String(first.sum) });
  expect(sumOn(ada)).toEqual(second);
  await ada.submit('button[name=check]', {});
  expect(ada.page.$('.question').text()).toContain('Wrong');
  expect(ada.page.$('.right-answer').text()).toContain(String(second.sum));

  await ada.submit('button[name=redo]');
  const third = sumOn(ada);
  expect(third.words).not.toBe(second.words);
  await ada.submit('button[name=check]', { q0: String(third.sum) });
  expect(await checksIn(mustaqil, attempt)).toEqual([
    [0, 1, '1'],
    [0, 2, '0'],
    [0, 3, '1'],
  ]);
  await handInAll(ada);
  expect(sumOn(ada)).toEqual(third);
  expect(scoreOf(ada.page)).toBe('2 of 2 points');

  const teacher = await openAsTeacher(mustaqil, { activity });
  const { id } = await placementOf(mustaqil, activity);
  await teacher.open(`/placements/${id}/results`);
  await teacher.open(teacher.page.$('a[href*="/learners/"]').attr('href') ?? '');
  await teacher.open(`${new URL(teacher.page.url).pathname}/1`);
  expect(sumOn(teacher)).toEqual(third);
  expect(scoreOf(teacher.page)).toBe('2 of 2 points');
  await teacher.open(`/placements/${id}/quiz/regrade`);
  expect(teacher.page.$('main').text()).toContain('1 answer, 1 with full points.');
});
