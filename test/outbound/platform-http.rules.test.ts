// Obligation 11: every call out has a deadline, a size limit and a name, and follows no redirect.
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { PlatformAnswer, PlatformRequest } from '../../src/outbound/platform-http.ts';
import { requestPlatform } from '../../src/outbound/platform-http.ts';

const closing: (() => void)[] = [];
afterAll(() => closing.forEach((close) => close()));

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

async function ask(listener: RequestListener, changed: Partial<PlatformRequest> = {}): Promise<PlatformAnswer> {
  const url = await listen(listener);
  return requestPlatform(fetch, { url, method: 'GET', headers: {}, ...changed });
}

describe('a call to a platform', () => {
  test('brings back status, headers and text, whatever the status', async () => {
    const answer = await ask((_, response) => response.writeHead(418, { 'x-y': 'z' }).end('ʻoʻ'));
    expect(answer).toMatchObject({ ok: true, status: 418, text: 'ʻoʻ' });
    expect(answer.ok && answer.headers.get('x-y')).toBe('z');
  });

  test('says who is calling, and sends the body it was given', async () => {
    let seen = '';
    await ask(
      (request, response) => {
        seen = `${request.method} ${request.headers['user-agent']} `;
        request.on('data', (chunk: Buffer) => (seen += chunk.toString()));
        request.on('end', () => response.end());
      },
      { method: 'POST', body: 'a=1' },
    );
    expect(seen).toBe('POST Mustaqil (+LTI 1.3 tool) a=1');
  });

  test.each(['GET', 'POST', 'PUT', 'DELETE'] as const)('is a %s where that is asked for', async (method) => {
    const answer = await ask((request, response) => response.end(request.method), { method });
    expect(answer).toMatchObject({ ok: true, text: method });
  });

  test('does not follow a redirect, not even to itself', async () => {
    let calls = 0;
    const answer = await ask((_, response) => {
      calls += 1;
      response.writeHead(302, { location: '/' }).end();
    });
    expect(answer).toMatchObject({ ok: false, code: 'redirect', status: 302 });
    expect(calls).toBe(1);
  });

  test('gives up on a platform that never answers', async () => {
    expect(await ask(() => {}, { timeoutMs: 30 })).toMatchObject({ ok: false, code: 'timeout' });
  });

  test('gives up on a body that never ends', async () => {
    const answer = await ask((_, response) => response.writeHead(200).write('half'), { timeoutMs: 30 });
    expect(answer).toMatchObject({ ok: false, code: 'timeout' });
  });

  test('gives up even when the connection ignores being aborted', async () => {
    const deaf = () => new Promise<Response>(() => {});
    const answer = await requestPlatform(deaf, {
      url: 'https://lms.example',
      method: 'GET',
      headers: {},
      timeoutMs: 5,
    });
    expect(answer).toMatchObject({ ok: false, code: 'timeout' });
  });

  test('stops reading what is too large, said or unsaid', async () => {
    const large = 'x'.repeat(2_000);
    const said = await ask((_, response) => response.end(large), { maxBytes: 1_999 });
    expect(said).toMatchObject({ ok: false, code: 'too-large', status: 200 });
    const unsaid = await ask(
      (_, response) => {
        response.write(large.slice(1_000));
        response.end(large.slice(1_000));
      },
      { maxBytes: 1_999 },
    );
    expect(unsaid).toMatchObject({ ok: false, code: 'too-large' });
    expect(await ask((_, response) => response.end(large), { maxBytes: 2_000 })).toMatchObject({ ok: true });
  });

  test.each([
    ['hangs up', (socket: { destroy(): void; end(text: string): void }) => socket.destroy(), /UND_ERR_SOCKET/],
    // Where the connection ends before the parser is asked for its reason, the fault has a name and no code.
    [
      'speaks no HTTP',
      (socket: { destroy(): void; end(text: string): void }) => socket.end('SSH-2.0\r\n'),
      /HPE_|HTTPParserError/,
    ],
    [
      'answers with status 0',
      (socket: { destroy(): void; end(text: string): void }) => socket.end('HTTP/1.1 0 \r\n\r\n'),
      /./,
    ],
  ])('survives a platform that %s', async (_, misbehave, detail) => {
    const answer = await ask((request) => misbehave(request.socket));
    expect(answer).toMatchObject({ ok: false, code: 'network', status: null });
    expect(!answer.ok && answer.detail).toMatch(detail);
  });

  test('names the fault when nobody listens', async () => {
    const answer = await requestPlatform(fetch, { url: 'http://127.0.0.1:1/', method: 'GET', headers: {} });
    expect(answer).toMatchObject({ ok: false, code: 'network' });
  });

  test('an empty body is empty text', async () => {
    expect(await ask((_, response) => response.writeHead(204).end())).toMatchObject({
      ok: true,
      status: 204,
      text: '',
    });
  });
});
