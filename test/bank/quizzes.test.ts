// A quiz and the bank of its course: questions go both ways, and a correction made once is offered wherever the question is.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { bankQuestions, bankQuestionVersions } from '../../src/database/tables/bank.ts';
import { draftQuestions } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, takeQuiz, writeQuestions } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newActivity, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** No two quizzes of these tests ask the same. */
let turn = 0;
function questions() {
  turn += 1;
  return `::Capital ${turn}::The capital of Kyrgyzstan, asked for the ${turn}. time, is {=Bishkek ~Osh ~Naryn}

::Sum ${turn}::${turn} + 3 {#${turn + 3}}
`;
}

/** Dilnoza in the list of a new quiz, which has two questions. */
async function beginning(source = questions()) {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await writeQuestions(dilnoza, source);
  return { dilnoza, activity, list: dilnoza.page.url };
}

/** A quiz whose questions are in the bank; the list is open, and its questions have keys. */
async function banked() {
  const begun = await beginning();
  await begun.dilnoza.submit('form[action$="/bank/questions"]');
  return begun;
}

const said = ({ page: { $ } }: Robot) => $('#questions [role=status]').text();
const cards = ({ page: { $ } }: Robot) =>
  $('[data-key]')
    .toArray()
    .map((card) => $(card));
const texts = (robot: Robot) => cards(robot).map((card) => card.find('.card-text').text().trim());

/** Changes the text of the first question of a list in its form. */
async function change(robot: Robot, text: string, bank: 'here' | 'too' | null) {
  await robot.click('[data-key] .card-actions a.button');
  await robot.submit('#question [name=done]', { text, ...(bank !== null && { bank }) });
}

