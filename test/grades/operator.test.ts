// Whoever looks after the installation: figures for Prometheus, a light that turns red, and the command line.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import { z } from 'zod';
import { runCommand } from '../../src/commands.ts';
import { deliveryLanes } from '../../src/database/tables/grades.ts';
import { listRegistrations, setRegistrationState } from '../../src/platforms/platform.store.ts';
import { noFaults } from '../../src/practice/state.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

const seconds = 1000;
const hours = 3600 * seconds;

let mustaqil: TestMustaqil;
let platform: number;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  platform = (await listRegistrations(mustaqil.db))[0]?.id ?? 0;
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  Object.assign(mustaqil.lms.faults, noFaults);
  await setRegistrationState(mustaqil.db, platform, 'active');
  mustaqil.clock.advance(2 * seconds);
  await grades('requeue --refused');
  await mustaqil.deliver();
});

describe('the figures', () => {
  test('say what each LMS is owed, for how long, and what came of the tries', async () => {
    await handedIn();
    mustaqil.clock.advance(90 * seconds);
    await mustaqil.db.insert(deliveryLanes).values({
      registrationId: platform,
      failures: 3,
      pausedUntil: new Date(mustaqil.clock.now().getTime() + 60 * seconds),
    });
    expect(await figures()).toMatchObject({ owed: 1, oldest_owed_seconds: 90, in_hand: 0, paused: 1 });

    await grades('requeue');
    const before = (await figures()).delivered ?? 0;
    expect(await mustaqil.deliver()).toBe(1);
    expect(await figures()).toEqual({ owed: 0, oldest_owed_seconds: 0, in_hand: 0, paused: 0, delivered: before + 1 });
  });

  test('leave out what cannot be delivered: without a column, or to an LMS that is switched off', async () => {
    const activity = await newQuiz(mustaqil, { maximumPoints: null });
    await takeQuiz(await openQuiz(mustaqil, { activity, student: newStudent(mustaqil, 'Ada') }), { sum: '5' });
    expect(await figures()).toMatchObject({ owed: 0 });
    await handedIn();
    expect(await figures()).toMatchObject({ owed: 1 });
    await setRegistrationState(mustaqil.db, platform, 'disabled');
    expect(await figures()).not.toHaveProperty('owed');
  });

  test.each(['10.2.3.4', '192.168.0.7', '172.16.0.1', '127.0.0.1', '::1', 'fd12::1', '10.9.9.9, 10.2.3.4'])(
    'are for %s, which stands near',
    async (address) => {
      const { type, text } = await metricsSeenFrom(address).expect(200);
      expect(type).toBe('text/plain');
      expect(text).toContain('# TYPE mustaqil_grades_owed gauge');
    },
  );

  test.each(['8.8.8.8', '172.32.0.1', '2a00::1', '10.2.3.4, 8.8.8.8', '8.8.8.8, 10.2.3.4', 'nobody'])(
    'are not for %s, to whom there is no such address',
    async (address) => {
      const { text } = await metricsSeenFrom(address).expect(404);
      expect(refusalOf({ $: load(text) })).toBe('not-found');
      expect(text).not.toContain('mustaqil_grades');
    },
  );
});

test('The light is red while a grade has been owed for more than an hour, and green again when it has arrived', async () => {
  const light = () => ask(`${mustaqil.url}/healthz/grades`);
  mustaqil.lms.faults.down = 'services';
  await handedIn();
  await mustaqil.deliver();
  mustaqil.clock.advance(1 * hours);
  expect(await light()).toMatchObject({ status: 200, html: 'ok' });
  mustaqil.clock.advance(1);
  expect(await light()).toMatchObject({ status: 503, html: expect.stringContaining('more than an hour') });
  // Neither restarted nor sent no more requests for it.
  for (const path of ['/healthz', '/readyz']) expect(await ask(mustaqil.url + path)).toMatchObject({ status: 200 });

  mustaqil.lms.faults.down = 'off';
  await grades('requeue');
  await mustaqil.deliver();
  expect(await light()).toMatchObject({ status: 200, html: 'ok' });
});

