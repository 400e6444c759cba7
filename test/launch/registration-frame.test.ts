// In whose dialog the pages of a registration may stand, and how often anybody may make us call an address.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import { rateLimits } from '../../src/database/tables/rate-limits.ts';
import { ask } from '../support/ask.ts';
import { bareApplication } from '../support/application.ts';
import { expectRefusal } from '../support/refusals.ts';
import { startVisits, type Visits } from './registration-visits.ts';

let visits: Visits;
beforeAll(async () => {
  visits = await startVisits();
});
afterAll(() => visits.stop());

const framersOf = (headers: Headers) =>
  /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];

test('a refusal can be read in the dialog of the LMS, too', async () => {
  const refused = await visits.open({ secret: 'another' });
  expectRefusal(refused, [404, 'invite-unknown']);
  expect(framersOf(refused.headers)).toBe(`'self' ${visits.lms.url}`);
});

test('an LMS may open us from another host than it is configured at, and is told there when all is done (lti.md 124)', async () => {
  const { url } = visits.mustaqil;
  const query = new URLSearchParams({ invite: visits.secret, openid_configuration: visits.lms.configurationUrl });
  const headers = { referer: 'https://school.lms.example/accounts/1' };
  const shown = await ask(`${url}/lti/register?${query}`, { headers });
  expect(framersOf(shown.headers)).toBe(`'self' ${visits.lms.url} https://school.lms.example`);
  const done = await visits.connect(shown);
  expect(framersOf(done.headers)).toBe(`'self' ${visits.lms.url} https://school.lms.example`);
  expect(done.$('#close').attr('data-origins')).toBe(`${visits.lms.url} https://school.lms.example`);
});

test.each(['javascript:alert(1)', "https://x.example; script-src 'unsafe-inline'", 'null', '*'])(
  'no policy and no message goes out to %s',
  async (frame) => {
    const query = new URLSearchParams({ invite: 'x', openid_configuration: frame });
    const shown = await ask(`${visits.mustaqil.url}/lti/register?${query}`, { headers: { referer: frame } });
    expect(shown.headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(framersOf(shown.headers)).toMatch(/^'self'( https:\/\/x\.example)?$/);
  },
);

test('who asks too often is told to wait, and everybody else is not', async () => {
  // Whoever came before from the same address is counted, too, at whatever process.
  await visits.mustaqil.db.delete(rateLimits);
  const app = bareApplication(visits.mustaqil.db);
  const statuses = [];
  for (let visit = 0; visit < 31; visit += 1)
    statuses.push((await request(app).get('/lti/register?invite=guess')).status);
  expect(statuses).toEqual([...Array<number>(30).fill(404), 429]);
  const { text } = await request(app).get('/lti/register?invite=guess').set('accept', 'text/html');
  expect(load(text)('meta[name=refusal]').attr('content')).toBe('too-many-requests');
  expect((await request(app).get('/lti/jwks')).status).toBe(200);
});
