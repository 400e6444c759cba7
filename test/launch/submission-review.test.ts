// From a gradebook to the work behind a grade: to the student's own, to everybody's for who teaches them, and to nobody else's,
// whatever the LMS has signed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { gradebookClaim, launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
const activity = sample.physics.mechanics;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil, { settings: { title: 'Nazorat ishi' } });
  const aziz = await openQuiz(mustaqil);
  await takeQuiz(aziz, { capital: 'Osh', sum: '5' });
  await mustaqil.deliver();
});
afterAll(() => mustaqil.stop());

/** The page behind the link in the gradebook, for whoever clicks it. */
async function review(person: string, of: string): Promise<Robot> {
  const robot = await mustaqil.browserOf(person);
  await robot.launch(mustaqil.lms.reviewUrl(activity, of));
  return robot;
}

/** A signed message of that kind, with whatever else in it. */
function signedReview(person: string, of: unknown, claims: Record<string, unknown> = {}): Promise<Robot> {
  const message = { [lti('message_type')]: 'LtiSubmissionReviewRequest', [lti('for_user')]: of };
  return launchWith(mustaqil, { person, activity, claims: { ...message, ...claims } });
}

const azizHimself = { user_id: sample.aziz };
const mainOf = ({ page: { $ } }: Robot) => $('main').text();

function expectWorkOfAziz(robot: Robot) {
  expect({ status: robot.page.status, refusal: refusalOf(robot.page) }).toEqual({ status: 200, refusal: undefined });
  expect(robot.page.$('h1').text()).toBe('Aziz Rahimov');
  expect(mainOf(robot)).toContain('1 / 2');
}

function expectRefused(robot: Robot, [status, code]: [number, string]) {
  expect({ status: robot.page.status, refusal: refusalOf(robot.page) }).toEqual({ status, refusal: code });
  // The page says whose browser this is only where somebody is signed in: a refused message signs nobody in.
  expect(robot.page.$('body').text()).not.toMatch(/Aziz|Nazorat|1 \/ 2/);
}

describe('from the gradebook', () => {
  test('Dilnoza comes to the attempts of Aziz, and from there to his answers (lti.md 126, 129)', async () => {
    const dilnoza = await review(sample.dilnoza, sample.aziz);
    expectWorkOfAziz(dilnoza);
    await dilnoza.click('.rows .row-title');
    expect(dilnoza.page.$('.score').text()).toContain('1 of 2 points');
    expect(dilnoza.page.$('.review .question')).toHaveLength(2);
    expect(dilnoza.page.$('main form')).toHaveLength(0);
  });

  test('Aziz comes to his own attempts, where nothing that was handed in can be changed (lti.md 127, 129)', async () => {
    const aziz = await review(sample.aziz, sample.aziz);
    expect(aziz.page.status).toBe(200);
    expect(aziz.page.url).toMatch(/\/placements\/\d+\/attempts$/);
    await aziz.click('.rows .row-title');
    expect(aziz.page.$('.score').text()).toContain('1 of 2 points');
    expect(aziz.page.$('.review input:not([disabled])')).toHaveLength(0);
  });

  test('Aigul, for whom the LMS signs the message for the work of Aziz, sees nothing of it (lti.md 127, §2.13)', async () => {
    const aigul = await mustaqil.browserOf(sample.aigul);
    const page = await aigul.open(mustaqil.lms.reviewUrl(activity, sample.aziz));
    expect(page.status).toBe(404);
    // The LMS shows her no such page, and signs the message all the same for whoever asks for it by its address.
    const { cmid } = mustaqil.lms.state.activities.find(({ id }) => id === activity) ?? {};
    await aigul.open(`/mod/lti/launch.php?id=${cmid}&action=gradeReport&user=${sample.aziz}`);
    await aigul.settle();
    expectRefused(aigul, [403, 'review-not-yours']);
  });

  test('a student who never came has nothing to see, and that is said kindly (lti.md 129)', async () => {
    const late = newStudent(mustaqil, 'Kechikkan');
    const dilnoza = await review(sample.dilnoza, late);
    expectRefused(dilnoza, [404, 'nothing-to-review']);
    expect(mainOf(dilnoza)).toContain('As soon as they have, their work can be seen from the gradebook.');
  });
});

