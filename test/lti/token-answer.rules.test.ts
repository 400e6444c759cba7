// A token endpoint's answer is read by its status, whatever its content type (obligations 68, 70).
import { describe, expect, test } from '@jest/globals';
import { requestPlatform } from '../../src/outbound/platform-http.ts';
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

const dated = (answer: Response, aheadSeconds: number): Response => {
  answer.headers.set('date', new Date(now.getTime() + aheadSeconds * 1000).toUTCString());
  return answer;
};

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
    expected: { ok: false, code: 'tool-inactive', status: 400, detail: '{"error":"invalid_client"}' },
  },
  {
    what: 'a client that may not ask',
    answer: () => json({ error: 'unauthorized_client' }, 401),
    expected: { ok: false, code: 'tool-inactive', status: 401 },
  },
  {
    what: '401 without a word',
    answer: () => new Response('', { status: 401 }),
    expected: { ok: false, code: 'refused', status: 401 },
  },
  {
    what: 'an assertion that it does not like',
    answer: () => json({ error: 'invalid_grant', error_description: 'Error validating assertion' }, 400),
    expected: { ok: false, code: 'refused', status: 400 },
  },
  ...[
    'Cannot handle token with iat prior to 2026-11-21T09:00:30+0000',
    'Expired token',
    'jwt expired',
    'jwt not active',
  ].map((words) => ({
    what: `a clock that is off, in the words “${words}”`,
    answer: () => json({ error: words }, 400),
    expected: { ok: false, code: 'clock-wrong', status: 400 },
  })),
  {
    what: 'a clock that is off by more than a minute, whatever it says',
    answer: () => dated(json({ error: 'invalid_client' }, 400), -61),
    expected: {
      code: 'clock-wrong',
      detail: 'Its time: Sat, 21 Nov 2026 08:58:59 GMT. {"error":"invalid_client"}',
    },
  },
  {
    what: 'a clock that is off by a minute, which is no reason',
    answer: () => dated(json({ error: 'invalid_client' }, 400), 60),
    expected: { code: 'tool-inactive' },
  },
  {
    what: 'a scope that is not granted by an LMS whose clock is off',
    answer: () => dated(json({ error: 'invalid_scope' }, 400), 3600),
    expected: { code: 'scope-not-granted' },
  },
  {
    what: 'a clock that is off where there is a token',
    answer: () => dated(tokenAnswer('t'), 3600),
    expected: { ok: true, token: 't' },
  },
  {
    what: 'a page with status 404: it cannot fetch our keys',
    answer: () => new Response('<!DOCTYPE html>\n<title>Error</title>', { status: 404 }),
    expected: { ok: false, code: 'tool-keys-unreachable', status: 404, detail: '<!DOCTYPE html> <title>Error</title>' },
  },
  {
    what: 'an OAuth error with status 404',
    answer: () => json({ error: 'invalid_client' }, 404),
    expected: { ok: false, code: 'tool-inactive', status: 404 },
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
    what: 'an address that we do not call',
    answer: () => {
      throw new TypeError('fetch failed', { cause: { code: 'ADDRESS_REFUSED', message: 'x is no public address' } });
    },
    expected: { ok: false, code: 'address-refused', status: null, detail: 'address-refused: x is no public address' },
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
