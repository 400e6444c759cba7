// Writing questions one by one: nothing typed is lost, whoever else works on the quiz, and every step can be taken back.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import request from 'supertest';
import { draftQuestions, quizzes } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { pngOf } from '../support/assets.ts';
import { cookiesOf } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, takeQuiz, twoQuestions, writeQuestions } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newActivity, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const capital = {
  text: 'The capital of Kyrgyzstan is',
  'options.0.text': 'Bishkek',
  'options.0.right': 'on',
  'options.1.text': 'Osh',
};

/** Dilnoza in the list of a new quiz. */
async function beginning(source = '') {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  if (source !== '') await writeQuestions(dilnoza, source);
  return { dilnoza, activity };
}

/** Another teacher of the course who has the same page open. */
async function colleague(robot: Robot): Promise<Robot> {
  const teacher = newStudent(mustaqil, 'Hamkasb');
  mustaqil.lms.enrol(teacher, sample.physics.course, 'teacher');
  const other = await openAsTeacher(mustaqil, { teacher });
  await other.open(robot.page.url);
  return other;
}

const texts = ({ page: { $ } }: Robot) =>
  $('[data-key] .card-text')
    .toArray()
    .map((card) => $(card).text());

describe('A new question', () => {
  test('is written in its form, published with one written as text, and sat by a student', async () => {
    const { dilnoza, activity } = await beginning();
    await dilnoza.submit('.add-question', { type: 'single-choice' });
    expect(dilnoza.page.$('h1').text()).toBe('Single choice');
    await dilnoza.submit('#question [name=done]', { ...capital, points: '1' });
    expect(dilnoza.page.url).toContain('/quiz/edit');
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is']);
    await dilnoza.submit('.add-question', { type: 'numeric' });
    await dilnoza.submit('#question [name=done]', { text: '2 + 3', points: '1', 'answers.0.value': '5' });
    await dilnoza.submit('button[formaction]');
    const aziz = await openQuiz(mustaqil, { activity });
    await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
    expect(aziz.page.$('.score').text()).toContain('2 of 2 points');
  });

  test('is made once by two clicks', async () => {
    const { dilnoza } = await beginning();
    const click = () => dilnoza.submit('.add-question', { type: 'essay' });
    const [one, other] = await Promise.all([click(), click()]);
    expect(one.url).toBe(other.url);
  });

  test('that is not finished keeps all that was typed, says what is missing, and stays out of the quiz', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.submit('.add-question', { type: 'single-choice' });
    const typed = { ...capital, 'options.0.right': '', 'options.1.share': 'half', points: 'two', tags: 'a, b' };
    await dilnoza.submit('#question [name=done]', typed);
    const { $ } = dilnoza.page;
    expect(dilnoza.page.status).toBe(422);
    expect(
      $('#summary a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual(expect.arrayContaining(['#points', '#options.1.share']));
    expect($('[id="options.1.share"]').attr('aria-invalid')).toBe('true');
    expect($('[id="options.1.share-problem"]').text()).toContain('-100 to 100');
    for (const [name, value] of Object.entries(typed)) {
      if (name !== 'options.0.right') expect($(`[name="${name}"]`).val()).toBe(value);
    }
    await dilnoza.click('.crumb a');
    expect(dilnoza.page.$('#questions').text()).toContain('1 question is unfinished');
    expect(dilnoza.page.$('button[formaction]').text()).toContain('Publish 2 questions');
    await dilnoza.submit('button[formaction]');
    expect(dilnoza.page.$('main').text()).toContain('2 questions, 2 points');
  });

  test('gets one more option, one less, and another order without a script', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('.add-question', { type: 'single-choice' });
    await dilnoza.submit('[value="add options"]', { ...capital, 'options.3.text': 'Naryn' });
    expect(dilnoza.page.$('[autofocus]').attr('name')).toBe('options.4.text');
    await dilnoza.submit('[value="remove options 3"]');
    await dilnoza.submit('[value="up options 3"]', { 'options.3.text': 'Talas' });
    const options = dilnoza.page.$('#options textarea[name$=".text"]').toArray();
    expect(options.map((option) => dilnoza.page.$(option).text().trim())).toEqual(['Bishkek', 'Osh', 'Talas', 'Naryn']);
    expect(dilnoza.page.$('[name="options.0.right"]').attr('checked')).toBeDefined();
    expect(dilnoza.page.$('[autofocus]').attr('name')).toBe('options.2.text');
  });

  test('about a picture takes the line of its upload without a script, keeps numbers that fit nothing, and is published', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('.add-question', { type: 'hotspot' });
    const form = dilnoza.page.url;
    await dilnoza.submit('form.upload', {
      file: { filename: 'a.png', content: pngOf(40, 30), type: 'image/png' },
      alt: 'A heart cut open',
    });
    const line = dilnoza.page.$('.kept-asset code').eq(1).text();
    await dilnoza.open(form);
    const numbers = { 'regions.0.left': '5', 'regions.0.top': '5', 'regions.0.right': '2', 'regions.0.bottom': '20' };
    const typed = { text: 'Where is the left ventricle?', picture: line, ...numbers, 'regions.0.isRight': 'on' };
    await dilnoza.submit('#question [name=done]', typed);
    expect(dilnoza.page.status).toBe(422);
    expect(dilnoza.page.$('[id="regions.0.right-problem"]').text()).toBe('A number greater than 5 is expected.');
    for (const [name, value] of Object.entries({ picture: line, ...numbers }))
      expect(dilnoza.page.$(`[name="${name}"]`).val()).toBe(value);
    await dilnoza.submit('#question [name=done]', { 'regions.0.right': '20' });
    await dilnoza.click('[data-key] .card-text a');
    expect(dilnoza.page.$('[name=alt]').val()).toBe('A heart cut open');
    expect(dilnoza.page.$('[data-pane] .hotspot-picture').attr('viewBox')).toBe('0 0 40 30');
    await dilnoza.click('.crumb a');
    await dilnoza.submit('button[formaction]');
    expect(dilnoza.page.$('main').text()).toContain('1 question, 1 point');
  });

  test('is shown as students will see it by the button, without a script', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('.add-question', { type: 'true-false' });
    await dilnoza.submit('#question [name=preview]', { text: 'Water \\(H_2O\\) is **wet**' });
    expect(dilnoza.page.$('[data-pane] math')).toHaveLength(1);
    expect(dilnoza.page.$('[data-pane] input[type=radio]')).toHaveLength(2);
  });
});

