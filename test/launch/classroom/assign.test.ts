// Assigning to Google Classroom without an add-on: a teacher without a licence, her students at the link, and grades both ways.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { scope } from '../../../src/classroom/scopes.ts';
import { classroomAssignments } from '../../../src/database/tables/classroom.ts';
import { placements } from '../../../src/database/tables/courses.ts';
import { gradebookCells } from '../../../src/database/tables/grades.ts';
import type { Account, Item, PracticeCourse } from '../../../src/practice/classroom/state.ts';
import { createRobot, type Robot } from '../../../src/practice/robot.ts';
import { ask } from '../../support/ask.ts';
import { startClassroom, type TestClassroom } from '../../support/classroom.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { takeQuiz, twoQuestions } from '../../support/people.ts';
import { expectRefusal } from '../../support/refusals.ts';

let mustaqil: TestMustaqil;
let google: TestClassroom;
let nodira: Account;
let aziz: Account;
let aigul: Account;
let mallory: Account;
let physics: PracticeCourse;
let teacher: Robot;
/** The page of the choice, as Nodira may go back to it. */
let choice: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  google = await startClassroom(mustaqil);
  const { classroom } = google;
  nodira = classroom.addAccount({ givenName: 'Nodira', familyName: 'Tosheva', hasAddOns: false });
  aziz = classroom.addAccount({ givenName: 'Aziz', familyName: 'Oʻrinov' });
  aigul = classroom.addAccount({ givenName: 'Айгүл', familyName: 'Өмүрбекова' });
  mallory = classroom.addAccount({ givenName: 'Mallory', familyName: 'Begona' });
  physics = classroom.addCourse({
    name: 'Fizika 101',
    teacherIds: [nodira.id],
    studentIds: [aziz.id, aigul.id],
  });
});
afterAll(async () => {
  await google.stop();
  await mustaqil.stop();
});

const door = () => `${mustaqil.url}/classroom/${google.registrationId}/assign`;
const words = (robot: Robot, where = 'main') => robot.page.$(where).text().replace(/\s+/g, ' ').trim();
const work = () => google.classroom.state.items.filter(({ links }) => links.length > 0);
const only = <One>([one, ...more]: One[]): One => {
  expect(more).toEqual([]);
  if (one === undefined) throw new Error('There is none');
  return one;
};
const linkOf = ({ links }: Item) => only(links);
const gradesOf = (item: Item, { id }: Account) => {
  const { draftGrade, assignedGrade } = item.submissions.find(({ userId }) => userId === id) ?? {};
  return [draftGrade ?? null, assignedGrade ?? null];
};
const ours = (points: number) => ({ draftGrade: points, assignedGrade: null });

/** Somebody who joins the course by now, and so has work at an assignment. */
function enrol(givenName: string, { submissions }: Item): Account {
  const account = google.classroom.addAccount({ givenName, familyName: 'Yangi' });
  const isNew = { draftGrade: null, assignedGrade: null, comingGrade: null, state: 'CREATED' } as const;
  physics.studentIds.push(account.id);
  submissions.push({ id: `work-of-${account.id}`, userId: account.id, ...isNew });
  return account;
}

/** Opens an address in a browser of its own, and signs in there. */
async function signInAt(
  address: string,
  account: Account,
  { as, scopes, isDenied = false }: { as: 'assign' | 'work'; scopes?: string[]; isDenied?: boolean },
): Promise<Robot> {
  const robot = createRobot({ now: mustaqil.clock.now });
  await robot.open(address);
  await signIn(robot, account, { as, isDenied, ...(scopes && { scopes }) });
  return robot;
}

async function signIn(
  robot: Robot,
  account: Account,
  { as, scopes, isDenied = false }: { as: 'assign' | 'work' | 'another'; scopes?: string[]; isDenied?: boolean },
) {
  await robot.submit(`form[data-purpose="${as}"]`);
  const answer = isDenied ? 'deny' : 'allow';
  const agree = () =>
    robot.submit(`button[value="${answer}"]`, { account: account.id, ...(scopes && { scope: scopes }) });
  await agree();
  // Who agreed to less before is asked once more: a lasting token is good for what it was given for.
  if (robot.page.$('button[value="allow"]').length > 0) await agree();
}

/** Opens a link where somebody signed in before, and says that it is they; a page of another kind stays. */
async function openAsBefore(robot: Robot, link: string) {
  await robot.open(link);
  const goOn = robot.page.$('a.button.primary[href*="/work/"]').attr('href');
  if (goOn !== undefined) await robot.open(`${mustaqil.url}${goOn}`);
}

