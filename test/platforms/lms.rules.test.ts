// What is different from LMS to LMS: values as their documentation and live ones say them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configurationHosts, differencesOf, findLms, lmsChoices } from '../../src/platforms/lms/registry.ts';

describe('which LMS it is', () => {
  test.each([
    ['moodle', 'moodle'],
    ['Moodle', 'moodle'],
    ['canvas', 'canvas'],
    ['desire2learn', 'brightspace'],
    ['BlackboardLearn', 'blackboard'],
    ['sakailms.org', 'sakai'],
    ['sakai', 'sakai'],
    ['something new', 'spec'],
    ['', 'spec'],
    [null, 'spec'],
  ])('%j is %s', (family, key) => {
    expect(differencesOf(family).key).toBe(key);
  });

  test('no two have a key or a word in common', () => {
    const words = lmsChoices.flatMap(({ families }) => families.map((family) => family.toLowerCase()));
    expect(new Set(words).size).toBe(words.length);
    expect(new Set(lmsChoices.map(({ key }) => key)).size).toBe(lmsChoices.length);
    for (const lms of lmsChoices) expect(findLms(lms.key)).toBe(lms);
    expect(findLms('toString')).toBeNull();
  });
});

describe('a column has', () => {
  test.each([
    ['moodle', 10, 10],
    ['moodle', 100, 100],
    ['moodle', 12.5, 100],
    ['moodle', 0.5, 100],
    ['moodle', 150, 100],
    ['canvas', 12.5, 12.5],
    ['spec', 150, 150],
  ])('in %s for a quiz worth %d points %d', (key, points, maximum) => {
    expect(findLms(key)?.columnMaximum(points)).toBe(maximum);
  });

  test('whole points from 1 to 100 in Moodle, whatever the quiz is worth (lti.md 2.5)', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.000_01, max: 1e9, noNaN: true }), (points) => {
        const maximum = differencesOf('moodle').columnMaximum(points);
        expect(Number.isInteger(maximum) && maximum >= 1 && maximum <= 100).toBe(true);
      }),
    );
  });
});

test('only Moodle is sent links without an address: with one it looks for the tool anew (lti.md 84)', () => {
  expect(lmsChoices.filter(({ sendsLinkUrl }) => !sendsLinkUrl).map(({ key }) => key)).toEqual(['moodle']);
});

describe('a score bears', () => {
  const submittedAt = new Date('2026-11-21T10:00:00.250Z');

  test('for Canvas when it was handed in, and counts as a submission once', () => {
    const canvas = differencesOf('canvas');
    const extras = (isRetry: boolean) => canvas.scoreExtras({ submittedAt, isRetry });
    expect(extras(false)).toEqual({
      'https://canvas.instructure.com/lti/submission': {
        new_submission: true,
        submitted_at: '2026-11-21T10:00:00.250Z',
      },
    });
    expect(extras(true)).toMatchObject({ 'https://canvas.instructure.com/lti/submission': { new_submission: false } });
  });

  test('for the others nothing but what the standard has, and for nobody a name that is no full URL (lti.md 82)', () => {
    for (const lms of lmsChoices) {
      const names = Object.keys(lms.scoreExtras({ submittedAt, isRetry: false }));
      expect(names.every((name) => name.startsWith('https://'))).toBe(true);
      if (lms.key !== 'canvas') expect(names).toEqual([]);
    }
  });
});

describe('a token is asked for with the audience', () => {
  const token = 'https://lms.example/token';

  test.each([
    ['that is said', 'moodle', { tokenUrl: token, tokenAudience: 'https://lms.example' }, 'https://lms.example'],
    ['of its address, where none is said', 'spec', { tokenUrl: token, tokenAudience: token }, token],
    [
      'of its address, where Canvas says a bare host',
      'canvas',
      { tokenUrl: token, tokenAudience: 'lms.example' },
      token,
    ],
    [
      'that Brightspace means where it says none',
      'brightspace',
      {
        tokenUrl: 'https://auth.brightspace.com/core/connect/token',
        tokenAudience: 'https://auth.brightspace.com/core/connect/token',
      },
      'https://api.brightspace.com/auth/token',
    ],
    ['that Brightspace says', 'brightspace', { tokenUrl: token, tokenAudience: 'x' }, 'x'],
  ])('%s (lti.md 123)', (_, key, said, audience) => {
    expect(findLms(key)?.tokenAudience(said)).toBe(audience);
  });
});

describe('a refused score means', () => {
  const meaning = (key: string, status: number | null, said: string, tries = 1) =>
    (findLms(key) ?? differencesOf(key)).scoreTrouble({ status, said, tries });

  test.each([
    ['moodle', 400, '[]', null],
    ['moodle', 400, '{"status":400,"reason":"Bad Request","request":{}}', 'other'],
    ['moodle', 503, '', null],
    [
      'canvas',
      400,
      '{"errors":{"message":"Provided timestamp of 9 before last updated timestamp of 10"}}',
      'superseded',
    ],
    ['canvas', 401, '{"errors":{"message":"Invalid Developer Key"}}', 'tool-inactive'],
    ['canvas', 401, 'Access Token not linked to a Tool associated with this Context', 'tool-inactive'],
    ['canvas', 401, 'user authorization required', null],
    ['canvas', 422, '{"errors":{"message":"User not found in course or is not a student"}}', null],
    ['canvas', 422, 'The maximum number of allowed attempts has been reached for this submission', 'other'],
    ['brightspace', 403, 'User in requested score is not enrolled in the org unit', 'person-refused'],
    ['brightspace', 404, 'User in requested score does not exist', 'person-refused'],
    ['brightspace', 403, 'Forbidden', 'other'],
    ['blackboard', 400, 'User could not be found: 7', null],
    ['google-classroom', 400, '{"error":{"message":"@CourseNotModifiable The course is archived."}}', 'other'],
    ['google-classroom', 403, '{"error":{"message":"@ProjectPermissionDenied Another project made it."}}', 'other'],
    ['google-classroom', 403, '{"error":{"message":"The caller does not have permission"}}', null],
    ['google-classroom', 404, '{"error":{"message":"Requested entity was not found."}}', null],
    ['sakai', 400, 'User does not belong to site', null],
    ['sakai', 400, 'Scope score not in access token', 'scope-not-granted'],
    ['sakai', 400, 'Missing tool', 'tool-inactive'],
    ['sakai', 400, 'Could not load site associated with content', 'column-gone'],
    ['spec', 400, 'Missing tool', null],
  ])('in %s with %d and %j: %j', (key, status, said, expected) => {
    expect(meaning(key, status, said)).toBe(expected);
  });

  test('in Moodle with 500 a locked grade, but not before the third try', () => {
    expect([1, 2, 3, 40].map((tries) => meaning('moodle', 500, '', tries))).toEqual([
      null,
      null,
      'grade-locked',
      'grade-locked',
    ]);
  });
});

