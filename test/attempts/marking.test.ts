// People mark what no machine can: what counts until then, what counts afterwards, and who may.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asc, eq } from 'drizzle-orm';
import { attempts } from '../../src/database/tables/attempts.ts';
import { handMarks } from '../../src/database/tables/marking.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { placementOf, scoreOf } from '../support/checks.ts';
import { scoresOf } from '../support/lms-log.ts';
import {
  attemptIn,
  essayOf,
  finish,
  handedIn,
  markFormOf,
  newEssayQuiz,
  openMarking,
  publishAgain,
  rubric,
  saidIn,
  sum,
  writing,
} from '../support/marking.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { accept, fieldFor, openRegrade } from '../support/regrade.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const fourPoints: [string, string][] = [
  ['revision', '0'],
  ['points', '4'],
];

async function delivered(student: string) {
  mustaqil.clock.advance(1000);
  await mustaqil.deliver();
  return scoresOf(mustaqil.lms, student).map(({ scoreGiven, scoreMaximum }) => [scoreGiven, scoreMaximum]);
}

test('An essay waits: Ada reads that she has points so far, and nothing goes to the gradebook', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { ada, student } = await handedIn(mustaqil, activity);
  expect(saidIn(ada, '.score')).toMatch(/^So far: 1 of 5 points/);
  expect(saidIn(ada, '.result')).toContain('1 answer waits for a teacher’s mark.');
  expect(saidIn(ada, '.question-essay')).toContain('Kept, not marked yet');
  expect(saidIn(ada, '.question-essay')).not.toContain('0 / 4');
  expect(await delivered(student)).toEqual([]);
});

test('Dilnoza marks it: points, comment and grade are there at once, and the mark stays on record when it is changed', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { ada, student, attemptId } = await handedIn(mustaqil, activity);
  const dilnoza = await openMarking(mustaqil, activity);
  expect(saidIn(dilnoza, '.handed-in')).toContain('Belanchak.');
  await dilnoza.submit(markFormOf(attemptId), { points: '2,5', comment: 'Which law?' });
  expect(saidIn(dilnoza, '[role=status]')).toBe('The mark is saved.');
  expect(saidIn(dilnoza, '#answers')).toContain('No answer waits for a mark here.');
  expect(await delivered(student)).toEqual([[3.5, 5]]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 70 });
  await ada.open(ada.page.url);
  expect(scoreOf(ada.page)).toBe('3.5 of 5 points');
  expect(saidIn(ada, '.question-essay')).toContain('Partly right · 2.5 / 4');
  expect(saidIn(ada, '.hand-mark')).toBe('What was said to it Which law?');
  expect(ada.page.html).not.toContain('Dilnoza');

  await dilnoza.open(`${dilnoza.page.url.split('?')[0]}?show=all`);
  expect(dilnoza.page.$('input[name=points]').attr('value')).toBe('2.5');
  expect(saidIn(dilnoza, '.mark-form')).toMatch(/Marked: 2\.5 of 4, by .*Dilnoza/);
  await dilnoza.submit(markFormOf(attemptId), { points: '0', comment: '' });
  expect(await delivered(student)).toEqual([
    [3.5, 5],
    [1, 5],
  ]);
  const kept = await mustaqil.db
    .select()
    .from(handMarks)
    .where(eq(handMarks.attemptId, attemptId))
    .orderBy(asc(handMarks.number));
  expect(kept.map(({ number, points, comment }) => [number, points.toFraction(), comment])).toEqual([
    [1, '5/2', 'Which law?'],
    [2, '0', ''],
  ]);
  await expect(
    mustaqil.db.update(handMarks).set({ comment: 'x' }).where(eq(handMarks.attemptId, attemptId)),
  ).rejects.toThrow();
});

