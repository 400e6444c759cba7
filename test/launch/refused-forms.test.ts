// The token may be good: a launch must also answer a login of this browser, and answer it once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { deployments, registrations, toolKeys } from '../../src/database/tables/platforms.ts';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask, type Question } from '../support/ask.ts';
import { autoSubmit, holdLaunch, holdLogin, withClaims } from '../support/launches.ts';
import { timesAsked } from '../support/lms-log.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { publish } from '../support/people.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
let aziz: Robot;
let mallory: Robot;
let mechanics: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  mechanics = mustaqil.lms.activityUrl(sample.physics.mechanics);
});
beforeEach(async () => {
  aziz = await mustaqil.browserOf(sample.aziz);
  mallory = await mustaqil.browserOf(sample.mallory);
});
afterAll(() => mustaqil.stop());

const post = (question: Question) => ask(`${mustaqil.url}/lti/launch`, { method: 'POST', ...question });

async function expectGoodLaunch(robot = aziz) {
  await robot.launch(mechanics);
  expect(refusalOf(robot.page)).toBeUndefined();
}

// The launch of a place where all is known goes another way than the first ones do.
describe.each([
  ['where no quiz stands yet', false],
  ['where a quiz stands', true],
])('a launch is good once, %s', (_where, hasQuiz) => {
  beforeAll(async () => {
    if (hasQuiz) await publish(mustaqil);
  });

  test('the same form sent again, by reload or by a thief with the same cookies, is refused', async () => {
    const form = await holdLaunch(aziz, mechanics);
    expect((await post({ form, as: aziz })).status).toBe(303);
    expectRefusal(await post({ form, as: aziz }), [400, 'login-already-used'], Object.values(form));
    await expectGoodLaunch();
  });

  test('of twelve copies that arrive at the same moment, one comes in', async () => {
    const form = await holdLaunch(aziz, mechanics);
    const answers = await Promise.all(Array.from({ length: 12 }, () => post({ form, as: aziz })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 11 }, () => 400)]);
  });

  test('a state that was used does not take another token, not even one signed for its own nonce', async () => {
    const { state = '', id_token = '' } = await holdLaunch(aziz, mechanics);
    const nonce = JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString()) as { nonce: string };
    await aziz.submit(autoSubmit);
    const { id_token: second = '' } = await holdLaunch(aziz, mechanics);
    expectRefusal(await post({ form: { state, id_token: second }, as: aziz }), [401, 'nonce-mismatch']);
    mustaqil.lms.nextToken = withClaims(nonce);
    const { id_token: third = '' } = await holdLaunch(aziz, mechanics);
    expectRefusal(await post({ form: { state, id_token: third }, as: aziz }), [400, 'login-already-used']);
    await expectGoodLaunch();
  });

  test('a login is over after ten minutes', async () => {
    await holdLaunch(aziz, mechanics);
    mustaqil.clock.advance(10 * 60_000 + 1);
    await aziz.submit(autoSubmit);
    expectRefusal(aziz.page, [400, 'state-expired']);
    await expectGoodLaunch();
  });
});

describe('a launch is good in one browser', () => {
  test('Mallory cannot use the form of Aziz, nor make him use hers', async () => {
    await expectGoodLaunch();
    await mallory.launch(mustaqil.lms.activityUrl(sample.history.silkRoad));
    const formOfAziz = await holdLaunch(aziz, mechanics);
    expectRefusal(await post({ form: formOfAziz, as: mallory }), [400, 'other-browser'], Object.values(formOfAziz));
    const formOfMallory = await holdLaunch(mallory, mustaqil.lms.activityUrl(sample.history.silkRoad));
    expectRefusal(await post({ form: formOfMallory, as: aziz }), [400, 'other-browser']);
    expectRefusal(await post({ form: formOfMallory }), [400, 'browser-unknown']);
    await expectGoodLaunch();
  });
});