describe('the command line', () => {
  test('lists what is owed and what was refused, without a name', async () => {
    const { student, placement } = await refused();
    const other = await handedIn();
    mustaqil.lms.faults.down = 'services';
    await mustaqil.deliver();

    const [refusedOne, waiting, ...more] = await listed();
    expect(more).toEqual([]);
    expect(refusedOne).toMatchObject({
      ...{ platform: 'Practice LMS', issuer: mustaqil.lmsUrl, course: 'PHYS101', activity: 'Yangi mashq', placement },
      ...{ person: expect.any(Number), points: 1, maximumPoints: 2, state: 'refused', nextTryAt: null },
    });
    expect(waiting).toMatchObject({ placement: other.placement, state: 'waiting', cause: 'lms-away', tries: 1 });
    expect(Date.parse(waiting?.nextTryAt ?? '')).toBeGreaterThan(mustaqil.clock.now().getTime());
    expect(await listed(`--placement ${placement}`)).toEqual([refusedOne]);
    expect(await listed(`--issuer ${mustaqil.lmsUrl} --placement ${other.placement}`)).toEqual([waiting]);

    const { output } = await grades('list');
    expect(output).toContain(
      `PHYS101, Yangi mashq (placement ${placement}), person ${refusedOne?.person}, 1 of 2, refused`,
    );
    for (const { name } of [{ name: nameOf(mustaqil, student) }, other]) expect(output).not.toContain(name);
  });

  test('makes what waits due at once, also where the LMS was to be left alone', async () => {
    const { activity, student } = await handedIn();
    mustaqil.lms.faults.down = 'services';
    await mustaqil.deliver();
    mustaqil.lms.faults.down = 'off';
    expect(await mustaqil.deliver()).toBe(0);
    expect(await grades('requeue')).toMatchObject({ output: 'Due now: 1 that were owed, 0 that had been refused.\n' });
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
    expect(await grades('list')).toMatchObject({ output: 'Every grade is in its gradebook.\n' });
  });

  test('has refused grades sent once more if told so, and of one activity if only that is meant', async () => {
    const [ada, bob] = [await refused(), await refused()];
    expect(JSON.parse((await grades('requeue --json')).output)).toEqual({ owed: 0, refused: 0 });
    const only = `requeue --refused --placement ${bob.placement} --json`;
    expect(JSON.parse((await grades(only)).output)).toEqual({ owed: 0, refused: 1 });
    mustaqil.clock.advance(1 * seconds);
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.gradeOf(bob.activity, bob.student)).toMatchObject({ points: 50 });
    expect(mustaqil.lms.gradeOf(ada.activity, ada.student)).toBeUndefined();
  });

  test('leaves to the teacher what a teacher has changed in the gradebook', async () => {
    const { activity, student, placement } = await handedIn();
    await mustaqil.deliver();
    mustaqil.lms.overrideGrade(activity, student, 77);
    mustaqil.clock.advance(1 * hours);
    await takeQuiz(await openQuiz(mustaqil, { activity, student }), { capital: 'Bishkek', sum: '5' });
    await mustaqil.deliver();
    const settled = await listed(`--placement ${placement}`);
    expect(settled).toMatchObject([{ placement, state: expect.stringMatching(/overridden|superseded/) }]);
    expect(JSON.parse((await grades('requeue --refused --json')).output)).toEqual({ owed: 0, refused: 0 });
  });

  test.each([
    ['list --issuer https://nobody.example', 'No such LMS is registered'],
    ['requeue --placement all', '--placement all: give a number'],
  ])('says what is wrong with: grades %s', async (words, complaint) => {
    expect(await grades(words)).toMatchObject({ exitCode: 1, complaint: expect.stringContaining(complaint) });
  });
});

/** A new student has handed in half of a new quiz; nothing is delivered yet. */
async function handedIn() {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  const robot = await openQuiz(mustaqil, { activity, student });
  await takeQuiz(robot, { capital: 'Osh', sum: '5' });
  const [, placement] = /\/placements\/(\d+)/.exec(robot.page.$.html()) ?? [];
  return { activity, student, placement: Number(placement), name: nameOf(mustaqil, student) };
}

/** The same, and the LMS has refused that one score. */
async function refused() {
  const one = await handedIn();
  mustaqil.lms.faults.refusedPersonId = one.student;
  await mustaqil.deliver();
  mustaqil.lms.faults.refusedPersonId = null;
  return one;
}

function grades(words: string) {
  return runCommand(['grades', ...words.split(' ')], {
    database: () => mustaqil.db,
    now: mustaqil.clock.now,
    publicUrl: mustaqil.url,
    allowHttpLoopback: true,
    sealingKey: testKeys.toolKeys,
  });
}

const line = z.looseObject({ person: z.number(), nextTryAt: z.string().nullable() });

async function listed(options = '') {
  const { output } = await grades(`list --json ${options}`.trim());
  return z.array(line).parse(JSON.parse(output));
}

/** The figures of the practice LMS; `delivered`: tries that came to that. */
async function figures(): Promise<Record<string, number>> {
  const { html } = await ask(`${mustaqil.url}/metrics`);
  const ofLms = `platform="${platform}",issuer="${new URL(mustaqil.lmsUrl).host}"`;
  const owed = html.matchAll(new RegExp(`^mustaqil_grades_(\\w+)\\{${ofLms}\\} (\\S+)$`, 'gm'));
  const delivered = new RegExp(
    `^mustaqil_grade_deliveries_total\\{platform="${platform}",outcome="delivered".*\\} (\\S+)$`,
    'm',
  );
  return {
    ...Object.fromEntries([...owed].map(([, name = '', value]) => [name, Number(value)])),
    ...(delivered.exec(html) && { delivered: Number(delivered.exec(html)?.[1]) }),
  };
}

/** Behind the proxy that ends TLS, which says who asks. */
function metricsSeenFrom(forwardedFor: string) {
  const behindProxy = bareApplication(mustaqil.db, { PUBLIC_URL: 'https://tool.example' });
  return request(behindProxy).get('/metrics').set('X-Forwarded-For', forwardedFor);
}