test('A drawn essay waits where it was drawn, is marked out of the points of its draw, and only there', async () => {
  const words = (source: string) => ({ text: { format: 'plain' as const, source }, name: source, tags: ['optics'] });
  const questions = [
    sum,
    { ...essayOf({}, '0'), ...words('pendulum one') },
    { ...essayOf(), ...words('pendulum two') },
  ];
  const draws = [{ count: 1, tags: ['optics'], match: 'any' as const, points: '3' }];
  const activity = await newEssayQuiz(mustaqil, { questions, structure: { sections: [], draws } });
  const { ada, student, attemptId } = await handedIn(mustaqil, activity);
  expect(saidIn(ada, '.score')).toMatch(/^So far: 1 of 4 points/);
  expect(ada.page.$('.question-essay')).toHaveLength(1);
  const [given, other] = saidIn(ada, '.question-essay').includes('pendulum one') ? ['q1', 'q2'] : ['q2', 'q1'];
  const dilnoza = await openMarking(mustaqil, activity);
  const { id } = await placementOf(mustaqil, activity);
  expect((await post(dilnoza, `/placements/${id}/attempts/${attemptId}/marks/${other}`, fourPoints)).status).toBe(404);
  await dilnoza.submit(markFormOf(attemptId), { points: '4' });
  expect(saidIn(dilnoza, '[role=alert]')).toContain('Points go from 0 to 3');
  await dilnoza.submit(markFormOf(attemptId), { points: '3' });
  expect(await delivered(student)).toEqual([[4, 4]]);
  await ada.open(ada.page.url);
  expect(saidIn(ada, '.question-essay')).toContain('3 / 3');
  const kept = await mustaqil.db.select().from(handMarks).where(eq(handMarks.attemptId, attemptId));
  expect(kept.map(({ position }) => `q${position}`)).toEqual([given]);
});

test('Of two drawn essays of which one draw is worth nothing, only the other waits, and only that can be marked', async () => {
  const words = (source: string) => ({ text: { format: 'plain' as const, source }, name: source, tags: ['optics'] });
  const questions = [sum, { ...essayOf(), ...words('pendulum one') }, { ...essayOf(), ...words('pendulum two') }];
  const draws = ['0', '3'].map((points) => ({ count: 1, tags: ['optics'], match: 'any' as const, points }));
  const activity = await newEssayQuiz(mustaqil, { questions, structure: { sections: [], draws } });
  const { attemptId, student } = await handedIn(mustaqil, activity, {
    ...{ '2 + 3': '5', 'pendulum one': 'Belanchak.', 'pendulum two': 'Tebrangich.' },
  });
  const dilnoza = await openMarking(mustaqil, activity);
  const { id } = await placementOf(mustaqil, activity);
  const marked = /\/q\d/.exec(dilnoza.page.url)?.[0];
  await dilnoza.open(`/placements/${id}/marking`);
  expect(saidIn(dilnoza, '.rows')).toMatch(/^pendulum (one|two) 1 answer to mark 1 handed in$/);
  const other =
    dilnoza.page
      .$('.rows a')
      .attr('href')
      ?.replace(/q\d$/, marked === '/q1' ? 'q2' : 'q1') ?? '';
  await dilnoza.open(other);
  expect(dilnoza.page.status).toBe(404);
  await dilnoza.open(`/placements/${id}/marking`);
  await dilnoza.click('.rows a');
  await dilnoza.submit(markFormOf(attemptId), { points: '3' });
  expect(await delivered(student)).toEqual([[4, 4]]);
});

test('What was not answered needs nobody: the grade goes out at once', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { ada, student } = await handedIn(mustaqil, activity, { '2 + 3': '5' });
  expect(scoreOf(ada.page)).toBe('1 of 5 points');
  expect(await delivered(student)).toEqual([[1, 5]]);
});

test('An attempt at a version from before keeps its score, and nobody can mark it', async () => {
  const questions = [sum, essayOf()];
  const activity = await newEssayQuiz(mustaqil, { marksByHand: false });
  const { ada, student, attemptId } = await handedIn(mustaqil, activity);
  expect(scoreOf(ada.page)).toBe('1 of 1 points');
  expect(await delivered(student)).toEqual([[1, 1]]);
  await publishAgain(mustaqil, activity, { questions, marksByHand: true });
  await ada.open(ada.page.url);
  expect(scoreOf(ada.page)).toBe('1 of 1 points');
  const { id } = await placementOf(mustaqil, activity);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.open(`/placements/${id}/marking`);
  expect(saidIn(dilnoza, 'main')).toContain('Nothing was handed in here that a person marks.');
  await dilnoza.open(`/placements/${id}/quiz/edit`);
  expect((await post(dilnoza, `/placements/${id}/attempts/${attemptId}/marks/q1`, fourPoints)).status).toBe(404);
  expect(await delivered(student)).toEqual([[1, 1]]);
});

