// A question with variables gives every attempt its own numbers, and each attempt is marked by its own.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { desc } from 'drizzle-orm';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { getVersion, publishVersion } from '../../src/quizzes/quiz.store.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { handIn, openQuiz } from '../support/people.ts';
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

test('Two attempts have different numbers, and each is marked by its own', async () => {
  const activity = await newQuiz(mustaqil);
  const { db, clock } = mustaqil;
  const [published] = await db.select().from(quizVersions).orderBy(desc(quizVersions.id)).limit(1);
  if (!published) throw new Error('There is no version');
  const { id, quizId, publishedBy } = published;
  const version = { ...(await getVersion(db, id)), questions: [question] };
  await db.transaction((tx) => publishVersion(tx, quizId, version, { publishedBy, now: clock.now() }));

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
