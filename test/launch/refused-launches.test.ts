// Nobody gets in with a bad launch, each is told why by its own code, and the next good launch works.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { autoSubmit, holdLaunch } from '../support/launches.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';
import { certifiedBadTokens, otherClientId, ownBadTokens, type BadToken } from './bad-tokens.ts';

let mustaqil: TestMustaqil;
let aziz: Robot;
let mechanics: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const { db, lms, clock } = mustaqil;
  const other = { ...lms.registration, clientId: otherClientId, tokenAudience: lms.registration.tokenUrl };
  await savePlatform(db, other, { sealingKey: testKeys.toolKeys, now: clock.now() });
  aziz = await mustaqil.browserOf(sample.aziz);
  mechanics = lms.activityUrl(sample.physics.mechanics);
  await aziz.launch(mechanics);
});
afterAll(() => mustaqil.stop());

/** What last went wrong, and which deployment waits for approval (see deployments.test.ts): nothing of any person. */
const forTheAdministrator = ['registration_signs', 'deployments'];

async function expectRefused({ status, code, token }: BadToken) {
  mustaqil.lms.nextToken = token;
  const { id_token = '', state = '' } = await holdLaunch(aziz, mechanics);
  const before = await allRows(mustaqil.db, forTheAdministrator);
  await aziz.submit(autoSubmit);
  expectRefusal(aziz.page, [status, code], [id_token, ...id_token.split('.'), state, 'student1@', 'evil.example']);
  expect(await allRows(mustaqil.db, forTheAdministrator)).toEqual(before);

  await aziz.launch(mechanics);
  expect(refusalOf(aziz.page)).toBeUndefined();
  expect(aziz.page.$('.you').text()).toContain('Aziz Rahimov');
}

describe('the bad launches of the certification guide are refused', () => {
  test.each(certifiedBadTokens)('$what: $status $code', expectRefused);
});

describe('our own bad launches are refused', () => {
  test.each(ownBadTokens)('$what: $status $code', expectRefused);
});

test('when the keys of the LMS cannot be had, Aziz is told to wait, and comes in once they can', async () => {
  const { lms, clock } = mustaqil;
  lms.rotateKey({ dropOld: true });
  lms.faults.jwksDown = true;
  clock.advance(6_000);
  await aziz.launch(mechanics);
  expectRefusal(aziz.page, [424, 'keys-unreachable']);

  lms.faults.jwksDown = false;
  clock.advance(6_000);
  await aziz.launch(mechanics);
  expect(refusalOf(aziz.page)).toBeUndefined();
});