describe('While Dilnoza types', () => {
  test('her question is kept by itself, and she reads when', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('.add-question', { type: 'single-choice' });
    const kept = await autosave(dilnoza, { ...capital, points: '1', revision: '1' });
    expect(kept.status).toBe(200);
    expect(kept.body).toMatchObject({ revision: 2, said: expect.stringMatching(/^Saved at \d\d:\d\d$/) });
    expect((kept.body as { pane: string }).pane).toContain('Bishkek');
    await dilnoza.open(dilnoza.page.url);
    expect(dilnoza.page.$('[name="options.1.text"]').text().trim()).toBe('Osh');
  });

  test('an older tab is told, and neither text is lost', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.click('[data-key] .card-text a');
    const other = await colleague(dilnoza);
    await dilnoza.submit('#question [name=done]', { text: 'Hers' });
    expect((await autosave(other, { text: 'Typed meanwhile', revision: '1' })).status).toBe(409);
    const refused = await other.submit('#question [name=done]', { text: 'Typed meanwhile' });
    expect(refused.status).toBe(409);
    expect(refused.$('[name=text]').text().trim()).toBe('Typed meanwhile');
    expect(refused.$('[role=alert] .question-text').text().trim()).toBe('Hers');
    expect(texts(dilnoza)[0]).toBe('Hers');

    await other.submit('#question [name=done]');
    expect(texts(other)[0]).toBe('Typed meanwhile');
  });

  test('the same sent twice, as after a lost answer, is no conflict', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.click('[data-key] .card-text a');
    const click = () => dilnoza.submit('#question [name=done]', { text: 'Once' });
    await Promise.all([click(), click()]);
    expect(dilnoza.page.url).toContain('/quiz/edit');
  });
});

