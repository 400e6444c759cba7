// Questions that are drawn for each attempt, and sections, from the teacher's settings to the gradebook.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { attempts } from '../../src/database/tables/attempts.ts';
import type { Robot, RobotPage } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { findCurrentVersion, findDraft } from '../../src/quizzes/quiz.store.ts';
import { copyQuiz } from '../../src/quizzes/shared-quiz.store.ts';
import { handInAll, placementOf, scoreOf } from '../support/checks.ts';
import { columnsOf, gradeIn, openResults } from '../support/grades.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish } from '../support/people.ts';
import { accept, gradebook, openRegrade, personOf } from '../support/regrade.ts';
import { newActivity, newQuiz, newStudent } from '../support/school.ts';
import { fieldsFor } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** Four sums with a tag, of which each says to be worth another number of points, and one without. */
const source = `// [tag:Qoʻshish]
::A::1 + 1 {#2}

// [tag:qoʻshish] [tag:oson]
::B::2 + 2 {#4}

// [tag:Qo'shish]
::C::3 + 3 {#6}

// [tag:qoʻshish]
::D::4 + 4 {#8}

::E::The capital of Kyrgyzstan is {=Bishkek ~Osh}
`;
const sums: Record<string, string> = { '1 + 1': '2', '2 + 2': '4', '3 + 3': '6', '4 + 4': '8' };

/** Two of the four, three points each. */
const twoOfFour = { 'draw.0.tags': 'qoʻshish', 'draw.0.count': '2', 'draw.0.points': '3' };

/** The sums that a page asks. */
function sumsOn({ $ }: RobotPage): string[] {
  return Object.keys(sums).filter((sum) => $('.question-text').text().includes(sum));
}

/** Right answers to whatever is asked, but to one. */
function answersOn(page: RobotPage, wrong?: string) {
  const asked = sumsOn(page).map((sum) => [sum, sum === wrong ? '0' : sums[sum]!]);
  return Object.fromEntries([...asked, ['Kyrgyzstan', 'Bishkek']]) as Record<string, string>;
}

async function begin(activity: string, student: string): Promise<Robot> {
  const robot = await openQuiz(mustaqil, { activity, student });
  await robot.submit('form[action$="/attempts"]');
  return robot;
}

test('Ada is asked two of four, the other two in her next attempt, and the gradebook has 7 points', async () => {
  const activity = await newQuiz(mustaqil, { source, settings: twoOfFour, maximumPoints: null });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { activity, student });
  expect(ada.page.$('.facts').first().text()).toBe('3 questions, 7 points');
  await ada.submit('form[action$="/attempts"]');
  const first = sumsOn(ada.page);
  expect(first).toHaveLength(2);
  expect(ada.page.$('.bar-state').text()).toContain('0 of 3 answered');
  expect(ada.page.$('.question-label').text()).toBe('Question 1Question 2Question 3');

  await ada.submit('#attempt button', fieldsFor(ada.page, { Kyrgyzstan: 'Bishkek' }));
  expect(ada.page.$('.lead').text()).toBe('2 questions are not answered:');
  expect(ada.page.$('.tiles li')).toHaveLength(3);
  await ada.open(new URL(ada.page.url).pathname.replace('/submission', ''));
  expect(sumsOn(ada.page)).toEqual(first);
  await handInAll(ada, answersOn(ada.page, first[0]));
  expect(scoreOf(ada.page)).toBe('4 of 7 points');
  expect(sumsOn(ada.page)).toEqual(first);
  expect(ada.page.$('.review').text()).toContain('3 / 3');

  const second = await begin(activity, student);
  expect([...first, ...sumsOn(second.page)].sort()).toEqual(Object.keys(sums));
  await handInAll(second, answersOn(second.page));
  expect(scoreOf(second.page)).toBe('7 of 7 points');
  await (await openResults(mustaqil, activity)).submit('form[action$="/gradebook-column"]');
  await mustaqil.deliver();
  const [column] = columnsOf(mustaqil, activity);
  expect([column?.maximumPoints, gradeIn(mustaqil, column, student)?.points]).toEqual([7, 7]);
});

test('What is not asked takes no answers, and dropping a question changes only the points of those who had it', async () => {
  const activity = await newQuiz(mustaqil, { source, settings: twoOfFour });
  const students = ['Ada', 'Bek', 'Cem', 'Dia', 'Eva', 'Fay', 'Gul', 'Han'].map((name) => newStudent(mustaqil, name));
  const had = new Map<string, string[]>();
  for (const student of students) {
    const robot = await begin(activity, student);
    had.set(student, sumsOn(robot.page));
    const fields = { ...fieldsFor(robot.page, answersOn(robot.page)), question: [0, 1, 2, 3, 4].map((n) => `q${n}`) };
    const undrawn = [0, 1, 2, 3].filter((position) => !had.get(student)!.includes(Object.keys(sums)[position]!));
    for (const position of undrawn) Object.assign(fields, { [`q${position}`]: '1' });
    await robot.submit('#attempt button', fields);
    await robot.submit('form[action$="/submission"]');
    expect(scoreOf(robot.page)).toBe('7 of 7 points');
  }
  const [ada] = students;
  const dropped = had.get(ada!)![0]!;
  const spared = students.filter((student) => !had.get(student)!.includes(dropped));
  expect(spared.length).toBeGreaterThan(0);

  const dilnoza = await openRegrade(mustaqil, activity);
  const asked = dilnoza.page
    .$('#regrade .question')
    .filter((_index, element) => dilnoza.page.$(element).find('.question-text').text().includes(dropped));
  const answered = students.length - spared.length;
  expect(asked.text()).toContain(`${answered} answer${answered === 1 ? '' : 's'}, ${answered} with full points.`);
  await dilnoza.submit('#regrade', { [asked.find('select').attr('name') ?? '']: 'dropped' });
  await accept(dilnoza);
  const maxima = await Promise.all(
    students.map(async (student) => {
      const { id: personId } = await personOf(mustaqil, student);
      const { id: placementId } = await placementOf(mustaqil, activity);
      const isOwn = and(eq(attempts.personId, personId), eq(attempts.placementId, placementId));
      const [attempt] = await mustaqil.db.select().from(attempts).where(isOwn);
      return [student, attempt?.points?.toFraction(), attempt?.maximumPoints?.toFraction()];
    }),
  );
  expect(maxima).toEqual(
    students.map((student) => (spared.includes(student) ? [student, '7', '7'] : [student, '4', '4'])),
  );
  expect(await gradebook(mustaqil, activity, spared[0]!)).toBe(100);
});

