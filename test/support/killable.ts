// A tool that can be killed at any moment, with an LMS that survives it and can be told to hold a request at that moment.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import pg from 'pg';
import { createPracticeLms, type PracticeLms } from '../../src/practice/practice-lms.ts';
import { createRobot } from '../../src/practice/robot.ts';
import { memoryStore } from '../../src/practice/store.ts';
import { newPostgresUrl } from './database.ts';
import type { School } from './people.ts';
import { runCli } from './processes.ts';
import { startTool, type ToolProcess } from './tool-process.ts';

/** Where the LMS holds a request: before it has looked at it, or after it has acted and before it answers. */
export type Holding = { part: string; when: 'before' | 'after'; method?: string };

export interface Killable extends School {
  /** Where the tool is now; another port after each restart, unless the same was asked for. */
  readonly url: string;
  /** Holds the next request whose address holds `part`, for ever; comes true when the LMS has it in hand. */
  hold(holding: Holding): Promise<void>;
  /** Kills the tool with SIGKILL and starts another on the same data. @param options.isAtSamePort for who has a page of it open */
  killAndRestart(options?: { isAtSamePort: boolean }): Promise<void>;
  stop(): Promise<void>;
}

export async function startKillable(): Promise<Killable> {
  const folder = await mkdtemp(join(tmpdir(), 'mustaqil-kill-'));
  const databaseUrl = globalThis.engine === 'postgres' ? await newPostgresUrl() : null;
  const settings = { DATA_DIR: folder, ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }) };
  const { lms, hold, pointAt, close } = await startLms();
  let tool: ToolProcess = await startTool(settings);
  pointAt(tool.url);
  const added = await runCli(registrationWords(lms), settings);
  if (added.exitCode !== 0) throw new Error(`The LMS could not be registered: ${added.output}${added.complaint}`);

  return {
    lms,
    hold,
    get url() {
      return tool.url;
    },
    browserOf: async (personId) => {
      const robot = createRobot();
      await robot.open(lms.registration.issuer);
      await robot.submit(`button[name="person"][value="${personId}"]`);
      return robot;
    },
    killAndRestart: async ({ isAtSamePort } = { isAtSamePort: false }) => {
      await tool.kill();
      if (databaseUrl !== null) await endLeases(databaseUrl);
      tool = await startTool({ ...settings, ...(isAtSamePort && { PORT: new URL(tool.url).port }) });
      pointAt(tool.url);
    },
    stop: async () => {
      await tool.kill();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What an administrator types to make an LMS known to the tool. */
export function registrationWords({ registration }: Pick<PracticeLms, 'registration'>): string[] {
  const { name, issuer, clientId, deploymentId, authorizationUrl, tokenUrl, jwksUrl } = registration;
  const own = ['--name', name, '--issuer', issuer, '--client-id', clientId, '--deployment', deploymentId];
  return ['platform', 'add', ...own, '--auth-url', authorizationUrl, '--token-url', tokenUrl, '--jwks-url', jwksUrl];
}

/** A practice LMS with a gate before it. */
async function startLms() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const addresses = { loginUrl: '', launchUrl: '', jwksUrl: '' };
  const now = () => new Date();
  const { app, lms } = createPracticeLms({ url, tool: addresses, store: memoryStore(), now, fetch });
  const gate = createGate();
  const gated = express().use(gate.stand).use(app);
  server.on('request', (req, res) => void gated(req, res));
  return {
    lms,
    hold: gate.hold,
    pointAt: (toolUrl: string) => {
      const lti = `${toolUrl}/lti`;
      Object.assign(addresses, { loginUrl: `${lti}/login`, launchUrl: `${lti}/launch`, jwksUrl: `${lti}/jwks` });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createGate() {
  let waiting: (Holding & { caught: () => void }) | null = null;
  const stand: RequestHandler = (req, res, next) => {
    if (waiting === null || !req.path.includes(waiting.part)) return next();
    const { when, caught, method = req.method } = waiting;
    if (req.method !== method) return next();
    waiting = null;
    if (when === 'before') return caught();
    res.end = () => {
      caught();
      return res;
    };
    next();
  };
  const hold = (holding: Holding) =>
    new Promise<void>((caught) => {
      waiting = { ...holding, caught };
    });
  return { stand, hold };
}

/** As if the time had passed after which another process may take what a dead one had in hand. */
async function endLeases(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (const table of ['gradebook_cells', 'gradebook_columns']) {
    await client.query(`update ${table} set claimed_until = now() where claimed_until is not null`);
  }
  await client.end();
}
