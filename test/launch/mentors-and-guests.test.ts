// Who is neither the teacher nor a student: mentors read, guests try, test students and assistants help, authors write; each no
// more than the table of rights gives them.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { people } from '../../src/database/tables/courses.ts';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import { deployments } from '../../src/database/tables/platforms.ts';
import { setAnonymousLaunches } from '../../src/platforms/platform.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { bareApplication } from '../support/application.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { refusalOf } from '../support/refusals.ts';
import { routesOf } from '../support/routes.ts';
import { newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
const activity = sample.physics.mechanics;
/** `/courses/1`, `/placements/1`, and the progress page of Aziz and of Ivan. */
let course: string;
let placement: string;
let progressOf: { aziz: string; ivan: string };

beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  await mustaqil.roster.settled();
  placement = new URL(dilnoza.page.url).pathname.replace('/quiz', '');
  course = dilnoza.page.$('.crumb a').attr('href') ?? '';
  await takeQuiz(await openQuiz(mustaqil), { capital: 'Osh', sum: '5' });
  await answer(await openQuiz(mustaqil, { student: sample.ivan }), { capital: 'Naryn' });
  const [aziz, ivan] = await Promise.all([sample.aziz, sample.ivan].map(keyOf));
  progressOf = { aziz: `${course}/people/${aziz}/progress`, ivan: `${course}/people/${ivan}/progress` };
});
afterAll(() => mustaqil.stop());

async function keyOf(subject: string) {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject));
  return person?.id ?? 0;
}

/** Somebody new with these claims. */
function arrive(claims: Record<string, unknown>, at = activity) {
  const person = newStudent(mustaqil, 'Mehmon');
  return launchWith(mustaqil, { person, activity: at, claims });
}

/** Opens addresses of ours and says how each ended: 200, or why not. */
async function outcomes(robot: Robot, addresses: string[]) {
  const seen: (string | number)[] = [];
  for (const address of addresses) {
    const page = await robot.open(address);
    seen.push(refusalOf(page) ?? page.status);
  }
  return seen;
}

const namesOn = ({ page: { $ } }: Robot) =>
  $('.rows .row-title')
    .toArray()
    .map((row) => $(row).text().trim());

describe('a mentor', () => {
  const mentor = (named: string[], more: Record<string, unknown> = {}) =>
    arrive({ sub: 'mentor', [lti('roles')]: [roleUri.mentor], [lti('role_scope_mentor')]: named, ...more });

  test('sees the progress of exactly the students whom the LMS names (lti.md 47)', async () => {
    const robot = await mentor([sample.aziz]);
    expect(robot.page.url).toBe(`${mustaqil.url}${course}/mentees`);
    expect(namesOn(robot)).toEqual(['Aziz Rahimov']);
    await robot.click('.rows .row-title');
    expect(robot.page.$('h1').text()).toBe('Aziz Rahimov');
    expect(robot.page.$('.row').first().text()).toContain('1 / 2');
  });

  test('reads and can do nothing else there: no attempt, no link to one, no form but that of the language', async () => {
    const robot = await mentor([sample.aziz]);
    await robot.open(progressOf.aziz);
    expect(robot.page.status).toBe(200);
    expect(robot.page.$('main form')).toHaveLength(0);
    expect(robot.page.$('main .rows a')).toHaveLength(0);
    const aziz = progressOf.aziz.split('/').at(-2);
    const attempts = `${placement}/learners/${aziz}/attempts`;
    expect(await outcomes(robot, [attempts, `${attempts}/1`, '/attempts/1', '/attempts/1/submission'])).toEqual([
      'instructor-only',
      'instructor-only',
      'not-found',
      'not-found',
    ]);
  });

  test('finds no other student, no results, no quiz, and no place to answer', async () => {
    const robot = await mentor([sample.aziz]);
    expect(await outcomes(robot, [progressOf.ivan, progressOf.ivan.replace(/\d+\/progress/, '999/progress')])).toEqual([
      'not-found',
      'not-found',
    ]);
    const teachers = [course, `${placement}/results`, `${placement}/quiz`, `${placement}/quiz/edit`];
    expect(await outcomes(robot, teachers)).toEqual(teachers.map(() => 'instructor-only'));
    const students = [`${placement}/attempts`, `${course}/progress`];
    expect(await outcomes(robot, students)).toEqual(students.map(() => 'learner-only'));
  });

  test('can post nothing that belongs to a course', async () => {
    const robot = await mentor([sample.aziz]);
    const before = await allRows(mustaqil.db);
    const paths = routesOf(bareApplication(mustaqil.db))
      .filter(({ method, path }) => method === 'post' && path.includes(':') && !path.startsWith('/admin'))
      // It is taken by its seal, whoever is signed in (test/attempts/journal.test.ts).
      .filter(({ path }) => path !== '/attempts/:attemptId/journal')
      .map(({ path }) => path.replace('/placements/:placementId', placement).replace('/courses/:courseId', course))
      .map((path) => path.replace(/:\w+/g, '1'));
    expect(paths.length).toBeGreaterThan(6);
    for (const path of paths) {
      const { status } = await post(robot, path, [['title', 'Taken over']]);
      expect({ path, isRefused: status === 403 || status === 404 }).toEqual({ path, isRefused: true });
    }
    expect(await allRows(mustaqil.db)).toEqual(before);
  });

  test('has with each launch the list of that launch, and none without one (lti.md 47)', async () => {
    expect(namesOn(await mentor([sample.aziz, sample.ivan]))).toEqual(['Aziz Rahimov', 'Ivan Petrov']);
    const later = await mentor([sample.ivan]);
    expect(namesOn(later)).toEqual(['Ivan Petrov']);
    expect(await outcomes(later, [progressOf.aziz, progressOf.ivan])).toEqual(['not-found', 200]);
    const nobody = await mentor([], { [lti('role_scope_mentor')]: undefined });
    expect(namesOn(nobody)).toEqual([]);
    expect(nobody.page.$('.lead').text()).toContain('has named no student');
    expect(await outcomes(nobody, [progressOf.ivan])).toEqual(['not-found']);
  });

  test('sees a student who has not come yet as one of the list, and learns nothing of who is not in the course', async () => {
    const robot = await mentor([sample.omurbek, sample.mallory, 'nobody at all']);
    expect(namesOn(robot)).toEqual(['Өмүрбек Төлөгөнович Жаңыбай-Үсөн уулу Gʻaybullayev']);
    await robot.click('.rows .row-title');
    expect(robot.page.$('.row').first().text()).toContain('not begun');
  });

  test('of one course is nobody in another', async () => {
    const robot = await mentor([sample.aziz], { [lti('context')]: { id: 'elsewhere', title: 'Elsewhere' } });
    expect(namesOn(robot)).toEqual([]);
  });

  test('in name only, who is a student by role, sees nobody (lti.md 47)', async () => {
    const claims = { [lti('roles')]: [roleUri.learner], [lti('role_scope_mentor')]: [sample.aziz] };
    const robot = await arrive(claims);
    expect(await outcomes(robot, [progressOf.aziz, `${course}/mentees`])).toEqual(['not-found', 'instructor-only']);
  });
});

