// What we sign for one LMS is good for no other: one that registered by itself is told of its own keys only. Moodle takes whatever the
// key set at our address verifies (lti.md §2.6), so one common set would let an LMS pass our assertions on to the next.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createInvite } from '../../src/platforms/invites.store.ts';
import { listRegistrations } from '../../src/platforms/platform.store.ts';
import { listKeys, rotateKey } from '../../src/platforms/tool-keys.store.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startAnotherLms, type AnotherLms } from '../support/another-lms.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';

const keySet = z.object({ keys: z.array(z.object({ kid: z.string() })) });

let mustaqil: TestMustaqil;
let universities: AnotherLms[];
beforeAll(async () => {
  mustaqil = await startMustaqil();
  universities = [];
  for (const name of ['Osh', 'Naryn']) {
    const university = await startAnotherLms(mustaqil, { tool: null });
    universities.push(university);
    await register(university, name);
  }
});
afterAll(async () => {
  for (const university of universities) await university.stop();
  await mustaqil.stop();
});

async function register(university: AnotherLms, name: string) {
  const { db, clock, url } = mustaqil;
  const invite = { name, needsApproval: false, lifetimeMs: 60_000, now: clock.now() };
  const { secret } = await createInvite(db, invite);
  const admin = await university.browserOf(sample.admin);
  await admin.open(university.lms.toolRegistrationUrl);
  await admin.submit('#add-tool', { url: `${url}/lti/register?invite=${secret}` });
  await admin.enter();
  await admin.submit('form[action="/lti/register"]');
}

const jwksUrls = () => universities.map(({ lms }) => lms.tools[0]?.jwksUrl ?? '');
const kidsAt = async (url: string) => keySet.parse(await (await fetch(url)).json()).keys.map(({ kid }) => kid);

async function kidsOf(name: string) {
  const registration = (await listRegistrations(mustaqil.db)).find((one) => one.name === name);
  return (await listKeys(mustaqil.db, registration?.id ?? 0, mustaqil.clock.now())).map(({ kid }) => kid);
}

test('each university is told of its own keys, and of no other’s (lti.md 8)', async () => {
  const [osh, naryn] = jwksUrls();
  expect(osh).not.toBe(naryn);
  expect(await kidsAt(osh ?? '')).toEqual(await kidsOf('Osh'));
  expect(await kidsAt(naryn ?? '')).toEqual(await kidsOf('Naryn'));
});

test('the common set holds the keys of LMSs that an administrator entered, and nobody else’s', async () => {
  expect(await kidsAt(`${mustaqil.url}/lti/jwks`)).toEqual(await kidsOf('Practice LMS'));
});

test('a rotated key appears in its own set alone', async () => {
  const { db, clock } = mustaqil;
  const osh = (await listRegistrations(db)).find(({ name }) => name === 'Osh');
  await rotateKey(db, osh?.id ?? 0, { sealingKey: testKeys.toolKeys, now: clock.now(), isLeaked: false });
  const [oshUrl, narynUrl] = jwksUrls();
  expect(await kidsAt(oshUrl ?? '')).toHaveLength(2);
  expect(await kidsAt(narynUrl ?? '')).toHaveLength(1);
  expect(await kidsAt(`${mustaqil.url}/lti/jwks`)).toHaveLength(1);
});

test('a set that there is not yet is empty, and is not to be remembered so', async () => {
  const { html, headers } = await ask(`${mustaqil.url}/lti/jwks/guessed`);
  expect([JSON.parse(html), headers.get('cache-control')]).toEqual([{ keys: [] }, 'no-store']);
});
