// A practice Google Classroom on loopback, which keeps a list of what it was asked, and people who come with Google's own client.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { auth, classroom, type classroom_v1 } from '@googleapis/classroom';
import { methods } from '../../../src/practice/classroom/methods.ts';
import { createPracticeClassroom, type PracticeClassroom } from '../../../src/practice/classroom/practice-classroom.ts';
import type { Account, PracticeCourse } from '../../../src/practice/classroom/state.ts';

const root = 'https://www.googleapis.com/auth';
const identity = ['openid', `${root}/userinfo.email`, `${root}/userinfo.profile`];
/** Whatever any method needs. */
export const everyScope = [
  ...identity,
  ...new Set(Object.values(methods).flatMap(({ scopes }) => scopes.map((scope) => `${root}/classroom.${scope}`))),
];

export interface Visitor {
  oauth: InstanceType<typeof auth.OAuth2>;
  api: classroom_v1.Classroom;
}

export interface Peer {
  url: string;
  classroom: PracticeClassroom;
  /** Such as `GET /v1/courses`. */
  asked: string[];
  /** Moves its clock alone. */
  advance(ms: number): void;
  dilnoza: Account;
  aziz: Account;
  physics: PracticeCourse;
  /** Somebody who agreed to these scopes for a client; unless told, to all, for ours. */
  signIn(account: Account, options?: { scopes?: string[]; clientId?: string }): Promise<Visitor>;
  stop(): Promise<void>;
}

export const [ours, theirs] = ['ours.apps.practice', 'theirs.apps.practice'];
const redirectUri = 'http://tool.test/callback';
export const uriPrefix = 'http://tool.test/classroom/';

export async function startPeer(): Promise<Peer> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let aheadMs = 0;
  // Google's client compares tokens with the clock of this machine.
  const { app, classroom: practice } = createPracticeClassroom({ url, now: () => new Date(Date.now() + aheadMs) });
  const asked: string[] = [];
  const listener = app as RequestListener;
  server.on('request', (req, res) => {
    asked.push(`${req.method} ${new URL(req.url ?? '', url).pathname}`);
    listener(req, res);
  });
  const dilnoza = practice.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
  const aziz = practice.addAccount({ givenName: 'Aziz', familyName: 'Oʻrinov' });
  const physics = practice.addCourse({ name: 'Fizika', teacherIds: [dilnoza.id], studentIds: [aziz.id] });
  for (const clientId of [ours, theirs]) {
    const known = { redirectUris: [redirectUri], scopes: everyScope, uriPrefixes: [uriPrefix] };
    practice.state.clients.push({ clientId, clientSecret: `secret of ${clientId}`, ...known });
  }

  async function signIn(account: Account, { scopes = everyScope, clientId = ours } = {}): Promise<Visitor> {
    const oauth = oauthClient(url, clientId);
    const codeVerifier = randomBytes(48).toString('base64url');
    const question = new URL(
      oauth.generateAuthUrl({
        ...{ access_type: 'offline', scope: scopes, state: 'a state', prompt: 'consent' },
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        // An enum of a package below the client's.
        code_challenge_method: 'S256' as never,
      }),
    );
    const form = new URLSearchParams({
      question: question.searchParams.toString(),
      account: account.id,
      answer: 'allow',
    });
    for (const scope of scopes) form.append('scope', scope);
    const answered = await fetch(question.origin + question.pathname, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const code = new URL(answered.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { tokens } = await oauth.getToken({ code, codeVerifier });
    oauth.setCredentials(tokens);
    return { oauth, api: classroom({ version: 'v1', auth: oauth, rootUrl: `${url}/`, retry: false }) };
  }

  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const advance = (ms: number) => void (aheadMs += ms);
  return { url, classroom: practice, asked, advance, dilnoza, aziz, physics, signIn, stop };
}

/** Google's client, told that Google is elsewhere. */
function oauthClient(url: string, clientId: string) {
  return new auth.OAuth2({
    ...{ clientId, clientSecret: `secret of ${clientId}`, redirectUri, issuers: [url] },
    endpoints: {
      oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${url}/token`,
      oauth2RevokeUrl: `${url}/revoke`,
      tokenInfoUrl: `${url}/tokeninfo`,
      oauth2FederatedSignonPemCertsUrl: `${url}/oauth2/v1/certs`,
      oauth2FederatedSignonJwkCertsUrl: `${url}/oauth2/v3/certs`,
    },
  });
}

/** How the client tells that a call was refused. */
export async function refusalOf(call: Promise<unknown>): Promise<[status: number | undefined, said: string]> {
  try {
    await call;
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    return [status, message];
  }
  return [undefined, 'not refused'];
}

export async function statusOf(call: Promise<unknown>): Promise<number | undefined> {
  const [status] = await refusalOf(call);
  return status;
}