test('What cannot be drawn is not published: the settings are kept, and the editor says what is missing', async () => {
  const activity = newActivity(mustaqil);
  const settings = {
    'draw.0.tags': 'qoʻshish',
    'draw.0.count': '5',
    'section.0.title': 'Optika',
    'section.0.from': '6',
  };
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  const refused = await publish(mustaqil, { activity, source, settings });
  expect([refused.page.status, refused.page.$('meta[name=refusal]').attr('content')]).toEqual([
    422,
    'structure-does-not-fit',
  ]);
  const { quizId, id } = await placementOf(mustaqil, activity);
  expect(quizId).toBeGreaterThan(0);
  await dilnoza.open(`/placements/${id}/quiz/edit`);
  const said = dilnoza.page.$('.problems').text().replace(/\s+/g, ' ');
  expect(said).toContain(
    'Questions wanted with any of the tags qoʻshish: 5. There are 4 that are marked in this quiz.',
  );
  expect(said).toContain('The section “Optika” begins with question 6, and there are not so many.');
  expect(dilnoza.page.$('#tags-there').text()).toBe('Tags in this quiz: Qoʻshish (4), oson (1).');
  await dilnoza.submit('button[formaction$="/versions"]', { 'draw.0.count': '4', 'section.0.from': '5' });
  expect(dilnoza.page.$('.facts').first().text()).toContain('5 questions, 5 points');
  expect(dilnoza.page.$('.preview h3').text()).toBe('Optika');
});

test('Sections stand under their titles, in their order, on the sheet and on the result', async () => {
  const settings = {
    ...{ 'section.0.title': 'Sums', 'section.0.from': '1', 'section.0.order': 'as-written' },
    ...{ 'section.1.title': 'Capitals', 'section.1.from': '5' },
  };
  const activity = await newQuiz(mustaqil, { source, settings });
  const ada = await begin(activity, newStudent(mustaqil, 'Ada'));
  expect(ada.page.$('#attempt > .section-title').text()).toBe('SumsCapitals');
  const texts = () =>
    ada.page
      .$('.question-text')
      .map((_index, element) => ada.page.$(element).text().trim())
      .get();
  const inOrder = [...Object.keys(sums), 'The capital of Kyrgyzstan is'];
  expect(texts()).toEqual(inOrder);
  await handInAll(ada, answersOn(ada.page));
  expect(ada.page.$('.review .section-title').text()).toBe('SumsCapitals');
  expect(texts()).toEqual(inOrder);
});

test('A question that a newer version words anew is unseen; one with another key is not', async () => {
  const one = { 'draw.0.tags': 'qoʻshish', 'draw.0.count': '1' };
  const activity = await newQuiz(mustaqil, { source: source.split("// [tag:Qo'shish]")[0]!, settings: one });
  const student = newStudent(mustaqil, 'Ada');
  const first = await begin(activity, student);
  const [seen = ''] = sumsOn(first.page);
  await handInAll(first);
  // The one that she had has another key, so the other one is what she has not seen.
  await publish(mustaqil, {
    activity,
    source: source.split("// [tag:Qo'shish]")[0]!.replace(`${seen} {#`, `${seen} {#1`),
    settings: one,
  });
  const second = await begin(activity, student);
  expect(sumsOn(second.page)).not.toEqual([seen]);
});

test('What an attempt was given never changes', async () => {
  const { db } = mustaqil;
  await expect(db.update(attempts).set({ drawn: [[0]] })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('never changed') as unknown },
  });
});

test('A copy of the quiz for another course is built as the original is', async () => {
  const { db, clock } = mustaqil;
  const activity = await newQuiz(mustaqil, { source, settings: twoOfFour });
  const { quizId, courseId } = await placementOf(mustaqil, activity);
  const version = await findCurrentVersion(db, quizId);
  const { id: publishedBy } = await personOf(mustaqil, sample.dilnoza);
  const copyId = await db.transaction((tx) => copyQuiz(tx, { quizId, courseId, publishedBy }, clock.now()));
  expect((await findDraft(db, copyId))?.structure).toEqual(version?.structure);
  expect((await findCurrentVersion(db, copyId))?.structure).toEqual(version?.structure);
  expect(version?.structure.draws).toHaveLength(1);
});
