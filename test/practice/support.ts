// A practice LMS and a tiny tool on loopback, each half of LTI written with jsonwebtoken alone; and a clock to turn.
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { createPracticeLms, type PracticeLms } from '../../src/practice/practice-lms.ts';
import { createRobot, type Robot, type RobotPage } from '../../src/practice/robot.ts';
import { sampleState } from '../../src/practice/sample-courses.ts';
import type { State } from '../../src/practice/state.ts';
import { memoryStore, type Store } from '../../src/practice/store.ts';
import { createTool, type Tool, toolApp, toolKey } from './tool-app.ts';

export { toolKey };

const initialState = sampleState();
const cleanState = sampleState({ hasTool: false });

export interface Practice {
  url: string;
  lms: PracticeLms;
  /** Turn it by assigning. */
  clock: { now: Date };
  tool: Tool;
  /** How long the "slow" fault asked to wait. */
  waits: number[];
  close(): Promise<void>;
}

/** Both, listening. `authorization` changes what the tool asks the authorization endpoint. */
export async function startPractice(
  options: {
    store?: Store;
    authorization?: Record<string, string>;
    quirks?: 'moodle' | 'spec';
    /** No tool is registered at first, and the sample courses are empty. */
    isClean?: boolean;
  } = {},
): Promise<Practice> {
  const servers = [createServer(), createServer()] as const;
  const [url, toolUrl] = await Promise.all([listen(servers[0]), listen(servers[1])]);
  const clock = { now: new Date('2026-11-21T09:00:00.500Z') };
  const waits: number[] = [];
  const { app, lms } = createPracticeLms({
    url,
    tool: options.isClean
      ? null
      : { loginUrl: `${toolUrl}/login`, launchUrl: `${toolUrl}/launch`, jwksUrl: `${toolUrl}/jwks` },
    ...(options.quirks && { quirks: options.quirks }),
    store: options.store ?? newStore(options.isClean ? cleanState : initialState),
    now: () => clock.now,
    fetch,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const tool = createTool(toolUrl, clock);
  servers[0].on('request', app as RequestListener);
  servers[1].on('request', toolApp(tool, lms, options.authorization ?? {}) as RequestListener);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => stop(server)));
  };
  return { url, lms, clock, tool, waits, close };
}

/** The sample courses, with keys made once for the whole file, because making them is slow. */
function newStore(state: State): Store {
  const store = memoryStore();
  store.save(structuredClone(state));
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

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
