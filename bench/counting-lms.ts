// A practice LMS that notes every score that arrives, and gives nobody a token before everybody is there.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createPracticeLms, type PracticeLms } from '../src/practice/practice-lms.ts';
import { memoryStore } from '../src/practice/store.ts';

export interface CountingLms {
  lms: PracticeLms;
  /** When each score arrived, in milliseconds of one clock; the first one first. */
  arrivals: readonly number[];
  /** How many different tokens they came with: each worker has its own. */
  senders: ReadonlySet<string>;
  /** Lets those in that wait for a token, and all who come later. */
  open(): void;
  stop(): Promise<void>;
}

/** @param publicKeys what the tool publishes: asked for here, the workers need not be reachable */
export async function startCountingLms(publicKeys: () => Promise<object[]>): Promise<CountingLms> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { app, lms } = createPracticeLms({
    url,
    tool: { loginUrl: `${url}/tool/login`, launchUrl: `${url}/tool/launch`, jwksUrl: `${url}/tool/jwks` },
    store: memoryStore(),
    now: () => new Date(),
    fetch,
  });
  const arrivals: number[] = [];
  const senders = new Set<string>();
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => (open = resolve));

  const gated = express();
  gated.get('/tool/jwks', async (_req, res) => void res.json({ keys: await publicKeys() }));
  gated.post('/mod/lti/token.php', (_req, _res, next) => void isOpen.then(() => next()));
  gated.post(/\/lineitem\/scores$/, (req, _res, next) => {
    arrivals.push(performance.now());
    senders.add(req.get('authorization') ?? '');
    next();
  });
  gated.use(app);
  server.on('request', (req, res) => void gated(req, res));
  return {
    lms,
    arrivals,
    senders,
    open: () => open(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
