// Every way in which a rightly signed message can be wrong (obligations 36-42, the bad launches of the certification
// guide), each under its own code.
import { describe, expect, test } from '@jest/globals';
import type { Claims } from './fake-platform.ts';
import { lti } from './fake-platform.ts';
import type { BadLaunch } from './launch-bench.ts';
import { good, platform, verify, withClaims, without } from './launch-bench.ts';

const id256 = 'x'.repeat(256);

function bare(): Claims {
  return Object.fromEntries(Object.entries(good).filter(([name]) => !name.startsWith('https:')));
}

const badMessages: BadLaunch[] = [
  // Obligations 36, 37 (certification 3, 4, 5, 8).
  { what: 'version 1.1.0', code: 'version-unsupported', token: () => withClaims({ [lti('version')]: '1.1.0' }) },
  { what: 'version 1.3', code: 'version-unsupported', token: () => withClaims({ [lti('version')]: '1.3' }) },
  { what: 'no version', code: 'version-missing', token: () => without(lti('version')) },
  { what: 'no LTI claims (certification 6)', code: 'version-missing', token: () => platform.sign(bare()) },
  { what: 'no message type', code: 'message-type-missing', token: () => without(lti('message_type')) },
  {
    what: 'a message of LTI 1.1',
    code: 'message-type-unsupported',
    token: () => withClaims({ [lti('message_type')]: 'basic-lti-launch-request' }),
  },
  {
    what: 'a proctoring message',
    code: 'message-type-unsupported',
    token: () => withClaims({ [lti('message_type')]: 'LtiStartProctoring' }),
  },
  // Obligations 38-42 (certification 9-12).
  { what: 'no deployment', code: 'deployment-missing', token: () => without(lti('deployment_id')) },
  { what: 'an empty deployment', code: 'deployment-missing', token: () => withClaims({ [lti('deployment_id')]: '' }) },
  { what: 'a number as deployment', code: 'claims-malformed', token: () => withClaims({ [lti('deployment_id')]: 1 }) },
  { what: 'no target', code: 'target-missing', token: () => without(lti('target_link_uri')) },
  {
    what: 'a target at another site',
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
  { what: 'no resource link', code: 'resource-link-missing', token: () => without(lti('resource_link')) },
  {
    what: 'a resource link without id',
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
  { what: 'no roles', code: 'roles-missing', token: () => without(lti('roles')) },
  { what: 'roles that are null', code: 'roles-missing', token: () => withClaims({ [lti('roles')]: null }) },
  { what: 'roles that are no list', code: 'claims-malformed', token: () => withClaims({ [lti('roles')]: 'Learner' }) },
  { what: 'nobody', code: 'subject-missing', token: () => without('sub') },
  { what: 'a subject that is null', code: 'subject-missing', token: () => withClaims({ sub: null }) },
  { what: 'an empty subject', code: 'subject-missing', token: () => withClaims({ sub: '' }) },
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

  test('a refusal holds nothing of the token (obligation 53)', async () => {
    const refused = await verify(await withClaims({ sub: '', name: 'Aziz Rahimov' }));
    expect(JSON.stringify(refused)).not.toContain('Aziz');
  });
});
