// Whether Google would send people back to us.
import { expect, test } from '@jest/globals';
import type { PlatformAnswer } from '../../../src/outbound/platform-http.ts';
import { wayBackFault } from '../../../src/platforms/classroom/way-back.ts';

const answer = (status: number, { location = '', text = '' } = {}): PlatformAnswer => {
  const headers = new Headers(location === '' ? {} : { location });
  return { ok: true, status, reason: '', headers, text };
};
const google = 'https://accounts.google.com';
const sealed = Buffer.from('\n\u0015redirect_uri_mismatch\u0012\u0010You cannot sign in').toString('base64');
const timeout: PlatformAnswer = { ok: false, code: 'timeout', status: null, detail: 'late' };

test.each<[string, PlatformAnswer, [code: string, detail: string] | null]>([
  [
    'is sent back to us',
    answer(302, { location: 'https://tool.example/classroom/callback?error=login_required' }),
    null,
  ],
  ['is asked who it is', answer(302, { location: `${google}/v3/signin/identifier?continue=x` }), null],
  ['is asked on the spot', answer(200, { text: '<h1>Sign in</h1>' }), null],
  [
    'is led to an error',
    answer(302, { location: `${google}/signin/oauth/error/v2?authError=${encodeURIComponent(sealed)}` }),
    ['redirect-refused', 'redirect_uri_mismatch'],
  ],
  [
    'is led to an error without a word',
    answer(302, { location: `${google}/signin/oauth/error` }),
    ['redirect-refused', 'HTTP 302'],
  ],
  [
    'is shown an error',
    answer(400, { text: '<b>Error 400: redirect_uri_mismatch</b>' }),
    ['redirect-refused', 'redirect_uri_mismatch'],
  ],
  [
    'is shown an error with 200',
    answer(200, { text: 'Error 401: invalid_client' }),
    ['redirect-refused', 'invalid_client'],
  ],
  ['is asked to come later', answer(503), ['unavailable', 'HTTP 503']],
  ['is one too many', answer(429), ['unavailable', 'HTTP 429']],
  ['is not answered', timeout, ['unavailable', 'timeout: late']],
])('whoever %s', (_, given, expected) => {
  const fault = wayBackFault(given);
  expect(fault && [fault.code, fault.detail]).toEqual(expected);
});
