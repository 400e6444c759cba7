// A browser's way to the tool as far as weight goes: every byte that arrives from it, headers and all, as it comes over the wire, and
// the files that a page names, each once.
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { load } from 'cheerio';

export interface Scales {
  /** For a robot; what it asks of others than the tool is passed on and weighs nothing. */
  fetch: typeof fetch;
  /** Fetches what the page names and is not in the cache: styles, scripts, pictures, and what those name themselves. */
  fetchFiles(page: { url: string; html: string }): Promise<void>;
  /** Bytes since the last look. */
  look(): number;
  /** From now on nothing has been fetched yet. */
  emptyCache(): void;
  /** Addresses of other hosts that pages or files had a browser ask. */
  foreign: Set<string>;
}

interface Received {
  status: number;
  headers: Headers;
  body: Buffer<ArrayBuffer>;
}

/** @param origin the tool's, without a slash at the end */
export function createScales(origin: string): Scales {
  const cache = new Set<string>();
  const foreign = new Set<string>();
  let bytes = 0;

  async function receive(url: string, init: RequestInit = {}): Promise<Received> {
    const received = await overTheWire(url, init);
    bytes += received.bytes;
    return received;
  }

  async function fetchFile(address: string): Promise<void> {
    if (new URL(address).origin !== origin) foreign.add(address);
    if (cache.has(address) || foreign.has(address)) return;
    cache.add(address);
    const { status, headers, body } = await receive(address);
    if (status !== 200) throw new Error(`${address}: ${status}`);
    for (const named of namedIn(headers.get('content-type') ?? '', body.toString())) {
      await fetchFile(new URL(named, address).href);
    }
  }

  return {
    foreign,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin !== origin) return fetch(input, init);
      const { status, headers, body } = await receive(url.href, init);
      return new Response(body, { status, headers });
    },
    fetchFiles: async ({ url, html }) => {
      for (const named of namedIn('text/html', html)) await fetchFile(new URL(named, url).href);
    },
    look: () => {
      const seen = bytes;
      bytes = 0;
      return seen;
    },
    emptyCache: () => cache.clear(),
  };
}

/** What a browser fetches by itself for a file of that type. Links and forms are for people to follow. */
function namedIn(type: string, text: string): string[] {
  if (type.startsWith('text/css'))
    return [...text.matchAll(/(?:url\(|@import )\s*['"]?([^'")]+)/g)].map(([, at]) => at ?? '');
  if (/^(?:text|application)\/javascript/.test(type)) {
    return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, at]) => at ?? '');
  }
  if (!type.startsWith('text/html')) return [];
  const $ = load(text);
  // Scripts find other scripts by addresses that the page gives them in attributes.
  const given = $('*')
    .toArray()
    .flatMap((element) => Object.values($(element).attr() ?? {}))
    .filter((value) => /^\/assets\/[\w-]+\.\w+\?/.test(value));
  const named = $('link[href], [src], [poster], object[data]')
    .toArray()
    .map(
      (element) =>
        $(element).attr('href') ?? $(element).attr('src') ?? $(element).attr('poster') ?? $(element).attr('data'),
    )
    .filter((at) => at !== undefined && !at.startsWith('data:'))
    .map(String);
  return [...named, ...given];
}

/** One request on a connection of its own, so that what the socket has read is this answer and nothing else. */
async function overTheWire(
  url: string,
  { method = 'GET', headers, body }: RequestInit,
): Promise<Received & { bytes: number }> {
  const sent = new Request(url, { method, headers: headers ?? {}, body: body ?? null });
  const asked = request(url, {
    method,
    agent: false,
    headers: { ...Object.fromEntries(sent.headers), 'accept-encoding': 'gzip, deflate, br', connection: 'close' },
  });
  asked.end(Buffer.from(await sent.arrayBuffer()));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const packed = await buffer(answer);
  return {
    bytes: answer.socket.bytesRead,
    status: answer.statusCode ?? 0,
    headers: headersOf(answer),
    body: unpacked(packed, answer.headers['content-encoding']),
  };
}

/** All but what no longer holds of the unpacked body. */
function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const pairs = rawHeaders.flatMap((name, place): [string, string][] =>
    place % 2 === 0 ? [[name, rawHeaders[place + 1] ?? '']] : [],
  );
  return new Headers(pairs.filter(([name]) => !/^(?:content-encoding|transfer-encoding|connection)$/i.test(name)));
}

function unpacked(packed: Buffer<ArrayBuffer>, encoding: string | undefined): Buffer<ArrayBuffer> {
  if (encoding === 'br') return brotliDecompressSync(packed);
  return encoding === 'gzip' ? gunzipSync(packed) : packed;
}