describe('who does not say who they are', () => {
  const anonymous = (roles: string[] = [], more: Record<string, unknown> = {}) =>
    arrive({
      sub: undefined,
      name: undefined,
      given_name: undefined,
      family_name: undefined,
      [lti('roles')]: roles,
      ...more,
    });
  const allow = async (policy: 'refuse' | 'guest') => {
    const [deployment] = await mustaqil.db.select().from(deployments);
    await setAnonymousLaunches(mustaqil.db, deployment?.id ?? 0, policy);
  };
  const guests = async () => (await mustaqil.db.select().from(people)).filter(({ subject }) => subject === null);

  afterEach(() => allow('refuse'));

  test('is not let in unless an administrator has allowed it, and leaves no trace (lti.md 42)', async () => {
    const robot = await anonymous([roleUri.learner]);
    expect({ status: robot.page.status, refusal: refusalOf(robot.page) }).toEqual({
      status: 403,
      refusal: 'anonymous-not-allowed',
    });
    expect(robot.page.$('h1').text()).toBe('Your LMS did not say who you are');
    expect(await guests()).toEqual([]);
  });

  test('comes in as a guest where it is allowed, each as a person of their own (lti.md 42)', async () => {
    await allow('guest');
    const [one, other] = [await anonymous(), await anonymous()];
    await takeQuiz(one, { capital: 'Bishkek', sum: '5' });
    expect(one.page.$('.score').text()).toContain('2 of 2 points');
    expect(one.page.$('.you').text()).toBe('You are a person without a name');
    expect(other.page.$('.rows .row')).toHaveLength(0);
    const attempt = new URL(one.page.url).pathname;
    expect(await outcomes(other, [attempt])).toEqual(['not-found']);
    expect(await guests()).toHaveLength(2);
  });

  test('is never graded (lti.md 42, 105)', async () => {
    await allow('guest');
    await mustaqil.deliver();
    const robot = await anonymous([roleUri.learner]);
    await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
    expect(robot.page.$('.grade').text()).toContain('There is no grade to send');
    const keys = (await guests()).map(({ id }) => id);
    const cells = await mustaqil.db.select().from(gradebookCells);
    expect(cells.filter(({ personId }) => keys.includes(personId))).toEqual([]);
    expect(await mustaqil.deliver()).toBe(0);
  });

  test.each([
    ['a teacher', [roleUri.instructor]],
    ['an author', [roleUri.author]],
    ['a mentor', [roleUri.mentor]],
  ])('is a guest even where the LMS calls them %s (lti.md 42)', async (_, roles) => {
    await allow('guest');
    const robot = await anonymous(roles, { [lti('role_scope_mentor')]: [sample.aziz] });
    expect(robot.page.url).toBe(`${mustaqil.url}${placement}/attempts`);
    const closed = [course, `${course}/mentees`, `${placement}/quiz`, `${placement}/quiz/edit`, `${placement}/results`];
    expect(await outcomes(robot, closed)).toEqual(closed.map(() => 'instructor-only'));
    expect(await outcomes(robot, [progressOf.aziz])).toEqual(['not-found']);
  });

  test('chooses no content and reads nobody’s work', async () => {
    await allow('guest');
    const chooser = await anonymous([roleUri.instructor], {
      [lti('message_type')]: 'LtiDeepLinkingRequest',
      'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings': {
        deep_link_return_url: `${mustaqil.lmsUrl}/return`,
        accept_types: ['ltiResourceLink'],
        accept_presentation_document_targets: ['iframe'],
      },
    });
    expect(refusalOf(chooser.page)).toBe('not-an-author');
    const reader = await anonymous([roleUri.instructor], {
      [lti('message_type')]: 'LtiSubmissionReviewRequest',
      [lti('for_user')]: { user_id: sample.aziz },
    });
    expect(refusalOf(reader.page)).toBe('review-not-yours');
  });
});

test('the made-up student of a teacher answers, and the gradebook hears nothing of it (lti.md 46)', async () => {
  await mustaqil.deliver();
  const testUser = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
  const robot = await arrive({ sub: 'preview', [lti('roles')]: [roleUri.learner, testUser] });
  await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
  expect(robot.page.$('.score').text()).toContain('2 of 2 points');
  expect(await mustaqil.deliver()).toBe(0);
});
