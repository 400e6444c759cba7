// What the administrator is told of an LMS that does not work.
import { describe, expect, test } from '@jest/globals';
import { launchRefusals } from '../../src/lti/launch-refusals.ts';
import { healthOf, remedyFor } from '../../src/platforms/admin-health.ts';
import type { Sign, SignKind } from '../../src/platforms/registration-signs.store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 8, minute));
const signs = (...given: [kind: SignKind, minute: number, code?: string][]) =>
  new Map<SignKind, Sign>(
    given.map(([kind, minute, code]) => [kind, { kind, at: at(minute), code: code ?? null, detail: null }]),
  );

describe('a remedy', () => {
  test.each([
    ['tool-keys-unreachable', 'tool-keys-unreachable'],
    ['scope-not-granted', 'scope-not-granted'],
    ['tool-inactive', 'tool-inactive'],
    ['clock-wrong', 'clock-wrong'],
    ['address-refused', 'address-refused'],
    ['unavailable', 'unavailable'],
    ['token-expired', 'clock'],
    ['key-unknown', 'signature-invalid'],
    ['audience-mismatch', 'other-registration'],
    ['deployment-inactive', 'deployment-inactive'],
    ['subject-missing', 'anonymous'],
    ['roles-missing', 'malformed'],
    ['of-another-year', 'unknown'],
    ['', 'unknown'],
  ])('for %j is %j', (code, remedy) => {
    expect(remedyFor(code)).toBe(remedy);
  });

  test.each([
    ['tool-inactive', 'google-client'],
    ['unavailable', 'google-away'],
    ['teacher-must-reconnect', 'google-reconnect'],
    ['wrong-account', 'one-launch'],
    ['of-another-year', 'unknown'],
  ])('for %j from Google Classroom is %j', (code, remedy) => {
    expect(remedyFor(code, 'classroom')).toBe(remedy);
  });

  test('is there for every reason to turn a launch away', () => {
    expect(launchRefusals.filter((code) => remedyFor(code) === 'unknown')).toEqual([]);
  });
});

describe('health', () => {
  test('of an LMS that has never done anything says so of each kind', () => {
    const { well, failures } = healthOf(new Map());
    expect(well.map(({ kind, at }) => [kind, at])).toEqual([
      ['launch', null],
      ['token', null],
      ['score', null],
      ['roster', null],
    ]);
    expect(failures).toEqual([]);
  });

  test('tells the latest failure first', () => {
    const { failures } = healthOf(signs(['launch-failure', 1, 'clock'], ['service-failure', 2, 'refused']));
    expect(failures.map(({ code }) => code)).toEqual(['refused', 'clock']);
  });

  test.each([
    ['a launch after one that was turned away', signs(['launch-failure', 1, 'clock'], ['launch', 2]), true],
    ['a launch before it', signs(['launch-failure', 2, 'clock'], ['launch', 1]), false],
    ['a score before the LMS went away', signs(['service-failure', 2, 'unavailable'], ['score', 1]), false],
    ['a score after the LMS was away', signs(['service-failure', 1, 'unavailable'], ['score', 2]), true],
    ['a launch after a service failed', signs(['service-failure', 1, 'unavailable'], ['launch', 2]), false],
    [
      'a token for something else than what is not granted',
      signs(['service-failure', 1, 'scope-not-granted'], ['token', 2]),
      false,
    ],
  ])('with %s', (_what, given, isOver) => {
    expect(healthOf(given).failures.map((failure) => failure.isOver)).toEqual([isOver]);
  });
});
