// Obligation 11: no stranger makes us call a machine that only we can reach.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { privateRangeOf } from '../../src/outbound/address-range.ts';
import type { OutboundRules } from '../../src/outbound/outbound-fetch.ts';
import { createOutboundFetch, refusedLiteral } from '../../src/outbound/outbound-fetch.ts';
import type { PlatformAnswer } from '../../src/outbound/platform-http.ts';
import { requestPlatform } from '../../src/outbound/platform-http.ts';
import { classifyFailure } from '../../src/outbound/service-failure.ts';
import { now } from '../lti/fake-platform.ts';

const inPublic: OutboundRules = { allowHttpLoopback: false, allowedPrivateHosts: [] };
const underDevelopment: OutboundRules = { allowHttpLoopback: true, allowedPrivateHosts: [] };

let calls = 0;
let port = 0;
const server = createServer((request, response) => {
  calls += 1;
  response.writeHead(request.url === '/moved' ? 302 : 200, { location: 'http://127.0.0.1/' }).end('inside');
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** DNS that gives one list of addresses after the other, and the last of them for ever. */
function resolving(...lists: string[][]): LookupFunction {
  let asked = 0;
  return (_, options, callback) => {
    const addresses = lists[Math.min(asked++, lists.length - 1)] ?? [];
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
  };
}

async function get(url: string, rules: OutboundRules, lookup?: LookupFunction): Promise<PlatformAnswer> {
  const fetch = createOutboundFetch(rules, lookup);
  return requestPlatform(fetch, { url, method: 'GET', headers: {}, timeoutMs: 2_000 });
}

const refused = (detail: string) => ({ ok: false, code: 'address-refused', status: null, detail });

const privateAddresses: [string, string][] = [
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['100.64.0.1', 'carrierGradeNat'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'cloudHost'],
  ['169.254.169.254', 'linkLocal'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.192', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'reserved'],
  ['::ffff:10.0.0.1', 'private'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:0:127.0.0.1', 'rfc6145'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['64:ff9b::a9fe:a9fe', 'linkLocal'],
  ['64:ff9b:1::8.8.8.8', 'rfc6052'],
  ['100::1', 'discard'],
  ['2001::1', 'teredo'],
  ['2001:db8::1', 'reserved'],
  ['2002:7f00:1::', '6to4'],
  ['4000::1', 'reserved'],
  ['fc00::1', 'uniqueLocal'],
  ['fd00:ec2::254', 'uniqueLocal'],
  ['fe80::1', 'linkLocal'],
  ['fec0::1', 'deprecatedSiteLocal'],
  ['ff02::1', 'multicast'],
];

const publicAddresses = [
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '2a00:1450:4001::1',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
];

describe('an address', () => {
  test.each(privateAddresses)('%s is not public: %s', (address, range) => {
    expect(privateRangeOf(address)).toBe(range);
  });

  test.each(publicAddresses)('%s is public', (address) => {
    expect(privateRangeOf(address)).toBeNull();
  });

  test('that is none belongs nowhere, and nothing makes the question fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6()), (text) => {
        const range = privateRangeOf(text);
        expect(range === null || range !== '').toBe(true);
      }),
    );
    expect(privateRangeOf('lms.example')).toBe('unknown');
  });
});

describe('a call to an address written in the URL', () => {
  test.each(privateAddresses.filter(([address]) => !address.includes('::ffff:0:')))(
    'never reaches %s (lti.md 11)',
    async (address, range) => {
      const host = address.includes(':') ? `[${address}]` : address;
      const answer = await get(`http://${host}:${port}/`, inPublic, resolving(['127.0.0.1']));
      expect(answer).toMatchObject({ ok: false, code: 'address-refused', status: null });
      expect(!answer.ok && answer.detail).toContain(`(${range})`);
    },
  );

  test.each(['2130706433', '0x7f.1', '0177.0.0.1', '127.1'])('is not fooled by the spelling %s', async (host) => {
    expect(await get(`http://${host}:${port}/`, inPublic)).toEqual(
      refused('127.0.0.1 is no public address (loopback)'),
    );
  });

  test('reaches this machine under development', async () => {
    expect(await get(`http://127.0.0.1:${port}/`, underDevelopment)).toMatchObject({ ok: true, text: 'inside' });
    expect(await get(`http://0.0.0.0:${port}/`, underDevelopment)).toMatchObject({ code: 'address-refused' });
    expect(await get('http://10.0.0.1/', underDevelopment)).toMatchObject({ code: 'address-refused' });
  });
});

