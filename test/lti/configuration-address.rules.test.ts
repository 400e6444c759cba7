// The address of a configuration comes from a stranger's browser (obligations 10, 11, 118): whatever answers there, we get
// away with a refusal in plain words.
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { ConfigurationRequest } from '../../src/lti/openid-configuration.ts';
import { readOpenIdConfiguration } from '../../src/lti/openid-configuration.ts';
import { createOutboundFetch } from '../../src/outbound/outbound-fetch.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering } from './fake-platform.ts';

const url = 'https://moodle.example/mod/lti/openid-configuration.php';
const token = 'one-time-token';
const never = () => new Response('{}');

async function read(answer: () => Response, changed: Partial<ConfigurationRequest> = {}) {
  const sent: SentRequest[] = [];
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  const asked = { url, registrationToken: token, allowHttpLoopback: false, ...changed };
  return { outcome: await readOpenIdConfiguration(fetch, asked), sent };
}

const closing: (() => void)[] = [];
afterAll(() => closing.forEach((close) => close()));

/** A real server, asked through the real way out. */
async function readFrom(listener: RequestListener, changed: Partial<ConfigurationRequest> = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const rules = { allowHttpLoopback: true, allowedPrivateHosts: [] };
  const asked = { url: `http://127.0.0.1:${port}/`, registrationToken: token, ...rules, ...changed };
  return readOpenIdConfiguration(createOutboundFetch(rules), asked);
}

describe('a configuration address', () => {
  test.each([
    'http://moodle.example/',
    'ftp://moodle.example/',
    'https://10.0.0.1/',
    'https://a:b@moodle.example/',
    'x',
    '',
  ])('%s is not called at all (lti.md 10, 11)', async (address) => {
    const { outcome, sent } = await read(never, { url: address });
    expect(outcome).toMatchObject({ ok: false, code: 'configuration-address-refused' });
    expect(sent).toEqual([]);
  });

  test('whose name points at a private address gets no request and no token (lti.md 11)', async () => {
    const fetch = createOutboundFetch({ allowHttpLoopback: false, allowedPrivateHosts: [] }, (_, __, callback) =>
      callback(null, [{ address: '10.0.0.1', family: 4 }]),
    );
    const outcome = await readOpenIdConfiguration(fetch, { url, registrationToken: token, allowHttpLoopback: false });
    expect(outcome).toEqual({
      ok: false,
      code: 'configuration-address-refused',
      detail: 'moodle.example is no public address (private)',
    });
  });

  test('that answers HTML is malformed, in the words it said', async () => {
    expect(await readFrom((_, response) => response.end('<!doctype html>\n<h1>Sign in</h1>'))).toEqual({
      ok: false,
      code: 'configuration-malformed',
      detail: '<!doctype html> <h1>Sign in</h1>',
    });
  });

  test('that hangs is given up', async () => {
    const outcome = await readFrom(() => {}, { timeoutMs: 20 });
    expect(outcome).toMatchObject({ ok: false, code: 'configuration-unreachable' });
    expect(!outcome.ok && outcome.detail).toBe('timeout: no complete answer in 20 ms');
  });

  test('that sends 50 MB is read no further than its first 256 KiB', async () => {
    let written = 0;
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const outcome = await readFrom((_, response) => {
      const more = () => {
        while (written < 50 * 1024 * 1024 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        return response.end('{}');
      };
      more();
    });
    expect(outcome).toEqual({
      ok: false,
      code: 'configuration-malformed',
      detail: 'too-large: more than 262144 bytes',
    });
    expect(written).toBeLessThan(25 * 1024 * 1024);
  });

  test('that redirects is not followed, and the token goes nowhere else (lti.md 11)', async () => {
    const paths: (string | undefined)[] = [];
    const outcome = await readFrom((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(outcome).toMatchObject({ ok: false, code: 'configuration-unreachable' });
    expect(!outcome.ok && outcome.detail).toBe('redirect: redirects are not followed');
    expect(paths).toEqual(['/']);
  });

  test('that refuses is unreachable, and never gives our token away in its words', async () => {
    const answer = () => new Response(`no ${token}`, { status: 401 });
    expect((await read(answer)).outcome).toEqual({
      ok: false,
      code: 'configuration-unreachable',
      detail: 'status 401: no [secret]',
    });
  });

  test('with a token that fits into no header is a refusal, not a crash', async () => {
    const { outcome } = await read(never, { registrationToken: 'a\r\nx: y' });
    expect(outcome).toMatchObject({ ok: false, code: 'configuration-unreachable' });
  });
});
