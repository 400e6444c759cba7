// Login initiation and the state that binds it to one browser (lti.md 13-21, 25, 55).
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LoginBeginning } from '../../src/lti/login.ts';
import { beginLogin, parseLoginRequest } from '../../src/lti/login.ts';
import { openState } from '../../src/lti/login-state.ts';
import { seal } from '../../src/lti/sealed.ts';
import { now, recordedLogin } from './fake-platform.ts';

const stateKey = new Uint8Array(32).fill(7);
const browserSecret = 'secret-of-this-browser';

const beginning: LoginBeginning = {
  registration: {
    issuer: 'https://moodle.example',
    clientId: 'BBfhQjzyEZtqEuR',
    authorizationUrl: 'https://moodle.example/mod/lti/auth.php',
  },
  request: {
    issuer: 'https://moodle.example',
    loginHint: '3',
    messageHint: '{"cmid":2,"launchid":"ltilaunch1_531407225"}',
    targetLinkUri: 'https://tool.example/launch',
    clientId: 'BBfhQjzyEZtqEuR',
    deploymentId: '1',
    storageTarget: null,
  },
  redirectUri: 'https://tool.example/lti/launch',
  browserSecret,
  stateKey,
  now,
};

const begin = async (changed: Partial<LoginBeginning> = {}) =>
  new URL((await beginLogin({ ...beginning, ...changed })).address);
const stateOf = (url: URL): string => url.searchParams.get('state') ?? '';
const open = (state: unknown, changed: Partial<Parameters<typeof openState>[1]> = {}) =>
  openState(state, { stateKey, browserSecret, now, ...changed });

describe('a login request', () => {
  test('is read as Moodle 5.1 sends it', () => {
    expect(parseLoginRequest(recordedLogin('resource-link'))).toEqual({ ok: true, request: beginning.request });
    expect(parseLoginRequest(recordedLogin('deep-linking'))).toMatchObject({
      request: { messageHint: '{"launchid":"ltilaunch_ContentItemSelectionRequest926823184"}' },
    });
  });

  test('needs only issuer, login hint and target; what is empty counts as absent (lti.md 13)', () => {
    const params = {
      iss: 'https://lms.example',
      login_hint: 'x',
      target_link_uri: 'https://tool.example/',
      other: '1',
    };
    const request = {
      issuer: 'https://lms.example',
      loginHint: 'x',
      targetLinkUri: 'https://tool.example/',
      messageHint: null,
      clientId: null,
      deploymentId: null,
      storageTarget: null,
    };
    expect(parseLoginRequest(params)).toEqual({ ok: true, request });
    expect(parseLoginRequest({ ...params, client_id: '', lti_message_hint: '' })).toEqual({ ok: true, request });
    expect(parseLoginRequest({ ...params, lti_storage_target: '_parent' })).toEqual({
      ok: true,
      request: { ...request, storageTarget: '_parent' },
    });
  });

  test.each([
    ['nothing', undefined, ['iss', 'login_hint', 'target_link_uri']],
    ['text', 'iss=1', ['iss', 'login_hint', 'target_link_uri']],
    ['no issuer', { login_hint: '1', target_link_uri: 'u' }, ['iss']],
    ['an empty hint', { iss: 'i', login_hint: '', target_link_uri: 'u' }, ['login_hint']],
    ['no target, and a list', { iss: 'i', login_hint: '1', client_id: ['a'] }, ['target_link_uri']],
  ])('with %s is incomplete, and says what is missing', (_, params, fields) => {
    expect(parseLoginRequest(params)).toEqual({ ok: false, code: 'login-incomplete', fields });
  });

  const complete = { iss: 'i', login_hint: '1', target_link_uri: 'u' };

  test.each([
    ['an issuer given twice', { ...complete, iss: ['a', 'b'] }, ['iss']],
    ['a nested client', { ...complete, client_id: { a: '1' } }, ['client_id']],
    ['an issuer of 3 KB', { ...complete, iss: 'x'.repeat(3_000) }, ['iss']],
    ['a hint of 9 KB', { ...complete, lti_message_hint: 'x'.repeat(9_000) }, ['lti_message_hint']],
    ['a NUL in the issuer', { ...complete, iss: 'a\0' }, ['iss']],
    ['a client of 256 characters', { ...complete, client_id: 'x'.repeat(256) }, ['client_id']],
  ])('with %s is malformed', (_, params, fields) => {
    expect(parseLoginRequest(params)).toEqual({ ok: false, code: 'login-malformed', fields });
  });
});

