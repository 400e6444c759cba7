// The main job: launch, quiz, grade in the gradebook.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('Aziz answers a quiz and finds his grade in the gradebook', async () => {
  const aziz = await openQuiz(mustaqil);
  await takeQuiz(aziz, { capital: 'Bishkek', sum: '7' });
  expect(aziz.page.$('.score').text()).toContain('1 of 2 points');
  expect(aziz.page.$('.grade').text()).toContain('on its way');

  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({
    points: 50,
    comment: 'Attempt 1',
  });
  await aziz.open(aziz.page.url);
  expect(aziz.page.$('.grade').text()).toContain('in the gradebook since');
});
