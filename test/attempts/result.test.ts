// What a learner learns after handing in, and what no page tells before.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { mexanika, rightAnswers } from '../support/mexanika.ts';
import { handIn, openQuiz, publish } from '../support/people.ts';
import { fieldsFor, questionWith } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil, { source: mexanika });
});
afterAll(() => mustaqil.stop());

test('Aziz reads what his teacher says to each answer, what was right, and what the gradebook knows', async () => {
  const aziz = await openQuiz(mustaqil);
  await aziz.submit('form[action$="/attempts"]');
  const answers = {
    ...rightAnswers,
    'Jismga ta’sir': 'Albatta to‘xtaydi',
    'Massasi 2 kg': '5 m/s²',
    'birligi bilan moslang': { Kuch: 'N', Bosim: 'J', Energiya: 'J', Quvvat: 'W' },
  };
  await aziz.submit('#attempt button', fieldsFor(aziz.page, answers));
  await handIn(aziz);

  expect(aziz.page.$('.score').text()).toContain('7.75 of 10 points');
  expect(aziz.page.$('.grade').text()).toBe('Your grade is on its way to the gradebook.');
  const inertia = questionWith(aziz.page, 'Jismga ta’sir');
  expect(inertia.find('.question-state').text()).toContain('Wrong · 0 / 1');
  expect(inertia.find('.is-chosen .option-feedback').text()).toContain('Harakatni to‘xtatish uchun ham kuch kerak.');
  expect(inertia.text()).not.toContain('markazga intilma');
  expect(inertia.find('.general-feedback').text()).toContain('Nyutonning birinchi qonuni');
  expect(inertia.find('.verdict.is-right').text()).toContain('Right answer');

  const acceleration = questionWith(aziz.page, 'Massasi 2 kg');
  expect(acceleration.text()).toContain('This could not be read as a number.');
  expect(acceleration.find('.right-answer').text()).toContain('5 ± 0.01');
  const units = questionWith(aziz.page, 'birligi bilan moslang');
  expect(units.find('.question-state').text()).toContain('Partly right · 0.75 / 1');
  expect(units.find('.right-answer').text()).toContain('Pa');
  const essay = questionWith(aziz.page, 'Kundalik hayotdan');
  expect(essay.find('.question-state').text()).toContain('Kept, not marked yet');
  expect(
    essay
      .find('.answer-text')
      .toArray()
      .map((line) => aziz.page.$(line).text()),
  ).toEqual(['Belanchak.', '', 'Mayatnik.']);
  expect(aziz.page.$('.review').text()).toContain('Keyingi savollar');
});

test('No page tells the key before the attempt is handed in', async () => {
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  const pages = [aigul.page.html];
  await aigul.submit('form[action$="/attempts"]');
  pages.push(aigul.page.html);
  const saved = fieldsFor(aigul.page, {
    'Ta’sir va aks': 'True',
    'Kuchning xalqaro': 'joul',
    'vektor kattalik': ['Massa'],
  });
  await aigul.submit('#attempt button[name=later]', saved);
  pages.push(aigul.page.html);
  await aigul.submit('#attempt button');
  pages.push(aigul.page.html);
  const secrets = [
    'nyuton',
    'ньютон',
    '9.78',
    '9.84',
    '0.01',
    'Nyutonning birinchi',
    'Ular har xil',
    'skalyar',
    'nolga<',
    'nol<',
  ];
  const words = /right|wrong|correct|weight|33\.|feedback|score/i;
  for (const html of pages) {
    for (const secret of secrets) expect(html).not.toContain(secret);
    expect(html.slice(html.indexOf('<main')).replaceAll('Choose every right answer', '')).not.toMatch(words);
  }
});

test('Two students see questions and options in another order, each the same one every time', async () => {
  const orders = await Promise.all([sample.ivan, sample.omurbek].map(orderSeenBy));
  expect(orders[0]).not.toEqual(orders[1]);
  expect(orders[0]?.toSorted()).toEqual(orders[1]?.toSorted());
  expect(await orderSeenBy(sample.ivan)).toEqual(orders[0]);

  const ivan = await openQuiz(mustaqil, { student: sample.ivan });
  await ivan.submit('form[action$="/attempts"]');
  const shown = ivan.page.$('.question-text').text();
  await ivan.submit('#attempt button');
  await handIn(ivan);
  expect(ivan.page.$('.review .question-text').text()).toBe(shown);
});

/** The words of all questions and options, from top to bottom. */
async function orderSeenBy(student: string) {
  const robot = await openQuiz(mustaqil, { student });
  await robot.submit('form[action$="/attempts"]');
  const { $ } = robot.page;
  return $('.question-text, .option-text')
    .toArray()
    .map((element) => $(element).text().trim());
}
