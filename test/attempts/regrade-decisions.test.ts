// Who may decide how questions count, that it is what they saw, with a reason, once, and written down; and that nobody who hands in
// meanwhile is missed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { acceptRegrade } from '../../src/attempts/accept-regrade.ts';
import { lockAttempt } from '../../src/attempts/attempt.store.ts';
import { insertCorrections } from '../../src/attempts/correction.store.ts';
import { regradableQuestions } from '../../src/attempts/regrade-questions.ts';
import { readGradings } from '../../src/attempts/regrade.store.ts';
import { planDigest, planRegrade } from '../../src/attempts/regrade.ts';
import { handIn, submitAttempt } from '../../src/attempts/submit-attempt.ts';
import { lockPlacementQuiz } from '../../src/courses/placement.store.ts';
import { attempts } from '../../src/database/tables/attempts.ts';
import { insertDecision } from '../../src/grades/decision.store.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { placeAt } from '../support/course-copies.ts';
import { openResults } from '../support/grades.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openAsTeacher, openQuiz, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { refusalOf } from '../support/refusals.ts';
import {
  accept,
  acceptButton,
  beforeRegrade,
  fieldFor,
  gradebook,
  mainOf,
  openRegrade,
  personOf,
  preview,
  rowsOf,
} from '../support/regrade.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';
import { later, untilAwaited } from '../support/meanwhile.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** Somebody new who has answered everything, the capital rightly, and not handed in yet. */
async function beforeHandingIn(activity: string, name: string) {
  const student = newStudent(mustaqil, name);
  await answer(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  const { id: personId } = await personOf(mustaqil, student);
  const [open] = await mustaqil.db.select().from(attempts).where(eq(attempts.personId, personId));
  return { personId, attemptId: open?.id ?? 0, quizVersionId: open?.quizVersionId ?? 0 };
}

async function pointsOf({ attemptId }: { attemptId: number }) {
  const [attempt] = await mustaqil.db.select().from(attempts).where(eq(attempts.id, attemptId));
  return attempt?.points?.valueOf();
}

describe('Between looking and accepting', () => {
  test('somebody hands in: nothing is written, the teacher sees it once more, and what was typed is still there', async () => {
    const { activity, student } = await beforeRegrade(mustaqil);
    const dilnoza = await openRegrade(mustaqil, activity);
    await preview(dilnoza, 'full-points');
    const bek = newStudent(mustaqil, 'Bek');
    await takeQuiz(await openQuiz(mustaqil, { student: bek, activity }), { capital: 'Naryn' });
    await accept(dilnoza, 'Two capitals');
    expect(dilnoza.page.status).toBe(409);
    expect(dilnoza.page.$('[role=alert]').text()).toContain('no longer what you saw');
    expect(rowsOf(dilnoza)).toHaveLength(2);
    expect(dilnoza.page.$('textarea').val()).toBe('Two capitals');
    expect(await gradebook(mustaqil, activity, student)).toBe(50);
    await dilnoza.submit(acceptButton);
    expect(await gradebook(mustaqil, activity, bek)).toBe(50);
    expect(await gradebook(mustaqil, activity, student)).toBe(100);
  });

  test('the teacher chooses otherwise: what is accepted is what was seen, or nothing', async () => {
    const { activity } = await beforeRegrade(mustaqil);
    const dilnoza = await openRegrade(mustaqil, activity);
    await preview(dilnoza, 'full-points');
    const before = await allRows(mustaqil.db);
    await dilnoza.submit(acceptButton, { [fieldFor(dilnoza, 'Kyrgyzstan')]: 'dropped', reason: 'Otherwise' });
    expect(dilnoza.page.status).toBe(409);
    expect(await allRows(mustaqil.db)).toEqual(before);
    expect(rowsOf(dilnoza)[0]?.slice(1, 3)).toEqual(['1 / 2', '1 / 1']);
  });

  test('the same is accepted twice, by a second click or the back button: once is enough, and the page says so', async () => {
    const { activity } = await beforeRegrade(mustaqil);
    const dilnoza = await openRegrade(mustaqil, activity);
    await preview(dilnoza, 'full-points');
    const { url, $ } = dilnoza.page;
    const path = new URL(url).pathname.replace('/preview', '');
    const values = $('#accept')
      .serializeArray()
      .map(({ name, value }): [string, string] => [name, value])
      .filter(([name]) => name !== 'reason');
    const clicks = [1, 2].map(async () => post(dilnoza, path, [...values, ['reason', 'Wrong key']]));
    const answers = (await Promise.all(clicks)).map(({ headers }) => headers.location ?? '');
    expect(answers.map((location) => location.split('?')[1]).sort()).toEqual(['accepted', 'unchanged']);
    await dilnoza.open(answers.find((location) => location.endsWith('unchanged')) ?? '');
    expect(dilnoza.page.$('[role=status]').text()).toBe('That was in force already. Nothing was changed.');
    expect(dilnoza.page.$('.decision')).toHaveLength(1);
  });
});

test('Without a reason, and without a question that counts, nothing is accepted', async () => {
  const { activity } = await beforeRegrade(mustaqil);
  const dilnoza = await openRegrade(mustaqil, activity);
  await preview(dilnoza, 'full-points', { mayLower: 'yes' });
  const before = await allRows(mustaqil.db);
  await accept(dilnoza, '  ');
  expect(dilnoza.page.status).toBe(422);
  expect(dilnoza.page.$('#reason-problem').text()).toContain('Write why');
  expect(dilnoza.page.$('select').first().val()).toBe('full-points');
  expect(dilnoza.page.$('#may-lower').attr('checked')).toBeDefined();

  await dilnoza.submit('#regrade', {
    [fieldFor(dilnoza, 'Kyrgyzstan')]: 'dropped',
    [fieldFor(dilnoza, '2 + 3')]: 'dropped',
  });
  expect(dilnoza.page.$('[role=alert]').text()).toContain('No question would be left that counts');
  expect(dilnoza.page.$(acceptButton)).toHaveLength(0);
  const path = new URL(dilnoza.page.url).pathname.replace('/preview', '');
  const chosen: [string, string][] = ['Kyrgyzstan', '2 + 3'].map((text) => [fieldFor(dilnoza, text), 'dropped']);
  expect((await post(dilnoza, path, [...chosen, ['reason', 'All of them']])).status).toBe(409);
  expect(await allRows(mustaqil.db)).toEqual(before);
});

test('Whoever hands in at the very moment of a regrade comes before it or after it, and is missed in neither case', async () => {
  const { activity } = await beforeRegrade(mustaqil);
  const { db, clock } = mustaqil;
  const tools = { db, now: clock.now };
  const [bek, vali] = [await beforeHandingIn(activity, 'Bek'), await beforeHandingIn(activity, 'Vali')];
  const placement = await placeAt(db, activity);
  const [placementId, quizId] = [placement?.id ?? 0, placement?.quizId ?? null];
  const decidedBy = (await personOf(mustaqil, sample.dilnoza)).id;
  const plan = async () => {
    const gradings = await readGradings(db, { id: placementId, quizId });
    const choices = new Map(regradableQuestions(gradings).map(({ id }) => [id, 'full-points']));
    const wish = { choices, mayLower: false, reason: 'Both are wrong' };
    return { ...wish, previewed: planDigest(planRegrade(gradings, wish), wish) };
  };

  const seen = await plan();
  const accepting = later(() => acceptRegrade(tools, { placementId, decidedBy }, seen));
  await db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, bek.attemptId, bek.personId);
    if (attempt) await handIn(tx, attempt, clock.now());
    accepting.open();
    await untilAwaited(tx);
  });
  expect(await accepting.done).toEqual({ ok: false, code: 'not-as-previewed' });
  expect(await acceptRegrade(tools, { placementId, decidedBy }, await plan())).toEqual({ ok: true });
  expect(await pointsOf(bek)).toBe(2);

  const handingIn = later(() => submitAttempt(tools, vali));
  await db.transaction(async (tx) => {
    await lockPlacementQuiz(tx, placementId);
    const decision = { placementId, kind: 'regrade', reason: 'Again', decidedBy, decidedAt: clock.now() } as const;
    const decisionId = await insertDecision(tx, decision, []);
    await insertCorrections(tx, { decisionId, placementId }, [
      { quizVersionId: vali.quizVersionId, position: 0, correction: { kind: 'dropped' } },
    ]);
    handingIn.open();
    await untilAwaited(tx);
  });
  expect(await handingIn.done).toEqual({ ok: true });
  expect(await pointsOf(vali)).toBe(1);
});

