// The log tells what happened to which request, and nothing that opens a door or names a person.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { autoSubmit, holdLaunch, withClaims } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { publish, takeQuiz } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
let aziz: Robot;
let mechanics: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  aziz = await mustaqil.browserOf(sample.aziz);
  mechanics = mustaqil.lms.activityUrl(sample.physics.mechanics);
});
afterAll(() => mustaqil.stop());

const logged = () => mustaqil.log.join('\n');

/** Everything about a launch that is nobody else's business. */
function secretsOf(form: Record<string, string>): string[] {
  const cookies = Object.values(aziz.cookies('localhost'));
  const token = (form.id_token ?? '').split('.');
  const ours = aziz.page.$('input[name="_csrf"]').attr('value') ?? '';
  return [...Object.values(form), ...token, ...cookies, ours].filter((text) => text.length > 8);
}

function expectNoneLogged(secrets: string[]) {
  expect(mustaqil.log.length).toBeGreaterThan(0);
  for (const secret of [...secrets, 'Aziz', 'Rahimov', 'student1', 'Dilnoza', 'sesskey', 'launchid', 'Bishkek']) {
    expect(logged().includes(secret)).toBe(false);
  }
}

test('a launch, a quiz and a delivered grade leave nothing secret in it', async () => {
  const form = await holdLaunch(aziz, mechanics);
  await aziz.submit(autoSubmit);
  await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
  expect(await mustaqil.deliver()).toBe(1);
  expectNoneLogged(secretsOf(form));
});

test('a refused launch is in it, with its code and the number on the page', async () => {
  mustaqil.lms.nextToken = withClaims({ nonce: 'of-another-login' });
  const form = await holdLaunch(aziz, mechanics);
  await aziz.submit(autoSubmit);
  const lines = mustaqil.log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const requestId = aziz.page.headers.get('x-request-id');
  const own = lines.filter((line) => line.requestId === requestId);
  expect(own).toEqual([
    expect.objectContaining({ msg: 'launch refused', issuer: mustaqil.lmsUrl, refusal: 'nonce-mismatch' }),
    expect.objectContaining({ msg: 'refused', refusal: 'nonce-mismatch' }),
    expect.objectContaining({ msg: 'request', method: 'POST', path: '/lti/launch', status: 401 }),
  ]);
  expectNoneLogged([...secretsOf(form), 'of-another-login']);
});

test('a token that comes by GET is not in it', async () => {
  const form = await holdLaunch(aziz, mechanics);
  await ask(`${mustaqil.url}/lti/launch?${new URLSearchParams(form).toString()}`, { as: aziz });
  expectNoneLogged(secretsOf(form));
});

test('even a fault of the database, which knows the values of the query, tells no names', async () => {
  const { db } = mustaqil;
  const form = await holdLaunch(aziz, mechanics);
  const cookie = cookiesOf(aziz, 'localhost');
  await db.execute(sql`alter table people add constraint nobody check (name <> 'Aziz Rahimov') not valid`);
  await aziz.submit(autoSubmit);
  await db.execute(sql`alter table people drop constraint nobody`);
  expect(refusalOf(aziz.page)).toBe('fault');
  expect(logged()).toContain('nobody');
  expectNoneLogged([...secretsOf(form), cookie]);
});
