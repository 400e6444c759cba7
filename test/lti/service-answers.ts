// What a platform's services answer when they do not do what was asked, and how each answer is to be read.

export type Answer = () => Response;

export const accepted: Answer = () => new Response('');
export const status = (code: number, headers: Record<string, string> = {}, body = '[]'): Answer => {
  return () => new Response(body, { status: code, headers });
};
const noConnection: Answer = () => {
  throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
};

export const serviceFailures: [string, Answer, Record<string, unknown>][] = [
  ['401', status(401), { kind: 'unauthorized', status: 401 }],
  ['403', status(403), { kind: 'refused', status: 403 }],
  ['403 with quota left', status(403, { 'x-rate-limit-remaining': '12.5' }), { kind: 'refused' }],
  ['403 for a used-up quota', status(403, { 'x-rate-limit-remaining': '0.0' }), { kind: 'unavailable', status: 403 }],
  [
    '403 for a used-up quota, in words',
    status(403, {}, '403 Forbidden (Rate Limit Exceeded)'),
    { kind: 'unavailable', status: 403 },
  ],
  ['404', status(404, {}, '<html>'), { kind: 'refused', status: 404, detail: '<html>' }],
  ['408', status(408), { kind: 'unavailable' }],
  ['422', status(422), { kind: 'refused' }],
  ['425', status(425), { kind: 'unavailable' }],
  ['429 in 7 s', status(429, { 'retry-after': '7' }), { kind: 'unavailable', retryAfterSeconds: 7 }],
  [
    '503 until a date',
    status(503, { 'retry-after': 'Sat, 21 Nov 2026 09:02:00 GMT' }),
    { kind: 'unavailable', retryAfterSeconds: 120 },
  ],
  [
    '503 until a date gone by',
    status(503, { 'retry-after': 'Sat, 21 Nov 2026 08:00:00 GMT' }),
    { retryAfterSeconds: 0 },
  ],
  ['503 for a year', status(503, { 'retry-after': '31536000' }), { retryAfterSeconds: 86_400 }],
  ['503 until someday', status(503, { 'retry-after': '-5' }), { kind: 'unavailable', retryAfterSeconds: null }],
  [
    '400 with its reason beside the status alone, as in Moodle 5.1',
    () => new Response('[]', { status: 400, statusText: 'Incorrect score received' }),
    { kind: 'refused', status: 400, detail: 'Incorrect score received' },
  ],
  ['500', status(500), { kind: 'unavailable', status: 500, detail: '[]' }],
  ['304', () => new Response(null, { status: 304 }), { kind: 'refused', status: 304 }],
  ['302', status(302, { location: 'https://evil.example' }), { kind: 'refused', status: 302 }],
  ['no connection', noConnection, { kind: 'unavailable', status: null, detail: 'network: ECONNRESET' }],
  [
    'a private address',
    () => {
      throw new TypeError('fetch failed', { cause: { code: 'ADDRESS_REFUSED', message: 'x is no public address' } });
    },
    { kind: 'refused', status: null, detail: 'address-refused: x is no public address' },
  ],
];
