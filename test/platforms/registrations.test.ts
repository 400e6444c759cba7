// Who may launch us, and who decides that.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import type { OpenDatabase } from '../../src/database/database.ts';
import { people } from '../../src/database/tables/courses.ts';
import { toolKeys } from '../../src/database/tables/platforms.ts';
import {
  getRegistration,
  listRegistrations,
  rememberDeployment,
  savePlatform,
  setAnonymousLaunches,
  setDeploymentState,
  setRegistrationState,
  type PlatformDetails,
} from '../../src/platforms/platform.store.ts';
import { openTestDatabase } from '../support/database.ts';
import { testKeys } from '../support/mustaqil.ts';

const now = new Date('2026-11-21T10:00:00Z');

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const details = (host: string, changed: Partial<PlatformDetails> = {}): PlatformDetails => ({
  name: host,
  issuer: `https://${host}`,
  clientId: 'client',
  deploymentId: '1',
  authorizationUrl: `https://${host}/auth`,
  tokenUrl: `https://${host}/token`,
  tokenAudience: `https://${host}/token`,
  jwksUrl: `https://${host}/jwks`,
  family: 'moodle',
  ...changed,
});

const save = (platform: PlatformDetails, needsApproval = false) =>
  savePlatform(database.db, platform, { sealingKey: testKeys.toolKeys, now, needsApproval });

async function statesOf(id: number) {
  const found = await getRegistration(database.db, id);
  return [found?.state, ...(found?.deployments ?? []).map(({ deploymentId, state }) => `${deploymentId} ${state}`)];
}

describe('what needs approval', () => {
  test('waits when it is new, and its deployment with it', async () => {
    const { id } = await save(details('new.example'), true);
    expect(await statesOf(id)).toEqual(['pending', '1 active']);
  });

  test('changes nothing about who gets in when it says the same again (lti.md 125)', async () => {
    const { id } = await save(details('same.example'));
    expect((await save(details('same.example', { name: 'New name' }), true)).id).toBe(id);
    expect(await statesOf(id)).toEqual(['active', '1 active']);
    expect(await getRegistration(database.db, id)).toMatchObject({ name: 'New name' });
  });

  test.each(['authorizationUrl', 'tokenUrl', 'tokenAudience', 'jwksUrl'] as const)(
    'waits when an active registration would believe another %s',
    async (member) => {
      const host = `${member.toLowerCase()}.example`;
      const { id } = await save(details(host));
      await save(details(host, { [member]: 'https://elsewhere.example' }), true);
      expect(await statesOf(id)).toEqual(['pending', '1 active']);
    },
  );

  test('brings nothing back that an administrator has switched off', async () => {
    const { id } = await save(details('off.example'));
    const [deployment] = (await getRegistration(database.db, id))?.deployments ?? [];
    await setRegistrationState(database.db, id, 'disabled');
    await setDeploymentState(database.db, deployment?.id ?? 0, 'disabled');
    await save(details('off.example', { jwksUrl: 'https://off.example/new' }), true);
    expect(await statesOf(id)).toEqual(['disabled', '1 disabled']);
  });

  test('waits when it is a new deployment of a registration that is there already', async () => {
    const { id } = await save(details('second.example'));
    await save(details('second.example', { deploymentId: '2' }), true);
    expect(await statesOf(id)).toEqual(['active', '1 active', '2 pending']);
  });
});

test('what an administrator types in counts at once', async () => {
  const { id } = await save(details('typed.example'), true);
  await setRegistrationState(database.db, id, 'active');
  await save(details('typed.example', { deploymentId: '2', jwksUrl: 'https://typed.example/other' }));
  expect(await statesOf(id)).toEqual(['active', '1 active', '2 active']);
});

test('a key that the secret no longer opens is replaced, and published no longer', async () => {
  const { id } = await save(details('secret.example'));
  const later = new Date(now.getTime() + 1000);
  await savePlatform(database.db, details('secret.example'), { sealingKey: new Uint8Array(32).fill(9), now: later });
  const keys = await database.db.select().from(toolKeys).where(eq(toolKeys.registrationId, id));
  expect(keys.map(({ publishedUntil }) => publishedUntil).sort()).toEqual([later, null]);
});

describe('a deployment that only a launch has named', () => {
  const remember = (id: number, deploymentId: string) =>
    database.db.transaction((tx) => rememberDeployment(tx, id, deploymentId, now));

  test('waits for an administrator, and keeps what it was told (lti.md 2, 122)', async () => {
    const { id } = await save(details('launched.example', { deploymentId: null }));
    const remembered = await remember(id, 'Yangi');
    expect(remembered).toMatchObject({ deploymentId: 'Yangi', state: 'pending', anonymousLaunches: 'refuse' });
    await setDeploymentState(database.db, remembered?.id ?? 0, 'disabled');
    expect(await remember(id, 'Yangi')).toMatchObject({ id: remembered?.id, state: 'disabled' });
    expect((await remember(id, 'yangi'))?.id).not.toBe(remembered?.id);
  });

  test('is not kept any more when fifty wait', async () => {
    const { id } = await save(details('many.example', { deploymentId: null }));
    for (let number = 1; number <= 50; number += 1) await remember(id, `${number}`);
    expect(await remember(id, '51')).toBeNull();
    const [first] = (await getRegistration(database.db, id))?.deployments ?? [];
    await setDeploymentState(database.db, first?.id ?? 0, 'active');
    expect(await remember(id, '51')).toMatchObject({ state: 'pending' });
  });
});

test('each deployment is listed with the newest launch of anybody in it', async () => {
  const { id } = await save(details('busy.example'));
  await save(details('busy.example', { deploymentId: '2' }));
  const [first] = (await getRegistration(database.db, id))?.deployments ?? [];
  const person = { deploymentId: first?.id ?? 0, language: 'en' };
  await database.db.insert(people).values([
    { ...person, subject: 'a', lastLaunchAt: new Date('2026-11-20T08:00:00Z') },
    { ...person, subject: 'b', lastLaunchAt: new Date('2026-11-21T09:00:00Z') },
    { ...person, subject: 'c', lastLaunchAt: null },
  ]);
  const found = (await listRegistrations(database.db)).filter((one) => one.id === id);
  expect(found.map(({ deployments }) => deployments.map(({ lastLaunchAt }) => lastLaunchAt))).toEqual([
    [new Date('2026-11-21T09:00:00Z'), null],
  ]);
});

test('anonymous launches are refused until an administrator lets them in', async () => {
  const { id } = await save(details('guests.example'));
  const [deployment] = (await getRegistration(database.db, id))?.deployments ?? [];
  expect(deployment?.anonymousLaunches).toBe('refuse');
  expect(await setAnonymousLaunches(database.db, deployment?.id ?? 0, 'guest')).toBe(true);
  expect((await getRegistration(database.db, id))?.deployments[0]?.anonymousLaunches).toBe('guest');
});

test('what is not there is not found', async () => {
  expect(await getRegistration(database.db, 0)).toBeNull();
  expect(await setRegistrationState(database.db, 0, 'active')).toBe(false);
  expect(await setDeploymentState(database.db, 0, 'active')).toBe(false);
  expect(await setAnonymousLaunches(database.db, 0, 'guest')).toBe(false);
});