describe('The list', () => {
  test('is put in another order by buttons, and the focus stays on the button', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', '2 + 3']);
    await dilnoza.submit('[data-move=down]:not([disabled])');
    expect(texts(dilnoza)).toEqual(['2 + 3', 'The capital of Kyrgyzstan is']);
    await dilnoza.submit('[data-move=up]:not([disabled])');
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', '2 + 3']);
    await dilnoza.submit('[data-move=down]:not([disabled])', { to: '1' });
    expect(texts(dilnoza)).toEqual(['2 + 3', 'The capital of Kyrgyzstan is']);
  });

  test('gives back what was deleted, also days later, where it stood', async () => {
    const { dilnoza, activity } = await beginning(twoQuestions);
    await dilnoza.submit('form[action$="/deletion"]');
    expect(texts(dilnoza)).toEqual(['2 + 3']);
    expect(dilnoza.page.$('#deleted [autofocus]')).toHaveLength(1);
    mustaqil.clock.advance(6 * 60 * 60 * 1000);
    const later = await openAsTeacher(mustaqil, { activity });
    await later.submit('form[action$="/restoration"]');
    expect(texts(later)).toEqual(['The capital of Kyrgyzstan is', '2 + 3']);
  });

  test('has sections that follow their questions: moved, copied, deleted, put back, and rewritten as a text', async () => {
    const sums = (...numbers: number[]) => numbers.map((number) => `::S${number}::${number} + 1 {#${number + 1}}\n`);
    const { dilnoza } = await beginning(sums(1, 2, 3, 4).join('\n'));
    await dilnoza.submit('#quiz', { 'section.0.title': 'B', 'section.0.from': '3', 'section.1.from': '5' });
    const keys = dilnoza.page.$('[data-key]').map((_, card) => dilnoza.page.$(card).attr('data-key'));
    /** The questions, with a bar where the section begins. */
    const list = () => {
      const from = Number(dilnoza.page.$('[name="section.0.from"]').val()) - 1;
      return [...texts(dilnoza).slice(0, from), '|', ...texts(dilnoza).slice(from)].join(' ').replaceAll(' + 1', '');
    };
    const at = (index: number, action: string) => `form[action*="${keys[index]}/${action}"]`;
    await dilnoza.submit(at(3, 'place'), { to: '2' });
    expect(list()).toBe('1 2 | 4 3');
    await dilnoza.submit(at(0, 'copies'));
    expect(list()).toBe('1 1 2 | 4 3');
    await dilnoza.submit(at(3, 'deletion'));
    expect(list()).toBe('1 1 2 | 3');
    await dilnoza.submit('#quiz', { title: 'Sums' });
    await dilnoza.submit(at(3, 'restoration'));
    expect(list()).toBe('1 1 2 | 4 3');
    await writeQuestions(dilnoza, sums(1, 7, 2, 3, 4).join('\n'));
    expect(list()).toBe('1 7 2 | 3 4');
  });

  test('takes a duplicate right after the first, which can then be changed alone', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.submit('form[action$="/copies"]');
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', 'The capital of Kyrgyzstan is', '2 + 3']);
    await dilnoza.open(`${dilnoza.page.$('[data-key] .card-text a').eq(1).attr('href')}`);
    await dilnoza.submit('#question [name=done]', { text: 'Another capital' });
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', 'Another capital', '2 + 3']);
  });

  test('takes points in place, with a comma, and leaves them where they make no sense', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.submit('form[action$="/points"]', { points: '2,5' });
    expect(dilnoza.page.$('#quiz .facts').text()).toBe('2 questions, 3.5 points.');
    await dilnoza.submit('form[action$="/points"]', { points: 'many' });
    expect(dilnoza.page.$('[role=alert]').text()).toContain('Points are a number from 0 to 1000');
    expect(dilnoza.page.$('#quiz .facts').text()).toBe('2 questions, 3.5 points.');
  });

  test('does not let the later of two teachers put out the title of the other', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    const other = await colleague(dilnoza);
    await dilnoza.submit('#quiz', { title: 'Hers' });
    const refused = await other.submit('#quiz', { title: 'The other’s' });
    expect(refused.status).toBe(409);
    expect(refused.$('#title').val()).toBe('The other’s');
    expect(refused.$('[role=alert]').text()).toContain('Somebody else has changed the title');
    await other.submit('#quiz', { title: 'The other’s' });
    expect(other.page.$('#title').val()).toBe('The other’s');
  });
});

describe('Text mode', () => {
  test('keeps the keys of what the text leaves as it was', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    const keys = () =>
      dilnoza.page
        .$('[data-key]')
        .toArray()
        .map((card) => dilnoza.page.$(card).attr('data-key'));
    const [first, second] = keys();
    await writeQuestions(dilnoza, `::Sum::2 + 4 {#6}\n\n::New::Water boils {T}\n\n${twoQuestions.split('\n\n')[0]}\n`);
    expect(texts(dilnoza)).toEqual(['2 + 4', 'Water boils', 'The capital of Kyrgyzstan is']);
    expect([keys()[0], keys()[2]]).toEqual([second, first]);
  });

  test('refuses an older text in words, and keeps it on the page', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.click('main a[href$="/quiz/text"]');
    const other = await colleague(dilnoza);
    await dilnoza.submit('#text', { source: `${twoQuestions}\n::Third::Water boils {T}\n` });
    const refused = await other.submit('#text', { source: '::Mine::Mine? {T}\n' });
    expect(refused.status).toBe(409);
    expect(refused.$('#source').text()).toBe('::Mine::Mine? {T}\n');
    expect(refused.$('[role=alert]').text()).toContain('not saved');
    await other.submit('#text');
    await other.click('.crumb a');
    expect(texts(other)).toEqual(['Mine?']);
    expect(other.page.$('#deleted li')).toHaveLength(3);
  });

  test('an empty text takes nothing out', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    await dilnoza.click('main a[href$="/quiz/text"]');
    expect((await dilnoza.submit('#text', { source: ' ' })).status).toBe(422);
    await dilnoza.click('.crumb a');
    expect(texts(dilnoza)).toHaveLength(2);
  });

  test('a draft from before there were questions one by one is read when it is opened', async () => {
    const { dilnoza } = await beginning(twoQuestions);
    const quizId = await quizIdAt(dilnoza);
    await mustaqil.db.delete(draftQuestions).where(eq(draftQuestions.quizId, quizId));
    await mustaqil.db.update(quizzes).set({ revision: 1, sourceRevision: 1 }).where(eq(quizzes.id, quizId));
    await dilnoza.open(dilnoza.page.url);
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', '2 + 3']);
    await dilnoza.submit('button[formaction]');
    expect(dilnoza.page.$('main').text()).toContain('2 questions, 2 points · Version 1');
  });
});

