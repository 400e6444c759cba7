// Answers are kept as they are given: one at a time by the page's script, all together by the form.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cookiesOf } from '../support/ask.ts';
import { openJournal, send } from '../support/journal.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { mexanika, rightAnswers } from '../support/mexanika.ts';
import { openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newQuiz, newStudent } from '../support/school.ts';
import { fieldOf, fieldsFor, givenTo, type Given } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
let activity: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  activity = await newQuiz(mustaqil, { source: mexanika });
});
afterAll(() => mustaqil.stop());

test('The script saves one answer and leaves the others alone', async () => {
  const ada = await answering({ 'Massasi 2 kg': '5', 'Ta’sir va aks': 'False' });
  const field = fieldOf(ada.page, 'Massasi 2 kg');
  const journal = openJournal(ada.page, mustaqil.clock.now);
  const saved = await send(journal.url, [await journal.answer(field, '6')], cookieOf(ada));
  expect(saved.body).toMatchObject({ state: 'open', taken: [[journal.client, 1]] });
  await ada.open(ada.page.url);
  expect(givenTo(ada.page, 'Massasi 2 kg')).toBe('6');
  expect(givenTo(ada.page, 'Ta’sir va aks')).toBe('False');
});

test('Two answers that the script saves at the same moment are both kept', async () => {
  const ada = await answering({});
  const [number, text] = [fieldOf(ada.page, 'Massasi 2 kg'), fieldOf(ada.page, 'Kuchning xalqaro')];
  const journal = openJournal(ada.page, mustaqil.clock.now);
  const entries = [await journal.answer(number, '5'), await journal.answer(text, 'nyuton')];
  await Promise.all(entries.map((entry) => send(journal.url, [entry])));
  await ada.open(ada.page.url);
  expect([givenTo(ada.page, 'Massasi 2 kg'), givenTo(ada.page, 'Kuchning xalqaro')]).toEqual(['5', 'nyuton']);
});

test('Unticking a box takes that tick back, unticking the last one the whole answer', async () => {
  const ada = await answering({ 'vektor kattalik': ['Tezlik', 'Massa'] });
  await save(ada, { 'vektor kattalik': ['Tezlik'] });
  expect(givenTo(ada.page, 'vektor kattalik')).toEqual(['Tezlik']);
  await save(ada, { 'vektor kattalik': [] });
  expect(givenTo(ada.page, 'vektor kattalik')).toEqual([]);
  expect(ada.page.$('.bar [data-answered]').text()).toBe('0 of 11 answered');
});

test('Emptying a field and choosing nothing again takes an answer back', async () => {
  const ada = await answering({ 'Massasi 2 kg': '5', 'birligi bilan moslang': { Kuch: 'N' } });
  await save(ada, { 'Massasi 2 kg': '  ', 'birligi bilan moslang': { Kuch: 'Choose…' } });
  expect(ada.page.$('.bar [data-answered]').text()).toBe('0 of 11 answered');
});

test('Before handing in Ada sees which questions she has not answered, and each leads to its place', async () => {
  const ada = await answering(rightAnswers);
  await ada.submit('#attempt button', fieldsFor(ada.page, { 'Massasi 2 kg': '', 'o‘zaro tik': '' }));
  const { $ } = ada.page;
  expect($('.lead').text()).toBe('2 questions are not answered:');
  const open = $('.tile').not('.done').toArray();
  expect(open.map((tile) => $(tile).find('.tile-state').text())).toEqual(['not answered', 'not answered']);
  expect($('.tile.done')).toHaveLength(9);
  const [first] = open.map((tile) => $(tile).attr('href') ?? '');
  await ada.open(first ?? '');
  expect(
    ada.page
      .$(`#${first?.split('#')[1]}`)
      .find('.question-text')
      .text(),
  ).toMatch(/Massasi 2 kg|o‘zaro tik/);
});

test('“Save and go on later” says that everything is kept', async () => {
  const ada = await answering({});
  await ada.submit('#attempt button[name=later]', fieldsFor(ada.page, { 'Kundalik hayotdan': 'Davomi bor …' }));
  expect(ada.page.$('.notice[role=status]').text()).toContain('Your answers are saved');
  expect(givenTo(ada.page, 'Kundalik hayotdan')).toBe('Davomi bor …');
});

test('A long essay in Kyrgyz and Uzbek comes back to the letter', async () => {
  const essay =
    `  Өзгөчө үй: ң, ө, ү — 𝛼 😀 «тырмакча».\n\n\tOʻzbekcha gʻalaba, maʼno & <b>ogʻir</b> "soʻz" {{t}} </textarea>\n`
      .repeat(150)
      .trim();
  const ada = await answering({});
  await save(ada, { 'Kundalik hayotdan': essay });
  expect(givenTo(ada.page, 'Kundalik hayotdan')).toBe(essay);
  await ada.submit('#attempt button');
  await ada.submit('form[action$="/submission"]');
  const lines = ada.page.$('.question-essay .answer-text').toArray();
  expect(lines.map((line) => ada.page.$(line).text()).join('\n')).toBe(essay);
});

test('What belongs to no question is passed over, what makes no sense counts as no answer', async () => {
  const ada = await answering({ 'Massasi 2 kg': '5' });
  const choice = fieldOf(ada.page, 'Jismga ta’sir');
  const odd: [string, string][] = [
    [choice, '99'],
    ['__proto__', 'x'],
    [`${choice}.__proto__`, 'x'],
  ];
  const form = odd.filter(([name]) => name !== '__proto__');
  const sheet: [string, string][] = [['question', 'q99'], ['question', choice], ['q99', 'x'], ...form];
  expect((await post(ada, `${new URL(ada.page.url).pathname}/answers`, sheet)).status).toBe(303);
  const journal = openJournal(ada.page, mustaqil.clock.now);
  const entries = ['q99', choice].map((field) => journal.seal({ kind: 'answer', field, round: 0, values: odd }));
  expect((await send(journal.url, await Promise.all(entries))).body.taken).toHaveLength(2);
  await ada.open(ada.page.url);
  expect(ada.page.$('.bar [data-answered]').text()).toBe('1 of 11 answered');
});

type Student = Awaited<ReturnType<typeof openQuiz>>;

/** A new student's new attempt with these answers, on the sheet. */
async function answering(answers: Record<string, Given>): Promise<Student> {
  const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada'), activity });
  await ada.submit('form[action$="/attempts"]');
  await save(ada, answers);
  return ada;
}

/** Answers, saves, and looks at the sheet again. */
async function save(student: Student, answers: Record<string, Given>) {
  const { url } = student.page;
  await student.submit('#attempt button[name=later]', fieldsFor(student.page, answers));
  await student.open(url);
}

const cookieOf = (robot: Student) => cookiesOf(robot, new URL(mustaqil.url).hostname);
