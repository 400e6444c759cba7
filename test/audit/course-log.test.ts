// What teachers decide stands in the log of their course: who, what, about whom, and what came of it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq, sql } from 'drizzle-orm';
import request from 'supertest';
import { listEntries } from '../../src/audit/audit.store.ts';
import { runCommand } from '../../src/commands.ts';
import type { Database } from '../../src/database/database.ts';
import { accommodations } from '../../src/database/tables/courses.ts';
import { auditEntries, auditOutcomes } from '../../src/database/tables/audit.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { newSecret, signIn } from '../admin/administrator.ts';
import { mark, personKey, startCreditCourse, type CreditCourse } from '../credits/class/credit-course.ts';
import { startAnotherLms, type AnotherLms } from '../support/another-lms.ts';
import { bareApplication } from '../support/application.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { addPlatform } from '../support/command-words.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { handedIn, newEssayQuiz } from '../support/marking.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { beforeRegrade, regrade } from '../support/regrade.ts';
import { nameOf, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
let course: CreditCourse;
let dilnoza: Robot;
/** Where the log is. */
let log: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  course = await startCreditCourse(mustaqil);
  dilnoza = await openAsTeacher(mustaqil);
  log = `${mustaqil.url}/courses/${course.courseId}/audit`;
});
afterAll(() => mustaqil.stop());

/** A student who has opened the course. */
async function student(name: string) {
  const subject = newStudent(mustaqil, name);
  await openQuiz(mustaqil, { student: subject });
  return { subject, personId: await personKey(mustaqil, subject), name: nameOf(mustaqil, subject) };
}

const newest = async () => (await listEntries(mustaqil.db, { limit: 1 }))[0];

/** The first line of the log as it is read, in one line. */
async function read(robot: Robot, query = ''): Promise<string> {
  await robot.open(`${log}${query}`);
  return robot.page.$('.entry').first().text().replace(/\s+/g, ' ').trim();
}

const byDilnoza = () => ({ actor: 'person', actorId: course.teacherId, courseId: course.courseId, outcome: 'done' });