test('Two teachers at once: the second is told, keeps what was typed, and may save it then', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { attemptId, student } = await handedIn(mustaqil, activity);
  const [one, two] = [await openMarking(mustaqil, activity), await openMarking(mustaqil, activity)];
  await one.submit(markFormOf(attemptId), { points: '4', comment: 'Good' });
  await two.submit(markFormOf(attemptId), { points: '1', comment: 'Too short' });
  expect(two.page.status).toBe(409);
  expect(saidIn(two, '[role=alert]')).toContain('Somebody has marked this answer since you opened it.');
  expect(saidIn(two, 'blockquote')).toBe('Good');
  expect(two.page.$('input[name=points]').attr('value')).toBe('1');
  expect(two.page.$('textarea[name=comment]').text().trim()).toBe('Too short');
  expect(await delivered(student)).toEqual([[5, 5]]);
  await two.submit(markFormOf(attemptId));
  expect(await delivered(student)).toEqual([
    [5, 5],
    [2, 5],
  ]);
});

test.each([
  ['', 'Nothing was given'],
  ['ten', 'This is not a number'],
  ['4,5', 'Points go from 0 to 4'],
  ['-1', 'Points go from 0 to 4'],
])('“%s” is no mark, and what was typed stays', async (points, said) => {
  const activity = await newEssayQuiz(mustaqil);
  const { attemptId } = await handedIn(mustaqil, activity);
  const dilnoza = await openMarking(mustaqil, activity);
  await dilnoza.submit(markFormOf(attemptId), { points, comment: 'Words' });
  expect(dilnoza.page.status).toBe(422);
  expect(saidIn(dilnoza, '[role=alert]')).toContain(said);
  expect(dilnoza.page.$('textarea[name=comment]').text().trim()).toBe('Words');
  expect(await mustaqil.db.select().from(handMarks).where(eq(handMarks.attemptId, attemptId))).toEqual([]);
});

test('By a rubric a level is picked for every criterion, and the learner reads which', async () => {
  const guidance = { format: 'plain', source: 'Look for Newton' };
  const activity = await newEssayQuiz(mustaqil, { details: { rubric, guidance } });
  const { ada, attemptId } = await handedIn(mustaqil, activity);
  expect(ada.page.html).not.toMatch(/Newton|The law is named/);
  const dilnoza = await openMarking(mustaqil, activity);
  expect(saidIn(dilnoza, '.guidance')).toContain('Look for Newton');
  await dilnoza.submit(markFormOf(attemptId), { 'level.0': '1' });
  expect(saidIn(dilnoza, '[role=alert]')).toBe('Pick a level for every criterion.');
  await dilnoza.submit(markFormOf(attemptId), { 'level.0': '1', 'level.1': '1' });
  await ada.open(ada.page.url);
  // A third and a quarter of 4 points, and 1 for the sum.
  expect(scoreOf(ada.page)).toBe('3.33 of 5 points');
  const [attempt] = await mustaqil.db.select().from(attempts).where(eq(attempts.id, attemptId));
  expect(attempt?.points?.toFraction()).toBe('10/3');
  expect(saidIn(ada, '.criteria')).toMatch(/The law is named partly ?1\.33 points An example is given one ?1 point/);
});

test('In the review of one learner the same form marks, and leads back there', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { attemptId, student } = await handedIn(mustaqil, activity);
  const dilnoza = await openMarking(mustaqil, activity);
  await dilnoza.click('.handed-in h2 a');
  await dilnoza.submit(markFormOf(attemptId), { points: '3' });
  expect(dilnoza.page.url).toMatch(/\/learners\/\d+\/attempts\/1#q1-text$/);
  expect(saidIn(dilnoza, '.question-essay')).toContain('Partly right · 3 / 4');
  expect(await delivered(student)).toEqual([[4, 5]]);
});

