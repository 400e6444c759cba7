// Obligations 28, 29: the platform's keys are fetched rarely, never twice at once, and outlive a short absence.
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { exportJWK } from 'jose';
import { createPlatformKeys } from '../../src/lti/jwks.ts';
import { keySetLifetimeMs, readKeySet } from '../../src/lti/jwks-document.ts';
import { answering, createFakePlatform } from './fake-platform.ts';

const url = 'https://lms.example/jwks';
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let first: Record<string, unknown>;
let next: Record<string, unknown>;

beforeAll(async () => {
  first = { ...(await createFakePlatform()).jwks.keys[0], kid: 'first' };
  next = { ...(await createFakePlatform()).jwks.keys[0], kid: 'next' };
});

/** A key cache whose clock and platform are in the test's hands. */
function createBench() {
  const bench = {
    calls: 0,
    timeMs: Date.parse('2026-11-21T09:00:00Z'),
    answer: (): Response | Promise<Response> => Response.json({ keys: [first] }),
    find: (kid: string, jwksUrl = url) => keys.find(jwksUrl, kid),
  };
  const fetch = answering(() => {
    bench.calls += 1;
    return bench.answer();
  });
  const keys = createPlatformKeys({ fetch, now: () => new Date(bench.timeMs) });
  return bench;
}