/** At the door: picks the course, makes a quiz of two questions and assigns it. */
async function assign(robot: Robot, fields: Record<string, string> = {}, points = '20') {
  await robot.open(door());
  await robot.submit(`button[value="${physics.id}"]`);
  await robot.submit('button[formaction$="/quizzes"]', { title: 'Mexanika', source: twoQuestions });
  const chosen = robot.page.$('input[name=chosen][checked]').attr('value') ?? '';
  await robot.submit('#choice', { chosen, [`points.${chosen}`]: points, ...fields });
  return chosen;
}

describe('Nodira, whose account puts no add-ons into posts', () => {
  test('is shown from the frame of an assignment where she can assign it all the same', async () => {
    const item = google.classroom.addItem({ courseId: physics.id, title: 'Optika' });
    const robot = await google.signIn(google.frame('discovery', { account: nodira, item }), nodira);
    await robot.submit('#choice', { chosen: 'credits' });
    expect([robot.page.status, words(robot, '[role=alert]')]).toEqual([422, expect.stringContaining('licence')]);
    expect(robot.page.$('[role=alert] a').attr()).toMatchObject({ href: new URL(door()).pathname, target: '_blank' });
  });

  test('signs in on a page of ours, picks her course, and assigns a quiz with points and a date', async () => {
    teacher = await signInAt(door(), nodira, { as: 'assign' });
    expect(teacher.page.url).toBe(door());
    expect(words(teacher)).toContain(nodira.email);
    expect(words(teacher)).toContain('no points can ever arrive there');
    const chosen = await assign(teacher, {}, '20.5');
    expect([teacher.page.status, words(teacher)]).toEqual([422, expect.stringContaining('One that it keeps is 21')]);
    choice = teacher.page.url.replace('/response', '');
    await teacher.submit('#choice', { [`points.${chosen}`]: '20', [`dueAt.${chosen}`]: '2001-01-01T10:00' });
    expect([teacher.page.status, words(teacher)]).toEqual([422, expect.stringContaining('This has passed already')]);
    await teacher.submit('#choice', { [`dueAt.${chosen}`]: '2031-01-01T10:00' });
    expect([teacher.page.status, teacher.page.url]).toEqual([200, choice]);
    expect(words(teacher, 'h1')).toBe('Assigned in Fizika 101');
    const item = only(work());
    expect(item).toMatchObject({ title: 'Mexanika', maxPoints: 20, state: 'PUBLISHED', courseId: physics.id });
    expect(teacher.page.$('.button.primary').attr('href')).toContain(item.id);
    const [placement] = await mustaqil.db.select().from(placements);
    expect(placement).toMatchObject({ title: 'Mexanika', dueAt: new Date(item.dueAtMs ?? 0) });
  });

  test('makes no second assignment with the button of a page she goes back to', async () => {
    await teacher.open(door());
    await teacher.submit(`button[value="${physics.id}"]`);
    const token = teacher.page.$('#choice [name=_csrf]').attr('value') ?? '';
    const form = { _csrf: token, chosen: 'progress' };
    const posted = await ask(`${choice}/response`, { as: teacher, form });
    expect(posted.status).toBe(303);
    expect(work()).toHaveLength(1);
  });
});

describe('Aziz', () => {
  test('opens the link, signs in, sits the quiz, and his points arrive as a draft while Nodira is away', async () => {
    const item = only(work());
    const robot = await signInAt(linkOf(item), aziz, { as: 'work' });
    expect(robot.page.url).toMatch(/\/placements\/\d+\/attempts/);
    await takeQuiz(robot, { capital: 'Bishkek', sum: '4' });
    await mustaqil.deliver();
    expect(gradesOf(item, aziz)).toEqual([10, null]);
  });

  test('keeps the grade that Nodira gives him in Classroom, whatever he hands in afterwards', async () => {
    const item = only(work());
    Object.assign(item.submissions.find(({ userId }) => userId === aziz.id) ?? {}, ours(15.5));
    const robot = await signInAt(linkOf(item), aziz, { as: 'work' });
    mustaqil.clock.advance(60 * 60_000);
    await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
    mustaqil.clock.advance(60 * 60_000);
    await mustaqil.deliver();
    expect(gradesOf(item, aziz)).toEqual([15.5, null]);
    const [cell] = await mustaqil.db.select().from(gradebookCells);
    expect(cell?.lastOutcome).toBe('overridden');
  });

  test('is a teacher nowhere, whichever button he presses', async () => {
    const robot = await signInAt(linkOf(only(work())), aziz, { as: 'assign' });
    expect(robot.page.url).toMatch(/\/placements\/\d+\/attempts/);
    await robot.open(door());
    expect(words(robot)).toContain('you teach no active course');
    await teacher.open(door());
    const other = google.classroom.addCourse({ name: 'Begona fan', teacherIds: [mallory.id], studentIds: [] });
    await teacher.submit(`button[value="${physics.id}"]`, { course: other.id });
    expect([teacher.page.status, words(teacher, '[role=alert]')]).toEqual([
      422,
      expect.stringContaining('You do not teach that course'),
    ]);
  });
});