test('Names can be hidden, and one answer leads to the next', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const first = await handedIn(mustaqil, activity);
  const second = await handedIn(mustaqil, activity);
  const dilnoza = await openMarking(mustaqil, activity);
  expect(saidIn(dilnoza, '#answers')).toContain('Ada No.');
  await dilnoza.click('a[href*="names=hidden"]');
  expect(saidIn(dilnoza, '#answers')).not.toContain('Ada No.');
  await dilnoza.submit(markFormOf(first.attemptId), { points: '4' });
  expect(dilnoza.page.url).toContain(`names=hidden`);
  expect(dilnoza.page.url).toMatch(new RegExp(`#answer-${second.attemptId}$`));
  expect(saidIn(dilnoza, '#answers')).not.toContain('Ada No.');
});

test.each([
  { rule: 'best', first: [[5, 5]], then: [[5, 5]] },
  {
    rule: 'last',
    first: [[5, 5]],
    then: [
      [5, 5],
      [2, 5],
    ],
  },
  {
    rule: 'average',
    first: [[5, 5]],
    then: [
      [5, 5],
      [3.5, 5],
    ],
  },
])('While the second attempt waits the first counts; then the $rule does', async ({ rule, first, then }) => {
  const activity = await newEssayQuiz(mustaqil, { settings: { countingAttempt: rule } });
  const { ada, student, attemptId } = await handedIn(mustaqil, activity);
  const dilnoza = await openMarking(mustaqil, activity);
  await dilnoza.submit(markFormOf(attemptId), { points: '4' });
  expect(await delivered(student)).toEqual(first);
  await ada.submit('form[action$="/attempts"]');
  const again = attemptIn(ada);
  await finish(ada, { '2 + 3': '5', pendulum: 'Tebrangich.' });
  expect(await delivered(student)).toEqual(first);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  const marker = await openMarking(mustaqil, activity);
  await marker.submit(markFormOf(again), { points: '1' });
  expect(await delivered(student)).toEqual(then);
});

test('The first attempt counts once it is marked, and no other meanwhile', async () => {
  const activity = await newEssayQuiz(mustaqil, { settings: { countingAttempt: 'first' } });
  const { ada, student, attemptId } = await handedIn(mustaqil, activity);
  await ada.submit('form[action$="/attempts"]');
  await finish(ada, { '2 + 3': '5' });
  expect(await delivered(student)).toEqual([]);
  const dilnoza = await openMarking(mustaqil, activity);
  await dilnoza.submit(markFormOf(attemptId), { points: '2' });
  expect(await delivered(student)).toEqual([[3, 5]]);
});

test('What is shown is governed by the review settings, comment and points of a person, too', async () => {
  const activity = await newEssayQuiz(mustaqil, { settings: { reviewPreset: 'exam' } });
  const { ada, attemptId } = await handedIn(mustaqil, activity);
  const dilnoza = await openMarking(mustaqil, activity);
  await dilnoza.submit(markFormOf(attemptId), { points: '3', comment: 'Which law?' });
  await ada.open(ada.page.url);
  expect(ada.page.html).not.toMatch(/Which law|3 \/ 4|4 of 5/);
});

test('A regrade leaves marks as they are; a score that it kept from becoming lower changes by what a mark changes', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { ada, student, attemptId } = await handedIn(mustaqil, activity);
  const other = await handedIn(mustaqil, activity, { '2 + 3': '6', pendulum: 'Belanchak.' });
  const marker = await openMarking(mustaqil, activity);
  await marker.submit(markFormOf(attemptId), { points: '2' });
  await marker.submit(markFormOf(other.attemptId), { points: '2' });
  expect(await delivered(student)).toEqual([[3, 5]]);
  // Two of four would be less than three of five, but more than two of five.
  const dilnoza = await openRegrade(mustaqil, activity);
  await dilnoza.submit('#regrade', { [fieldFor(dilnoza, '2 + 3')]: 'dropped' });
  await accept(dilnoza);
  expect(await delivered(student)).toEqual([[3, 5]]);
  expect((await delivered(other.student)).at(-1)).toEqual([2, 4]);
  const again = await openMarking(mustaqil, activity);
  await again.click('.filter a[href*="show=all"]');
  await again.submit(markFormOf(attemptId), { points: '3' });
  await ada.open(ada.page.url);
  expect(scoreOf(ada.page)).toBe('4 of 5 points');
  expect((await delivered(student)).at(-1)).toEqual([4, 5]);
});

