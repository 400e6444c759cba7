// Google Classroom as the platform: a teacher adds a quiz, students sit it, points travel, and nobody is believed but Google.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { classroomGrants } from '../../../src/database/tables/classroom.ts';
import { courses, memberships, people } from '../../../src/database/tables/courses.ts';
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
let dilnoza: Account;
let aziz: Account;
let aigul: Account;
let physics: PracticeCourse;
let item: Item;
let teacher: Robot;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  google = await startClassroom(mustaqil);
  const { classroom } = google;
  dilnoza = classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
  aziz = classroom.addAccount({ givenName: 'Aziz', familyName: 'Oʻrinov' });
  aigul = classroom.addAccount({ givenName: 'Айгүл', familyName: 'Өмүрбекова' });
  const people = { teacherIds: [dilnoza.id], studentIds: [aziz.id, aigul.id] };
  physics = classroom.addCourse({ name: 'Fizika 101', ...people });
  item = classroom.addItem({ courseId: physics.id, title: 'Mexanika' });
  teacher = await google.signIn(google.frame('discovery', { account: dilnoza, item }), dilnoza);
  await addQuiz(teacher, '20');
});
afterAll(async () => {
  await google.stop();
  await mustaqil.stop();
});

const words = (robot: Robot, where = 'main') => robot.page.$(where).text().replace(/\s+/g, ' ').trim();

/** In the chooser: makes a quiz of two questions, publishes nothing of its own, and adds it with so many points. */
async function addQuiz(robot: Robot, points: string) {
  await robot.submit('button[formaction$="/quizzes"]', { title: 'Mexanika', source: twoQuestions });
  const chosen = robot.page.$('input[name=chosen][checked]').attr('value') ?? '';
  await robot.submit('#choice', { chosen, [`points.${chosen}`]: points });
}

async function sit(account: Account, at: Item, answers: { capital: string; sum: string }): Promise<Robot> {
  const robot = await google.signIn(google.frame('student', { account, item: at }), account);
  await takeQuiz(robot, answers);
  return robot;
}

const submissionOf = (account: Account, at: Item) => at.submissions.find(({ userId }) => userId === account.id);

describe('Dilnoza', () => {
  test('adds a quiz to an assignment from inside Classroom, with whole points', () => {
    expect(words(teacher, '[role=status]')).toContain('You can close this frame now.');
    expect(teacher.page.$('[data-close-frame]').attr('data-close-frame')).toBe('https://classroom.google.com');
    expect(item.attachments).toMatchObject([{ title: 'Mexanika', maxPoints: 20 }]);
    expect(item.attachments[0]?.studentViewUri).toMatch(/\/classroom\/\d+\/student\?content=quiz%3A/);
  });

  test('opens it as its teacher without signing in again, in her course by its name, with everybody on its list', async () => {
    await teacher.open(google.frame('teacher', { account: dilnoza, item }));
    expect(teacher.page.url).toMatch(/\/placements\/\d+\/quiz$/);
    const policy = teacher.page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain('https://classroom.google.com');
    await mustaqil.roster.settled();
    const [course] = await mustaqil.db.select().from(courses).where(eq(courses.contextId, physics.id));
    expect(course).toMatchObject({ title: 'Fizika 101', rosterOutcome: 'read' });
    const known = await mustaqil.db
      .select({ name: people.name, role: memberships.role })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(eq(memberships.courseId, course?.id ?? 0));
    expect(known).toEqual(
      expect.arrayContaining([
        { name: 'Dilnoza Karimova', role: 'instructor' },
        { name: 'Aziz Oʻrinov', role: 'learner' },
        { name: 'Айгүл Өмүрбекова', role: 'learner' },
      ]),
    );
  });
});

