// Two universities on one installation never see a row of each other, by any route: the routes are asked of the application, so
// that a new one needs no mention here. All of University B bears a word that nothing of University A has.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { bankQuestions, bankQuestionVersions, bankShares } from '../../src/database/tables/bank.ts';
import { memberships, placements } from '../../src/database/tables/courses.ts';
import { draftQuestions } from '../../src/database/tables/quizzes.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startAnotherLms, type AnotherLms } from '../support/another-lms.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { launchWith, lti } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import type { School } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { routesOf } from '../support/routes.ts';
import { newActivity } from '../support/school.ts';
import { rowsOfRegistration, tablesOfNobody } from '../support/tenant-rows.ts';
import { fill, keysOf, markEverything, type Keys } from '../support/universities.ts';

let universityA: TestMustaqil;
let universityB: AnotherLms;
let peopleOfA: Record<string, Robot | undefined>;
let peopleOfB: Robot[];
/** What stands for the parameters of an address, in A and in B. */
let keys: { A: Keys; B: Keys };

const marker = 'Zarbulmasal';
beforeAll(async () => {
  universityA = await startMustaqil();
  universityB = await startAnotherLms(universityA);
  markEverything(universityB, marker);
  peopleOfA = { ...(await fill(universityA.db, universityA, 'Physics')), nobody: undefined };
  peopleOfB = Object.values(await fill(universityA.db, universityB, marker));
  await universityA.deliver();
  await universityA.roster.settled();
  keys = { A: await keysOf(universityA.db, universityA), B: await keysOf(universityA.db, universityB) };
  // Two universities with everything in them are hundreds of pages.
}, 120_000);
afterAll(async () => {
  await universityB.stop();
  await universityA.stop();
});

/**
 * No keys: an attempt's number, a question's place in it, a wildcard, an activity in the plan of its course, and what is for whoever
 * asks: the addresses of public keys, the code on a printed record book, whose page names nobody, the client by which somebody signs in,
 * and the link of an assignment, which is nobody's before Google has vouched for who opens it.
 */
const ofNobody = ['number', 'field', 'path', 'keySet', 'kid', 'code', 'activityKey', 'registrationId', 'assignmentKey'];

/** Every way to fill in an address with keys of A and B, of which at least one is B's where an address has any. */
function addressesWithKeysOfB(path: string): string[] {
  const bound = keysIn(path);
  const choices = bound.reduce<Keys[]>(
    (sofar, name) =>
      sofar.flatMap((chosen) => [keys.A, keys.B].map((source) => ({ ...chosen, [name]: valueIn(source, name) }))),
    [{}],
  );
  const isStrange = (chosen: Keys) => bound.some((name) => chosen[name] === keys.B[name]);
  return choices
    .filter((chosen) => bound.length === 0 || isStrange(chosen))
    .map((chosen) => filled(path, { ...keys.B, ...chosen }));
}

const filled = (path: string, values: Keys) => path.replace(/[:*](\w+)/g, (_, name: string) => valueIn(values, name));
const parametersOf = (path: string) => [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => name ?? '');
const keysIn = (path: string) => parametersOf(path).filter((name) => !ofNobody.includes(name));

function valueIn(values: Keys, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`Say in keysOf what :${name} means, and whose it is`);
  return value;
}

/**
 * What the application answers to, the administrator's side left out: nobody here is signed in there. Nor does anybody sign out, since
 * whatever is asked after that would be refused for it.
 */
function appRoutes() {
  return routesOf(bareApplication(universityA.db)).filter(({ path }) => !/^\/(admin|session\/removal$)/.test(path));
}

/** Fields that any form of ours could want, with everything in them that B has. */
function formOfB(): [string, string][] {
  const { contentId = '', quizId = '' } = keys.B;
  const choices: [string, string][] = ['quiz', 'chosen', 'quizId'].flatMap((name): [string, string][] => [
    [name, quizId],
    [name, contentId],
  ]);
  const people = ['notBegun', 'begun', 'given'].map((name): [string, string] => [name, keys.B.personId ?? '']);
  const more: [string, string][] = [...people, ['overwrite', 'yes'], ['extraTimePercent', '50']];
  return [
    ...choices,
    ...more,
    ['content', `quiz:${contentId}`],
    ['question', 'q0'],
    ['q0', '7'],
    ['title', 'Taken over'],
    ['question', keys.B.bankKey ?? ''],
    ['with', keys.B.courseId ?? ''],
    ['type', 'numeric'],
    ...decisionsAboutCredits(keys.B),
    ['bank', 'too'],
  ];
}

