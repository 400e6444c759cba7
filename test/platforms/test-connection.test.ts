// "Test connection" says what works and what does not, against an LMS that breaks one thing after the other.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { deployments, registrationSigns } from '../../src/database/tables/platforms.ts';
import { createPlatformServices, type PlatformServices } from '../../src/platforms/services.ts';
import { listRegistrations } from '../../src/platforms/platform.store.ts';
import { testConnection } from '../../src/platforms/test-connection.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
let registrationId: number;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  registrationId = (await listRegistrations(mustaqil.db))[0]?.id ?? 0;
});
afterEach(() => {
  Object.assign(mustaqil.lms.faults, { down: 'off', status: null, jwksDown: false });
});
afterAll(() => mustaqil.stop());

type Network = (url: string) => Response | null;

/** @param network answers in the LMS's place where it answers at all */
function servicesOn(network: Network = () => null, now = mustaqil.clock.now): PlatformServices {
  return createPlatformServices({
    db: mustaqil.db,
    now,
    sealingKey: testKeys.toolKeys,
    randomId: randomUUID,
    fetch: (input, init) =>
      Promise.resolve(network(input instanceof Request ? input.url : input.toString()) ?? fetch(input, init)),
  });
}

const check = (network?: Network, now?: () => Date) =>
  testConnection({ db: mustaqil.db, services: servicesOn(network, now) }, registrationId);

const well = { ok: true, code: null, detail: null };
const jwksUrl = () => mustaqil.lms.registration.jwksUrl;
const tokenUrl = () => mustaqil.lms.registration.tokenUrl;
const html = (status: number) =>
  new Response('<h1>Not here</h1>', { status, headers: { 'content-type': 'text/html' } });

test('a connection that works: keys, a token, the clock', async () => {
  expect(await check()).toEqual([
    { check: 'key-set', ...well },
    { check: 'token', ...well },
    { check: 'clock', ...well },
  ]);
});

test('a token is really asked for each time, whatever is kept', async () => {
  const before = mustaqil.lms.received.filter(({ endpoint }) => endpoint === 'token').length;
  const tools = { db: mustaqil.db, services: servicesOn() };
  await testConnection(tools, registrationId);
  await testConnection(tools, registrationId);
  expect(mustaqil.lms.received.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(before + 2);
});

test('it writes nothing but the signs of life', async () => {
  const tables = async () => {
    const rows = await allRows(mustaqil.db);
    return Object.fromEntries(Object.entries(rows).filter(([name]) => name !== 'registration_signs'));
  };
  const before = await tables();
  await check((url) => (url === tokenUrl() ? html(500) : null));
  expect(await tables()).toEqual(before);
  const signs = await mustaqil.db
    .select()
    .from(registrationSigns)
    .where(eq(registrationSigns.registrationId, registrationId));
  expect(signs.map(({ kind }) => kind).sort()).toEqual(['service-failure', 'token']);
});

describe('it says', () => {
  test('that the keys of the LMS are not to be had, and goes on', async () => {
    mustaqil.lms.faults.jwksDown = true;
    const [keySet, token] = await check();
    expect(keySet).toMatchObject({ ok: false, code: 'keys-unreachable' });
    expect(token).toMatchObject({ ok: true });
  });

  test.each([
    ['none', '{"keys":[]}'],
    ['one that is too short', '{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"}]}'],
    ['no key set at all', '<html>'],
  ])('that there is no usable key: %s', async (_, body) => {
    const [keySet] = await check((url) => (url === jwksUrl() ? new Response(body) : null));
    expect(keySet).toMatchObject({ ok: false, code: 'no-usable-key' });
  });

  test('that the LMS cannot read our keys, which it shows by a page that is not there', async () => {
    const [, token] = await check((url) => (url === tokenUrl() ? html(404) : null));
    expect(token).toMatchObject({ check: 'token', ok: false, code: 'tool-keys-unreachable' });
  });

  test('that scores are not granted, but the list of participants is', async () => {
    let isFirst = true;
    const [, token] = await check((url) => {
      if (url !== tokenUrl() || !isFirst) return null;
      isFirst = false;
      return new Response('{"error":"invalid_scope"}', { status: 400 });
    });
    expect(token).toMatchObject({ check: 'token', ok: true, code: 'scope-not-granted' });
  });

  test.each([
    [31, 'clock-off', '-31'],
    [-3600, 'clock-off', '3600'],
    [29, null, null],
  ])('by how much the clocks differ: ours is %d s ahead', async (ahead, code, detail) => {
    // Later than now by more than the clock is slow, or our keys would not exist yet; in whole seconds, as the header is.
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_601_000);
    const headers = { date: at.toUTCString() };
    const [, , clock] = await check(
      (url) => (url === jwksUrl() ? new Response('{"keys":[]}', { headers }) : html(500)),
      () => new Date(at.getTime() + ahead * 1000),
    );
    expect(clock).toEqual({ check: 'clock', ok: code === null, code, detail });
  });

  test('that it does not know the clock of an LMS that says no time', async () => {
    const [, , clock] = await check((url) => (url === jwksUrl() ? new Response('{"keys":[]}') : null));
    expect(clock).toEqual({ check: 'clock', ok: false, code: 'clock-unknown', detail: null });
  });

  test('that no deployment is known yet', async () => {
    const { db } = mustaqil;
    const [row] = await db.select().from(deployments);
    if (!row) throw new Error('no deployment');
    await db.delete(deployments).where(eq(deployments.id, row.id));
    const [, token] = await check();
    expect(token).toEqual({ check: 'token', ok: false, code: 'no-deployment', detail: null });
  });
});
