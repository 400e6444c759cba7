// An invite connects one LMS: once, for a while, and only whoever has all of its link.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OpenDatabase } from '../../src/database/database.ts';
import { inviteAddress } from '../../src/platforms/invites.ts';
import {
  claimInvite,
  createInvite,
  findInvite,
  listInvites,
  releaseInvite,
  revokeInvite,
} from '../../src/platforms/invites.store.ts';
import { openTestDatabase } from '../support/database.ts';
import { allRows } from '../support/tables.ts';

const hourMs = 60 * 60 * 1000;
const now = new Date('2026-11-21T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const invite = (changed: { lifetimeMs?: number; needsApproval?: boolean } = {}) =>
  createInvite(database.db, { name: 'KSU Moodle', needsApproval: true, lifetimeMs: 72 * hourMs, now, ...changed });

test('its link has a secret of 256 bits, of which only a digest is kept (lti.md 117)', async () => {
  const { secret } = await invite();
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect((await invite()).secret).not.toBe(secret);
  expect(inviteAddress('https://tool.example', secret)).toBe(`https://tool.example/lti/register?invite=${secret}`);
  const kept = JSON.stringify([await allRows(database.db), await listInvites(database.db)]);
  expect(kept).toContain('KSU Moodle');
  expect(kept).not.toContain(secret);
});

test('nobody gets in with a changed character, a part of it, or a guess', async () => {
  const { secret } = await invite();
  await fc.assert(
    fc.asyncProperty(fc.nat(secret.length - 1), fc.constantFrom('A', 'b', '-', ' ', ''), async (place, character) => {
      const changed = secret.slice(0, place) + character + secret.slice(place + 1);
      const isSame = changed === secret;
      expect((await findInvite(database.db, changed, now)).ok).toBe(isSame);
    }),
    { numRuns: 25 },
  );
  for (const guess of ['', '%', '1', secret.toLowerCase(), `${secret} `]) {
    expect(await findInvite(database.db, guess, now)).toEqual({ ok: false, code: 'invite-unknown' });
  }
});

test('it is good until it expires, and not a moment longer', async () => {
  const { id, secret } = await invite({ lifetimeMs: hourMs });
  expect(await findInvite(database.db, secret, later(hourMs - 1))).toMatchObject({
    ok: true,
    invite: { id, name: 'KSU Moodle', needsApproval: true, usedAt: null },
  });
  expect(await findInvite(database.db, secret, later(hourMs))).toEqual({ ok: false, code: 'invite-expired' });
  expect(await claimInvite(database.db, id, later(hourMs))).toBe(false);
});

describe('it is used once', () => {
  test('of many who come at the same moment, one gets it', async () => {
    const { id, secret } = await invite();
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimInvite(database.db, id, now)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await findInvite(database.db, secret, now)).toEqual({ ok: false, code: 'invite-used' });
  });

  test('what came to nothing gives it back', async () => {
    const { id, secret } = await invite();
    await claimInvite(database.db, id, now);
    await releaseInvite(database.db, id);
    expect((await findInvite(database.db, secret, now)).ok).toBe(true);
  });

  test('one that was taken back opens nothing; one that was used stays in the list', async () => {
    const open = await invite();
    const used = await invite();
    await claimInvite(database.db, used.id, now);
    expect([await revokeInvite(database.db, open.id), await revokeInvite(database.db, used.id)]).toEqual([true, false]);
    expect(await findInvite(database.db, open.secret, now)).toEqual({ ok: false, code: 'invite-unknown' });
    expect((await listInvites(database.db)).map(({ id }) => id)).toContain(used.id);
  });
});
