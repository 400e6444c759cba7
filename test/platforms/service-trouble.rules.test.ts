// What an answer means where the LMS does as the standards say.
import { expect, test } from '@jest/globals';
import type { ServiceFailure } from '../../src/outbound/service-failure.ts';
import type { AccessTokenRefusal } from '../../src/lti/token-answer.ts';
import { accessTrouble, scoreTrouble, type ServiceTrouble } from '../../src/platforms/service-trouble.ts';

test.each<[AccessTokenRefusal['code'], number | null, ServiceTrouble]>([
  ['tool-keys-unreachable', 404, 'key-unreachable'],
  ['tool-inactive', 400, 'tool-inactive'],
  ['clock-wrong', 400, 'clock-wrong'],
  ['scope-not-granted', 200, 'scope-not-granted'],
  ['address-refused', null, 'address-refused'],
  ['refused', 400, 'other'],
  ['unavailable', null, 'lms-away'],
  ['unavailable', 200, 'lms-away'],
  ['unavailable', 429, 'rate-limited'],
  ['unavailable', 500, 'lms-error'],
  ['unavailable', 503, 'lms-away'],
])('no token, by %s and %s: %s', (code, status, expected) => {
  expect(accessTrouble({ code, status })).toBe(expected);
});

test.each<[ServiceFailure['kind'], number | null, string, ServiceTrouble]>([
  ['unauthorized', 401, '', 'scope-not-granted'],
  ['unavailable', null, 'timeout: no complete answer', 'lms-away'],
  ['unavailable', 408, '', 'lms-away'],
  ['unavailable', 403, 'Rate Limit Exceeded', 'rate-limited'],
  ['unavailable', 429, '', 'rate-limited'],
  ['unavailable', 500, '', 'lms-error'],
  ['unavailable', 502, '', 'lms-away'],
  ['unavailable', 504, '', 'lms-away'],
  ['refused', 400, '[]', 'person-refused'],
  ['refused', 403, '', 'person-refused'],
  ['refused', 403, '{"error":"insufficient_scope"}', 'scope-not-granted'],
  ['refused', 404, '', 'person-refused'],
  ['refused', 422, '', 'person-refused'],
  ['refused', 405, '', 'other'],
  ['refused', 302, 'redirect: redirects are not followed', 'other'],
])('a score that is %s with %s and %j: %s', (kind, status, detail, expected) => {
  expect(scoreTrouble({ kind, status, detail, fault: null })).toBe(expected);
});

test('a score for an address that we do not call', () => {
  const failure = {
    kind: 'refused',
    status: null,
    detail: 'x is no public address',
    fault: 'address-refused',
  } as const;
  expect(scoreTrouble(failure)).toBe('address-refused');
});