describe('An import', () => {
  const three = `${twoQuestions}\n::Sum again::2 + 3 {#5}\n\n::Bad::Which? {~a ~b}\n`;

  test('shows each question with its line, keeps the good ones, and ticks only what is new', async () => {
    const { dilnoza } = await beginning(twoQuestions.split('\n\n')[0]);
    await dilnoza.submit('#import', { source: three });
    const { $ } = dilnoza.page;
    expect($('.problems li').text()).toContain('Line 7.');
    const items = $('#chosen .card')
      .toArray()
      .map((card) => ({
        ticked: $(card).find('[name=item]').attr('checked') !== undefined,
        text: $(card).text(),
      }));
    expect(items.map(({ ticked }) => ticked)).toEqual([false, true, false]);
    expect(items[0]?.text).toContain('The quiz asks this already');
    expect(items[2]?.text).toContain('The same stands further up');
    expect($('#source').text()).toBe(three);

    await Promise.all([dilnoza.submit('#chosen'), dilnoza.submit('#chosen')]);
    await dilnoza.open(dilnoza.page.url);
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', '2 + 3']);
  });

  test('of nothing ticked says so and loses nothing', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('#import', { source: twoQuestions });
    const { origin, pathname } = new URL(dilnoza.page.url);
    await post(dilnoza, `${pathname}/questions`, []);
    await dilnoza.open(`${origin}${pathname}?none`);
    expect(dilnoza.page.$('[role=alert]').text()).toContain('Tick at least one');
    expect(dilnoza.page.$('#chosen [name=item][checked]')).toHaveLength(2);
  });

  test('is nobody else’s, not even of the same course', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('#import', { source: twoQuestions });
    expect((await colleague(dilnoza)).page.status).toBe(404);
  });
});

describe('Who may not edit', () => {
  const actions = ['', '/copies', '/deletion', '/restoration', '/place', '/points'];

  test.each(actions)('a student and a teacher of another course change nothing at a question%s', async (action) => {
    const { dilnoza, activity } = await beginning(twoQuestions);
    const question = `${dilnoza.page.$('[data-key] .card-text a').attr('href')}${action}`;
    const aziz = await openQuiz(mustaqil, { activity });
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    expect((await post(aziz, question, [['text', 'x']])).status).toBe(403);
    expect((await post(grace, question, [['text', 'x']])).status).toBe(404);
    await dilnoza.open(dilnoza.page.url);
    expect(texts(dilnoza)).toEqual(['The capital of Kyrgyzstan is', '2 + 3']);
  });

  test('a question is found only in its own draft', async () => {
    const [one, other] = [await beginning(twoQuestions), await beginning(twoQuestions)];
    const key = other.dilnoza.page.$('[data-key]').attr('data-key');
    const place = new URL(one.dilnoza.page.url).pathname.replace('/edit', '');
    await one.dilnoza.open(`${place}/questions/${key}`);
    expect(one.dilnoza.page.status).toBe(404);
    await one.dilnoza.open(`${place}/questions/not-a-key`);
    expect(one.dilnoza.page.status).toBe(404);
  });
});

/** As the page's script saves. */
function autosave(robot: Robot, fields: Record<string, string>) {
  const { url, $ } = robot.page;
  const { origin, hostname, pathname } = new URL(url);
  return request(origin)
    .post(pathname)
    .set('Cookie', cookiesOf(robot, hostname))
    .set('Accept', 'application/json')
    .type('form')
    .send({ ...fields, _csrf: $('input[name=_csrf]').attr('value') ?? '' });
}

async function quizIdAt(robot: Robot): Promise<number> {
  const key = robot.page.$('[data-key]').attr('data-key') ?? '';
  const [row] = await mustaqil.db.select().from(draftQuestions).where(eq(draftQuestions.key, key));
  return row?.quizId ?? 0;
}