describe('Mallory, with a rightly signed message for the work of Aziz,', () => {
  test.each([
    ['as a student of his course', { [lti('roles')]: [roleUri.learner] }],
    [
      'as a mentor who is named for him',
      { [lti('roles')]: [roleUri.mentor], [lti('role_scope_mentor')]: [sample.aziz] },
    ],
    ['as an author of quizzes, who sees no results', { [lti('roles')]: [roleUri.author] }],
    ['as a guest', { [lti('roles')]: [] }],
    [
      'as a teacher of the institution, not of the course',
      { [lti('roles')]: ['http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor'] },
    ],
    [
      'with the word Instructor behind that of a learner',
      { [lti('roles')]: ['http://purl.imsglobal.org/vocab/lis/v2/membership/Learner#Instructor'] },
    ],
  ])('%s, is told that it is not hers (lti.md 127)', async (what, claims) => {
    const mallory = await signedReview(sample.aigul, azizHimself, {
      sub: `Mallory ${what}`,
      name: 'Mallory',
      ...claims,
    });
    expectRefused(mallory, [403, 'review-not-yours']);
  });

  test('leaves no session behind: the address of the page opens nothing either', async () => {
    const dilnoza = await review(sample.dilnoza, sample.aziz);
    const mallory = await signedReview(sample.aigul, azizHimself, { sub: 'Mallory' });
    await mallory.open(dilnoza.page.url);
    expect({ status: mallory.page.status, refusal: refusalOf(mallory.page) }).toEqual({
      status: 401,
      refusal: 'signed-out',
    });
  });

  test('as a teacher of another course, finds no work of his there (lti.md 126, 127)', async () => {
    const roles = { [lti('roles')]: [roleUri.instructor] };
    const context = { [lti('context')]: { id: 'course of Mallory', title: 'Hers' } };
    const strange = await signedReview(sample.aigul, azizHimself, { sub: 'Mallory', ...roles, ...context });
    expectRefused(strange, [404, 'nothing-to-review']);
  });
});

test('an assistant sees the work of students as a teacher does', async () => {
  const claims = { sub: 'assistant', [lti('roles')]: [roleUri.assistant] };
  expectWorkOfAziz(await signedReview(sample.ivan, azizHimself, claims));
});

describe('which activity is meant', () => {
  test('is said by the line item alone (lti.md 126)', async () => {
    expectWorkOfAziz(await signedReview(sample.dilnoza, azizHimself, { [lti('resource_link')]: undefined }));
  });

  test('is said by the resource link alone', async () => {
    expectWorkOfAziz(await signedReview(sample.dilnoza, azizHimself, { [gradebookClaim]: undefined }));
  });

  test('is not guessed: a column that we do not know has nothing to see', async () => {
    const lineitem = `${mustaqil.lmsUrl}/mod/lti/services.php/2/lineitems/77/lineitem?type_id=1`;
    const claims = { [lti('resource_link')]: undefined, [gradebookClaim]: { scope: [], lineitem } };
    expectRefused(await signedReview(sample.dilnoza, azizHimself, claims), [404, 'nothing-to-review']);
  });

  test('neither said is no message at all', async () => {
    const claims = { [lti('resource_link')]: undefined, [gradebookClaim]: undefined };
    expectRefused(await signedReview(sample.dilnoza, azizHimself, claims), [400, 'reviewed-item-missing']);
  });
});

describe('whose work is meant', () => {
  test.each([
    ['nobody', undefined, 'for-user-missing'],
    ['somebody without an id', { name: 'Aziz' }, 'for-user-missing'],
  ])('%s is no message at all (lti.md 126)', async (_, of, code) => {
    expectRefused(await signedReview(sample.dilnoza, of), [400, code]);
  });

  test('somebody whom we have never heard of has nothing to see', async () => {
    expectRefused(await signedReview(sample.dilnoza, { user_id: "4' or '1'='1" }), [404, 'nothing-to-review']);
  });

  test('somebody who was only in another course of the LMS has nothing to see here', async () => {
    await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
    expectRefused(await signedReview(sample.dilnoza, { user_id: sample.mallory }), [404, 'nothing-to-review']);
  });
});

test('an attempt that is still open is told of, and its answers are not', async () => {
  const ivan = await openQuiz(mustaqil, { student: sample.ivan });
  await answer(ivan, { capital: 'Naryn' });
  const dilnoza = await review(sample.dilnoza, sample.ivan);
  expect(mainOf(dilnoza)).toContain('not handed in yet');
  await dilnoza.click('.rows .row-title');
  expect(mainOf(dilnoza)).toContain('nothing to read yet');
  expect(mainOf(dilnoza)).not.toContain('Naryn');
});

test('looking at work changes nothing of it, nor of any grade', async () => {
  const before = await allRows(mustaqil.db);
  await (await review(sample.dilnoza, sample.aziz)).click('.rows .row-title');
  const after = await allRows(mustaqil.db);
  for (const table of ['attempts', 'answers', 'placements', 'gradebook_cells', 'grade_deliveries']) {
    expect({ table, rows: after[table] }).toEqual({ table, rows: before[table] });
  }
});