describe('what Dilnoza decides stands there', () => {
  test('a regrade, and where', async () => {
    const { activity } = await beforeRegrade(mustaqil);
    await regrade(mustaqil, activity, 'full-points');
    expect(await newest()).toMatchObject({ act: 'regraded', ...byDilnoza(), status: 303 });
    expect(await read(dilnoza)).toMatch(/^Regrade a quiz · Yangi mashq · done .* · Dilnoza/);
  });

  test('more time, and for whom', async () => {
    const ada = await student('Ada');
    const address = `/courses/${course.courseId}/people/${ada.personId}/accommodation`;
    expect((await post(dilnoza, address, [['extraTimePercent', '25']])).status).toBe(303);
    expect(await newest()).toMatchObject({
      act: 'accommodation-changed',
      ...byDilnoza(),
      subjectIds: [ada.personId],
    });
    expect(await read(dilnoza)).toContain(`About: ${ada.name}`);
  });

  test('a mark for an essay, and whose it was', async () => {
    const activity = await newEssayQuiz(mustaqil);
    const { student: subject, attemptId } = await handedIn(mustaqil, activity);
    const personId = await personKey(mustaqil, subject);
    const robot = await openAsTeacher(mustaqil, { activity });
    const placementId = Number(/placements\/(\d+)/.exec(robot.page.url)?.[1]);
    const path = `/placements/${placementId}/attempts/${attemptId}/marks/q1`;
    const fields: [string, string][] = [
      ['points', '4'],
      ['revision', '0'],
    ];
    const { status } = await post(robot, path, fields);
    expect(await newest()).toMatchObject({
      ...{ act: 'answer-marked', actorId: course.teacherId, subjectIds: [personId], placementId, attemptId },
      ...{ target: { field: 'q1' }, status },
    });
    expect(await read(dilnoza)).toContain(`About: ${nameOf(mustaqil, subject)}`);

    // Under an activity that the attempt is none of, it is about nobody.
    await post(dilnoza, `/placements/${course.placementId}/attempts/${attemptId}/marks/q1`, fields);
    expect(await newest()).toMatchObject({ placementId: course.placementId, attemptId, subjectIds: [] });
  });

  test('marks in the grid and credits that are confirmed, and whose', async () => {
    const [ada, eve] = [await student('Ada'), await student('Eve')];
    const base = `/courses/${course.courseId}/credits`;
    const cells: [string, string][] = [ada, eve].map(({ personId }) => [`m.${personId}.1.0.exam`, '50']);
    expect((await post(dilnoza, `${base}/marks`, cells)).status).toBe(303);
    const both = [ada.personId, eve.personId];
    expect(await newest()).toMatchObject({ act: 'credit-marks-entered', ...byDilnoza(), subjectIds: both });

    await mark(mustaqil, course, ada.personId, { q2: 10, q3: 20, essay: 10 });
    await dilnoza.open(`${mustaqil.url}${base}/confirmations`);
    const { $ } = dilnoza.page;
    const line = $(`#confirmation [name=line][value^="${ada.personId}."]`).attr('value') ?? '';
    await dilnoza.submit('#confirmation .primary', { line: [line], note: 'Vedomost 12' });
    const entry = await newest();
    expect(entry).toMatchObject({ act: 'credits-confirmed', ...byDilnoza(), subjectIds: [ada.personId] });
    // No word that somebody wrote, and no name.
    const kept = await mustaqil.db.select().from(auditEntries);
    expect(JSON.stringify(kept)).not.toMatch(/Vedomost|Ada|Dilnoza/);
    expect(await read(dilnoza, `?person=${ada.personId}`)).toMatch(/^Confirm credits · done/);
    expect(await read(dilnoza, `?person=${ada.personId}&act=credit-marks-entered`)).toContain(ada.name);
    expect(await read(dilnoza, `?person=${eve.personId}&act=credits-confirmed`)).toBe('');
  });

  test('without what she writes into an address', async () => {
    const words = encodeURIComponent('Ada copied');
    await post(dilnoza, `/placements/${course.placementId}/attempts/1/marks/${words}`, []);
    const { act, target } = (await newest()) ?? {};
    expect({ act, target }).toEqual({ act: 'answer-marked', target: {} });
  });
});

