// An LMS that is known already registers once more, or says that it does: whom we believe changes by no invite alone.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createInvite } from '../../src/platforms/invites.store.ts';
import { listRegistrations, setDeploymentState } from '../../src/platforms/platform.store.ts';
import { sendJson } from './registration-lms.ts';
import { startVisits, type Visits } from './registration-visits.ts';

const toolClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

let visits: Visits;
beforeAll(async () => {
  visits = await startVisits();
});
afterEach(() => visits.lms.reset());
afterAll(() => visits.stop());

/** Somebody connects by an invite that needs no approval; the LMS gives this client id and this deployment. */
async function connect(clientId: string, changed: { configuration?: object; deployment?: string; name?: string } = {}) {
  const { mustaqil, lms } = visits;
  const { db, clock } = mustaqil;
  const given = { name: 'KSU', needsApproval: false, lifetimeMs: 60_000, now: clock.now() };
  const { secret } = await createInvite(db, given);
  Object.assign(lms.configuration, changed.configuration);
  lms.onRegistration = (_req, res) => {
    sendJson(res, { client_id: clientId, [toolClaim]: { deployment_id: changed.deployment ?? '1' } });
  };
  const page = await visits.connect(await visits.open({ secret }), changed.name ? { name: changed.name } : {});
  const found = (await listRegistrations(db)).find((registration) => registration.clientId === clientId);
  if (!found) throw new Error(`Not registered: ${page.$('main').text()}`);
  return { ...found, standing: [found.state, ...found.deployments.map((one) => `${one.deploymentId} ${one.state}`)] };
}

describe('an invite that needs no approval', () => {
  test('lets in an LMS that is new, and again when it says the same', async () => {
    expect((await connect('same')).standing).toEqual(['active', '1 active']);
    expect((await connect('same')).standing).toEqual(['active', '1 active']);
  });

  test.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])(
    'makes nobody believe another %s of an LMS that is known: a neighbour on its host could say so',
    async (member) => {
      await connect(member);
      const configuration = { [member]: `${visits.lms.url}/mallory` };
      expect((await connect(member, { configuration })).standing).toEqual(['pending', '1 active']);
    },
  );

  test('lets no second deployment of it in, and none back that an administrator has switched off', async () => {
    const { deployments } = await connect('second');
    await setDeploymentState(visits.mustaqil.db, deployments[0]?.id ?? 0, 'disabled');
    expect((await connect('second')).standing).toEqual(['active', '1 disabled']);
    expect((await connect('second', { deployment: '2' })).standing).toEqual(['active', '1 disabled', '2 pending']);
  });
});

test('what no database keeps is left out of the name that is typed', async () => {
  expect(await connect('nul', { name: 'KSU\0 Moodle' })).toMatchObject({ name: 'KSU Moodle' });
});
