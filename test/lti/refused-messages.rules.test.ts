// Every way in which a rightly signed message can be wrong, each under its own code. `cert` is a bad launch of the
// certification guide.
import { describe, expect, test } from '@jest/globals';
import type { Claims } from './fake-platform.ts';
import { lti } from './fake-platform.ts';
import type { BadLaunch } from './launch-bench.ts';
import { choice, good, platform, review, verify, withClaims, without } from './launch-bench.ts';

const id256 = 'x'.repeat(256);

function bare(): Claims {
  return Object.fromEntries(Object.entries(good).filter(([name]) => !name.startsWith('https:')));
}

const badMessages: BadLaunch[] = [
  // Version and kind.
  {
    what: 'version 1.1.0 (lti.md 36; cert 6.1.1-3)',
    code: 'version-unsupported',
    token: () => withClaims({ [lti('version')]: '1.1.0' }),
  },
  { what: 'version 1.3', code: 'version-unsupported', token: () => withClaims({ [lti('version')]: '1.3' }) },
  { what: 'no version (lti.md 36; cert 6.1.1-4)', code: 'version-missing', token: () => without(lti('version')) },
  { what: 'no LTI claims (cert 6.1.1-6)', code: 'version-missing', token: () => platform.sign(bare()) },
  {
    what: 'no message type (lti.md 37; cert 6.1.1-8)',
    code: 'message-type-missing',
    token: () => without(lti('message_type')),
  },
  {
    what: 'a message of LTI 1.1 (lti.md 37; cert 6.1.1-5)',
    code: 'message-type-unsupported',
    token: () => withClaims({ [lti('message_type')]: 'basic-lti-launch-request' }),
  },
  {
    what: 'a proctoring message',
    code: 'message-type-unsupported',
    token: () => withClaims({ [lti('message_type')]: 'LtiStartProctoring' }),
  },
  // What a launch cannot do without.
  {
    what: 'no deployment (lti.md 38; cert 6.1.1-10)',
    code: 'deployment-missing',
    token: () => without(lti('deployment_id')),
  },
  { what: 'an empty deployment', code: 'deployment-missing', token: () => withClaims({ [lti('deployment_id')]: '' }) },
  { what: 'a number as deployment', code: 'claims-malformed', token: () => withClaims({ [lti('deployment_id')]: 1 }) },
  { what: 'no target (lti.md 39)', code: 'target-missing', token: () => without(lti('target_link_uri')) },
  {
    what: 'a target at another site (lti.md 39; 1.12, own 14)',
    code: 'target-foreign',
    token: () => withClaims({ [lti('target_link_uri')]: 'https://tool.example.evil.example/launch' }),
  },
  {
    what: 'a target dressed up as ours',
    code: 'target-foreign',
    token: () => withClaims({ [lti('target_link_uri')]: 'https://tool.example@evil.example/' }),
  },
  {
    what: 'a target on another port',
    code: 'target-foreign',
    token: () => withClaims({ [lti('target_link_uri')]: 'https://tool.example:8443/' }),
  },
  {
    what: 'a target that is a script',
    code: 'target-foreign',
    token: () => withClaims({ [lti('target_link_uri')]: 'javascript:alert(1)' }),
  },
  { what: 'a relative target', code: 'target-foreign', token: () => withClaims({ [lti('target_link_uri')]: '/x' }) },
  { what: 'no resource link (lti.md 40)', code: 'resource-link-missing', token: () => without(lti('resource_link')) },
  {
    what: 'a resource link without id (lti.md 40; cert 6.1.1-11)',
    code: 'resource-link-missing',
    token: () => withClaims({ [lti('resource_link')]: { title: 'Quiz' } }),
  },
  {
    what: 'a resource link with an empty id',
    code: 'resource-link-missing',
    token: () => withClaims({ [lti('resource_link')]: { id: '' } }),
  },
  {
    what: 'a resource link id of 256 characters',
    code: 'claims-malformed',
    token: () => withClaims({ [lti('resource_link')]: { id: id256 } }),
  },
  { what: 'no roles (lti.md 41; cert 6.1.1-9)', code: 'roles-missing', token: () => without(lti('roles')) },
  { what: 'roles that are null', code: 'roles-missing', token: () => withClaims({ [lti('roles')]: null }) },
  { what: 'roles that are no list', code: 'claims-malformed', token: () => withClaims({ [lti('roles')]: 'Learner' }) },
  {
    what: 'an empty subject (lti.md 42; cert 6.1.1-12)',
    code: 'subject-missing',
    token: () => withClaims({ sub: '' }),
  },
  { what: 'a number as subject (lti.md 42)', code: 'claims-malformed', token: () => withClaims({ sub: 4 }) },
  { what: 'a list as subject (lti.md 42)', code: 'claims-malformed', token: () => withClaims({ sub: ['4'] }) },
  { what: 'a subject of 256 characters', code: 'claims-malformed', token: () => withClaims({ sub: id256 }) },
  { what: 'a NUL in the subject', code: 'claims-malformed', token: () => withClaims({ sub: '4\0' }) },
  { what: 'a payload that is no JSON', code: 'claims-malformed', token: () => platform.sign('{') },
  { what: 'a payload that is a list', code: 'claims-malformed', token: () => platform.sign([]) },
];

describe('a bad message is refused by its own code, and does no harm to the good one after it', () => {
  test.each(badMessages)('$what: $code', async ({ code, token }) => {
    expect(await verify(await token())).toMatchObject({ ok: false, code });
    expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
  });

  test('a target at another site is refused for every kind of message (lti.md 39; 1.12, own 14)', async () => {
    for (const message of [good, choice, review]) {
      const token = await platform.sign({ ...message, [lti('target_link_uri')]: 'https://evil.example/launch' });
      expect(await verify(token)).toMatchObject({ ok: false, code: 'target-foreign' });
    }
  });

  test('a refusal holds nothing of the token (lti.md 53)', async () => {
    const refused = await verify(await withClaims({ sub: '', name: 'Aziz Rahimov' }));
    expect(JSON.stringify(refused)).not.toContain('Aziz');
  });
});