describe('a refused token means', () => {
  test.each([
    ['canvas', '{"error":"invalid_client","error_description":"JWK Error: Invalid JSON"}', 'tool-keys-unreachable'],
    ['canvas', '{"error":"invalid_client","error_description":"JWS signature invalid."}', null],
    ['sakai', 'Public key retrieval failed', 'tool-keys-unreachable'],
    ['sakai', 'Could not load tool', 'tool-inactive'],
    ['sakai', 'invalid_scope', 'scope-not-granted'],
    ['sakai', 'Could not verify signature', null],
    ['moodle', 'Could not load tool', null],
  ])('in %s with %j: %j', (key, said, expected) => {
    expect(findLms(key)?.accessRefusal(said)).toBe(expected);
  });
});

test('one host speaks for the issuer of another only in the cloud of Canvas (lti.md 119)', () => {
  expect(configurationHosts('canvas.instructure.com')).toEqual(['sso.canvaslms.com']);
  expect(configurationHosts('canvas.beta.instructure.com')).toEqual(['sso.beta.canvaslms.com']);
  expect(configurationHosts('moodle.example')).toEqual([]);
  expect(configurationHosts('evil.canvas.instructure.com')).toEqual([]);
});

describe('to connect it by hand', () => {
  const prefilled = (key: string, address: string, clientId = '') =>
    findLms(key)?.setup.endpoints({ address, clientId });

  test.each([
    ['https://moodle.example', 'https://moodle.example'],
    ['moodle.example/', 'https://moodle.example'],
    ['https://uni.example/moodle/course/view.php?id=3', 'https://uni.example/moodle'],
    ['https://uni.example/moodle/admin/', 'https://uni.example/moodle'],
    ['https://uni.example:8443/lms/', 'https://uni.example:8443/lms'],
  ])('a Moodle that people open as %s is %s', (address, site) => {
    expect(prefilled('moodle', address)).toEqual({
      issuer: site,
      authorizationUrl: `${site}/mod/lti/auth.php`,
      tokenUrl: `${site}/mod/lti/token.php`,
      jwksUrl: `${site}/mod/lti/certs.php`,
    });
  });

  test.each([
    ['https://school.instructure.com/courses/1', 'https://canvas.instructure.com', 'https://sso.canvaslms.com'],
    ['school.beta.instructure.com', 'https://canvas.beta.instructure.com', 'https://sso.beta.canvaslms.com'],
    ['https://canvas.uni.example', undefined, 'https://canvas.uni.example'],
    ['https://school.instructure.com.evil.example', undefined, 'https://school.instructure.com.evil.example'],
  ])('a Canvas at %s has the issuer %s and its endpoints at %s', (address, issuer, base) => {
    expect(prefilled('canvas', address)).toEqual({
      ...(issuer !== undefined && { issuer }),
      authorizationUrl: `${base}/api/lti/authorize_redirect`,
      tokenUrl: `${base}/login/oauth2/token`,
      jwksUrl: `${base}/api/lti/security/jwks`,
    });
  });

  test('the keys of a Blackboard go by our client id', () => {
    expect(prefilled('blackboard', '', 'a/b')).toMatchObject({
      issuer: 'https://blackboard.com',
      jwksUrl: 'https://developer.blackboard.com/api/v1/management/applications/a%2Fb/jwks.json',
    });
    expect(prefilled('blackboard', '')).not.toHaveProperty('jwksUrl');
  });

  test('nothing follows from what is no address, and nothing ever but https where none was said', () => {
    for (const { setup } of lmsChoices) {
      for (const address of ['', 'moodle', 'javascript:alert(1)', 'file:///etc/passwd', 'x y.z', '//']) {
        const values = Object.values(setup.endpoints({ address, clientId: '' }));
        expect(values.every((value) => value.startsWith('https://'))).toBe(true);
      }
    }
    expect(prefilled('moodle', 'not an address')).toEqual({});
    expect(prefilled('spec', 'https://lms.example')).toEqual({});
  });

  test('each has a name for every value that it must be given, and a step for everything', () => {
    for (const { key, setup } of lmsChoices) {
      expect({ key, values: setup.ours.map(({ value }) => value) }).toEqual({
        key,
        values: expect.arrayContaining(['launchUrl', 'loginUrl', 'jwksUrl']),
      });
      expect(setup.theirs).toHaveProperty('clientId');
      expect(setup.steps.map(({ step }) => step)).toEqual(
        expect.arrayContaining(['copy-ours', 'grant-services', 'share-names', 'copy-theirs']),
      );
    }
  });
});
