// A sign-in at the practice Google with Google's own client: tokens, who it is, and a grant that is taken back.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyScope, ours, refusalOf, startPeer, statusOf, theirs, type Peer } from './support.ts';

let peer: Peer;

beforeAll(async () => {
  peer = await startPeer();
});
afterAll(() => peer.stop());

test('says who it is, to the client that asked, by a key that is published', async () => {
  const { oauth } = await peer.signIn(peer.dilnoza);
  const idToken = oauth.credentials.id_token ?? '';
  const ticket = await oauth.verifyIdToken({ idToken, audience: ours });
  expect(ticket.getPayload()).toMatchObject({ sub: peer.dilnoza.id, email: peer.dilnoza.email });
  expect((await oauth.getFederatedSignonCertsAsync()).certs).toEqual({
    [keyId()]: expect.stringContaining('PUBLIC KEY'),
  });
  expect(await refusalOf(oauth.verifyIdToken({ idToken, audience: theirs }))).toEqual([
    undefined,
    expect.stringContaining('audience'),
  ]);
});

test('gives a token that says what it is good for, and that is renewed until it is given back', async () => {
  const { oauth, api } = await peer.signIn(peer.dilnoza);
  const { access_token: first = '', refresh_token: lasting } = oauth.credentials;
  expect(await oauth.getTokenInfo(first ?? '')).toMatchObject({ aud: ours, sub: peer.dilnoza.id, scopes: everyScope });
  peer.advance(60 * 60_000);
  expect(await statusOf(oauth.getTokenInfo(first ?? ''))).toBe(400);
  oauth.setCredentials({ refresh_token: lasting ?? '' });
  expect((await api.courses.list()).data.courses).toHaveLength(1);
  await oauth.revokeToken(lasting ?? '');
  oauth.setCredentials({ refresh_token: lasting ?? '' });
  expect(await refusalOf(api.courses.list())).toEqual([400, 'invalid_grant']);
});

test('a code is good once, with its own verifier', async () => {
  const { oauth } = await peer.signIn(peer.aziz);
  expect(await refusalOf(oauth.getToken({ code: 'another', codeVerifier: 'x' }))).toEqual([400, 'invalid_grant']);
});

function keyId(): string {
  return peer.classroom.state.keys[0]?.kid ?? '';
}
