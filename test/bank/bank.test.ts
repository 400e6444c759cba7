// The bank of a course: questions that stay when quizzes go, found by any of their words, with all that they ever were.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { bankQuestions, bankQuestionVersions } from '../../src/database/tables/bank.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { refusalOf } from '../support/refusals.ts';
import { newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** Dilnoza in the bank of her course. */
async function inBank(query = '') {
  const dilnoza = await openAsTeacher(mustaqil);
  await dilnoza.open(`/courses/${await courseId(dilnoza)}/bank${query}`);
  return dilnoza;
}

/** Our key of the course whose activity a teacher has open. */
async function courseId(robot: Robot): Promise<string> {
  const href = robot.page.$('.crumb a').attr('href') ?? '';
  const [, id = ''] = /^\/courses\/(\d+)/.exec(href) ?? [];
  return Promise.resolve(id);
}

/** Writes a numeric question into the bank; its page is open afterwards. */
async function write(text: string, { value = '5', ...more }: Record<string, string> = {}) {
  const dilnoza = await inBank();
  await dilnoza.submit('form[action$="/questions/new"]', { type: 'numeric' });
  await dilnoza.submit('#question [name=done]', { text, points: '1', 'answers.0.value': value, ...more });
  return dilnoza;
}

const texts = ({ page: { $ } }: Robot) =>
  $('[data-bank] .card-text')
    .toArray()
    .map((card) => $(card).text().trim());

async function find(fields: Record<string, string>) {
  const dilnoza = await inBank(`?${new URLSearchParams(fields).toString()}`);
  return texts(dilnoza);
}

describe('A question of the bank', () => {
  test('is reached from the course page, written in its form, and shown as students will see it', async () => {
    const dilnoza = await openAsTeacher(mustaqil);
    await dilnoza.open(`/courses/${await courseId(dilnoza)}`);
    await dilnoza.click('a[href$="/bank"]');
    expect(dilnoza.page.$('h1').text()).toBe('Question bank');
    expect(dilnoza.page.$('main').text()).toContain('The bank is empty');
    await write('How much is **2 + 3**?', { name: 'Sum', tags: 'sums, easy ones', textFormat: 'markdown' });
    const sum = await inBank();
    expect(texts(sum)).toEqual(['How much is 2 + 3?']);
    await sum.click('[data-bank] a');
    expect(sum.page.$('h1').text()).toBe('Sum');
    expect(sum.page.$('.preview strong').text()).toBe('2 + 3');
    expect(sum.page.$('.bank-tag').text()).toContain('sums');
    expect(sum.page.html).not.toMatch(/value="5"/);
  });

  test('that misses something is not kept, and everything typed stands in the form with what is missing', async () => {
    const before = await mustaqil.db.$count(bankQuestions);
    const dilnoza = await write('', { value: 'five', name: 'Unfinished' });
    expect(dilnoza.page.status).toBe(422);
    expect(dilnoza.page.$('#summary a').length).toBeGreaterThan(1);
    expect(dilnoza.page.$('[name="answers.0.value"]').val()).toBe('five');
    await dilnoza.submit('[value="add answers"]');
    expect(dilnoza.page.$('[name=name]').val()).toBe('Unfinished');
    expect(dilnoza.page.$('[name="answers.2.value"], [name="answers.1.value"]').length).toBeGreaterThan(0);
    expect(await mustaqil.db.$count(bankQuestions)).toBe(before);
  });

  test('that the bank has already is shown instead of being kept twice', async () => {
    await write('Written twice: 1 + 1', { value: '2' });
    const again = await write('Written twice: 1 + 1', { value: '3' });
    expect(again.page.$('[role=status]').text()).toContain('already');
    expect(await find({ text: 'written twice' })).toEqual(['Written twice: 1 + 1']);
  });

  test('gets a version with each change, which says word by word what changed, by whom and why', async () => {
    const dilnoza = await write('The speed of light is about 300 000 km/h', { value: '300000', name: 'Light' });
    const address = dilnoza.page.url.split('?')[0] ?? '';
    await dilnoza.click('a[href$="/edit"]');
    const note = 'A student saw that the unit was wrong';
    await dilnoza.submit('#question [name=done]', { text: 'The speed of light is about 300 000 km/s', note });
    expect(dilnoza.page.$('.bank-facts').text()).toContain('Version 2');
    expect(dilnoza.page.$('#versions').text()).toContain(note);
    await dilnoza.click('#versions a');
    const { $ } = dilnoza.page;
    expect($('.difference dt').text()).toBe('Text');
    expect($('.difference del').text()).toContain('h');
    expect($('.difference ins').text()).toContain('s');
    expect($('.difference dd').text()).toContain('The speed of light is about 300 000 km/');
    for (const number of ['3', '999999999999999', '0', 'x']) {
      await dilnoza.open(`${address}/versions/${number}`);
      expect(dilnoza.page.status).toBe(404);
    }
    await dilnoza.open(address);
    await dilnoza.click('a[href$="/edit"]');
    await dilnoza.submit('#question [name=done]', {});
    expect(dilnoza.page.$('.bank-facts').text()).toContain('Version 2');
  });

  test('that somebody else has changed meanwhile is not overwritten unseen', async () => {
    const dilnoza = await write('Which year? 2024', { value: '2024' });
    await dilnoza.click('a[href$="/edit"]');
    const other = await inBank();
    await other.open(dilnoza.page.url);
    await other.submit('#question [name=done]', { text: 'Which year? 2025', 'answers.0.value': '2025' });
    await dilnoza.submit('#question [name=done]', { text: 'Which year was it? 2024' });
    expect(dilnoza.page.status).toBe(409);
    expect(dilnoza.page.$('[data-theirs]').text()).toContain('2025');
    expect(dilnoza.page.$('[name=text]').val()).toBe('Which year was it? 2024');
    await dilnoza.submit('#question [name=done]');
    expect(dilnoza.page.$('.bank-facts').text()).toContain('Version 3');
  });

  test('is archived and offered again', async () => {
    const dilnoza = await write('To be archived: 7 + 7', { value: '14' });
    const { url } = dilnoza.page;
    await dilnoza.submit('form[action$="/archive"]');
    expect(await find({ text: 'archived 7' })).toEqual([]);
    expect(await find({ text: 'archived 7', show: 'archived' })).toEqual(['To be archived: 7 + 7']);
    await dilnoza.open(url);
    await dilnoza.submit('form[action$="/restoration"]');
    expect(await find({ text: 'archived 7' })).toEqual(['To be archived: 7 + 7']);
  });

  test('keeps what it was, whatever the code says', async () => {
    await write('Never changed: 8', { value: '8' });
    const { db } = mustaqil;
    const frozen = { cause: { code: '23001' } };
    await expect(db.update(bankQuestionVersions).set({ note: 'x' })).rejects.toMatchObject(frozen);
    await expect(db.delete(bankQuestionVersions)).rejects.toMatchObject(frozen);
  });
});

describe('A question is found', () => {
  test('by its words in any order, case and kind of letter, in its text, name, tags and answers', async () => {
    await write('Oʻzbekistonning poytaxti yoshi', { value: '2200', name: 'Shahar', tags: 'geografiya' });
    await write('Масса тела в килограммах', { value: '70' });
    const uzbek = ['Oʻzbekistonning poytaxti yoshi'];
    for (const text of ["o'zbekiston", 'O‘ZBEKISTON poytaxt', 'ozbekiston', 'yoshi poytaxti', 'shahar', 'geografiya']) {
      expect({ text, found: await find({ text }) }).toEqual({ text, found: uzbek });
    }
    // The first letter typed on a Latin keyboard.
    expect(await find({ text: 'Mасса' })).toEqual(['Масса тела в килограммах']);
    expect(await find({ text: 'poytaxt kilogramm' })).toEqual([]);
    expect(await find({ text: '100% _\\' })).toEqual([]);
  });

  test('by what is said of it: tag, type, outcome, difficulty, language, and that no quiz has it', async () => {
    const dilnoza = await write('Force on 2 kg at 3 m/s²', { value: '6', tags: 'dinamika' });
    const { url } = dilnoza.page;
    await dilnoza.open(`/courses/${/courses\/(\d+)/.exec(url)?.[1]}/bank/outcomes`);
    await dilnoza.submit('#outcomes', { outcomes: 'ON1: Nyuton qonunlari\nON2 Energiya' });
    await dilnoza.open(url);
    const outcome = dilnoza.page.$('[name=outcome]').first().attr('value') ?? '';
    await dilnoza.submit('#facts form', { difficulty: 'hard', language: 'en', outcome });
    expect(dilnoza.page.$('#difficulty [selected]').attr('value')).toBe('hard');
    const force = ['Force on 2 kg at 3 m/s²'];
    expect(await find({ tag: 'dinamika' })).toEqual(force);
    expect(await find({ difficulty: 'hard' })).toEqual(force);
    expect(await find({ language: 'en' })).toEqual(force);
    expect(await find({ outcome })).toEqual(force);
    expect(await find({ outcome: '999999' })).toEqual([]);
    expect(await find({ type: 'matching' })).toEqual([]);
    expect(await find({ text: 'force', type: 'numeric', use: 'unused' })).toEqual(force);
    expect(await find({ type: 'no such type', difficulty: 'x', before: '-1', text: 'force' })).toEqual(force);
    // An outcome that a question is about stays, whatever the list says.
    await dilnoza.open(`/courses/${/courses\/(\d+)/.exec(url)?.[1]}/bank/outcomes`);
    await dilnoza.submit('#outcomes', { outcomes: 'ON3 Impuls' });
    expect(dilnoza.page.$('textarea').val()).toBe('ON1 Nyuton qonunlari\nON3 Impuls');
  });
});

describe('Nobody else', () => {
  test('Grace, who teaches another course, finds no bank and no question of it, and changes nothing', async () => {
    const dilnoza = await write('Only for physics: 9', { value: '9' });
    const path = new URL(dilnoza.page.url).pathname;
    const bank = path.replace(/\/questions\/.*/, '');
    const before = await mustaqil.db.select().from(bankQuestions);
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    for (const page of [
      bank,
      `${bank}/outcomes`,
      `${bank}/questions/new?type=numeric`,
      path,
      `${path}/edit`,
      `${path}/versions/1`,
    ]) {
      await grace.open(page);
      expect({ page, status: grace.page.status }).toEqual({ page, status: 404 });
    }
    const own = `/courses/${await courseId(await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace }))}`;
    await grace.open(path.replace(/^\/courses\/\d+/, own));
    expect(grace.page.status).toBe(404);
    for (const form of ['questions', 'outcomes', 'shares'].map((name) => `${bank}/${name}`)) {
      expect((await post(grace, form, [['type', 'numeric']])).status).toBe(404);
    }
    for (const form of ['versions', 'facts', 'archive', 'restoration', 'shares'].map((name) => `${path}/${name}`)) {
      expect((await post(grace, form, [])).status).toBe(404);
    }
    expect(await mustaqil.db.select().from(bankQuestions)).toEqual(before);
  });

  test('Aziz, a student of the course, finds the teachers’ door closed', async () => {
    const dilnoza = await inBank();
    const aziz = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Talaba') });
    await aziz.open(dilnoza.page.url);
    expect(aziz.page.status).toBe(403);
    expect(refusalOf(aziz.page)).toBe('instructor-only');
  });
});

test('A bank of more than a page is turned over page by page', async () => {
  const { db } = mustaqil;
  const dilnoza = await write('Page question 0', { value: '0' });
  const [model] = await db
    .select()
    .from(bankQuestions)
    .where(eq(bankQuestions.words, 'page question 0 page question 0'));
  if (!model) throw new Error('There is no such question');
  const [version] = await db.select().from(bankQuestionVersions).where(eq(bankQuestionVersions.questionId, model.id));
  if (!version) throw new Error('It has no version');
  for (let index = 1; index < 60; index += 1) {
    const { courseId: inCourse, type, tags, words, updatedAt } = model;
    const [row] = await db
      .insert(bankQuestions)
      .values({ courseId: inCourse, version: 1, type, tags, words, updatedAt, asked: `page ${index}` })
      .returning({ id: bankQuestions.id });
    await db.insert(bankQuestionVersions).values({ ...version, questionId: row?.id ?? 0 });
  }
  await dilnoza.open(`${dilnoza.page.url.replace(/\/questions.*/, '')}?text=page+question`);
  const sizes = [texts(dilnoza).length];
  expect(dilnoza.page.$('.facts').text()).toBe('60 questions');
  while (dilnoza.page.$('[rel=next]').length > 0) {
    await dilnoza.click('[rel=next]');
    sizes.push(texts(dilnoza).length);
  }
  expect(sizes).toEqual([25, 25, 10]);
});