describe('a link that Dilnoza pasted herself', () => {
  const upgrade = async (link: string) => {
    const post = google.classroom.addItem({ courseId: physics.id, title: 'Takrorlash' });
    const address = google.frame('upgrade', { account: dilnoza, item: post });
    await teacher.open(`${address}&${new URLSearchParams({ urlToUpgrade: link }).toString()}`);
    return { post, chosen: teacher.page.$('input[name=chosen][checked]').attr('value') };
  };

  test.each(['the address of the page', 'the address of the activity'])(
    'becomes an activity with the same quiz, by %s',
    async (kind) => {
      const [attachment] = item.attachments;
      await teacher.open(google.frame('teacher', { account: dilnoza, item }));
      const { post, chosen } = await upgrade(
        kind === 'the address of the page' ? teacher.page.url : (attachment?.studentViewUri ?? ''),
      );
      expect(words(teacher, '[role=status]')).toContain('is chosen below');
      await teacher.submit('#choice', { chosen: chosen ?? '' });
      expect(post.attachments).toMatchObject([{ studentViewUri: attachment?.studentViewUri }]);
    },
  );

  test.each(['https://elsewhere.test/quiz/7', '/placements/999999/quiz', '/courses/999999/credits', 'not an address'])(
    'that leads nowhere of hers (%s) leaves the choice to her',
    async (link) => {
      const { chosen } = await upgrade(link.startsWith('/') ? `${mustaqil.url}${link}` : link);
      expect([chosen, words(teacher, '[role=status]')]).toEqual([undefined, expect.stringContaining('does not say')]);
    },
  );
});

describe('Aziz', () => {
  test('sits the quiz, and his points arrive as a draft grade while Dilnoza is away', async () => {
    const robot = await sit(aziz, item, { capital: 'Bishkek', sum: '4' });
    expect(words(robot)).toContain('1 of 2 points');
    await mustaqil.deliver();
    expect(submissionOf(aziz, item)).toMatchObject({ draftGrade: 10, assignedGrade: null });
    const [cell] = await mustaqil.db.select().from(gradebookCells);
    expect(cell).toMatchObject({ lastOutcome: 'delivered', lastCause: null });
  });

  test('is looked at by Dilnoza in the review, and Aigul, who has not come, is said to have no work yet', async () => {
    const submissionId = submissionOf(aziz, item)?.id ?? '';
    await teacher.open(google.frame('review', { account: dilnoza, item, submissionId }));
    expect(teacher.page.url).toMatch(/\/placements\/\d+\/learners\/\d+\/attempts/);
    expect(words(teacher)).toContain('Aziz');
    await teacher.open(
      google.frame('review', { account: dilnoza, item, submissionId: submissionOf(aigul, item)?.id ?? '' }),
    );
    expect([teacher.page.status, words(teacher, 'h1')]).toEqual([200, 'No work yet']);
  });

  test('reads no teacher’s frame, whatever the address says', async () => {
    const robot = await google.signIn(google.frame('teacher', { account: aziz, item }), aziz);
    expectRefusal(robot.page, [403, 'not-a-teacher']);
    const submissionId = submissionOf(aigul, item)?.id ?? '';
    await robot.open(google.frame('review', { account: aziz, item, submissionId }));
    expectRefusal(robot.page, [403, 'not-a-teacher']);
  });
});

describe('A copy of the assignment in another course', () => {
  test('has its quiz, a fresh attempt, and a grade of its own', async () => {
    const other = google.classroom.addCourse({ name: 'Fizika 102', teacherIds: [dilnoza.id], studentIds: [aziz.id] });
    const copy = google.classroom.copyItem(item.id, other.id);
    const robot = await sit(aziz, copy, { capital: 'Bishkek', sum: '5' });
    expect(words(robot)).toContain('2 of 2 points');
    await mustaqil.deliver();
    // Nobody who teaches there has been here yet: it waits, and says for whom.
    const waiting = await mustaqil.db
      .select()
      .from(gradebookCells)
      .where(eq(gradebookCells.lastOutcome, 'unavailable'));
    expect(waiting).toMatchObject([{ lastCause: 'teacher-must-reconnect' }]);
    await teacher.open(google.frame('teacher', { account: dilnoza, item: copy }));
    mustaqil.clock.advance(60 * 60_000);
    await mustaqil.deliver();
    expect([submissionOf(aziz, copy)?.draftGrade, submissionOf(aziz, item)?.draftGrade]).toEqual([20, 10]);
  });
});

