// The only way out: every call that is made to a platform goes through `requestPlatform`, so every one of them has
// a deadline, a size limit, our name on it, and never follows a redirect with a token in its hand.
import { z } from 'zod';

export type Fetch = typeof globalThis.fetch;

export interface PlatformRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  body?: string;
  /** For the whole exchange, the last byte of the body included. */
  timeoutMs?: number;
  maxBytes?: number;
  /** Whether a redirect is an answer like any other. It is followed in no case. */
  takesRedirect?: boolean;
}

export type PlatformAnswer = ArrivedAnswer | FailedAnswer;

export interface ArrivedAnswer {
  ok: true;
  status: number;
  /** The words beside the status; empty where the connection carries none (HTTP/2). */
  reason: string;
  headers: Headers;
  text: string;
}

export interface FailedAnswer {
  ok: false;
  code: 'timeout' | 'network' | 'too-large' | 'redirect' | 'address-refused';
  /** The HTTP status, where one was seen before the exchange failed. */
  status: number | null;
  /** For a log or an administrator: an error code such as `ECONNREFUSED`, never anything that was sent. */
  detail: string;
}

/** The code of the fault with which a guarded `fetch` refuses to connect. */
export const addressRefused = 'ADDRESS_REFUSED';

const userAgent = 'Mustaqil (+LTI 1.3 tool)';
const defaultTimeoutMs = 5_000;
const defaultMaxBytes = 256 * 1024;

/**
 * Sends one request to a platform and reads its whole answer.
 * Any HTTP status but a redirect is an answer, and that one too where it is asked for; no network fault and no answer makes it throw.
 *
 * Refusals: `timeout` (5 s unless told, body included), `network` (no connection, TLS, or not HTTP), `too-large` (body
 * over `maxBytes`, 256 KiB unless told), `redirect` (3xx: the token would go to an address nobody registered),
 * `address-refused` (the address is in a network that strangers may not make us call; nothing was sent).
 */
export async function requestPlatform(fetch: Fetch, request: PlatformRequest): Promise<PlatformAnswer> {
  const { timeoutMs = defaultTimeoutMs } = request;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<FailedAnswer>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, code: 'timeout', status: null, detail: `no complete answer in ${timeoutMs} ms` });
      controller.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([exchange(fetch, request, controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the platform said yes (2xx). */
export function isSuccess({ status }: ArrivedAnswer): boolean {
  return status >= 200 && status <= 299;
}

/** Never rejects: it loses the race against the deadline without leaving an unhandled rejection behind. */
async function exchange(fetch: Fetch, request: PlatformRequest, signal: AbortSignal): Promise<PlatformAnswer> {
  const { url, method, headers, body, maxBytes = defaultMaxBytes, takesRedirect = false } = request;
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, 'user-agent': userAgent },
      body: body ?? null,
      redirect: 'manual',
      signal,
    });
    const { status } = response;
    if (isRedirect(response) && !takesRedirect) {
      await response.body?.cancel();
      return { ok: false, code: 'redirect', status: status || null, detail: 'redirects are not followed' };
    }
    const text = await readText(response, maxBytes);
    if (text === null) return { ok: false, code: 'too-large', status, detail: `more than ${maxBytes} bytes` };
    return { ok: true, status, reason: response.statusText, headers: response.headers, text };
  } catch (error) {
    const refused = refusedFault.safeParse(error).data;
    if (refused) return { ok: false, code: 'address-refused', status: null, detail: refused.cause.message };
    return { ok: false, code: 'network', status: null, detail: fetchFault.parse(error) };
  }
}

function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);
}

/** The body as UTF-8, or null as soon as it grows beyond `maxBytes`, whatever Content-Length said. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (body === null) return '';
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

const refusedFault = z.object({ cause: z.object({ code: z.literal(addressRefused), message: z.string() }) });

const namedFault = z.union([
  z.object({ code: z.string() }).transform(({ code }) => code),
  z.object({ name: z.string() }).transform(({ name }) => name),
]);

/** `fetch` hides the reason (`ECONNREFUSED`, `CERT_HAS_EXPIRED`) in the cause of a TypeError that says "fetch failed". */
const fetchFault = z
  .union([z.object({ cause: namedFault }).transform(({ cause }) => cause), namedFault])
  .catch('unknown');