/** The list of a new quiz that has taken a question out of the bank. */
async function taking(text: string) {
  const activity = newActivity(mustaqil);
  const robot = await openAsTeacher(mustaqil, { activity });
  if (!robot.page.url.endsWith('/edit')) await robot.click('main a[href$="/quiz/edit"]');
  await robot.click('a[href$="/quiz/bank"]');
  await robot.submit('.bank-search', { text });
  const key = robot.page.$('#chosen [name=question]').first().attr('value') ?? '';
  await robot.submit('#chosen', { question: key });
  return { robot, list: robot.page.url.replace(/[?#].*/, ''), activity };
}

describe('The questions of a quiz', () => {
  test('are put into the bank, all at once, and recognised when they are put there again', async () => {
    const source = questions();
    const { dilnoza } = await beginning(source);
    await dilnoza.submit('form[action$="/bank/questions"]');
    expect(said(dilnoza)).toContain('2 questions are new in the bank.');
    expect(dilnoza.page.$('form[action$="/bank/questions"]')).toHaveLength(0);
    expect(cards(dilnoza).map((card) => card.find('.card-bank').text().trim())).toEqual([
      expect.stringContaining('In the bank'),
      expect.stringContaining('In the bank'),
    ]);
    const { dilnoza: again } = await beginning(source);
    await again.submit('form[action$="/questions"][action*="/bank/"]');
    expect(said(again)).toContain('0 questions are new in the bank. 2 questions were there already.');
  });

  test('are put there one by one', async () => {
    const { dilnoza } = await beginning();
    await dilnoza.submit('[data-key] form[action$="/bank"]');
    expect(said(dilnoza)).toContain('1 question is new in the bank.');
    expect(cards(dilnoza).map((card) => card.find('.card-bank').length)).toEqual([1, 0]);
  });

  test('come out of the bank: found, ticked, added once by two clicks, published and answered', async () => {
    const { dilnoza } = await banked();
    await dilnoza.click('a[href$="/quiz/bank"]');
    const number = turn;
    const activity = newActivity(mustaqil);
    const other = await openAsTeacher(mustaqil, { activity });
    await other.click('a[href$="/quiz/bank"]');
    const { pathname } = new URL(other.page.url);
    await other.submit('.bank-search', { text: `asked for the ${number}` });
    const [capital = ''] = other.page
      .$('#chosen [name=question]')
      .toArray()
      .map((box) => other.page.$(box).attr('value'));
    await other.open(`${pathname}?text=${number}+%2B+3`);
    const sum = other.page.$('#chosen [name=question]').first().attr('value') ?? '';
    const ticked: [string, string][] = [
      ['question', capital],
      ['question', sum],
    ];
    await Promise.all([post(other, `${pathname}/choice`, ticked), post(other, `${pathname}/choice`, ticked)]);
    await other.open(pathname.replace('/bank', '/edit'));
    expect(texts(other)).toEqual([expect.stringContaining('The capital'), `${number} + 3`]);
    await other.submit('button[formaction]');
    const aziz = await openQuiz(mustaqil, { activity });
    await takeQuiz(aziz, { capital: 'Bishkek', sum: '99' });
    await other.open(`${pathname}?text=asked+for+the+${number}`);
    expect(other.page.$('.note').text()).toContain('asks this already');

    // The question's own page says where it is used and how it went.
    await other.open(pathname.replace('/bank', '/edit'));
    await other.click('.card-bank a');
    expect(other.page.$('#facility').text()).toBe('Answered 1 time. On average the answers earned 100% of the points.');
    expect(other.page.$('#uses li')).toHaveLength(2);
    expect(other.page.$('#uses').text()).toContain('Published in version 1');
    await other.open(pathname.replace('/bank', '/edit'));
    await other.open(other.page.$('.card-bank a').eq(1).attr('href') ?? '');
    expect(other.page.$('#facility').text()).toContain('0% of the points');
  });

  test('are not added by a form in which nothing is ticked', async () => {
    const { dilnoza } = await banked();
    await dilnoza.click('a[href$="/quiz/bank"]');
    await dilnoza.submit('#chosen');
    expect(dilnoza.page.$('[role=alert]').text()).toContain('Tick at least one');
  });
});

describe('A question that is corrected', () => {
  test('only in a quiz stays what it was in the bank, and its card says that it was changed', async () => {
    const { dilnoza } = await banked();
    await change(dilnoza, 'The capital, asked here otherwise, is', null);
    const [first] = cards(dilnoza);
    expect(first?.find('.card-bank').text()).toContain('Changed here');
    await dilnoza.click('.card-bank a[href$="/bank"]');
    expect(dilnoza.page.$('.difference del').text()).toContain('here otherwise');
    const [row] = await mustaqil.db
      .select({ version: bankQuestions.version })
      .from(bankQuestions)
      .innerJoin(draftQuestions, eq(draftQuestions.bankQuestionId, bankQuestions.id))
      .where(eq(draftQuestions.key, /questions\/([0-9a-f-]{36})/.exec(dilnoza.page.url)?.[1] ?? ''));
    expect(row).toEqual({ version: 1 });
  });

  test('in the bank too is offered to the other quizzes, with what is new in it, and taken with their own points', async () => {
    const { dilnoza } = await banked();
    const { robot: other, list } = await taking(`asked for the ${turn}`);
    await other.submit('form[action$="/points"]', { points: '3' });
    const text = `The capital of the Kyrgyz Republic, asked for the ${turn}. time, is`;
    await change(dilnoza, text, 'too');
    expect(cards(dilnoza)[0]?.find('.card-bank').text()).not.toMatch(/newer|Changed/);
    await other.open(list);
    expect(other.page.$('#bank-offers').text()).toContain('The bank has a newer version of 1 question');
    await other.click('.card-bank a[href$="/bank"]');
    expect(other.page.$('.difference del').text()).toContain('Kyrgyzstan');
    expect(other.page.$('.difference ins').text()).toContain('the Kyrgyz Republic');
    expect(other.page.$('.difference dt').text()).not.toContain('Points');
    await other.submit('form[action$="/bank-version"]');
    expect(texts(other)).toEqual([text]);
    expect(other.page.$('[name=points]').val()).toBe('3');
    expect(other.page.$('#bank-offers')).toHaveLength(0);
  });

  test('is taken for all at once, but for those that were changed in this quiz', async () => {
    const { dilnoza } = await banked();
    const number = turn;
    const { robot: untouched, list: first } = await taking(`asked for the ${number}`);
    const { robot: edited, list: second } = await taking(`asked for the ${number}`);
    await edited.open(second);
    await change(edited, 'Asked in my own words', 'here');
    await change(dilnoza, `Corrected for all, ${number}`, 'too');
    await untouched.open(first);
    await untouched.submit('#bank-offers');
    expect(said(untouched)).toContain('1 question is now as in the bank');
    expect(texts(untouched)).toEqual([`Corrected for all, ${number}`]);
    await edited.open(second);
    await edited.submit('#bank-offers');
    expect(said(edited)).toContain('0 questions are now as in the bank');
    expect(texts(edited)).toEqual(['Asked in my own words']);
    expect(edited.page.$('.card-bank').text()).toContain('newer version');
  });

  test('twice at once is kept in the quiz, and the bank is compared before anything of it is replaced', async () => {
    const { dilnoza } = await banked();
    const number = turn;
    const { robot: other, list } = await taking(`asked for the ${number}`);
    await change(dilnoza, `First correction, ${number}`, 'too');
    await other.open(list);
    await change(other, `Second correction, ${number}`, 'too');
    expect(other.page.$('[role=alert]').text()).toContain('another version meanwhile');
    expect(other.page.$('.difference').text()).toContain('First');
    await other.open(list);
    expect(texts(other)).toEqual([`Second correction, ${number}`]);
    // A page that showed an older version takes nothing that nobody has seen.
    await other.open(`${list.replace('/edit', '')}/questions/${cards(other)[0]?.attr('data-key')}/bank`);
    const versions = await mustaqil.db.$count(bankQuestionVersions);
    await other.submit('form[action$="/bank-version"]', { number: '1' });
    await other.open(list);
    expect(texts(other)).toEqual([`Second correction, ${number}`]);
    expect(await mustaqil.db.$count(bankQuestionVersions)).toBe(versions);
  });
});

describe('A bank that is shared', () => {
  /** Dilnoza teaches history as well; she shares what physics has. Grace teaches history alone. */
  async function teachingBoth() {
    mustaqil.lms.enrol(sample.dilnoza, sample.history.course, 'teacher');
    const { dilnoza } = await banked();
    await openAsTeacher(mustaqil, { activity: sample.history.silkRoad });
    await dilnoza.click('.card-bank a');
    return { dilnoza, question: dilnoza.page.url, text: dilnoza.page.$('.preview .question-text').text().trim() };
  }

  async function graceFinds() {
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    if (grace.page.$('a[href$="/quiz/bank"]').length === 0) await grace.click('main a[href$="/quiz/edit"]');
    await grace.click('a[href$="/quiz/bank"]');
    const { $ } = grace.page;
    return {
      grace,
      found: $('#chosen .card-text')
        .toArray()
        .map((one) => $(one).text().trim()),
    };
  }

  test('by one question is found and used there, by whoever teaches there, and changed nowhere but at home', async () => {
    const { dilnoza, question, text } = await teachingBoth();
    expect((await graceFinds()).found).toEqual([]);
    await dilnoza.submit('#sharing form[action$="/shares"]');
    expect(dilnoza.page.$('#sharing li')).toHaveLength(1);
    const { grace, found } = await graceFinds();
    expect(found).toEqual([text]);
    const key = grace.page.$('#chosen [name=question]').attr('value') ?? '';
    await grace.submit('#chosen', { question: key });
    expect(texts(grace)).toContain(text);
    await grace.click('.card-bank a');
    expect(grace.page.$('main').text()).toContain('It can be used here and is changed there');
    expect(grace.page.$('.actions a[href$="/edit"], #facts, form[action$="/archive"]')).toHaveLength(0);
    const { pathname } = new URL(grace.page.url);
    for (const form of ['versions', 'facts', 'archive', 'shares']) {
      expect((await post(grace, `${pathname}/${form}`, [])).status).toBe(404);
    }
    // It is taken back: what is in the quiz stays there, and knows no more of the bank.
    await dilnoza.open(question);
    await dilnoza.submit('#sharing li form');
    expect((await graceFinds()).found).toEqual([]);
    await grace.open(pathname);
    expect(grace.page.status).toBe(404);
    const again = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    if (!again.page.url.endsWith('/edit')) await again.click('main a[href$="/quiz/edit"]');
    expect(texts(again)).toContain(text);
    expect(again.page.$('.card-bank')).toHaveLength(0);
  });

  test('as a whole is shared only for as long as who shared it teaches both courses', async () => {
    const { dilnoza, question } = await teachingBoth();
    await dilnoza.open(question.replace(/\/questions\/.*/, ''));
    await dilnoza.submit('#sharing form[action$="/shares"]');
    expect((await graceFinds()).found.length).toBeGreaterThan(3);
    mustaqil.lms.enrol(sample.dilnoza, sample.history.course, 'student');
    await openQuiz(mustaqil, { student: sample.dilnoza, activity: sample.history.silkRoad });
    expect((await graceFinds()).found).toEqual([]);
    await dilnoza.open(question.replace(/\/questions\/.*/, ''));
    expect(dilnoza.page.$('#sharing li').text()).toContain('Not in force');
  });

  test('with a course that is not one’s own is shared with nobody', async () => {
    const teacher = newStudent(mustaqil, 'Hamkasb');
    mustaqil.lms.enrol(teacher, sample.physics.course, 'teacher');
    const { dilnoza } = await banked();
    await dilnoza.click('.card-bank a');
    const colleague = await openAsTeacher(mustaqil, { teacher });
    const { pathname } = new URL(dilnoza.page.url);
    await colleague.open(pathname);
    expect(colleague.page.status).toBe(200);
    expect(colleague.page.$('#sharing form[action$="/shares"]')).toHaveLength(0);
    const ids = await mustaqil.db.selectDistinct({ id: bankQuestions.courseId }).from(bankQuestions);
    for (const id of [...ids.map((row) => row.id), 1, 2, 3]) {
      expect((await post(colleague, `${pathname}/shares`, [['with', String(id)]])).status).toBe(404);
    }
  });
});