describe('Nobody is let in', () => {
  test('by a session of somebody else: the account of the frame has to be the one that is signed in', async () => {
    const mallory = await google.signIn(google.frame('student', { account: aigul, item }), aigul);
    await mallory.open(google.frame('teacher', { account: dilnoza, item }));
    expect([mallory.page.status, words(mallory)]).toEqual([401, expect.stringContaining('another account')]);
    // And the sign-in that follows has to be that account's.
    await mallory.submit('form[data-sign-in]');
    await mallory.submit('button[value="allow"]', { account: aigul.id });
    expectRefusal(mallory.page, [403, 'wrong-account']);
  });

  test('without the name that Google gives, even with a session', async () => {
    const address = new URL(google.frame('teacher', { account: dilnoza, item }));
    address.searchParams.delete('login_hint');
    await teacher.open(address.href);
    expect(teacher.page.$('form[data-sign-in]')).toHaveLength(1);
  });

  test.each([
    ['courseId', '1', 404, 'not-in-course'],
    ['itemId', '1', 404, 'not-in-course'],
    ['attachmentId', '1', 404, 'not-in-course'],
    ['itemType', 'announcements', 404, 'not-in-course'],
    ['itemType', 'quizzes', 400, 'launch-malformed'],
    ['attachmentId', '../../x', 400, 'launch-malformed'],
    ['courseId', '', 400, 'launch-malformed'],
  ])('with a forged %s (%s)', async (name, value, status, code) => {
    const address = new URL(google.frame('teacher', { account: dilnoza, item }));
    address.searchParams.set(name, value);
    await teacher.open(address.href);
    expectRefusal(teacher.page, [status, code]);
  });

  test('with a token that is not theirs, or too old', async () => {
    const address = new URL(google.frame('discovery', { account: dilnoza, item }));
    const forged = new URL(address);
    forged.searchParams.set('addOnToken', 'another');
    await teacher.open(forged.href);
    expectRefusal(teacher.page, [403, 'wrong-account']);
    mustaqil.clock.advance(61 * 60_000);
    await teacher.open(address.href);
    expectRefusal(teacher.page, [410, 'content-request-expired']);
  });

  test('by an answer of Google that belongs to another browser, or comes twice', async () => {
    const robot = await google.signIn(google.frame('student', { account: aigul, item }), aigul);
    await robot.open(`${mustaqil.url}/classroom/callback?state=unknown&code=x`);
    expectRefusal(robot.page, [400, 'sign-in-expired']);
    await robot.open(`${mustaqil.url}/classroom/1/unknown`);
    expect(robot.page.status).toBe(404);
  });
});

describe('A sign-in', () => {
  const refused = [400, 'sign-in-expired'] as [number, string];

  test('is not begun by another site', async () => {
    const address = google.frame('student', { account: aigul, item });
    const page = await ask(address);
    const entry = page.$('[name=entry]').attr('value') ?? '';
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expectRefusal(await ask(`${mustaqil.url}/classroom/sign-ins`, { form: { entry }, headers }), refused);
    const own = { origin: mustaqil.url };
    expectRefusal(
      await ask(`${mustaqil.url}/classroom/sign-ins`, { form: { entry: `${entry}x` }, headers: own }),
      refused,
    );
  });

  test('is worth nothing to another browser, and is used up by the try', async () => {
    const robot = createRobot({ now: mustaqil.clock.now });
    await robot.open(google.frame('student', { account: aigul, item }));
    await robot.submit('form[data-sign-in]');
    await robot.submit('button[value="allow"]', { account: aigul.id });
    const code = robot.page.$('[name=code]').attr('value') ?? '';
    const headers = { origin: mustaqil.url };
    expectRefusal(await ask(`${mustaqil.url}/classroom/sessions`, { form: { code }, headers }), refused);
    await robot.submit('form[data-signed-in]');
    expectRefusal(robot.page, refused);
  });
});