test('Dilnoza drops an essay that waits and one that is marked: both grades go out, and the mark that was given stays readable', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const waiting = await handedIn(mustaqil, activity);
  const marked = await handedIn(mustaqil, activity, { '2 + 3': '6', pendulum: 'Belanchak.' });
  const marker = await openMarking(mustaqil, activity);
  await marker.submit(markFormOf(marked.attemptId), { points: '2', comment: 'Which law?' });
  expect(await delivered(waiting.student)).toEqual([]);
  const dilnoza = await openRegrade(mustaqil, activity);
  await dilnoza.submit('#regrade', { [fieldFor(dilnoza, 'pendulum')]: 'dropped', mayLower: 'yes' });
  await accept(dilnoza, 'Nobody was taught it');
  expect((await delivered(waiting.student)).at(-1)).toEqual([1, 1]);
  expect((await delivered(marked.student)).at(-1)).toEqual([0, 1]);
  await marked.ada.open(marked.ada.page.url);
  expect(saidIn(marked.ada, '.hand-mark')).toBe('The mark that was given: 2 of 4. What was said to it Which law?');
  const { id } = await placementOf(mustaqil, activity);
  await dilnoza.open(`/placements/${id}/marking`);
  expect(saidIn(dilnoza, '.rows')).toBe('Pendulum Counts for nobody. 2 handed in');

  const again = await openRegrade(mustaqil, activity);
  await again.submit('#regrade', { [fieldFor(again, 'pendulum')]: 'full-points' });
  await accept(again, 'Let it be');
  expect((await delivered(waiting.student)).at(-1)).toEqual([5, 5]);
  expect((await delivered(marked.student)).at(-1)).toEqual([4, 5]);
  const undone = await openRegrade(mustaqil, activity);
  await undone.submit('#regrade', { [fieldFor(undone, 'pendulum')]: 'as-published', mayLower: 'yes' });
  expect(saidIn(undone, '#preview .effect-waits')).toBe('waits for marks');
  await accept(undone, 'It counts after all');
  // It waits again, and until then what is in the gradebook stays.
  expect((await delivered(waiting.student)).at(-1)).toEqual([5, 5]);
  await waiting.ada.open(waiting.ada.page.url);
  expect(saidIn(waiting.ada, '.score')).toMatch(/^So far: 1 of 5 points/);
  expect((await delivered(marked.student)).at(-1)).toEqual([2, 5]);
});

test('Learners and strangers mark nothing, and see no page for it', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { ada, attemptId } = await handedIn(mustaqil, activity);
  const { id } = await placementOf(mustaqil, activity);
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  for (const [who, status] of [
    [ada, 403],
    [grace, 404],
  ] as const) {
    await who.open(`/placements/${id}/marking`);
    expect(who.page.status).toBe(status);
  }
  const ivan = await openQuiz(mustaqil, { student: sample.ivan, activity });
  expect((await post(ivan, `/placements/${id}/attempts/${attemptId}/marks/q1`, fourPoints)).status).toBe(403);
  expect(await mustaqil.db.select().from(handMarks).where(eq(handMarks.attemptId, attemptId))).toEqual([]);
});

test('An open attempt is nobody’s to mark', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { ada, attemptId } = await writing(mustaqil, activity);
  const field = ada.page.$('textarea').attr('name') ?? '';
  await ada.submit('#attempt button[name=later]', { [field]: 'Belanchak.' });
  const { id } = await placementOf(mustaqil, activity);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.open(`/placements/${id}/quiz/edit`);
  expect((await post(dilnoza, `/placements/${id}/attempts/${attemptId}/marks/q1`, fourPoints)).status).toBe(404);
});
