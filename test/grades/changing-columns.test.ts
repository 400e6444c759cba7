// A quiz gets another title or other points: its gradebook column follows, as far as no teacher has changed that by hand.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { noFaults, type LineItem } from '../../src/practice/state.ts';
import { columnsOf, gradeIn, grantScoresOnly, openResults, rowOf, wordsOfColumn } from '../support/grades.ts';
import { scoresOf, timesAsked } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz, twoQuestions } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

/** What the LMS answers to a change of a column, if it is not its own answer. */
let changeAnswer: Response | null = null;
/** What an LMS of another make has done besides, once it has changed a column. */
let afterChange = () => {};
let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil({
    fetch: async (input, init) => {
      if (init?.method !== 'PUT') return fetch(input, init);
      const answer = changeAnswer?.clone() ?? (await fetch(input, init));
      afterChange();
      return answer;
    },
  });
});
afterAll(() => mustaqil.stop());
afterEach(() => {
  Object.assign(mustaqil.lms.faults, noFaults);
  changeAnswer = null;
  afterChange = () => {};
});

const fourPoints = `${twoQuestions}\n::C::Water boils {TRUE}\n\n::D::Ice boils {FALSE}\n`;

test('The column of a quiz is renamed and re-scaled with it, and all else of it stays (lti.md 93, 128)', async () => {
  const { activity, column } = await quizWithColumn({ label: 'Poytaxtlar', maximumPoints: 2 });
  const review = { url: 'https://tool.example/review', custom: { a: 'b' } };
  Object.assign(column, { resourceId: 'q1', tag: 'nazorat', submissionReview: review });
  await publish(mustaqil, { activity, source: fourPoints, settings: { title: 'Poytaxtlar va suv' } });
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toEqual([{ ...column, label: 'Poytaxtlar va suv', maximumPoints: 4 }]);
});

test('After re-scaling, and not before, every score is sent again, for not every LMS scales what it has', async () => {
  const { activity, column } = await quizWithColumn({ label: 'Poytaxtlar', maximumPoints: 2 });
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  await mustaqil.deliver();
  mustaqil.clock.advance(60_000);
  await publish(mustaqil, { activity, source: fourPoints, settings: { title: 'Poytaxtlar' } });
  const before = mustaqil.lms.received.length;
  await mustaqil.deliver();
  const asked = mustaqil.lms.received.slice(before).filter(({ endpoint }) => endpoint !== 'token');
  expect(asked.map(({ method, endpoint }) => `${method} ${endpoint}`)).toEqual([
    'GET line-item',
    'PUT line-item',
    'GET results',
    'POST score',
    'GET results',
  ]);
  const scores = scoresOf(mustaqil.lms, student);
  expect(scores.map(({ scoreGiven, scoreMaximum }) => [scoreGiven, scoreMaximum])).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(scores[1]?.timestamp.getTime()).toBeGreaterThan(scores[0]?.timestamp.getTime() ?? 0);
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 2 });
  expect(rowOf(await openResults(mustaqil, activity), nameOf(mustaqil, student))[2]).toContain('in the gradebook');
});

test('Where an LMS leaves the points as they were, those in the re-scaled column are still ours, and are set right', async () => {
  const { activity, column } = await quizWithColumn({ label: 'Poytaxtlar', maximumPoints: 2 });
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  await mustaqil.deliver();
  mustaqil.clock.advance(60_000);
  await publish(mustaqil, { activity, source: fourPoints, settings: { title: 'Poytaxtlar' } });
  afterChange = () => {
    const grade = gradeIn(mustaqil, column, student);
    if (grade) grade.points = 1;
  };
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 2 });
});

test.each([
  ['another name', { label: 'Nazorat 1', maximumPoints: 2 }, { label: 'Nazorat 1', maximumPoints: 4 }],
  ['other points', { label: 'Poytaxtlar', maximumPoints: 30 }, { label: 'Suv', maximumPoints: 30 }],
])('Where Dilnoza has given a column %s by hand, that stays', async (_what, byHand, expected) => {
  const { activity } = await quizWithColumn(byHand);
  await publish(mustaqil, { activity, source: fourPoints, settings: { title: 'Suv' } });
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toMatchObject([expected]);
});

test('The first version of all changes no column', async () => {
  const asked = timesAsked(mustaqil.lms, 'line-item');
  await quizWithColumn({ label: 'Yangi mashq', maximumPoints: 100 });
  await mustaqil.deliver();
  expect(timesAsked(mustaqil.lms, 'line-item')).toBe(asked);
});

test('While the LMS is away the column waits, and follows when it is back; scores wait for nothing else', async () => {
  const { activity, column } = await quizWithColumn({ label: 'Poytaxtlar', maximumPoints: 2 });
  mustaqil.lms.faults.down = 'services';
  await publish(mustaqil, { activity, settings: { title: 'Suv' } });
  await mustaqil.deliver();
  mustaqil.lms.faults.down = 'off';
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 1 });
  expect(columnsOf(mustaqil, activity)).toMatchObject([{ label: 'Poytaxtlar' }]);
  mustaqil.clock.advance(6000);
  await mustaqil.deliver();
  expect(columnsOf(mustaqil, activity)).toMatchObject([{ label: 'Suv' }]);
});

test('A column that the LMS does not let us change is said to be as it was, and takes its scores', async () => {
  const { activity, column } = await quizWithColumn({ label: 'Poytaxtlar', maximumPoints: 2 });
  changeAnswer = new Response('Only teachers rename columns here', { status: 403 });
  await publish(mustaqil, { activity, settings: { title: 'Suv' } });
  await mustaqil.deliver();
  const dilnoza = await openResults(mustaqil, activity);
  expect(wordsOfColumn(dilnoza)).toContain('Answer of the LMS: 403 Only teachers rename columns here');
  expect(dilnoza.page.$('form[action$="/gradebook-column"]')).toHaveLength(0);
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, column, student)).toMatchObject({ points: 1 });
});

test('A column that the LMS lets us only fill is left alone (lti.md 88)', async () => {
  const { activity } = await quizWithColumn({ label: 'Poytaxtlar', maximumPoints: 2 });
  const asked = timesAsked(mustaqil.lms, 'line-item');
  mustaqil.lms.nextToken = grantScoresOnly;
  await publish(mustaqil, { activity, settings: { title: 'Suv' } });
  await mustaqil.deliver();
  expect(timesAsked(mustaqil.lms, 'line-item')).toBe(asked);
  expect(columnsOf(mustaqil, activity)).toMatchObject([{ label: 'Poytaxtlar' }]);
});

/** A new quiz, worth 2 points and called Poytaxtlar, whose activity came with a column: what it is called and worth in the LMS. */
async function quizWithColumn(words: Pick<LineItem, 'label' | 'maximumPoints'>) {
  const activity = await newQuiz(mustaqil, { settings: { title: 'Poytaxtlar' } });
  const [column] = columnsOf(mustaqil, activity);
  if (!column) throw new Error('An activity with points has a column');
  return { activity, column: Object.assign(column, words) };
}