describe('Nobody else gets in', () => {
  test('Aigul, who opens the link on the phone on which Aziz signed in, is asked who she is before she sees anything', async () => {
    const link = linkOf(only(work()));
    const phone = await signInAt(link, aziz, { as: 'work' });
    await phone.open(link);
    expect([words(phone, 'h1'), phone.page.url]).toEqual(['Is this you?', link]);
    expect(words(phone)).toContain(aziz.email);
    await signIn(phone, aigul, { as: 'another' });
    expect(phone.page.$('.you').text()).toContain('Өмүрбекова');
    await openAsBefore(phone, link);
    expect(phone.page.url).toMatch(/\/placements\/\d+\/attempts/);
  });

  test('a link under the name of another client of ours leads nowhere', async () => {
    const other = await startClassroom(mustaqil);
    const link = linkOf(only(work())).replace(
      `/classroom/${google.registrationId}/`,
      `/classroom/${other.registrationId}/`,
    );
    await teacher.open(link);
    expectRefusal(teacher.page, [404, 'not-found']);
    await other.stop();
  });

  test('Mallory, who is not in the course, is told with which account she is signed in, and may take another', async () => {
    const robot = await signInAt(linkOf(only(work())), mallory, { as: 'work' });
    expectRefusal(robot.page, [403, 'not-in-course']);
    expect(words(robot)).toContain(mallory.email);
    await signIn(robot, aigul, { as: 'another' });
    expect(robot.page.url).toMatch(/\/placements\/\d+\/attempts/);
  });

  test('a link that nobody made leads nowhere', async () => {
    for (const key of ['0b9c2a34-5d6e-4f70-8a91-b2c3d4e5f607', 'x', "1' or '1'='1"]) {
      await teacher.open(linkOf(only(work())).replace(/[^/]+$/, encodeURIComponent(key)));
      expectRefusal(teacher.page, [404, 'not-found']);
    }
  });

  test('consent that is denied, or given in part, is said in words and asked for again', async () => {
    const denied = await signInAt(linkOf(only(work())), aigul, { as: 'work', isDenied: true });
    expectRefusal(denied.page, [403, 'consent-denied']);
    const colleague = google.classroom.addAccount({ givenName: 'Bek', familyName: 'Aliev' });
    physics.teacherIds.push(colleague.id);
    const part = await signInAt(door(), colleague, { as: 'assign', scopes: [scope.courses] });
    expect([part.page.status, words(part)]).toEqual([401, expect.stringContaining('Not everything')]);
    await signIn(part, colleague, { as: 'assign' });
    expect([part.page.status, words(part)]).toEqual([200, expect.stringContaining('Fizika 101')]);
    physics.teacherIds.pop();
  });
});

