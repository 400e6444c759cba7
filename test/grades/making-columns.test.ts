// An activity without a gradebook column gets one when its teacher asks: one, however often and from wherever it is asked for.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { addLineItem } from '../../src/practice/enrol.ts';
import { preregisteredId } from '../../src/practice/tools.ts';
import { columnsOf, grantScoresOnly, gradeIn, openResults, rowOf, wordsOfColumn } from '../support/grades.ts';
import { timesAsked } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { createNetwork } from '../support/network.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { nameOf, newActivity, newQuiz, newStudent } from '../support/school.ts';

const network = createNetwork();
let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil({ fetch: network.fetch });
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  Object.assign(mustaqil.lms.faults, noFaults);
  mustaqil.clock.advance(60 * 60 * 1000);
  await mustaqil.deliver();
});

const makeColumn = 'form[action$="/gradebook-column"]';

test('Dilnoza has a column made, named and worth like the quiz, and the points that Ada had already go there (lti.md 91)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null, settings: { title: 'Poytaxtlar' } });
  const student = await adaAt(activity);
  const dilnoza = await openResults(mustaqil, activity);
  expect(wordsOfColumn(dilnoza)).toContain('points stay here');
  await dilnoza.submit(makeColumn);
  expect(wordsOfColumn(dilnoza)).toContain('is being made');
  expect(dilnoza.page.$(makeColumn)).toHaveLength(0);

  await mustaqil.deliver();
  const [column, ...more] = columnsOf(mustaqil, activity);
  expect(more).toEqual([]);
  expect(column).toMatchObject({ label: 'Poytaxtlar', maximumPoints: 2, tag: 'quiz', activityId: activity });
  expect(column?.resourceId).toMatch(/^[0-9a-f-]{36}$/);
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 1 });
  await dilnoza.open(dilnoza.page.url);
  expect(wordsOfColumn(dilnoza)).toBe('');
  expect(rowOf(dilnoza, nameOf(mustaqil, student))[2]).toContain('in the gradebook');
});

test('A launch that names no column leaves alone the one that we made', async () => {
  const activity = await withColumn();
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  await mustaqil.deliver();
  const [column, ...more] = columnsOf(mustaqil, activity);
  expect(more).toEqual([]);
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 2 });
});

test('Twenty clicks at once and three processes that deliver make one column (lti.md 92)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  const dilnoza = await openResults(mustaqil, activity);
  const action = dilnoza.page.$(makeColumn).attr('action') ?? '';
  const clicks = Array.from({ length: 20 }, async () => (await post(dilnoza, action, [])).status);
  const deliveries = [mustaqil.deliver(), mustaqil.deliver(), mustaqil.deliver()];
  expect(new Set(await Promise.all(clicks))).toEqual(new Set([303]));
  await Promise.all(deliveries);
  await Promise.all([mustaqil.deliver(), mustaqil.deliver(), mustaqil.deliver()]);
  expect(columnsOf(mustaqil, activity)).toHaveLength(1);
});

test('A column whose making got no answer is found at the next try (lti.md 92)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  const student = await adaAt(activity);
  await askForColumn(activity);
  network.loseAnswerTo('/lineitems?', 'POST');
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toHaveLength(1);
  expect(wordsOfColumn(await openResults(mustaqil, activity))).toContain('does not answer just now');
  mustaqil.clock.advance(6000);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toHaveLength(1);
  expect(gradeIn(mustaqil, columnsOf(mustaqil, activity)[0], student)).toMatchObject({ points: 1 });
});

test('A column that stands there for this very activity is used, whatever it is called (lti.md 92)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  const { course } = sample.physics;
  const own = { courseId: course, toolId: preregisteredId, isCoupled: false, label: 'Nazorat', maximumPoints: 30 };
  addLineItem(mustaqil.lms.state, { ...own, activityId: activity });
  const student = await adaAt(activity);
  await askForColumn(activity);
  await mustaqil.deliver();
  const [column, ...more] = columnsOf(mustaqil, activity);
  expect(more).toEqual([]);
  expect(column).toMatchObject({ label: 'Nazorat', maximumPoints: 30 });
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 15 });
});

test('A copied course gets a column of its own, and the old one none of its grades (lti.md 92)', async () => {
  const activity = await withColumn();
  const copy = mustaqil.lms.copyCourse(sample.physics.course);
  const copied = mustaqil.lms.state.activities.find(
    ({ courseId, copiedFromIds }) => courseId === copy.id && copiedFromIds.includes(activity),
  );
  const link = copied?.id ?? '';
  await publish(mustaqil, { activity: link });
  await askForColumn(link);
  const student = newStudent(mustaqil, 'Ada', copy.id);
  await takeQuiz(await openQuiz(mustaqil, { student, activity: link }), { sum: '5' });
  await mustaqil.deliver();
  const [column, ...more] = columnsOf(mustaqil, link);
  expect(more).toEqual([]);
  expect(column).toMatchObject({ courseId: copy.id });
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 1 });
  expect(gradeIn(mustaqil, columnsOf(mustaqil, activity)[0], student)).toBeUndefined();
});

test('While the LMS is away the column waits in words, and is made when it is back', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  await askForColumn(activity);
  mustaqil.lms.faults.down = 'services';
  await mustaqil.deliver();
  expect(wordsOfColumn(await openResults(mustaqil, activity))).toContain('does not answer just now');
  mustaqil.lms.faults.down = 'off';
  mustaqil.clock.advance(6000);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toHaveLength(1);
  expect(wordsOfColumn(await openResults(mustaqil, activity))).toBe('');
});

