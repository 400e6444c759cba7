// A launch gets in only by an approved deployment of an approved registration, and only for as long as both stay so.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { deployments } from '../../src/database/tables/platforms.ts';
import { setDeploymentState, setRegistrationState } from '../../src/platforms/platform.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { autoSubmit, holdLaunch, holdLogin, launchWith, lti, withClaims } from '../support/launches.ts';
import { timesAsked } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
/** Our keys of the one registration and its one deployment. */
let registrationId: number;
let deploymentKey: number;
const activity = sample.physics.mechanics;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  await mustaqil.roster.settled();
  const [deployment] = await mustaqil.db.select().from(deployments);
  registrationId = deployment?.registrationId ?? 0;
  deploymentKey = deployment?.id ?? 0;
});
beforeEach(async () => {
  await setRegistrationState(mustaqil.db, registrationId, 'active');
  await setDeploymentState(mustaqil.db, deploymentKey, 'active');
});
afterAll(() => mustaqil.stop());

const launchOf = (deploymentId: string) =>
  launchWith(mustaqil, { person: sample.aziz, activity, claims: { [lti('deployment_id')]: deploymentId } });

function expectRefused({ page }: Robot, [status, code]: [number, string]) {
  expect({ status: page.status, refusal: refusalOf(page) }).toEqual({ status, refusal: code });
}

async function known(deploymentId: string) {
  const is = and(eq(deployments.registrationId, registrationId), eq(deployments.deploymentId, deploymentId));
  return mustaqil.db.select().from(deployments).where(is);
}

describe('a deployment that nobody has approved', () => {
  test('is kept for the administrator, and the person reads which one waits (lti.md 2, 38, 122)', async () => {
    const aziz = await launchOf('Filial 2');
    expectRefused(aziz, [403, 'deployment-unknown']);
    expect(aziz.page.$('main').text()).toContain('Filial 2');
    expect(aziz.page.$('.you').text()).toBe('');
    expect(await known('Filial 2')).toMatchObject([{ state: 'pending', createdAt: mustaqil.clock.now() }]);
  });

  test('is kept once, however often it is launched, and nothing else of the launch is kept (lti.md 2)', async () => {
    await launchOf('Filial 3');
    const before = await allRows(mustaqil.db, ['registration_signs']);
    expectRefused(await launchOf('Filial 3'), [403, 'deployment-unknown']);
    expect(await allRows(mustaqil.db, ['registration_signs'])).toEqual(before);
  });

  test('is another one for every letter of its id (lti.md 3)', async () => {
    for (const id of ['abc', 'ABC', 'abc ']) await launchOf(id);
    for (const id of ['abc', 'ABC', 'abc ']) expect(await known(id)).toHaveLength(1);
  });

  test('lets people in once it is approved, into courses of its own (lti.md 2, 122)', async () => {
    expectRefused(await launchOf('Filial 4'), [403, 'deployment-unknown']);
    const [waiting] = await known('Filial 4');
    await setDeploymentState(mustaqil.db, waiting?.id ?? 0, 'active');
    const there = await launchOf('Filial 4');
    expect(refusalOf(there.page)).toBeUndefined();
    expect(there.page.$('main').text()).toContain('This quiz is not ready yet');
    const here = await openQuiz(mustaqil);
    expect(here.page.url).not.toBe(there.page.url);
    expectRefusal(await ask(here.page.url, { as: there }), [404, 'not-found']);
  });

  test('is kept only if the launch is genuine: nobody fills the list from outside (lti.md 21)', async () => {
    mustaqil.lms.nextToken = (draft) => `${withClaims({ [lti('deployment_id')]: 'forged' })(draft)}x`;
    const aziz = await mustaqil.browserOf(sample.aziz);
    await aziz.launch(mustaqil.lms.activityUrl(activity));
    expectRefused(aziz, [401, 'signature-invalid']);
    expect(await known('forged')).toEqual([]);
  });

  test('is one of at most fifty that wait: an LMS that makes up ids is refused, and fills nothing', async () => {
    const waiting = and(eq(deployments.registrationId, registrationId), eq(deployments.state, 'pending'));
    const { db, clock } = mustaqil;
    const missing = 50 - (await db.$count(deployments, waiting));
    const rows = Array.from({ length: missing - 1 }, (_, index) => ({
      registrationId,
      deploymentId: `made up ${index}`,
      state: 'pending' as const,
      createdAt: clock.now(),
    }));
    await db.insert(deployments).values(rows);
    expectRefused(await launchOf('the fiftieth'), [403, 'deployment-unknown']);
    expectRefused(await launchOf('one too many'), [403, 'deployment-unknown']);
    expect(await db.$count(deployments, waiting)).toBe(50);
    expect(await known('one too many')).toEqual([]);
    expectRefused(await launchOf('the fiftieth'), [403, 'deployment-unknown']);
    expect(refusalOf((await openQuiz(mustaqil)).page)).toBeUndefined();
  });
});

