// Strangers at the administrator's door may try a few times only. Each test has a door of its own: it remembers.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { adminSessions } from '../../src/database/tables/sessions.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal } from '../support/refusals.ts';
import { newSecret } from './administrator.ts';

let mustaqil: TestMustaqil;
let secret: string;
beforeEach(async () => {
  mustaqil = await startMustaqil();
  secret = await newSecret(mustaqil);
});
afterEach(() => mustaqil.stop());

describe('Mallory, who guesses,', () => {
  const guess = (typed: string) => ask(`${mustaqil.url}/admin/sessions`, { form: { secret: typed } });

  test('gets ten tries, and then not even the right secret opens; the page says until when', async () => {
    for (let tries = 1; tries <= 10; tries += 1) expect((await guess(`guess ${tries}`)).status).toBe(403);
    const shut = await guess(secret);
    expectRefusal(shut, [429, 'too-many-tries'], [secret]);
    expect(shut.$('.lead').text()).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d/);
    expect(Number(shut.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await mustaqil.db.$count(adminSessions)).toBe(0);
  });

  test('gets no more of them by trying all at once', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, (_, tries) => guess(`guess ${tries}`)));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10);
  });

  test('on another site gets none of them: its forms do not count', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    for (let tries = 1; tries <= 12; tries += 1)
      await ask(`${mustaqil.url}/admin/sessions`, { form: { secret: 'guess' }, headers });
    expect((await guess(secret)).status).toBe(303);
  });

  test('does not shut the administrator out, who never mistypes', async () => {
    for (let times = 1; times <= 12; times += 1) expect((await guess(secret)).status).toBe(303);
  });
});
