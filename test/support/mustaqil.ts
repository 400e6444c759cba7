// The shipped application with a practice LMS as its peer, both listened on and both by one clock that tests move.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { createApp, type AppTools } from '../../src/app.ts';
import { handInOverdue } from '../../src/attempts/hand-in-overdue.ts';
import { readConfig, deriveKeys } from '../../src/config.ts';
import { createRosterRefresher, type RosterRefresher } from '../../src/courses/refresh-roster.ts';
import {
  deliverOnce,
  startGradeDelivery,
  type DeliveryTools,
  type GradeDelivery,
} from '../../src/grades/deliver-grades.ts';
import { createDeliveryMetrics } from '../../src/grades/delivery-metrics.ts';
import { createLog } from '../../src/log.ts';
import { createPlatformKeys } from '../../src/lti/jwks.ts';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { createPlatformServices } from '../../src/platforms/services.ts';
import { makeSealedKey } from '../../src/platforms/tool-keys.store.ts';
import { createPracticeLms, type PracticeLms } from '../../src/practice/practice-lms.ts';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { sampleState } from '../../src/practice/sample-courses.ts';
import { memoryStore } from '../../src/practice/store.ts';
import type { Database } from '../../src/database/database.ts';
import { openTestDatabase } from './database.ts';

/** The keys that `MUSTAQIL_SECRET` would give. */
export const testKeys = deriveKeys('a secret for tests, of no use anywhere else');

/** Of the tool and of its LMS: made once for all tests of a thread, since finding primes takes a while. */
const toolKey = makeSealedKey(testKeys.toolKeys);
const initialState = sampleState();

/** A clock that stands still until it is moved. */
export interface TestClock {
  now: () => Date;
  advance(ms: number): void;
}

/** Everything a test needs to be a person, an LMS or the passing of time. */
export interface TestMustaqil {
  db: Database;
  clock: TestClock;
  url: string;
  lms: PracticeLms;
  lmsUrl: string;
  /** A person's browser, signed in to the LMS. */
  browserOf(personId: string): Promise<Robot>;
  /** Delivers all that is owed and due now, and says how many tries that took. */
  deliver(): Promise<number>;
  /** Hands in every attempt whose time is over, as the shipped process does by and by, and says how many. */
  handInOverdue(): Promise<number>;
  /** Delivers by itself from now on, as the shipped process does; to be stopped by the test. */
  keepDelivering(): GradeDelivery;
  /** The refreshing of rosters that teachers' launches begin. */
  roster: RosterRefresher;
  /** The tool answers on with another database, as after a restore: nobody else notices. */
  continueOn(other: Database): void;
  /** What was logged, a line of JSON each. */
  log: string[];
  stop(): Promise<void>;
}

/**
 * @param options.fetch the tool's way to the LMS, for tests in which the network loses or holds what passes
 * @param options.quirks which LMS is played; Moodle unless told
 */
export async function startMustaqil(
  options: { fetch?: typeof fetch; quirks?: 'moodle' | 'spec' } = {},
): Promise<TestMustaqil> {
  const database = await openTestDatabase();
  const { db } = database;
  const clock = createClock();
  const log: string[] = [];
  const logger = createLog('info', { write: (line: string) => void log.push(line) });

  const [toolServer, lmsServer] = [await listen(), await listen()];
  // Two names of one machine: two sites for a browser.
  const url = `http://localhost:${portOf(toolServer)}`;
  const lmsUrl = `http://127.0.0.1:${portOf(lmsServer)}`;
  const store = memoryStore();
  store.save(structuredClone(initialState));
  const { app: lmsApp, lms } = createPracticeLms({
    url: lmsUrl,
    tool: { loginUrl: `${url}/lti/login`, launchUrl: `${url}/lti/launch`, jwksUrl: `${url}/lti/jwks` },
    store,
    now: clock.now,
    fetch,
    ...(options.quirks && { quirks: options.quirks }),
  });
  lmsServer.on('request', lmsApp as RequestListener);

  const network = options.fetch ?? fetch;
  const servicesOf = (of: Database) =>
    createPlatformServices({
      db: of,
      fetch: network,
      now: clock.now,
      randomId: randomUUID,
      sealingKey: testKeys.toolKeys,
    });
  const services = servicesOf(db);
  const roster = createRosterRefresher({ db, services, log: logger });
  const metrics = createDeliveryMetrics({ db, now: clock.now, registry: new Registry() });
  const tools: DeliveryTools = {
    db,
    services,
    roster,
    now: clock.now,
    log: logger,
    random: () => 0,
    onTried: metrics.count,
  };
  const config = {
    ...readConfig({ MUSTAQIL_SECRET: 'x'.repeat(32), TZ: 'Asia/Tashkent' }),
    publicUrl: url,
    keys: testKeys,
  };
  const answerWith = (on: Pick<AppTools, 'db' | 'services' | 'roster'>) => {
    const platformKeys = createPlatformKeys({ fetch, now: clock.now });
    const others = { metrics, platformKeys, onScoreWanted: () => {}, practice: null };
    const app = createApp({ ...on, ...others, config, now: clock.now, log: logger });
    toolServer.removeAllListeners('request').on('request', app as RequestListener);
  };
  answerWith({ db, services, roster });
  const { registration } = lms;
  await savePlatform(
    db,
    { ...registration, tokenAudience: registration.tokenUrl },
    { sealingKey: testKeys.toolKeys, key: await toolKey, now: clock.now() },
  );

  return {
    db,
    clock,
    url,
    lms,
    lmsUrl,
    roster,
    log,
    browserOf: async (personId) => {
      const robot = createRobot({ now: clock.now });
      await robot.open(lmsUrl);
      await robot.submit(`button[name="person"][value="${personId}"]`);
      return robot;
    },
    deliver: async () => {
      let total = 0;
      for (let tries = await deliverOnce(tools); tries > 0; tries = await deliverOnce(tools)) total += tries;
      return total;
    },
    handInOverdue: () => handInOverdue({ db, now: clock.now, log: logger }),
    keepDelivering: () => startGradeDelivery(tools),
    continueOn: (other) => answerWith({ db: other, services: servicesOf(other), roster }),
    stop: async () => {
      await roster.settled();
      for (const server of [toolServer, lmsServer]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await database.close();
    },
  };
}

function createClock(): TestClock {
  let time = Date.now();
  return {
    now: () => new Date(time),
    advance: (ms) => {
      time += ms;
    },
  };
}

/** A server on a free port of its own, as yet without anything to answer. */
export async function listen(): Promise<Server> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  return server;
}

/** Where it listens. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