describe('a deployment that is switched off', () => {
  test('lets nobody in, and nobody go on from the next request on', async () => {
    const aziz = await openQuiz(mustaqil);
    await setDeploymentState(mustaqil.db, deploymentKey, 'disabled');
    expectRefusal(await ask(aziz.page.url, { as: aziz }), [401, 'signed-out']);
    await aziz.launch(mustaqil.lms.activityUrl(activity));
    expectRefused(aziz, [403, 'deployment-inactive']);
  });

  test('loses nothing: switched on again, everybody goes on where they were', async () => {
    const aziz = await openQuiz(mustaqil);
    await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
    await setDeploymentState(mustaqil.db, deploymentKey, 'disabled');
    expect((await ask(aziz.page.url, { as: aziz })).status).toBe(401);
    await setDeploymentState(mustaqil.db, deploymentKey, 'active');
    expect((await ask(aziz.page.url, { as: aziz })).status).toBe(200);
  });
});

describe.each(['pending', 'disabled'] as const)('a registration that is %s', (state) => {
  test('is refused before its keys are fetched, and a good signature does not help', async () => {
    const { lms, clock } = mustaqil;
    const aziz = await mustaqil.browserOf(sample.aziz);
    const form = await holdLaunch(aziz, lms.activityUrl(activity));
    await setRegistrationState(mustaqil.db, registrationId, state);
    // Old enough for the keys to be fetched anew, if anybody asked for them.
    clock.advance(9 * 60_000);
    const asked = timesAsked(lms, 'jwks');
    await aziz.submit(autoSubmit);
    expectRefused(aziz, [403, `registration-${state}`]);
    expectRefusal(await ask(`${mustaqil.url}/lti/launch`, { form, as: aziz }), [403, `registration-${state}`]);
    expect(timesAsked(lms, 'jwks')).toBe(asked);
  });

  test('is refused at the login already: nobody is sent to an address that it named', async () => {
    await setRegistrationState(mustaqil.db, registrationId, state);
    const aziz = await mustaqil.browserOf(sample.aziz);
    const form = await holdLogin(aziz, mustaqil.lms.activityUrl(activity));
    const page = await ask(`${mustaqil.url}/lti/login`, { form, as: aziz });
    expectRefusal(page, [403, `registration-${state}`]);
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${mustaqil.lmsUrl}`);
  });

  test('remembers nothing of a launch', async () => {
    await setRegistrationState(mustaqil.db, registrationId, state);
    const before = await allRows(mustaqil.db);
    expectRefused(await launchOf('1'), [403, `registration-${state}`]);
    expect(await allRows(mustaqil.db)).toEqual(before);
  });

  test('ends the sessions of its people at their next request, and its launch comes in once it is active', async () => {
    const aziz = await openQuiz(mustaqil);
    await setRegistrationState(mustaqil.db, registrationId, state);
    expectRefusal(await ask(aziz.page.url, { as: aziz }), [401, 'signed-out']);
    await setRegistrationState(mustaqil.db, registrationId, 'active');
    expect((await ask(aziz.page.url, { as: aziz })).status).toBe(200);
    expect(refusalOf((await openQuiz(mustaqil)).page)).toBeUndefined();
  });
});