test('Before anybody has handed in, there is nothing to regrade, and the page says so', async () => {
  const dilnoza = await openRegrade(mustaqil, await newQuiz(mustaqil));
  expect(mainOf(dilnoza)).toContain('nothing to regrade yet');
  expect(dilnoza.page.$('#regrade')).toHaveLength(0);
  await dilnoza.open(dilnoza.page.url.replace('/quiz/regrade', '/decisions'));
  expect(mainOf(dilnoza)).toContain('Nobody has decided anything here yet.');
});

test('The list of decisions tells of zeros too', async () => {
  const { activity, student } = await beforeRegrade(mustaqil);
  const { db, clock } = mustaqil;
  const placementId = (await placeAt(db, activity))?.id ?? 0;
  const { id: decidedBy } = await personOf(mustaqil, sample.dilnoza);
  const { id: personId } = await personOf(mustaqil, student);
  const zeros = { placementId, kind: 'zeros', reason: '', decidedBy, decidedAt: clock.now() } as const;
  const after = { points: new Fraction(0), maximumPoints: new Fraction(2) };
  await db.transaction((tx) => insertDecision(tx, zeros, [{ personId, attemptId: null, before: null, after }]));
  const robot = await openResults(mustaqil, activity);
  await robot.click('main a[href$="/decisions"]');
  expect(mainOf(robot)).toContain('Zeros for nothing handed in');
  expect(rowsOf(robot)).toEqual([[nameOf(mustaqil, student), '—', '—', '0 / 2']]);
});