describe('a call to a name', () => {
  test.each([['127.0.0.1'], ['10.1.2.3'], ['169.254.169.254'], ['::1'], ['::ffff:127.0.0.1']])(
    'that DNS puts at %s sends nothing (lti.md 11)',
    async (address) => {
      calls = 0;
      const answer = await get(`http://lms.example:${port}/`, inPublic, resolving([address]));
      expect(answer).toMatchObject({ ok: false, code: 'address-refused' });
      expect(!answer.ok && answer.detail).toMatch(/^lms\.example is no public address \(\w+\)$/);
      expect(calls).toBe(0);
    },
  );

  test('that is public at first and private a moment later gains nothing: the rebind is refused (lti.md 11)', async () => {
    calls = 0;
    const asked: string[] = [];
    const rebinding = resolving(['8.8.8.8'], ['127.0.0.1']);
    const lookup: LookupFunction = (hostname, options, callback) => {
      asked.push(hostname);
      rebinding(hostname, options, callback);
    };
    // What a check before the call would have seen.
    lookup('lms.example', { all: true }, (_, found) => expect(found).toEqual([{ address: '8.8.8.8', family: 4 }]));
    expect(await get(`http://lms.example:${port}/`, inPublic, lookup)).toEqual(
      refused('lms.example is no public address (loopback)'),
    );
    expect(asked).toHaveLength(2);
    expect(calls).toBe(0);
  });

  test('is called where it was when it was checked, even if DNS says otherwise a moment later (lti.md 11)', async () => {
    let asked = 0;
    const rebinding = resolving(['127.0.0.1'], ['10.0.0.1']);
    const lookup: LookupFunction = (hostname, options, callback) => {
      asked += 1;
      rebinding(hostname, options, callback);
    };
    const answer = await get(`http://lms.example:${port}/`, underDevelopment, lookup);
    expect(answer).toMatchObject({ ok: true, text: 'inside' });
    expect(asked).toBe(1);
  });

  test('with a private address among others is called at the others only', async () => {
    const answer = await get(`http://lms.example:${port}/`, underDevelopment, resolving(['10.0.0.1', '127.0.0.1']));
    expect(answer).toMatchObject({ ok: true, text: 'inside' });
  });

  test('that DNS does not know is a network fault', async () => {
    const unknown: LookupFunction = (_, __, callback) =>
      callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
    expect(await get('http://lms.example/', inPublic, unknown)).toMatchObject({ code: 'network', detail: 'ENOTFOUND' });
    expect(await get('http://lms.example/', inPublic, resolving([]))).toMatchObject({ code: 'address-refused' });
  });

  test('is sent no redirect after it', async () => {
    calls = 0;
    const answer = await get(`http://localhost:${port}/moved`, underDevelopment);
    expect(answer).toMatchObject({ ok: false, code: 'redirect', status: 302 });
    expect(calls).toBe(1);
  });

  test('is refused for good: trying again would not help', async () => {
    const answer = await get(`http://lms.example:${port}/`, inPublic, resolving(['10.0.0.1']));
    expect(classifyFailure(answer, [], now)).toEqual({
      kind: 'refused',
      status: null,
      fault: 'address-refused',
      detail: 'address-refused: lms.example is no public address (private)',
      retryAfterSeconds: null,
    });
  });
});

describe('the list of private hosts', () => {
  const listing = (...allowedPrivateHosts: string[]): OutboundRules => ({
    allowHttpLoopback: false,
    allowedPrivateHosts,
  });
  const home = resolving(['127.0.0.1']);

  test('lets a name through in any case, on every port or on one', async () => {
    expect(await get(`http://lms.example:${port}/`, listing('LMS.Example'), home)).toMatchObject({ text: 'inside' });
    expect(await get(`http://lms.example:${port}/`, listing(`lms.example:${port}`), home)).toMatchObject({ ok: true });
    expect(await get(`http://lms.example:${port}/`, listing('lms.example:1'), home)).toMatchObject({ ok: false });
    expect(await get(`http://127.0.0.1:${port}/`, listing('127.0.0.1'))).toMatchObject({ ok: true });
  });

  test.each(['example', 'a.lms.example', 'xlms.example', '127.0.0.1', ''])(
    'does not let in lms.example by "%s"',
    async (entry) => {
      const rules = listing(...(entry === '' ? [] : [entry]));
      expect(await get(`http://lms.example:${port}/`, rules, home)).toMatchObject({ code: 'address-refused' });
    },
  );

  test.each([
    ['http://[fd00::1]/', ['FD00:0::1'], null],
    ['http://[fd00::1]/', ['[fd00::1]'], null],
    ['https://[fd00::1]/', ['[fd00::1]:443'], null],
    ['http://[fd00::1]/', ['[fd00::1]:443'], 'uniqueLocal'],
    ['https://10.0.0.1/', ['10.0.0.1:443'], null],
    ['https://10.0.0.1/', ['10.0.0.2'], 'private'],
    ['https://lms.example/', [], null],
    ['https://8.8.8.8/', [], null],
  ])('%s under %p: %p', (url, entries, range) => {
    expect(refusedLiteral(url, listing(...entries))).toBe(range);
  });

  test.each(['', 'http://lms.example', 'lms.example/path', 'user@lms.example', 'lms.example:port', 'a b'])(
    'refuses the entry "%s"',
    (entry) => {
      expect(() => createOutboundFetch(listing(entry))).toThrow(RangeError);
    },
  );
});