test('What the LMS refuses is shown with its answer, and tried again only when asked for', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  await askForColumn(activity);
  const placed = mustaqil.lms.state.activities.find(({ id }) => id === activity);
  Object.assign(placed ?? {}, { toolId: null });
  await mustaqil.deliver();
  Object.assign(placed ?? {}, { toolId: preregisteredId });
  mustaqil.clock.advance(24 * 60 * 60 * 1000);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toEqual([]);
  const dilnoza = await openResults(mustaqil, activity);
  expect(wordsOfColumn(dilnoza)).toContain('The LMS did not make a gradebook column. Answer of the LMS: 403');
  const results = dilnoza.page.url;
  const course = (await dilnoza.open(results.replace('/results', '/quiz'))).$('.crumb a').attr('href') ?? '';
  const words = () =>
    dilnoza.page
      .$(`#grade-trouble a[href="${new URL(results).pathname}"]`)
      .parent()
      .text();
  await dilnoza.open(course);
  expect(words()).toBe('Yangi mashq: the LMS made no gradebook column');
  await dilnoza.open(results);
  await dilnoza.submit(makeColumn);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toHaveLength(1);
  await dilnoza.open(course);
  expect(words()).toBe('');
});

test('A column that somebody deletes is made anew when Dilnoza sends again what was not taken', async () => {
  const activity = await withColumn();
  const [deleted] = columnsOf(mustaqil, activity);
  mustaqil.lms.state.lineItems = mustaqil.lms.state.lineItems.filter((item) => item !== deleted);
  expect(columnsOf(mustaqil, activity)).toEqual([]);
  const student = await adaAt(activity);
  await mustaqil.deliver();
  const dilnoza = await openResults(mustaqil, activity);
  expect(rowOf(dilnoza, nameOf(mustaqil, student))[2]).toBe('not taken by the LMS');
  mustaqil.clock.advance(1000);
  await dilnoza.submit('form[action$="/grades/deliveries"]');
  await mustaqil.deliver();
  const [column, ...more] = columnsOf(mustaqil, activity);
  expect(more).toEqual([]);
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 1 });
});

test('While one process has a column in hand, no other sends scores to where it may be no more', async () => {
  const activity = await withColumn();
  const student = await adaAt(activity);
  const [deleted] = columnsOf(mustaqil, activity);
  mustaqil.lms.state.lineItems = mustaqil.lms.state.lineItems.filter((item) => item !== deleted);
  await mustaqil.deliver();
  mustaqil.clock.advance(1000);
  await (await openResults(mustaqil, activity)).submit('form[action$="/grades/deliveries"]');
  const { held, release } = network.hold(`/lineitems/${deleted?.id}/lineitem?`);
  const settling = mustaqil.deliver();
  await held;
  expect(await mustaqil.deliver()).toBe(0);
  release();
  expect(await settling).toBe(1);
  expect(gradeIn(mustaqil, columnsOf(mustaqil, activity)[0], student)).toMatchObject({ points: 1 });
});

test('Where the LMS grants no columns there is no button, and who asks all the same asks nothing of the LMS (lti.md 88)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  mustaqil.lms.nextToken = grantScoresOnly;
  const dilnoza = await openResults(mustaqil, activity);
  expect(wordsOfColumn(dilnoza)).toContain('the LMS does not let us make one');
  expect(dilnoza.page.$(makeColumn)).toHaveLength(0);
  const asked = timesAsked(mustaqil.lms, 'line-items');
  const results = new URL(dilnoza.page.url).pathname;
  expect((await post(dilnoza, results.replace(/results$/, 'gradebook-column'), [])).status).toBe(303);
  await mustaqil.deliver();
  expect(timesAsked(mustaqil.lms, 'line-items')).toBe(asked);
  await dilnoza.open(results);
  expect(wordsOfColumn(dilnoza)).toContain('the LMS does not let us make one');
});

test('Before a quiz is published there is nothing to make a column for; afterwards it is made by itself', async () => {
  const activity = newActivity(mustaqil, { maximumPoints: null });
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  const results = new URL(dilnoza.page.url).pathname.replace('/quiz/edit', '/results');
  await dilnoza.open(results);
  expect(wordsOfColumn(dilnoza)).toContain('as soon as a quiz with points is published');
  expect(dilnoza.page.$(makeColumn)).toHaveLength(0);
  const student = newStudent(mustaqil, 'Ada');
  await post(dilnoza, results.replace(/results$/, 'gradebook-column'), []);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toEqual([]);
  await publish(mustaqil, { activity });
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, columnsOf(mustaqil, activity)[0], student)).toMatchObject({ points: 1 });
});

test('Neither a student nor another course’s teacher can have a column made', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  const dilnoza = await openResults(mustaqil, activity);
  const action = dilnoza.page.$(makeColumn).attr('action') ?? '';
  const ivan = await openQuiz(mustaqil, { student: sample.ivan, activity });
  expect((await post(ivan, action, [])).status).toBe(403);
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  expect((await post(grace, action, [])).status).toBe(404);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toEqual([]);
});

/** Ada, who is new, has handed in with half the points. Returns the LMS's id. */
async function adaAt(activity: string): Promise<string> {
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  return student;
}

async function askForColumn(activity: string) {
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.submit(makeColumn);
}

/** A new quiz with a column that we made. */
async function withColumn(): Promise<string> {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  await askForColumn(activity);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toHaveLength(1);
  return activity;
}
