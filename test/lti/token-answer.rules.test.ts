// A token endpoint's answer is read by its status, whatever its content type (obligations 68, 70).
import { describe, expect, test } from '@jest/globals';
import { requestPlatform } from '../../src/lti/platform-http.ts';
import { readTokenAnswer } from '../../src/lti/token-answer.ts';
import { answering, now, recordedAnswer, tokenAnswer } from './fake-platform.ts';

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';
const scopes = [`${ags}/score`, `${ags}/lineitem`];
const assertion = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ0b29sIn0.c2lnbmF0dXJl';

async function read(answer: () => Response) {
  const request = { url: 'https://lms.example/token', method: 'POST', headers: {} } as const;
  return readTokenAnswer(await requestPlatform(answering(answer), request), { scopes, assertion, now });
}

interface Reading {
  what: string;
  answer: () => Response;
  expected: Record<string, unknown>;
}

const json = (body: unknown, status: number): Response => new Response(JSON.stringify(body), { status });

const readings: Reading[] = [
  {
    what: 'as Moodle 5.1 answers',
    answer: recordedAnswer('token'),
    expected: { ok: true, token: 'REDACTED', expiresInSeconds: 3600 },
  },
  {
    what: 'no scope named: all are granted',
    answer: () => tokenAnswer('t'),
    expected: { ok: true, token: 't' },
  },
  {
    what: 'times and types as other platforms write them',
    answer: () => tokenAnswer('t', { expires_in: '1800', token_type: 'bearer' }),
    expected: { ok: true, token: 't', expiresInSeconds: 1800 },
  },
  {
    what: 'a token for a year: kept for a day',
    answer: () => tokenAnswer('t', { expires_in: 31_536_000 }),
    expected: { ok: true, token: 't', expiresInSeconds: 86_400 },
  },
  {
    what: 'a scope withheld (68)',
    answer: () => tokenAnswer('t', { scope: `${ags}/lineitem` }),
    expected: { ok: false, code: 'scope-not-granted', status: 200, detail: `not granted: ${ags}/score` },
  },
  {
    what: 'no scope at all, as Moodle 5.1 says it',
    answer: recordedAnswer('badscope'),
    expected: { ok: false, code: 'scope-not-granted', status: 400, detail: '{"error":"invalid_scope"}' },
  },
  {
    what: 'an unknown client',
    answer: () => json({ error: 'invalid_client' }, 400),
    expected: { ok: false, code: 'refused', status: 400, detail: '{"error":"invalid_client"}' },
  },
  {
    what: '401',
    answer: () => json({ error: 'invalid_client' }, 401),
    expected: { ok: false, code: 'refused', status: 401 },
  },
  {
    what: 'a page with status 404: it cannot fetch our keys',
    answer: () => new Response('<!DOCTYPE html>\n<title>Error</title>', { status: 404 }),
    expected: { ok: false, code: 'tool-keys-unreachable', status: 404, detail: '<!DOCTYPE html> <title>Error</title>' },
  },
  {
    what: 'an OAuth error with status 404',
    answer: () => json({ error: 'invalid_client' }, 404),
    expected: { ok: false, code: 'refused', status: 404 },
  },
  {
    what: '503 with a time to wait',
    answer: () => new Response('', { status: 503, headers: { 'retry-after': '120' } }),
    expected: { ok: false, code: 'unavailable', status: 503, retryAfterSeconds: 120 },
  },
  {
    what: '429',
    answer: () => new Response('', { status: 429 }),
    expected: { ok: false, code: 'unavailable', status: 429, retryAfterSeconds: null },
  },
  {
    what: 'a page with status 200',
    answer: () => new Response('<html>Under maintenance</html>'),
    expected: { ok: false, code: 'unavailable', status: 200, detail: '<html>Under maintenance</html>' },
  },
  {
    what: 'a token that would not fit into a header',
    answer: () => tokenAnswer('a\r\nx: y'),
    expected: { ok: false, code: 'unavailable', status: 200 },
  },
  {
    what: 'a token of another type, which stays secret',
    answer: () => json({ access_token: 'very-secret', token_type: 'mac' }, 200),
    expected: { ok: false, code: 'unavailable', detail: '{"access_token":"[secret]","token_type":"mac"}' },
  },
  {
    what: 'a redirect',
    answer: () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
    expected: { ok: false, code: 'refused', status: 302 },
  },
  {
    what: 'no connection',
    answer: () => {
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    },
    expected: { ok: false, code: 'unavailable', status: null, detail: 'network: ECONNREFUSED' },
  },
];

describe('the answer of a token endpoint', () => {
  test.each(readings)('$what', async ({ answer, expected }) => {
    expect(await read(answer)).toMatchObject(expected);
  });

  test('never brings the assertion into a detail, not even when the platform echoes it, whole or in part', async () => {
    for (const echo of [assertion, assertion.slice(0, 30)]) {
      expect(await read(() => new Response(`bad: ${echo}`, { status: 400 }))).toMatchObject({
        detail: 'bad: [secret]',
      });
    }
  });
});
