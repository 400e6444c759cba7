// The tool as it starts, not as tests put it together: an address that a stranger names is called only if it is public.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig, type Config } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { createLog } from '../../src/log.ts';
import { inviteAddress } from '../../src/platforms/invites.ts';
import { createInvite } from '../../src/platforms/invites.store.ts';
import { start, type Running } from '../../src/start.ts';
import { ask } from '../support/ask.ts';
import { newPostgresUrl } from '../support/database.ts';
import { refusalOf } from '../support/refusals.ts';

let directory: string;
let running: Running;
let port: number;
let invite: URL;
/** A machine of the operator's own network, and how often somebody came to it. */
let inside: Server;
let visits = 0;
beforeAll(async () => {
  inside = createServer((socket) => {
    visits += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(inside, 'listening');
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  port = await freePort();
  const config = readConfig({
    DATA_DIR: directory,
    PORT: `${port}`,
    PUBLIC_URL: 'https://tool.example',
    MUSTAQIL_SECRET: 'x'.repeat(32),
    ...(globalThis.engine === 'postgres' && { DATABASE_URL: await newPostgresUrl() }),
  });
  invite = new URL(inviteAddress(config.publicUrl, await newInvite(config)));
  running = await start(config, createLog('silent'));
});
afterAll(async () => {
  await running.stop();
  inside.close();
  await rm(directory, { recursive: true, force: true });
});

async function newInvite(config: Config): Promise<string> {
  const database = await openDatabase(config);
  if (!database) throw new Error('Somebody else is in this directory');
  const asked = { name: 'Stranger', needsApproval: true, lifetimeMs: 60_000, now: new Date() };
  const { secret } = await createInvite(database.db, asked);
  await database.close();
  return secret;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

test('what is asked here is at work', async () => {
  expect((await ask(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test.each(['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '2130706433'])(
  'Mallory, whose LMS is said to live at %s, gets us to call nobody of our own network',
  async (host) => {
    const configuration = `https://${host}:${(inside.address() as AddressInfo).port}/.well-known/openid-configuration`;
    const query = new URLSearchParams([...invite.searchParams, ['openid_configuration', configuration]]);
    const page = await ask(`http://127.0.0.1:${port}${invite.pathname}?${query.toString()}`);
    expect([page.status >= 400 && page.status < 500, refusalOf(page)]).toEqual([true, expect.stringMatching(/\w/)]);
    expect(visits).toBe(0);
  },
);
