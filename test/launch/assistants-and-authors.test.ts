// Who helps a teacher: assistants run the course and see results, authors write quizzes and see none; and what the LMSs call them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { people } from '../../src/database/tables/courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startAnotherLms } from '../support/another-lms.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz, twoQuestions, writeQuestions } from '../support/people.ts';
import { post } from '../support/post.ts';
import { refusalOf } from '../support/refusals.ts';
import { newActivity, newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
const activity: string = sample.physics.mechanics;
/** `/courses/1`, `/placements/1`, and Aziz's progress and attempts there. */
let course: string;
let placement: string;
let progressOfAziz: string;
let attemptsOfAziz: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  await mustaqil.roster.settled();
  placement = new URL(dilnoza.page.url).pathname.replace('/quiz', '');
  course = dilnoza.page.$('.crumb a').attr('href') ?? '';
  await takeQuiz(await openQuiz(mustaqil), { capital: 'Osh', sum: '5' });
  const [aziz] = await mustaqil.db.select().from(people).where(eq(people.subject, sample.aziz));
  progressOfAziz = `${course}/people/${aziz?.id}/progress`;
  attemptsOfAziz = `${placement}/learners/${aziz?.id}/attempts`;
});
afterAll(() => mustaqil.stop());

/** Somebody new with these claims. */
function arrive(claims: Record<string, unknown>, at = activity) {
  return launchWith(mustaqil, { person: newStudent(mustaqil, 'Yordamchi'), activity: at, claims });
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

const drafted: [string, string][] = [
  ['title', 'Boshqa'],
  ['source', twoQuestions],
];
const teachersPosts = ['', '/versions', '/text', '/imports', '/questions', '/detachment', '/choice'].map(
  (path) => `quiz${path}`,
);

describe('a teaching assistant', () => {
  const assistant = () => arrive({ sub: 'assistant', [lti('roles')]: [roleUri.assistant, roleUri.instructor] });

  test('sees the quiz, the course, the results and everybody’s attempts', async () => {
    const robot = await assistant();
    expect(robot.page.url).toBe(`${mustaqil.url}${placement}/quiz`);
    const open = [course, `${placement}/results`, progressOfAziz, `${attemptsOfAziz}/1`];
    expect(await outcomes(robot, open)).toEqual(open.map(() => 200));
  });

  test('edits, publishes and detaches nothing, and is offered no button for it', async () => {
    const robot = await assistant();
    expect(robot.page.$('main a[href$="/quiz/edit"]')).toHaveLength(0);
    const before = await allRows(mustaqil.db);
    for (const path of teachersPosts) {
      const refused = await post(robot, `${placement}/${path}`, drafted);
      expect({ path, status: refused.status }).toEqual({ path, status: 403 });
    }
    expect(await outcomes(robot, [`${placement}/quiz/edit`])).toEqual(['instructor-only']);
    expect(await allRows(mustaqil.db)).toEqual(before);
  });

  test('finds no editor where no quiz stands yet, but words', async () => {
    const claims = { sub: 'assistant', [lti('roles')]: [roleUri.assistant] };
    const robot = await arrive(claims, newActivity(mustaqil, { title: 'Hali boʻsh' }));
    expect(robot.page.$('main').text()).toContain('This quiz is not ready yet');
    expect(robot.page.$('main form')).toHaveLength(0);
  });

  test('may send again what has not arrived in the gradebook', async () => {
    const robot = await assistant();
    expect((await post(robot, `${placement}/grades/deliveries`, [])).status).toBe(303);
  });
});

describe('an author of quizzes', () => {
  const author = (at = activity) => arrive({ sub: 'author', [lti('roles')]: [roleUri.author] }, at);

  test('writes and publishes a quiz', async () => {
    const fresh = newActivity(mustaqil, { title: 'Muallifdan' });
    const robot = await author(fresh);
    await writeQuestions(robot, twoQuestions);
    await robot.submit('button[formaction]');
    expect(robot.page.$('main').text()).toContain('Version 1');
    expect((await openQuiz(mustaqil, { activity: fresh })).page.$('main form')).toHaveLength(1);
  });

  test('sees neither results nor people, and no link that leads to a closed door', async () => {
    const robot = await author();
    const doors = [course, `${placement}/results`, `${placement}/results?gradebook`];
    for (const page of [robot.page.url, `${placement}/quiz/edit`]) {
      await robot.open(page);
      expect(robot.page.status).toBe(200);
      const links = robot.page
        .$('main a')
        .toArray()
        .map((link) => link.attribs['href']);
      expect(links.filter((link) => doors.includes(link ?? ''))).toEqual([]);
    }
    expect(await outcomes(robot, doors)).toEqual(doors.map(() => 'instructor-only'));
    expect(await outcomes(robot, [attemptsOfAziz, `${attemptsOfAziz}/1`])).toEqual([
      'instructor-only',
      'instructor-only',
    ]);
    expect(await outcomes(robot, [progressOfAziz])).toEqual(['not-found']);
  });

  test('sends no grades again', async () => {
    expect((await post(await author(), `${placement}/grades/deliveries`, [])).status).toBe(403);
  });
});

test('Moodle’s non-editing teacher arrives as Instructor, and is a teacher like any other here (lti.md 114, §2.2)', async () => {
  const rustam = newStudent(mustaqil, 'Rustam');
  mustaqil.lms.enrol(rustam, sample.physics.course, 'assistant');
  const robot = await openAsTeacher(mustaqil, { teacher: rustam });
  expect(await outcomes(robot, [`${placement}/quiz/edit`, course])).toEqual([200, 200]);
  // Moodle's own list of the course calls the same person a learner; what the launch said stands.
  mustaqil.clock.advance(10 * 60_000);
  await openAsTeacher(mustaqil);
  await mustaqil.roster.settled();
  expect(await outcomes(robot, [`${placement}/quiz/edit`, course])).toEqual([200, 200]);
});

test('in an LMS that keeps to the specification, a teaching assistant and a mentor are what they are called', async () => {
  const other = await startAnotherLms(mustaqil, { quirks: 'spec' });
  await publish(other);
  await takeQuiz(await openQuiz(other), { capital: 'Osh', sum: '5' });
  const [rustam, lola] = [newStudent(other, 'Rustam'), newStudent(other, 'Lola')];
  other.lms.enrol(rustam, sample.physics.course, 'assistant');
  const assistant = await openAsTeacher(other, { teacher: rustam });
  expect(assistant.page.$('main a[href$="/results"]')).toHaveLength(1);
  expect(assistant.page.$('main a[href$="/quiz/edit"]')).toHaveLength(0);

  other.lms.enrol(lola, sample.physics.course, 'mentor');
  other.lms.setMentees(lola, sample.physics.course, [sample.aziz]);
  const mentor = await openQuiz(other, { student: lola });
  expect(mentor.page.$('.rows .row-title').text()).toBe('Aziz Rahimov');
  await mentor.click('.rows .row-title');
  expect(mentor.page.$('.row').first().text()).toContain('1 / 2');
  await mustaqil.roster.settled();
  await other.stop();
});