/** Of credits: to confirm, to take back, to recognise, and to look at anew what a student of B has. */
function decisionsAboutCredits({ personId = '' }: Keys): [string, string][] {
  const line = `${personId}.course.${'0'.repeat(64)}`;
  return [
    ['key', '0b9c2a34-5d6e-4f70-8a91-b2c3d4e5f607'],
    ['planId', '1'],
    ['line', line],
    ['line', `${personId}.course.600.0`],
    ['personId', personId],
    ['componentKey', 'course'],
    ['entryId', '1'],
    ['reason', 'Taken over'],
    ['recognised', 'Taken over'],
  ];
}

/** A request by every method that a route takes, as its pages would send it. */
async function askAs(robot: Robot | undefined, method: string, path: string) {
  const who = robot && { as: robot };
  const token = robot?.page.$('input[name="_csrf"]').attr('value') ?? '';
  const url = `${universityA.url}${path}`;
  const get = () => ask(url, { ...who });
  const post = () => ask(url, { ...who, form: formOfB(), headers: { 'x-csrf-token': token } });
  if (method === '_all') return [await get(), await post()];
  return [await (method === 'post' ? post() : get())];
}

async function registrationOf({ lms: { registration } }: School) {
  const [found] = await universityA.db
    .select()
    .from(registrations)
    .where(eq(registrations.issuer, registration.issuer));
  return found?.id ?? 0;
}

describe('what the tests below stand on', () => {
  test('every page with a key in its address shows somebody of University B the word', async () => {
    const pages = appRoutes().filter(({ method, path }) => method === 'get' && keysIn(path).length > 0);
    expect(pages.length).toBeGreaterThan(12);
    const silent: string[] = [];
    for (const { path } of pages) {
      const shown = await Promise.all(
        peopleOfB.map((robot) => ask(`${universityA.url}${filled(path, keys.B)}`, { as: robot })),
      );
      if (!shown.some(({ status, html }) => status === 200 && html.includes(marker))) silent.push(path);
    }
    expect(silent).toEqual([]);
  });

  test('everybody of University A is signed in, with a token for forms', () => {
    for (const robot of Object.values(peopleOfA)) {
      if (robot) expect(robot.page.$('input[name="_csrf"]').attr('value')).toMatch(/^[\w-]{43}$/);
    }
  });

  test('every row hangs on a registration, but for what belongs to the installation', () => {
    expect(tablesOfNobody().sort()).toEqual(['admin_secrets', 'admin_sessions', 'rate_limits', 'spent_logins']);
  });
});

describe.each(['teacher', 'chooser', 'assistant', 'author', 'student', 'guest', 'mentor', 'nobody'])(
  'of University A, %s',
  (who) => {
    test('finds nothing of University B at any address with one of its keys, and changes nothing there', async () => {
      const before = await rowsOfRegistration(universityA.db, await registrationOf(universityB));
      for (const { method, path } of appRoutes()) {
        for (const address of addressesWithKeysOfB(path)) {
          for (const { status, html } of await askAs(peopleOfA[who], method, address)) {
            expect({ address, method, shows: html.includes(marker) }).toEqual({ address, method, shows: false });
            expect(status).toBeLessThan(500);
            const isRefused = status >= 400 || keysIn(path).length === 0;
            expect({ address, method, status, isRefused }).toEqual({ address, method, status, isRefused: true });
          }
        }
      }
      expect(await rowsOfRegistration(universityA.db, await registrationOf(universityB))).toEqual(before);
    });

    test('gets nothing of University B by sending its keys to addresses of University A', async () => {
      const before = await rowsOfRegistration(universityA.db, await registrationOf(universityB));
      for (const { method, path } of appRoutes().filter((route) => route.method === 'post')) {
        for (const page of await askAs(peopleOfA[who], method, filled(path, keys.A))) {
          expect({ path, shows: page.html.includes(marker) }).toEqual({ path, shows: false });
          // The token is the right one: what is refused is refused for what is asked.
          expect({ path, refusal: refusalOf(page) }).not.toEqual({ path, refusal: 'form-expired' });
        }
      }
      for (const { path } of appRoutes().filter(({ method }) => method === 'get')) {
        const { html } = await ask(
          `${universityA.url}${filled(path, keys.A)}`,
          peopleOfA[who] && { as: peopleOfA[who] },
        );
        expect({ path, shows: html.includes(marker) }).toEqual({ path, shows: false });
      }
      expect(await rowsOfRegistration(universityA.db, await registrationOf(universityB))).toEqual(before);
    });
  },
);