test('An assistant reads the decisions and makes none; Ada, and Grace and Mallory of another course, do neither', async () => {
  const { activity, ada } = await beforeRegrade(mustaqil);
  const placement = `/placements/${(await placeAt(mustaqil.db, activity))?.id}`;
  const claims = { sub: 'assistant', [lti('roles')]: [roleUri.assistant, roleUri.instructor] };
  const assistant = await launchWith(mustaqil, { person: newStudent(mustaqil, 'Yordamchi'), activity, claims });
  expect(assistant.page.$('main a[href$="/quiz/regrade"]')).toHaveLength(0);
  const { silkRoad } = sample.history;
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: silkRoad });
  const mallory = await openQuiz(mustaqil, { student: sample.mallory, activity: silkRoad });

  for (const [robot, refusal, log] of [
    [assistant, 'instructor-only', undefined],
    [ada, 'instructor-only', 'instructor-only'],
    [grace, 'not-found', 'not-found'],
    [mallory, 'not-found', 'not-found'],
  ] as const) {
    const before = await allRows(mustaqil.db);
    const { text } = await post(robot, `${placement}/quiz/regrade`, [['reason', 'I want to']]);
    expect(refusalOf({ $: load(text) })).toBe(refusal);
    for (const path of ['quiz/regrade', 'quiz/regrade/preview']) {
      expect(refusalOf(await robot.open(`${placement}/${path}`))).toBe(refusal);
    }
    expect(refusalOf(await robot.open(`${placement}/decisions`))).toBe(log);
    expect(await allRows(mustaqil.db)).toEqual(before);
  }
});