describe('What goes wrong at Google', () => {
  test.each([
    [429, 503, 'platform-away'],
    [500, 503, 'platform-away'],
    [403, 404, 'not-in-course'],
    [404, 404, 'not-in-course'],
  ] as const)('%i at the link is a clear page to its teacher', async (fault, status, code) => {
    const link = linkOf(only(work()));
    google.classroom.state.fault = fault;
    await openAsBefore(teacher, link);
    google.classroom.state.fault = null;
    expectRefusal(teacher.page, [status, code]);
  });

  test('an assignment whose making nobody answered for is looked for before another is made, and its choice stays', async () => {
    await teacher.open(door());
    await teacher.submit(`button[value="${physics.id}"]`);
    const page = teacher.page.url;
    google.classroom.state.fault = 500;
    await teacher.submit('#choice', { chosen: 'credits', 'points.credits': '10', state: 'draft', grades: 'final' });
    google.classroom.state.fault = null;
    expect([teacher.page.status, words(teacher, '[role=alert]')]).toEqual([
      422,
      expect.stringContaining('did not answer'),
    ]);
    expect(
      teacher.page
        .$('input[checked]')
        .get()
        .map(({ attribs }) => attribs.value),
    ).toEqual(['credits', 'draft', 'final']);
    // It had been made all the same: Google has it, and only its answer was lost.
    const [row] = await mustaqil.db.select().from(classroomAssignments).where(eq(classroomAssignments.isFinal, true));
    const link = linkOf(only(work())).replace(/[^/]+$/, row?.key ?? '');
    const made = google.classroom.addItem({ courseId: physics.id, title: 'Credits' });
    Object.assign(made, { links: [link], maxPoints: 10, state: 'DRAFT', madeBy: only(work()).madeBy });
    const again = async () => {
      await teacher.open(page);
      await teacher.submit('#choice', { chosen: 'credits', 'points.credits': '10', state: 'draft', grades: 'final' });
    };
    google.classroom.state.fault = 403;
    await again();
    google.classroom.state.fault = null;
    expect(teacher.page.status).toBe(422);
    await again();
    expect(words(teacher, 'h1')).toBe('A draft is in Fizika 101');
    expect(work()).toHaveLength(2);
    google.classroom.state.items = google.classroom.state.items.filter((item) => item !== made);
  });

  test('grades wait for Nodira once she has taken her consent back, and arrive when she has signed in again', async () => {
    const item = only(work());
    google.classroom.revoke(nodira.id);
    const robot = await signInAt(linkOf(item), aigul, { as: 'work' });
    await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
    mustaqil.clock.advance(2 * 60 * 60_000);
    await mustaqil.deliver();
    expect(gradesOf(item, aigul)).toEqual([null, null]);
    const cells = await mustaqil.db.select().from(gradebookCells);
    expect(cells.map(({ lastCause }) => lastCause)).toContain('teacher-must-reconnect');
    await openAsBefore(teacher, linkOf(item));
    expect(teacher.page.status).toBe(401);
    await signIn(teacher, nodira, { as: 'assign' });
    expect(teacher.page.url).toMatch(/\/placements\/\d+\/quiz/);
    mustaqil.clock.advance(2 * 60 * 60_000);
    await mustaqil.deliver();
    expect(gradesOf(item, aigul)).toEqual([20, null]);
  });

  test('points are out of what Nodira makes the assignment worth in Classroom, and none arrive where she grades nothing', async () => {
    const item = only(work());
    item.maxPoints = 50;
    const sit = async (account: Account, sum: string) => {
      const robot = await signInAt(linkOf(item), account, { as: 'work' });
      mustaqil.clock.advance(2 * 60 * 60_000);
      await takeQuiz(robot, { capital: 'Bishkek', sum });
      await mustaqil.deliver();
    };
    const newcomer = enrol('Temur', item);
    await sit(newcomer, '4');
    expect(gradesOf(item, newcomer)).toEqual([25, null]);
    item.maxPoints = null;
    await sit(newcomer, '5');
    expect(gradesOf(item, newcomer)).toEqual([25, null]);
    item.maxPoints = 20;
  });

  test('an archived course takes no points, and says so in its own words', async () => {
    const item = only(work());
    const robot = await signInAt(linkOf(item), enrol('Lola', item), { as: 'work' });
    await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
    physics.isArchived = true;
    await mustaqil.deliver();
    const cells = await mustaqil.db.select().from(gradebookCells);
    expect(cells.map(({ lastCause }) => lastCause)).toContain('other');
    await openAsBefore(teacher, linkOf(item));
    expect(teacher.page.url).toMatch(/\/placements\/\d+\/quiz/);
    physics.isArchived = false;
  });

  test('final grades count at once, and a deleted assignment is said to be gone', async () => {
    await assign(teacher, { grades: 'final' });
    const item = work().find((one) => one.id !== only(work().slice(0, 1)).id);
    if (!item) throw new Error('There is no second assignment');
    const robot = await signInAt(linkOf(item), aziz, { as: 'work' });
    await takeQuiz(robot, { capital: 'Bishkek', sum: '4' });
    await mustaqil.deliver();
    expect(gradesOf(item, aziz)).toEqual([10, 10]);
    await openAsBefore(robot, linkOf(item));
    mustaqil.clock.advance(60 * 60_000);
    await takeQuiz(robot, { capital: 'Bishkek', sum: '5' });
    item.state = 'DELETED';
    mustaqil.clock.advance(60 * 60_000);
    await mustaqil.deliver();
    const causes = await mustaqil.db.select({ cause: gradebookCells.lastCause }).from(gradebookCells);
    expect(causes).toContainEqual({ cause: 'column-gone' });
  });
});
