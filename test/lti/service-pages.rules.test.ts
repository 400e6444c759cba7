// Lists in pages (obligations 71, 90, 111, 115): all of it or nothing, and our token at home.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { PagedRequest } from '../../src/lti/service-pages.ts';
import { readPages } from '../../src/lti/service-pages.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, now } from './fake-platform.ts';

const firstUrl = 'https://lms.example/list?type_id=1';
const token = 'token-of-the-tool';
const request: PagedRequest<number> = {
  token,
  firstUrl,
  mediaType: 'application/x.list+json',
  parsePage: (json) => z.array(z.number()).safeParse(json).data ?? null,
};

type Pages = Record<string, () => Response>;

const page = (entries: unknown, next?: string): (() => Response) => {
  return () => new Response(JSON.stringify(entries), next ? { headers: { link: `<${next}>; rel="next"` } } : {});
};

async function read(pages: Pages, changed: Partial<PagedRequest<number>> = {}, clock = () => now) {
  const sent: SentRequest[] = [];
  const fetch = answering((asked) => {
    sent.push(asked);
    return (pages[asked.url] ?? (() => new Response('gone', { status: 404 })))();
  });
  const outcome = await readPages({ fetch, now: clock }, { ...request, ...changed });
  return { outcome, urls: sent.map(({ url }) => url), sent };
}

describe('a list in pages', () => {
  test('is read to its end, each page with our token and the one media type (lti.md 89, 90)', async () => {
    const { outcome, urls, sent } = await read({
      [firstUrl]: page([1, 2], '/list?type_id=1&from=2'),
      'https://lms.example/list?type_id=1&from=2': page([3], 'https://lms.example/list?from=3'),
      'https://lms.example/list?from=3': page([]),
    });
    expect(outcome).toEqual({ kind: 'read', entries: [1, 2, 3] });
    expect(urls).toHaveLength(3);
    for (const { headers } of sent) {
      expect(headers.get('authorization')).toBe(`Bearer ${token}`);
      expect(headers.get('accept')).toBe('application/x.list+json');
    }
  });

  test('never gives its token to another origin, and is no half list then (lti.md 71, 115)', async () => {
    const { outcome, urls } = await read({
      [firstUrl]: page([1], 'https://evil.example/list'),
      'https://evil.example/list': page([2]),
    });
    expect(outcome).toMatchObject({ kind: 'refused', detail: expect.stringMatching(/^foreign-page: .*evil/) });
    expect(urls).toEqual([firstUrl]);
  });

  test('is not followed by a redirect either (lti.md 71)', async () => {
    const { outcome, urls } = await read({
      [firstUrl]: () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
    });
    expect(outcome).toMatchObject({ kind: 'refused', status: 302 });
    expect(urls).toEqual([firstUrl]);
  });

  test('that goes in a circle ends as a failure (lti.md 90, 115)', async () => {
    const { outcome, urls } = await read({
      [firstUrl]: page([1], 'https://lms.example/p2'),
      'https://lms.example/p2': page([2], firstUrl),
    });
    expect(outcome).toMatchObject({ kind: 'refused', detail: `page-loop: ${firstUrl}` });
    expect(urls).toHaveLength(2);
  });

  test('without an end ends as a failure (lti.md 90, 115)', async () => {
    let count = 0;
    const fetch = answering(() => page([1], `/p${++count}`)());
    const outcome = await readPages({ fetch, now: () => now }, request);
    expect(outcome).toMatchObject({ kind: 'refused', detail: 'too-many-pages: more than 200' });
    expect(count).toBe(200);
  });

  test('may be as long as the limit', async () => {
    const pages = { [firstUrl]: page([1], '/p2'), 'https://lms.example/p2': page([2]) };
    expect((await read(pages, { mostPages: 2 })).outcome).toMatchObject({ kind: 'read' });
    expect((await read(pages, { mostPages: 1 })).outcome).toMatchObject({ kind: 'refused' });
  });

  test('has a limit of bytes for all its pages', async () => {
    const pages = { [firstUrl]: page([10, 20], '/p2'), 'https://lms.example/p2': page([30]) };
    expect((await read(pages, { mostBytes: 11 })).outcome).toMatchObject({ kind: 'read' });
    expect((await read(pages, { mostBytes: 10 })).outcome).toMatchObject({
      kind: 'refused',
      detail: expect.stringMatching(/^too-large/),
    });
  });

  test('has one deadline for all its pages (lti.md 115)', async () => {
    let timeMs = now.getTime();
    const clock = () => new Date((timeMs += 400));
    const pages = { [firstUrl]: page([1], '/p2'), 'https://lms.example/p2': page([2]) };
    const { outcome, urls } = await read(pages, { totalTimeoutMs: 600 }, clock);
    expect(outcome).toMatchObject({ kind: 'unavailable', detail: 'timeout: not all pages in 600 ms' });
    expect(urls).toHaveLength(1);
  });

  test('whose page never comes is given up', async () => {
    const fetch = () => new Promise<Response>(() => {});
    const outcome = await readPages({ fetch, now: () => now }, { ...request, totalTimeoutMs: 5 });
    expect(outcome).toMatchObject({ kind: 'unavailable', detail: 'timeout: no complete answer in 5 ms' });
  });

  test.each([
    ['a page', () => new Response('<html>'), { kind: 'unavailable', status: 200, detail: '<html>' }],
    ['something else', () => new Response('{}'), { kind: 'unavailable', status: 200 }],
    ['401', () => new Response('[]', { status: 401 }), { kind: 'unauthorized', status: 401 }],
    ['404', () => new Response('', { status: 404 }), { kind: 'refused', status: 404 }],
    ['503', () => new Response('', { status: 503 }), { kind: 'unavailable', status: 503 }],
  ])('of which a later page is %s is no list', async (_, answer, expected) => {
    const { outcome } = await read({ [firstUrl]: page([1], '/p2'), 'https://lms.example/p2': answer });
    expect(outcome).toMatchObject(expected);
  });

  test('is read whole or not at all, and our token stays at home, whatever the pages link to (lti.md 71, 115)', async () => {
    const targets = fc.constantFrom('/a', '/b', '/c', 'https://evil.example/', '//evil.example/a', '::', undefined);
    await fc.assert(
      fc.asyncProperty(fc.tuple(targets, targets, targets, targets), async ([first, a, b, c]) => {
        const at = (path: string, entry: number, next?: string) => ({
          [`https://lms.example/${path}`]: page([entry], next),
        });
        const pages = { [firstUrl]: page([0], first), ...at('a', 1, a), ...at('b', 2, b), ...at('c', 3, c) };
        const { outcome, urls } = await read(pages);
        expect(urls.every((url) => new URL(url).origin === 'https://lms.example')).toBe(true);
        if (outcome.kind === 'read') expect(outcome.entries).toHaveLength(urls.length);
      }),
    );
  });

  test('is followed through the curly quotation marks of Moodle 5.1 on a real wire (lti.md 90)', async () => {
    const link = Buffer.from('</p2?limit=1&amp;from=1>; rel=“next”', 'utf8').toString('latin1');
    const server = createServer(({ url }, response) => {
      if (url === '/') response.setHeader('link', link);
      response.end(url === '/' ? '[1]' : '[2]');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const outcome = await readPages({ fetch, now: () => now }, { ...request, firstUrl: `http://127.0.0.1:${port}/` });
    server.closeAllConnections();
    server.close();
    expect(outcome).toEqual({ kind: 'read', entries: [1, 2] });
  });
});