describe('a launch is a form with a state of ours', () => {
  const withoutState = async () => ({ id_token: (await holdLaunch(aziz, mechanics)).id_token ?? '' });

  test('a token that nobody asked for is refused', async () => {
    const form = await withoutState();
    expectRefusal(await post({ form, as: aziz }), [400, 'state-missing'], Object.values(form));
    expectRefusal(await post({ form: { ...form, state: '' }, as: aziz }), [400, 'state-missing']);
  });

  test.each(['nonsense', 'a.b.c.d.e', 'x'.repeat(20_000)])('a state that is not ours is refused', async (state) => {
    expectRefusal(
      await post({ form: { ...(await withoutState()), state }, as: aziz }),
      [400, 'state-invalid'],
      [state],
    );
  });

  test('one character of the state changed, and it is refused', async () => {
    const { id_token = '', state = '' } = await holdLaunch(aziz, mechanics);
    const changed = `${state.slice(0, 60)}${state[60] === 'A' ? 'B' : 'A'}${state.slice(61)}`;
    expectRefusal(await post({ form: { id_token, state: changed }, as: aziz }), [400, 'state-invalid'], [changed]);
  });

  test('a state without a token is refused', async () => {
    const { state = '' } = await holdLaunch(aziz, mechanics);
    expectRefusal(await post({ form: { state }, as: aziz }), [400, 'token-missing'], [state]);
  });

  test('nobody can make us ask the LMS for its keys with a form that no login of this browser led to (lti.md 25)', async () => {
    const form = await holdLaunch(aziz, mechanics);
    const cases: Question[] = [
      { form: { id_token: form.id_token ?? '' }, as: aziz },
      { form: { ...form, state: 'nonsense' }, as: aziz },
      { form, as: mallory },
      { form },
    ];
    // Old enough for the keys to be fetched anew, if anybody asked for them.
    mustaqil.clock.advance(11 * 60_000);
    const asked = timesAsked(mustaqil.lms, 'jwks');
    for (const question of [...cases, { form, as: aziz }]) expect((await post(question)).status).toBe(400);
    expect(timesAsked(mustaqil.lms, 'jwks')).toBe(asked);
    await expectGoodLaunch();
    expect(timesAsked(mustaqil.lms, 'jwks')).toBe(asked + 1);
  });

  test('a form sent by GET, or as JSON, is no launch', async () => {
    const form = await holdLaunch(aziz, mechanics);
    const query = new URLSearchParams(form).toString();
    const byGet = await ask(`${mustaqil.url}/lti/launch?${query}`, { as: aziz });
    expectRefusal(byGet, [400, 'state-missing'], Object.values(form));
    const json = { body: JSON.stringify(form), headers: { 'content-type': 'application/json' }, as: aziz };
    expectRefusal(await post(json), [400, 'state-missing'], Object.values(form));
    await expectGoodLaunch();
  });
});

test('when the LMS itself says no, its answer is a page, without the words that came along', async () => {
  await holdLogin(aziz, mechanics);
  await aziz.submit(autoSubmit, { login_hint: sample.aigul });
  expect(aziz.page.$('input[name="error"]').attr('value')).toBe('access_denied');
  await aziz.submit(autoSubmit, { error_description: '<b>Call 123</b>' });
  expectRefusal(aziz.page, [403, 'platform-refused'], ['Call 123']);
  await expectGoodLaunch();
});

test('an LMS that was removed while Aziz was on his way is no longer let in', async () => {
  const { db, lms, clock, url } = mustaqil;
  const clientId = 'soon-gone';
  const details = { ...lms.registration, clientId, tokenAudience: 'x' };
  const { id } = await savePlatform(db, details, { sealingKey: testKeys.toolKeys, now: clock.now() });
  await expectGoodLaunch();
  const login = { iss: details.issuer, client_id: clientId, login_hint: '4', target_link_uri: `${url}/lti/launch` };
  const { headers } = await ask(`${url}/lti/login`, { form: login, as: aziz });
  const state = new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
  await db.delete(toolKeys).where(eq(toolKeys.registrationId, id));
  await db.delete(deployments).where(eq(deployments.registrationId, id));
  await db.delete(registrations).where(eq(registrations.id, id));
  expectRefusal(await post({ form: { state, id_token: 'x' }, as: aziz }), [403, 'registration-gone']);
});

test('a deployment that was switched off lets nobody in, and nobody go on', async () => {
  const { db } = mustaqil;
  await expectGoodLaunch();
  const [ours] = await db.select().from(deployments).limit(1);
  await db.update(deployments).set({ state: 'disabled' });
  expectRefusal(await ask(aziz.page.url, { as: aziz }), [401, 'signed-out']);
  await aziz.launch(mechanics);
  expectRefusal(aziz.page, [403, 'deployment-inactive']);
  await db.update(deployments).set({ state: ours?.state ?? 'active' });
  await expectGoodLaunch();
});
