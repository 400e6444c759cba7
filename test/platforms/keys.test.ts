// A rotation as an LMS meets it: the key set it reads, and the key that it is signed to with.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenDatabase } from '../../src/database/database.ts';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { getSigningKey, listKeys, listPublicKeys, rotateKey } from '../../src/platforms/tool-keys.store.ts';
import { openTestDatabase } from '../support/database.ts';
import { testKeys } from '../support/mustaqil.ts';
import { allRows } from '../support/tables.ts';

const hourMs = 60 * 60 * 1000;
const start = new Date('2026-11-21T10:00:00Z');
const after = (hours: number) => new Date(start.getTime() + hours * hourMs);
const sealingKey = testKeys.toolKeys;

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function register(host: string, keySet: string | null = null) {
  const url = `https://${host}`;
  const addresses = { issuer: url, authorizationUrl: url, tokenUrl: url, tokenAudience: url, jwksUrl: url };
  const details = { ...addresses, name: host, clientId: 'c', deploymentId: '1', keySet };
  return (await savePlatform(database.db, details, { sealingKey, now: start })).id;
}

const rotate = (id: number, now: Date, isLeaked = false) => rotateKey(database.db, id, { sealingKey, now, isLeaked });
const signing = async (id: number, now: Date) =>
  (await getSigningKey(database.db, id, { sealingKey, now: () => now })).kid;
const published = async (now: Date, keySet: string | null = null) =>
  (await listPublicKeys(database.db, keySet, now)).map(({ kid }) => kid);

describe('a rotation (lti.md 7)', () => {
  test('publishes the new key at once, signs with it in an hour, and drops the old one a day after that', async () => {
    const id = await register('rotated.example');
    const old = await signing(id, start);
    const outcome = await rotate(id, after(1));
    if (!outcome.ok) throw new Error(outcome.code);
    expect(outcome.signsFrom).toEqual(after(2));

    expect(await published(after(1))).toEqual(expect.arrayContaining([old, outcome.kid]));
    expect([await signing(id, after(1.9)), await signing(id, after(2))]).toEqual([old, outcome.kid]);
    expect(await published(after(25.9))).toContain(old);
    expect(await published(after(26))).not.toContain(old);
    expect((await listKeys(database.db, id, after(3))).map(({ kid, isSigning }) => ({ kid, isSigning }))).toEqual([
      { kid: old, isSigning: false },
      { kid: outcome.kid, isSigning: true },
    ]);
  });

  test('happens once when two ask for it at the same moment', async () => {
    const id = await register('twice.example');
    const outcomes = await Promise.all([rotate(id, start), rotate(id, start)]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'rotated' : outcome.code)).sort()).toEqual([
      'rotated',
      'rotation-under-way',
    ]);
  });

  test('of a leaked key puts an end to all that were, and leaves those of other LMSs alone', async () => {
    const [id, other] = [await register('leaked.example'), await register('other.example')];
    const [old, others] = [await signing(id, start), await signing(other, start)];
    const waiting = await rotate(id, start);
    const outcome = await rotate(id, start, true);
    if (!outcome.ok || !waiting.ok) throw new Error('refused');
    expect(await signing(id, start)).toBe(outcome.kid);
    expect(await signing(id, after(5))).toBe(outcome.kid);
    const left = await published(start);
    expect([left.includes(old), left.includes(waiting.kid), left.includes(others)]).toEqual([false, false, true]);
  });
});

test('an LMS that registered itself reads its own keys and nobody else’s, through every rotation (lti.md 8)', async () => {
  const [mine, theirs] = [await register('mine.example', 'mine'), await register('theirs.example', 'theirs')];
  const rotated = await rotate(mine, start);
  if (!rotated.ok) throw new Error(rotated.code);
  const kids = [await signing(mine, start), rotated.kid];
  expect((await published(start, 'mine')).sort()).toEqual(kids.sort());
  expect(await published(start, 'theirs')).toEqual([await signing(theirs, start)]);
  expect(await published(start)).not.toEqual(expect.arrayContaining([kids[0]]));
  expect(await published(start, 'nobody')).toEqual([]);
});

test('no private key is readable where keys are kept or listed (lti.md 9)', async () => {
  const id = await register('sealed.example');
  const seen = JSON.stringify([await allRows(database.db), await listKeys(database.db, id, start)]);
  expect(seen).not.toMatch(/"(d|p|q|dp|dq|qi)\\?"/);
});