describe('the authentication request', () => {
  test('has exactly the parameters of the specification (lti.md 16), and our own redirect address (17)', async () => {
    const url = await begin();
    const { state, nonce, ...fixed } = Object.fromEntries(url.searchParams);
    expect(url.origin + url.pathname).toBe('https://moodle.example/mod/lti/auth.php');
    expect(fixed).toEqual({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: 'BBfhQjzyEZtqEuR',
      redirect_uri: 'https://tool.example/lti/launch',
      login_hint: '3',
      lti_message_hint: '{"cmid":2,"launchid":"ltilaunch1_531407225"}',
    });
    expect(await open(state)).toMatchObject({ ok: true, login: { nonce } });
  });

  test('has no message hint when none was given', async () => {
    const url = await begin({ request: { ...beginning.request, messageHint: null } });
    expect(url.searchParams.has('lti_message_hint')).toBe(false);
  });

  test('keeps the query of the authorization address and drops its fragment', async () => {
    const authorizationUrl = 'https://lms.example/auth?tenant=a%20b&x#part';
    const url = await begin({ registration: { ...beginning.registration, authorizationUrl } });
    expect(url.href).toMatch(/^https:\/\/lms\.example\/auth\?tenant=a%20b&x&scope=openid&/);
    expect(url.hash).toBe('');
  });

  test('gives hints back byte for byte, whatever they hold (lti.md 15)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (hint) => {
        const url = await begin({ request: { ...beginning.request, loginHint: hint, messageHint: hint } });
        expect([url.searchParams.get('login_hint'), url.searchParams.get('lti_message_hint')]).toEqual([hint, hint]);
      }),
    );
  });

  test('never shows the browser secret to the platform (lti.md 20)', async () => {
    expect((await begin()).href).not.toContain(browserSecret);
  });

  test('draws at least 128 bits for the id and for the nonce, anew each time (lti.md 18, 19)', async () => {
    const sizes: number[] = [];
    const randomBytes = (size: number): Uint8Array => {
      sizes.push(size);
      return new Uint8Array(size).fill(sizes.length);
    };
    await begin({ randomBytes });
    expect(sizes.length).toBe(2);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
    const [one, other] = [await open(stateOf(await begin())), await open(stateOf(await begin()))];
    if (!one.ok || !other.ok) throw new Error('a good state did not open');
    expect(one.login.id).not.toBe(other.login.id);
    expect(one.login.nonce).not.toBe(other.login.nonce);
  });
});

describe('the state', () => {
  test('brings back the login it was made for', async () => {
    expect(await open(stateOf(await begin()))).toMatchObject({
      ok: true,
      login: {
        issuer: 'https://moodle.example',
        clientId: 'BBfhQjzyEZtqEuR',
        deploymentId: '1',
        targetLinkUri: 'https://tool.example/launch',
        expiresAt: new Date('2026-11-21T09:10:00Z'),
      },
    });
  });

  test('is good for ten minutes', async () => {
    const state = stateOf(await begin());
    expect(await open(state, { now: new Date('2026-11-21T09:09:59Z') })).toMatchObject({ ok: true });
    const expired = { ok: false, code: 'state-expired' };
    expect(await open(state, { now: new Date('2026-11-21T09:10:00Z') })).toEqual(expired);
  });

  test('is missing when a launch comes that nobody asked for (lti.md 55)', async () => {
    for (const state of [undefined, '', ['a'], 7]) {
      expect(await open(state)).toEqual({ ok: false, code: 'state-missing' });
    }
  });

  test('of another installation, another purpose, or nonsense is invalid', async () => {
    const state = stateOf(await begin());
    const invalid = { ok: false, code: 'state-invalid' };
    expect(await open(state, { stateKey: new Uint8Array(32).fill(8) })).toEqual(invalid);
    expect(await open(await seal('mustaqil-tool-key', '{}', stateKey))).toEqual(invalid);
    expect(await open(await seal('mustaqil-login-state', '{}', stateKey))).toEqual(invalid);
    expect(await open('x'.repeat(1_000_000))).toEqual(invalid);
    expect(await open('a.b.c.d.e')).toEqual(invalid);
  });

  test('Mallory cannot launch with a state from another browser (lti.md 18, 20; 1.12, own 2)', async () => {
    const state = stateOf(await begin({ browserSecret: 'secret of Mallory' }));
    expect(await open(state)).toEqual({ ok: false, code: 'other-browser' });
  });

  test('does not open in a browser that shows no secret', async () => {
    const state = stateOf(await begin());
    expect(await open(state, { browserSecret: undefined })).toEqual({ ok: false, code: 'browser-unknown' });
    expect(await open(state, { browserSecret: '' })).toEqual({ ok: false, code: 'browser-unknown' });
  });

  test('tells the platform nothing it did not know: it is encrypted', async () => {
    const parts = stateOf(await begin()).split('.');
    const readable = parts.map((part) => Buffer.from(part, 'base64url').toString('latin1')).join(' ');
    expect(readable).not.toContain('moodle.example');
    expect(parts).toHaveLength(5);
  });

  // White space is no change: whoever decodes it leaves it out.
  test('with any one character changed does not open', async () => {
    const state = stateOf(await begin());
    await fc.assert(
      fc.asyncProperty(fc.nat(state.length - 1), fc.stringMatching(/^[\w-]{2}$/), async (at, text) => {
        expect(await open(state.slice(0, at) + text + state.slice(at + 1))).toMatchObject({ ok: false });
      }),
    );
  });
});
