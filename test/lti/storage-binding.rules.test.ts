// A login bound to its browser by the storage that the platform's page offers, for a browser that keeps no cookie of ours.
import { describe, expect, test } from '@jest/globals';
import type { LoginBeginning } from '../../src/lti/login.ts';
import { beginLogin } from '../../src/lti/login.ts';
import { openState, readStorage } from '../../src/lti/login-state.ts';
import { seal } from '../../src/lti/sealed.ts';
import { now } from './fake-platform.ts';

const stateKey = new Uint8Array(32).fill(7);
const browserSecret = 'secret-of-this-login';
const platformOrigin = 'https://sso.canvas.example:8443';

const beginning: LoginBeginning = {
  registration: {
    issuer: 'https://canvas.example',
    clientId: '10000000000001',
    authorizationUrl: `${platformOrigin}/api/lti/authorize_redirect?x=1`,
  },
  request: {
    issuer: 'https://canvas.example',
    loginHint: '3',
    messageHint: null,
    targetLinkUri: 'https://tool.example/launch',
    clientId: null,
    deploymentId: null,
    storageTarget: 'post_message_forwarding',
  },
  redirectUri: 'https://tool.example/lti/launch',
  browserSecret,
  throughStorage: true,
  stateKey,
  now,
};

async function begin(changed: Partial<LoginBeginning> = {}) {
  const { address, storage } = await beginLogin({ ...beginning, ...changed });
  return { address, storage, state: new URL(address).searchParams.get('state') ?? '' };
}

const read = (state: unknown, changed: Partial<Parameters<typeof readStorage>[1]> = {}) =>
  readStorage(state, { stateKey, now, ...changed });

describe('a login through the storage of the platform', () => {
  test('says what to put where: under a key of its own, at the origin that signs people in (lti.md 56, 57, 60)', async () => {
    const { storage, state } = await begin();
    const opened = await openState(state, { stateKey, browserSecret, now });
    if (!opened.ok) throw new Error(opened.code);
    expect(storage).toEqual({
      target: 'post_message_forwarding',
      origin: platformOrigin,
      key: `lti_state_${opened.login.id}`,
      value: browserSecret,
    });
    expect((await begin()).storage?.key).not.toBe(storage?.key);
  });

  test('shows the secret in no address that goes to the platform (lti.md 20)', async () => {
    expect((await begin()).address).not.toContain(browserSecret);
  });

  test.each([
    ['the browser keeps cookies', { throughStorage: false }],
    ['nobody asked for it', {}],
    [
      'the platform offers none, wished for or not',
      { throughStorage: true, request: { ...beginning.request, storageTarget: null } },
    ],
  ])('is not one when %s (lti.md 56, 61)', async (_, changed) => {
    const { throughStorage, ...plain } = beginning;
    expect(throughStorage).toBe(true);
    const { address, storage } = await beginLogin({ ...plain, ...changed });
    expect(storage).toBeNull();
    expect(await read(new URL(address).searchParams.get('state'))).toBeNull();
  });
});

describe('when the launch comes back', () => {
  test('the state says where to look, and not what will be found there (lti.md 60)', async () => {
    const { storage, state } = await begin();
    const place = await read(state);
    expect(place).toEqual({ target: storage?.target, origin: storage?.origin, key: storage?.key });
  });

  test('it opens with the secret that was kept there, and with no other (lti.md 20, 60)', async () => {
    const { state } = await begin();
    expect(await openState(state, { stateKey, browserSecret, now })).toMatchObject({ ok: true });
    const others = { stateKey, now, browserSecret: 'the secret in the cookie' };
    expect(await openState(state, others)).toEqual({ ok: false, code: 'other-browser' });
    const nothing = { stateKey, now, browserSecret: undefined };
    expect(await openState(state, nothing)).toEqual({ ok: false, code: 'browser-unknown' });
  });

  test('a state that is late, foreign, altered or none says nothing (lti.md 18)', async () => {
    const { state } = await begin();
    expect(await read(state, { now: new Date('2026-11-21T09:09:59Z') })).not.toBeNull();
    expect(await read(state, { now: new Date('2026-11-21T09:10:00Z') })).toBeNull();
    expect(await read(state, { stateKey: new Uint8Array(32).fill(8) })).toBeNull();
    expect(await read(`${state}x`)).toBeNull();
    for (const none of [undefined, null, '', 7, [state], 'x'.repeat(1_000_000)]) expect(await read(none)).toBeNull();
    expect(await read(await seal('mustaqil-login-state', '{}', stateKey))).toBeNull();
  });
});
