// A practice LMS and a tiny tool on loopback, each half of LTI written with jsonwebtoken alone; and a clock to turn.
import { createPublicKey, generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import jwt from 'jsonwebtoken';
import { createPracticeLms, type PracticeLms } from '../../src/practice/practice-lms.ts';
import { createRobot, type Robot, type RobotPage } from '../../src/practice/robot.ts';
import { sampleState } from '../../src/practice/sample-courses.ts';
import { memoryStore, type Store } from '../../src/practice/store.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const toolKey = {
  kid: 'tool-key',
  privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid: 'tool-key', alg: 'RS256', use: 'sig' },
};

const initialState = sampleState();

export interface Practice {
  url: string;
  lms: PracticeLms;
  /** Turn it by assigning. */
  clock: { now: Date };
  /** What the tool got: login requests and launches, newest last. */
  tool: { url: string; logins: Record<string, string>[]; launches: Record<string, string>[]; isJwksDown: boolean };
  /** How long the "slow" fault asked to wait. */
  waits: number[];
  close(): Promise<void>;
}

/** Both, listening. `authorization` changes what the tool asks the authorization endpoint. */
export async function startPractice(
  options: { store?: Store; authorization?: Record<string, string> } = {},
): Promise<Practice> {
  const servers = [createServer(), createServer()] as const;
  const [url, toolUrl] = await Promise.all([listen(servers[0]), listen(servers[1])]);
  const clock = { now: new Date('2026-11-21T09:00:00.500Z') };
  const waits: number[] = [];
  const { app, lms } = createPracticeLms({
    url,
    tool: { loginUrl: `${toolUrl}/login`, launchUrl: `${toolUrl}/launch`, jwksUrl: `${toolUrl}/jwks` },
    store: options.store ?? newStore(),
    now: () => clock.now,
    fetch,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const tool: Practice['tool'] = { url: toolUrl, logins: [], launches: [], isJwksDown: false };
  servers[0].on('request', app as RequestListener);
  servers[1].on('request', toolApp(tool, lms, options.authorization ?? {}) as RequestListener);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => stop(server)));
  };
  return { url, lms, clock, tool, waits, close };
}

/** The sample courses, with keys made once for the whole file, because making them is slow. */
function newStore(): Store {
  const store = memoryStore();
  store.save(structuredClone(initialState));
  return store;
}

/** A robot signed in as a person. */
export async function robotOf(practice: Practice, personId: string, language = 'en'): Promise<Robot> {
  const robot = createRobot({ language });
  await robot.open(practice.url);
  await robot.submit(`form[data-person="${personId}"] button`);
  return robot;
}

/** Launches an activity as a person and returns the verified claims of the token. */
export async function launchAs(practice: Practice, personId: string, activityId: string): Promise<jwt.JwtPayload> {
  const robot = await robotOf(practice, personId);
  return claimsOf(await robot.launch(practice.lms.activityUrl(activityId)));
}

/** What the tool's page shows of the token it verified. */
export function claimsOf(page: RobotPage): jwt.JwtPayload {
  return JSON.parse(page.$('#claims').text()) as jwt.JwtPayload;
}

/** A client assertion as the tool would make it, `changes` over its claims. */
export function assertion(practice: Practice, changes: object = {}, header: object = {}): string {
  const seconds = Math.floor(practice.clock.now.getTime() / 1000);
  const clientId = practice.lms.registration.clientId;
  const claims = { iss: clientId, sub: clientId, aud: practice.lms.registration.tokenUrl, jti: randomUUID() };
  return jwt.sign({ ...claims, iat: seconds - 30, exp: seconds + 60, ...changes }, toolKey.privatePem, {
    algorithm: 'RS256',
    header: { alg: 'RS256', kid: toolKey.kid, ...header },
  });
}

/** Asks for a token; `fields` over the form. */
export function askToken(practice: Practice, fields: Record<string, string> = {}): Promise<Response> {
  return fetch(practice.lms.registration.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion(practice),
      scope: allScopes,
      ...fields,
    }),
  });
}

export const allScopes = [
  'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
  'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
].join(' ');

/** An access token for `scope`. */
export async function accessToken(practice: Practice, scope = allScopes): Promise<string> {
  const body = (await (await askToken(practice, { scope })).json()) as { access_token: string };
  return body.access_token;
}

function toolApp(tool: Practice['tool'], lms: PracticeLms, authorization: Record<string, string>) {
  return express()
    .use(express.urlencoded({ extended: false }))
    .post('/login', (req, res) => {
      const login = req.body as Record<string, string>;
      tool.logins.push(login);
      const query = new URLSearchParams({
        scope: 'openid',
        response_type: 'id_token',
        client_id: login['client_id'] ?? '',
        redirect_uri: `${tool.url}/launch`,
        login_hint: login['login_hint'] ?? '',
        lti_message_hint: login['lti_message_hint'] ?? '',
        state: 'the state',
        response_mode: 'form_post',
        nonce: 'the nonce',
        prompt: 'none',
        ...authorization,
      });
      res.redirect(302, `${lms.registration.authorizationUrl}?${query.toString()}`);
    })
    .post('/launch', async (req, res) => {
      const launch = req.body as Record<string, string>;
      tool.launches.push(launch);
      const { header } = jwt.decode(launch['id_token'] ?? '', { complete: true }) ?? {};
      const keySet = (await (await fetch(lms.registration.jwksUrl)).json()) as { keys: JsonWebKeyWithId[] };
      const key = keySet.keys.find(({ kid }) => kid === header?.kid);
      const claims = key && verified(launch['id_token'] ?? '', key);
      const text = JSON.stringify(claims ?? 'not verified')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;');
      res.send(`<!doctype html><title>Tool</title><pre id="claims">${text}</pre>`);
    })
    .get('/jwks', (_req, res) => {
      if (tool.isJwksDown) res.status(503).end();
      else res.json({ keys: [toolKey.jwk] });
    });
}

interface JsonWebKeyWithId extends JsonWebKey {
  kid: string;
}

function verified(token: string, key: JsonWebKeyWithId): jwt.JwtPayload | undefined {
  try {
    const claims = jwt.verify(token, createPublicKey({ key, format: 'jwk' }), {
      algorithms: ['RS256'],
      ignoreExpiration: true,
    });
    return typeof claims === 'object' ? claims : undefined;
  } catch {
    return undefined;
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