describe('who reads it', () => {
  let other: AnotherLms;
  beforeAll(async () => {
    other = await startAnotherLms(mustaqil);
  });
  afterAll(() => other.stop());

  test('is no student, no assistant, no author, nobody of another course and no stranger', async () => {
    const mallory = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Mallory') });
    const roles = (role: string) =>
      launchWith(mustaqil, {
        person: newStudent(mustaqil, 'Ivan'),
        activity: sample.physics.mechanics,
        claims: { [lti('roles')]: [role] },
      });
    const elsewhere = await openAsTeacher(other);
    for (const [robot, status] of [
      [mallory, 403],
      [await roles(roleUri.assistant), 403],
      [await roles(roleUri.author), 403],
      [elsewhere, 404],
      [undefined, 401],
    ] as const) {
      const page = await ask(log, robot && { as: robot });
      expect(page.status).toBe(status);
      expect(page.html).not.toContain('Regrade a quiz</strong>');
    }
    expect((await ask(log, { as: dilnoza })).status).toBe(200);
  });

  test('reads what Mallory tried, and nothing of who is not in the course', async () => {
    const ada = await student('Ada');
    const mallory = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Mallory') });
    const address = `/courses/${course.courseId}/people/${ada.personId}/accommodation`;
    expect((await post(mallory, address, [['extraTimePercent', '50']])).status).toBe(403);
    expect(await newest()).toMatchObject({ outcome: 'refused', status: 403, courseId: course.courseId });
    const said = await read(dilnoza);
    expect(said).toMatch(/^Give or take more time for the whole course · refused .* · Mallory/);

    const elsewhere = await openAsTeacher(other);
    expect((await post(elsewhere, address, [['extraTimePercent', '50']])).status).toBe(404);
    expect(await newest()).toMatchObject({ outcome: 'refused', status: 404, courseId: null });
    expect(await read(dilnoza)).toBe(said);
  });

  test('reads no name of another course, whoever is written into an address', async () => {
    await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
    const personId = await personKey(mustaqil, sample.mallory);
    const address = `/courses/${course.courseId}/people/${personId}/accommodation`;
    expect((await post(dilnoza, address, [['extraTimePercent', '50']])).status).toBe(404);
    expect(await newest()).toMatchObject({ courseId: course.courseId, subjectIds: [personId] });
    expect(await read(dilnoza, `?person=${personId}`)).toContain('About: somebody who is not in this course');
    expect(dilnoza.page.$('main').text()).not.toContain(nameOf(mustaqil, sample.mallory));
  });

  test('pages from the newest to the oldest, and misses none', async () => {
    const placementId = course.placementId;
    for (let tries = 0; tries < 52; tries++) await post(dilnoza, `/placements/${placementId}/zeros`, []);
    const all = (await listEntries(mustaqil.db, { courseId: course.courseId, limit: 1000 })).map(({ id }) => id);
    const seen: number[] = [];
    await dilnoza.open(log);
    for (;;) {
      const { $ } = dilnoza.page;
      seen.push(
        ...$('.entry')
          .toArray()
          .map((entry) => Number($(entry).attr('id')?.replace('entry-', ''))),
      );
      if ($('a[href*="before="]').length === 0) break;
      await dilnoza.click('a[href*="before="]');
    }
    expect(seen.length).toBeGreaterThan(52);
    expect(seen).toEqual(all);
  });

  test('is the administrator for all of the installation, and for the administration apart', async () => {
    const admin = await signIn(mustaqil, await newSecret(mustaqil));
    await admin.open(`${mustaqil.url}/admin/audit`);
    const said = () => admin.page.$('main').text().replace(/\s+/g, ' ');
    expect(said()).toContain('Sign in to the administration · done');
    expect(said()).not.toContain('Dilnoza');
    await admin.click('a[href="/admin/audit?of=everybody"]');
    expect(said()).toContain('Dilnoza');
    expect((await ask(`${mustaqil.url}/admin/audit`, { as: dilnoza })).status).toBe(401);
  });
});

test('nobody changes or deletes a line, not even in the database', async () => {
  const refused = { cause: { code: '23001' } };
  const { db } = mustaqil;
  await expect(db.update(auditEntries).set({ act: 'regraded' })).rejects.toMatchObject(refused);
  await expect(db.delete(auditEntries)).rejects.toMatchObject(refused);
  await expect(db.update(auditOutcomes).set({ outcome: 'done' })).rejects.toMatchObject(refused);
  await expect(db.delete(auditOutcomes)).rejects.toMatchObject(refused);
});