describe('the key cache', () => {
  test('asks once for a hundred launches at the same moment, and not again while fresh', async () => {
    const bench = createBench();
    const found = await Promise.all(Array.from({ length: 100 }, () => bench.find('first')));
    bench.timeMs += 10 * minute - 1;
    expect((await bench.find('first')).ok && found.every(({ ok }) => ok)).toBe(true);
    expect(bench.calls).toBe(1);
  });

  test('asks again after ten minutes', async () => {
    const bench = createBench();
    await bench.find('first');
    bench.timeMs += 10 * minute;
    await bench.find('first');
    expect(bench.calls).toBe(2);
  });

  test('keeps apart what belongs to different platforms', async () => {
    const bench = createBench();
    await bench.find('first');
    await bench.find('first', 'https://other.example/jwks');
    expect(bench.calls).toBe(2);
  });

  test('finds a key that was added meanwhile, asking at most every five seconds', async () => {
    const bench = createBench();
    await bench.find('first');
    bench.answer = () => Response.json({ keys: [first, next] });
    bench.timeMs += 5 * second - 1;
    expect(await bench.find('next')).toMatchObject({ ok: false, code: 'key-unknown' });
    expect(bench.calls).toBe(1);
    bench.timeMs += 1;
    expect(await bench.find('next')).toMatchObject({ ok: true });
    expect(bench.calls).toBe(2);
  });

  test('Mallory cannot make us ask for her invented keys more than once in five seconds', async () => {
    const bench = createBench();
    await bench.find('first');
    bench.timeMs += 5 * second;
    await Promise.all(Array.from({ length: 50 }, (_, index) => bench.find(`invented-${index}`)));
    await bench.find('invented-later');
    expect(bench.calls).toBe(2);
    expect(await bench.find('first')).toMatchObject({ ok: true });
  });

  test('forgets a key the platform no longer publishes', async () => {
    const bench = createBench();
    await bench.find('first');
    bench.answer = () => Response.json({ keys: [next] });
    bench.timeMs += 10 * minute;
    expect(await bench.find('first')).toMatchObject({ ok: false, code: 'key-unknown' });
  });

  const broken: [string, () => Response][] = [
    ['answers 503', () => new Response('{"keys":[]}', { status: 503 })],
    ['answers with a page', () => new Response('<html>maintenance</html>')],
    ['redirects', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
    ['answers with 300 KB', () => new Response(JSON.stringify({ keys: [first], filler: 'x'.repeat(300_000) }))],
    ['answers with something else', () => Response.json({ keys: 'none' })],
    [
      'cannot be reached',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
  ];

  test.each(broken)('while the platform %s: old keys serve for a day, and no longer', async (_, answer) => {
    const bench = createBench();
    await bench.find('first');
    bench.answer = answer;
    bench.timeMs += 24 * hour - 1;
    expect(await bench.find('first')).toMatchObject({ ok: true });
    expect(await bench.find('next')).toMatchObject({ ok: false, code: 'keys-unreachable' });
    expect(bench.calls).toBe(2);
    bench.timeMs += 5 * second;
    expect(await bench.find('first')).toMatchObject({ ok: false, code: 'keys-unreachable' });
  });

  test.each(broken)(
    'when the platform %s at the first launch: unreachable, and asked again after 5 s',
    async (_, answer) => {
      const bench = createBench();
      bench.answer = answer;
      expect(await bench.find('first')).toMatchObject({ ok: false, code: 'keys-unreachable' });
      expect(await bench.find('first')).toMatchObject({ ok: false, code: 'keys-unreachable' });
      expect(bench.calls).toBe(1);
      bench.timeMs += 5 * second;
      bench.answer = () => Response.json({ keys: [first] });
      expect(await bench.find('first')).toMatchObject({ ok: true });
    },
  );

  test('gives up on a platform that does not answer within five seconds', async () => {
    jest.useFakeTimers();
    try {
      const bench = createBench();
      bench.answer = () => new Promise<Response>(() => {});
      const found = bench.find('first');
      await jest.advanceTimersByTimeAsync(5 * second);
      expect(await found).toMatchObject({ ok: false, code: 'keys-unreachable' });
    } finally {
      jest.useRealTimers();
    }
  });

  test('remembers five hundred platforms, and of more those that were used last', async () => {
    const bench = createBench();
    const findAt = (index: number) => bench.find('first', `${url}/${index}`);
    for (let index = 0; index < 500; index += 1) await findAt(index);
    await findAt(0);
    await findAt(500);
    expect(bench.calls).toBe(501);
    await findAt(0);
    expect(bench.calls).toBe(501);
    await findAt(1);
    expect(bench.calls).toBe(502);
  });
});

describe('how long a key set is kept', () => {
  test.each([
    [undefined, 10 * minute],
    ['max-age=300', 5 * minute],
    ['public, max-age="120"', 2 * minute],
    ['max-age=86400', 10 * minute],
    ['max-age=0', minute],
    ['no-store', minute],
    ['private, no-cache', minute],
    ['nonsense', 10 * minute],
  ])('with Cache-Control %p: %p ms', (value, expected) => {
    expect(keySetLifetimeMs(new Headers(value === undefined ? {} : { 'cache-control': value }))).toBe(expected);
  });
});

describe('a key set', () => {
  const namesIn = async (...keys: unknown[]) => [...((await readKeySet(JSON.stringify({ keys }))) ?? []).keys()];

  test('gives the keys that may sign a launch and passes over all others', async () => {
    const weak = await exportJWK((await smallKey()).publicKey);
    expect(
      await namesIn(
        first,
        { ...next, use: undefined, alg: undefined },
        { ...first, kid: 'encryption', use: 'enc' },
        { ...first, kid: 'rs512', alg: 'RS512' },
        { ...first, kid: 'operations', key_ops: ['encrypt'] },
        { ...first, kid: undefined },
        { ...first, kid: '' },
        { ...first, kid: 'broken', n: '' },
        { ...weak, kid: 'weak' },
        { kty: 'oct', kid: 'symmetric', k: 'c2VjcmV0' },
        null,
        'x',
      ),
    ).toEqual(['first', 'next']);
  });

  test('with two keys of one name keeps the first', async () => {
    const keys = await readKeySet(JSON.stringify({ keys: [first, { ...next, kid: 'first' }] }));
    const key = keys?.get('first');
    if (!key) throw new Error('no key');
    expect((await exportJWK(key)).n).toBe(first.n);
  });
});

async function smallKey() {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
