// Who takes for ever over a request is let go, whatever they are slow at, and whoever comes meanwhile is served.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { listen, type Listening, type Patience } from '../../src/listen.ts';

/** As short as that of the shipped server is long; what a test is not about lasts longer than any test. */
const patient: Patience = {
  headersTimeout: 600_000,
  requestTimeout: 600_000,
  keepAliveTimeout: 600_000,
  idleTimeout: 600_000,
  connectionsCheckingInterval: 10,
};
const shortMs = 40;

let server: Listening | null = null;
/** Comes true when whoever asked for much has their answer, or is let go. */
let isOver: Promise<unknown>;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
});

/** A server that reads whole forms, and answers with more than a socket holds where `/much` is asked for. */
async function served(patience: Partial<Patience>): Promise<Listening> {
  server = await listen(0, '127.0.0.1', { ...patient, ...patience });
  server.serve((req, res) => {
    if (req.url === '/much') isOver = once(res, 'close');
    req.resume().on('end', () => res.end(req.url === '/much' ? Buffer.alloc(64 * 1024 * 1024) : 'served'));
  });
  return server;
}

/** A connection over which this was sent, and then nothing more. */
function say(words: string): Socket {
  const socket = connect(server?.port ?? 0, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  socket.write(words);
  return socket;
}

async function expectServed() {
  const answer = await fetch(`http://127.0.0.1:${server?.port}/`);
  expect(await answer.text()).toBe('served');
}

test.each([
  ['says nothing at all', '', { headersTimeout: shortMs }],
  ['says half of what they want', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', { headersTimeout: shortMs }],
  [
    'sends half of a form',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nanswer=',
    { headersTimeout: shortMs, requestTimeout: shortMs },
  ],
  ['wants nothing more', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', { keepAliveTimeout: shortMs }],
])('who %s is let go, and others are served', async (_who, words, patience) => {
  await served(patience);
  const slow = say(words);
  const over = once(slow.resume(), 'close');
  await expectServed();
  await over;
});

test('who asks for much and does not read it is let go', async () => {
  await served({ idleTimeout: shortMs });
  const slow = say('GET /much HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await once(slow, 'readable');
  await expectServed();
  await isOver;
  // Reading again, they find that it breaks off.
  let bytes = 0;
  slow.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(slow, 'close');
  expect(bytes).toBeLessThan(64 * 1024 * 1024);
});
