// Every way in which a launch can be unusual and still right (lti.md 10, 39-51).
import { describe, expect, test } from '@jest/globals';
import { agsClaim, deepLinking, lti, nowSeconds, registration, rosterClaim } from './fake-platform.ts';
import { good, launchOf, platform, verify, withClaims } from './launch-bench.ts';

describe('an unusual launch is still a launch', () => {
  const accepted: { what: string; token: () => Promise<string> }[] = [
    { what: 'the audience as a list of one', token: () => withClaims({ aud: [registration.clientId] }) },
    {
      what: 'a list of audiences that are all us, with azp (lti.md 32)',
      token: () => withClaims({ aud: [registration.clientId, registration.clientId], azp: registration.clientId }),
    },
    { what: 'expired 59 s ago', token: () => withClaims({ exp: nowSeconds - 59 }) },
    { what: 'issued in 60 s', token: () => withClaims({ iat: nowSeconds + 60, nbf: nowSeconds + 60 }) },
    { what: 'issued 660 s ago', token: () => withClaims({ iat: nowSeconds - 660 }) },
    { what: 'unknown claims (lti.md 43)', token: () => withClaims({ extra: { deep: [1] }, [lti('new')]: 1 }) },
    {
      what: 'another typ in the header',
      token: () => platform.sign(good, { typ: 'at+jwt', x5u: 'https://e.example' }),
    },
    { what: 'a token of 60 KB (lti.md 23)', token: () => withClaims({ extra: 'x'.repeat(45_000) }) },
    { what: 'ids of 255 characters (lti.md 3)', token: () => withClaims({ sub: 'x'.repeat(255) }) },
  ];

  test.each(accepted)('$what', async ({ token }) => {
    expect(await verify(await token())).toMatchObject({ ok: true });
  });

  test.each([
    ['null', null],
    ['a number', 7],
    ['a string', 'x'],
    ['a list', []],
    ['an empty object', {}],
  ])('whatever nobody needs may be %s (lti.md 43, 44)', async (_, value) => {
    const names = ['context', 'custom', 'launch_presentation', 'tool_platform', 'lis', 'ext', 'role_scope_mentor'];
    const services = [agsClaim, rosterClaim, deepLinking('deep_linking_settings'), lti('for_user')];
    const all = [...names.map(lti), ...services, 'name', 'given_name', 'family_name', 'email', 'locale', 'nbf'];
    const launch = await launchOf(withClaims(Object.fromEntries(all.map((name) => [name, value]))));
    expect(launch).toMatchObject({ role: 'learner', resourceLink: { id: '1' }, course: null, custom: {} });
    expect(launch).toMatchObject({ rosterUrl: null, menteeSubjects: [], deepLinking: null, review: null });
  });

  test('names keep markup, emoji and any script; only what no database can hold is dropped (lti.md 44, 51)', async () => {
    const name = `<b>Гүлнара ${'ʻ'.repeat(400)}</b> 🎓 مرحبا`;
    const { person, custom } = await launchOf(
      withClaims({ name: `${name}\0`, [lti('custom')]: { note: 'a\0b\ud800c' } }),
    );
    expect(person.name).toBe(name);
    expect(custom).toEqual({ note: 'abc' });
  });

  test('custom values that are empty, no strings, or unresolved variables are absent (lti.md 49)', async () => {
    const custom = { quiz: 'q1', empty: '', due: '$ResourceLink.submission.endDateTime', n: 5, price: '$100', d: '$' };
    const launch = await launchOf(withClaims({ [lti('custom')]: custom }));
    expect(launch.custom).toEqual({ quiz: 'q1', price: '$100', d: '$' });
  });

  test.each([
    ['https://lms.example/back?x=1', 'https://lms.example/back?x=1'],
    ['http://lms.example/back', 'http://lms.example/back'],
    ['javascript:alert(1)', null],
    ['/relative', null],
    ['data:text/html,x', null],
  ])('the return address %s becomes %s (lti.md 48)', async (url, expected) => {
    const launch = await launchOf(withClaims({ [lti('launch_presentation')]: { return_url: url } }));
    expect(launch.returnUrl).toBe(expected);
  });

  test('a gradebook address without TLS is not called, except on a machine under development (lti.md 10)', async () => {
    const endpoint = { scope: ['s', 1], lineitem: 'http://127.0.0.1:3001/1', lineitems: 'http://lms.example/' };
    const token = await withClaims({ [agsClaim]: endpoint, [lti('target_link_uri')]: 'http://localhost:3000/' });
    const atHome = await verify(token, { toolOrigin: 'http://localhost:3000' });
    const expected = { scopes: ['s'], lineItemsUrl: null, lineItemUrl: 'http://127.0.0.1:3001/1' };
    expect(atHome).toMatchObject({ launch: { gradebook: expected } });
    const inPublic = await launchOf(withClaims({ [agsClaim]: { ...endpoint, scope: 's' } }));
    expect(inPublic.gradebook).toEqual({ scopes: [], lineItemsUrl: null, lineItemUrl: null });
  });

  test('a test student is known as one (lti.md 46)', async () => {
    const roles = [
      'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner',
      'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
    ];
    expect(await launchOf(withClaims({ [lti('roles')]: roles }))).toMatchObject({
      role: 'learner',
      person: { isTestUser: true },
    });
  });
});
