// What strangers write begins no line of the log, and what opens a door of ours or of an LMS is in none.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { newSecret, signIn } from '../admin/administrator.ts';
import { ask } from '../support/ask.ts';
import { autoSubmit, holdLaunch } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';

let mustaqil: TestMustaqil;
/** What we showed the LMS to be let in, and what it gave for that. */
const tokens: string[] = [];
beforeAll(async () => {
  mustaqil = await startMustaqil({ fetch: listening });
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const listening: typeof fetch = async (url, init) => {
  const answer = await fetch(url, init);
  const asked = typeof init?.body === 'string' ? new URLSearchParams(init.body).get('client_assertion') : null;
  if (asked) {
    const { access_token: given } = JSON.parse(await answer.clone().text()) as { access_token: string };
    tokens.push(asked, ...asked.split('.'), given);
  }
  return answer;
};

function expectNoneLogged(secrets: string[]) {
  const log = mustaqil.log.join('');
  expect(log).not.toBe('');
  expect(secrets.filter((secret) => secret.length < 8 || log.includes(secret))).toEqual([]);
}

test('neither what we sign for an LMS nor the token it gives is in the log, even where it refuses', async () => {
  const aziz = await openQuiz(mustaqil);
  await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
  expect(await mustaqil.deliver()).toBe(1);
  expect(tokens.length).toBeGreaterThanOrEqual(5);
  expectNoneLogged(tokens);
});

test('a secret typed at the administrator’s door is not in the log, right or wrong, nor what it opens', async () => {
  const secret = await newSecret(mustaqil);
  const wrong = 'a wrong secret of somebody';
  await ask(`${mustaqil.url}/admin/sessions`, { form: { secret: wrong } });
  const admin = await signIn(mustaqil, secret);
  expect(admin.page.status).toBe(200);
  expect(mustaqil.log.join('')).toContain('wrong administrator secret');
  expectNoneLogged([secret, wrong, ...Object.values(admin.cookies('localhost'))]);
});

test('nothing that is written into an address, a header or a form begins a line of its own', async () => {
  const forged = '{"level":60,"msg":"forged"}';
  const before = mustaqil.log.length;
  const aziz = await mustaqil.browserOf(sample.aziz);
  const { state = '' } = await holdLaunch(aziz, mustaqil.lms.activityUrl(sample.physics.mechanics));
  const error = { error: `x\n${forged}\n`, error_description: `\r\n${forged}\u2028`, state };
  await ask(`${mustaqil.url}/lti/launch`, { form: error, as: aziz });
  await ask(`${mustaqil.url}/x%0A${encodeURIComponent(forged)}`, {
    headers: { 'user-agent': forged, 'x-request-id': forged, 'x-forwarded-for': forged },
  });
  await aziz.submit(autoSubmit);

  const lines = mustaqil.log.slice(before);
  expect(lines.join('')).toContain('the platform refused a launch');
  for (const line of lines) {
    expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
    expect((JSON.parse(line) as { msg: string; level: number }).msg).not.toBe('forged');
  }
});