describe('What goes wrong at Google', () => {
  test('consent denied is said in words, and shares nothing', async () => {
    const newcomer = google.classroom.addAccount({ givenName: 'Yangi', familyName: 'Talaba' });
    physics.studentIds.push(newcomer.id);
    const robot = await google.signIn(google.frame('student', { account: newcomer, item }), newcomer, {
      isDenied: true,
    });
    expectRefusal(robot.page, [403, 'consent-denied']);
    expect(await mustaqil.db.$count(people, eq(people.subject, newcomer.id))).toBe(0);
  });

  test('a box that was unticked is asked for again, and by then granted', async () => {
    const colleague = google.classroom.addAccount({ givenName: 'Bek', familyName: 'Aliev' });
    physics.teacherIds.push(colleague.id);
    const address = () => google.frame('teacher', { account: colleague, item });
    const robot = await google.signIn(address(), colleague, {
      scopes: ['https://www.googleapis.com/auth/userinfo.email'],
    });
    await robot.open(address());
    expect([robot.page.status, words(robot)]).toEqual([401, expect.stringContaining('Not everything')]);
    await robot.submit('form[data-sign-in]');
    await robot.submit('button[value="allow"]', { account: colleague.id });
    await robot.submit('form[data-signed-in]');
    expect(robot.page.url).toMatch(/\/placements\/\d+\/quiz$/);
    const [grant] = await mustaqil.db
      .select()
      .from(classroomGrants)
      .innerJoin(people, eq(people.subject, colleague.id));
    expect(grant?.classroom_grants).toBeDefined();
  });

  test.each([
    [429, 503, 'platform-away'],
    [500, 503, 'platform-away'],
    [403, 404, 'not-in-course'],
    [404, 404, 'not-in-course'],
  ] as const)('an API that answers %i is a clear page, and well again afterwards', async (fault, status, code) => {
    google.classroom.state.fault = fault;
    await teacher.open(google.frame('teacher', { account: dilnoza, item }));
    google.classroom.state.fault = null;
    expectRefusal(teacher.page, [status, code]);
    await teacher.open(google.frame('teacher', { account: dilnoza, item }));
    expect(teacher.page.status).toBe(200);
  });

  test('a teacher who took it back is asked to sign in, a grade waits for her and is not lost', async () => {
    google.classroom.state.courses.find(({ id }) => id === physics.id)?.teacherIds.splice(1);
    google.classroom.revoke(dilnoza.id);
    const robot = await sit(aigul, item, { capital: 'Bishkek', sum: '5' });
    expect(words(robot)).toContain('2 of 2 points');
    mustaqil.clock.advance(2 * 60 * 60_000);
    await mustaqil.deliver();
    expect(submissionOf(aigul, item)?.draftGrade).toBeNull();
    const again = await google.signIn(google.frame('teacher', { account: dilnoza, item }), dilnoza);
    expect(again.page.url).toMatch(/\/placements\/\d+\/quiz$/);
    mustaqil.clock.advance(2 * 60 * 60_000);
    await mustaqil.deliver();
    expect(submissionOf(aigul, item)?.draftGrade).toBe(20);
  });

  test('a teacher without a licence for add-ons is told that nothing was added, and the choice stays', async () => {
    const plain = google.classroom.addAccount({ givenName: 'Nodira', familyName: 'Tosheva', hasAddOns: false });
    physics.teacherIds.push(plain.id);
    const own = google.classroom.addItem({ courseId: physics.id, title: 'Optika' });
    const robot = await google.signIn(google.frame('discovery', { account: plain, item: own }), plain);
    await robot.submit('#choice', { chosen: 'credits' });
    expect([robot.page.status, words(robot, '[role=alert]')]).toEqual([
      422,
      expect.stringContaining('certain licences'),
    ]);
    expect(robot.page.$('input[name=chosen][checked]').attr('value')).toBe('credits');
    expect(own.attachments).toEqual([]);
  });

  test('whoever disconnects is forgotten here and at Google', async () => {
    const robot = await google.signIn(google.frame('student', { account: aziz, item }), aziz);
    const link = robot.page.$('.foot a').attr('href') ?? '';
    await robot.open(`${mustaqil.url}${link}`);
    expect(words(robot)).toContain('Connected since');
    await robot.submit('form[action="/person/disconnection"]');
    expect(words(robot, '[role=status]')).toBe('Disconnected. What you did here stays.');
    expect(google.classroom.state.consents.some(({ userId }) => userId === aziz.id)).toBe(false);
  });
});