test('a link of University A that names a quiz of University B opens nothing (lti.md 2, §2.12)', async () => {
  const { lms, db } = universityA;
  for (const person of [sample.dilnoza, sample.aziz]) {
    const activity = newActivity(universityA);
    const custom = { mustaqil_content: `quiz:${keys.B.contentId}`, context_history: '2', resource_link_history: '1' };
    const robot = await launchWith(universityA, { person, activity, claims: { [lti('custom')]: custom } });
    expect(robot.page.status).toBe(200);
    expect(robot.page.html).not.toContain(marker);
    const [placement] = await db.select().from(placements).where(eq(placements.resourceLinkId, activity));
    expect(placement).toMatchObject({ quizId: null });
    const address = `${universityA.url}/content/quiz/${keys.B.contentId}`;
    const byAddress = { [lti('target_link_uri')]: address, [lti('custom')]: {} };
    await launchWith(universityA, { person, activity, claims: byAddress });
    const [again] = await db.select().from(placements).where(eq(placements.resourceLinkId, activity));
    expect(again).toMatchObject({ quizId: null });
  }
  expect(lms.registration.issuer).not.toBe(universityB.lms.registration.issuer);
});

describe('the database itself refuses', () => {
  const foreign = { cause: { code: '23001' } };

  test('a membership of a person of another university', async () => {
    const { db } = universityA;
    const [courseId, personId] = [Number(keys.B.courseId), Number(keys.A.personId)];
    const insert = db.insert(memberships).values({ courseId, personId, role: 'instructor' });
    await expect(insert).rejects.toMatchObject(foreign);
    const ours = and(eq(memberships.courseId, Number(keys.A.courseId)), eq(memberships.personId, personId));
    await expect(db.update(memberships).set({ courseId }).where(ours)).rejects.toMatchObject(foreign);
    const other = { personId: Number(keys.B.personId) };
    await expect(db.update(memberships).set(other).where(ours)).rejects.toMatchObject(foreign);
  });

  test('a bank question of another university in a draft, and a share with one', async () => {
    const { db } = universityA;
    const [foreignQuestion] = await db
      .select({ id: bankQuestions.id })
      .from(bankQuestions)
      .where(eq(bankQuestions.key, keys.B.bankKey ?? ''));
    const link = { bankQuestionId: foreignQuestion?.id ?? 0, bankVersion: 1 };
    await expect(
      db
        .update(draftQuestions)
        .set(link)
        .where(eq(draftQuestions.key, keys.A.key ?? '')),
    ).rejects.toMatchObject(foreign);
    const [courseId, withCourseId] = [Number(keys.A.courseId), Number(keys.B.courseId)];
    const share = { courseId, withCourseId, sharedBy: Number(keys.A.personId), sharedAt: new Date(0) };
    await expect(db.insert(bankShares).values(share)).rejects.toMatchObject(foreign);
    const madeBy = Number(keys.A.personId);
    const version = { questionId: link.bankQuestionId, number: 9, question: {}, madeBy, madeAt: new Date(0) };
    await expect(db.insert(bankQuestionVersions).values(version)).rejects.toMatchObject(foreign);
  });

  test('a quiz of another university at a place', async () => {
    const { db } = universityA;
    const quizId = Number(keys.B.quizId);
    const ours = eq(placements.id, Number(keys.A.placementId));
    await expect(db.update(placements).set({ quizId }).where(ours)).rejects.toMatchObject(foreign);
    const courseId = Number(keys.A.courseId);
    const place = { courseId, quizId, resourceLinkId: 'smuggled', gradebookScopes: [] };
    await expect(db.insert(placements).values(place)).rejects.toMatchObject(foreign);
    await expect(
      db
        .update(placements)
        .set({ courseId: Number(keys.B.courseId) })
        .where(ours),
    ).rejects.toMatchObject(foreign);
  });
});