describe('when something fails', () => {
  /** Zeros for nobody, given by the application as it stands on a database and with a delivery of grades that may be broken. */
  async function giveZeros(db: Database, onScoreWanted = () => {}) {
    const app = bareApplication(db, {}, { onScoreWanted });
    const cookie = cookiesOf(dilnoza, 'localhost');
    const address = `/placements/${course.placementId}/zeros`;
    const { text } = await request(app).get(address).set('Cookie', cookie);
    const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return request(app).post(address).set('Cookie', cookie).set('X-CSRF-Token', token).type('form').send({});
  }

  /** The database, but for one table into which nothing can be written. */
  function broken(table: unknown): Database {
    return new Proxy(mustaqil.db, {
      get(target, property) {
        if (property === 'insert') {
          const insert: Database['insert'] = (into) => {
            if ((into as unknown) === table) throw new Error('The disk is full');
            return target.insert(into);
          };
          return insert;
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  test('in the middle, what was done stands there as failed', async () => {
    const answer = await giveZeros(mustaqil.db, () => {
      throw new Error('No delivery');
    });
    expect(answer.status).toBe(500);
    expect(await newest()).toMatchObject({ act: 'zeros-given', actorId: course.teacherId, outcome: 'failed' });
    expect(await read(dilnoza)).toContain('failed; it may have been done in part');
  });

  test('and nobody is left to say how it ended, it stands there as begun', async () => {
    expect((await giveZeros(broken(auditOutcomes))).status).toBe(303);
    expect(await newest()).toMatchObject({ act: 'zeros-given', outcome: null, status: null });
    expect(await read(dilnoza)).toContain('begun, and how it ended is not known');
  });

  test('and it cannot be written down, it is not done', async () => {
    const ada = await student('Ada');
    const before = await newest();
    const app = bareApplication(broken(auditEntries));
    const cookie = cookiesOf(dilnoza, 'localhost');
    const page = `/courses/${course.courseId}/people/${ada.personId}`;
    const { text } = await request(app).get(`${page}/progress`).set('Cookie', cookie);
    const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(token).not.toBe('');
    const sent = request(app).post(`${page}/accommodation`).set('Cookie', cookie).set('X-CSRF-Token', token);
    expect((await sent.type('form').send({ extraTimePercent: '50' })).status).toBe(500);
    expect(await newest()).toEqual(before);
    const { db } = mustaqil;
    expect(await db.select().from(accommodations).where(eq(accommodations.personId, ada.personId))).toEqual([]);
  });
});

describe('the command line', () => {
  const run = (...words: string[]) =>
    runCommand(words, {
      database: () => mustaqil.db,
      now: mustaqil.clock.now,
      publicUrl: 'https://tool.example',
      allowHttpLoopback: false,
      sealingKey: testKeys.toolKeys,
    });

  test('is in it with what it changes, what it is refused, and which LMS it meant', async () => {
    expect((await run(...addPlatform('ksu'))).exitCode).toBe(0);
    const target = { issuer: 'https://ksu.example', clientId: 'client' };
    expect(await newest()).toMatchObject({ act: 'platform-saved', actor: 'command-line', outcome: 'done', target });
    const which = ['--issuer', 'https://nobody.example', '--client-id', 'x'];
    expect((await run('platform', 'disable', ...which)).exitCode).toBe(1);
    expect(await newest()).toMatchObject({ act: 'platform-kept-out', outcome: 'refused' });
  });

  test('shows it, without a name in it', async () => {
    mustaqil.clock.advance(60_000);
    const since = mustaqil.clock.now().toISOString();
    await post(dilnoza, `/placements/${course.placementId}/zeros`, []);
    const { output } = await run('audit', 'list', '--json', '--since', since);
    expect(JSON.parse(output)).toMatchObject([
      {
        ...{ act: 'zeros-given', actor: 'person', actorId: course.teacherId, outcome: 'done', status: 303 },
        ...{ courseId: course.courseId, placementId: course.placementId, begunAt: since },
      },
    ]);
    const all = await run('audit', 'list');
    expect(all.output).toContain('zeros-given');
    expect(all.output).not.toMatch(/Dilnoza|Mallory/);
    expect((await run('audit', 'list', '--since', 'yesterday')).complaint).toContain('give a date');
  });
});

test('a learner’s answers ask nothing of the log', async () => {
  const before = await mustaqil.db.select({ count: sql`count(*)` }).from(auditEntries);
  const aziz = await openQuiz(mustaqil, { student: sample.aziz });
  await aziz.submit('form[action$="/attempts"]');
  await aziz.submit('#attempt button.primary');
  await aziz.submit('form[action$="/submission"]');
  expect(await mustaqil.db.select({ count: sql`count(*)` }).from(auditEntries)).toEqual(before);
});
