// Every kind of question, answered through the form as people do it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RobotPage } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { mexanika, rightAnswers, wrongAnswers } from '../support/mexanika.ts';
import { handIn, openQuiz, publish } from '../support/people.ts';
import { fieldsFor, givenTo, questionWith, type Given } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil, { source: mexanika });
});
afterAll(() => mustaqil.stop());

test('Aziz answers everything right and has all the points', async () => {
  const aziz = await answering(sample.aziz, rightAnswers);
  expect(aziz.page.$('.lead').text()).toBe('You have answered every question.');
  await handIn(aziz);
  expect(aziz.page.$('.score').text()).toContain('10 of 10 points');
  expect(aziz.page.$('.score').text()).toContain('100%');
});

test('Aigul answers everything wrong and has none', async () => {
  const aigul = await answering(sample.aigul, wrongAnswers);
  await handIn(aigul);
  expect(aigul.page.$('.score strong').text()).toBe('0 of 10 points');
});

test('Ivan hands in an empty sheet, and nothing on it is counted against him or for him', async () => {
  const ivan = await answering(sample.ivan, {});
  expect(ivan.page.$('.lead').text()).toBe('11 questions are not answered:');
  await handIn(ivan);
  expect(ivan.page.$('.score strong').text()).toBe('0 of 10 points');
  expect(ivan.page.$('.question-state.is-unanswered')).toHaveLength(11);
});

test('Everything that was answered stands in the form again, in another browser too', async () => {
  const robot = await answering(sample.omurbek, rightAnswers);
  await robot.click('main p.actions a');
  const phone = await openQuiz(mustaqil, { student: sample.omurbek });
  await phone.submit('form[action$="/attempts"]');
  for (const { page } of [robot, phone]) {
    expect(sheetOf(page)).toEqual(sorted(rightAnswers));
    expect(page.$('.bar [data-answered]').text()).toBe('11 of 11 answered');
  }
  await phone.submit('#attempt button', fieldsFor(phone.page, wrongAnswers));
  await robot.open(robot.page.url);
  expect(sheetOf(robot.page)).toEqual(sorted(wrongAnswers));
});

test('A part of the points for a part of the answer', async () => {
  const aziz = await answering(sample.aziz, {
    'vektor kattalik': ['Tezlik', 'Kuch'],
    'birligi bilan moslang': { Kuch: 'N', Bosim: 'J' },
  });
  await handIn(aziz);
  // Two thirds (as the file rounds them) and a quarter.
  expect(aziz.page.$('.score').text()).toContain('0.92 of 10 points');
  expect(questionWith(aziz.page, 'vektor kattalik').find('.question-state').text()).toContain(
    'Partly right · 0.67 / 1',
  );
  expect(questionWith(aziz.page, 'birligi bilan').find('.question-state').text()).toContain('Partly right · 0.25 / 1');
});

/** A new attempt with these answers, on the page before handing in. */
async function answering(student: string, answers: Record<string, Given>) {
  const robot = await openQuiz(mustaqil, { student });
  await robot.submit('form[action$="/attempts"]');
  await robot.submit('#attempt button', fieldsFor(robot.page, answers));
  return robot;
}

/** Every question of the quiz and what stands there; ticks in no order. */
function sheetOf(page: RobotPage) {
  return sorted(Object.fromEntries(Object.keys(rightAnswers).map((words) => [words, givenTo(page, words)])));
}

function sorted(answers: Record<string, Given>) {
  return Object.fromEntries(
    Object.entries(answers).map(([words, given]) => [words, Array.isArray(given) ? given.toSorted() : given]),
  );
}
