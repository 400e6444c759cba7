// Whatever comes unsigned with a refused launch can be anybody's, and is not what an administrator reads as the LMS's word.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registrationSigns } from '../../src/database/tables/platforms.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { autoSubmit, holdLogin } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test.each([
  ['access_denied', 'access_denied'],
  ['Your licence is over, sign in at evil.example', null],
  ['access\0denied', null],
])('of an error %j an administrator reads %j, and nothing of its description', async (error, kept) => {
  mustaqil.clock.advance(2 * 60_000);
  const mallory = await mustaqil.browserOf(sample.mallory);
  await holdLogin(mallory, mustaqil.lms.activityUrl(sample.history.silkRoad));
  await mallory.submit(autoSubmit, { login_hint: sample.aigul });
  await mallory.submit(autoSubmit, { error, error_description: 'Call 123' });
  expectRefusal(mallory.page, [403, 'platform-refused'], ['Call 123']);
  expect(await mustaqil.db.select().from(registrationSigns)).toMatchObject([
    { code: 'platform-refused', detail: kept },
  ]);
});
