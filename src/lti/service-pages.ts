// Reads a list that a platform hands out page by page: all of it, or nothing.
import { summarizeAnswer } from '../outbound/answer-summary.ts';
import { parseJson } from '../outbound/json.ts';
import { nextPage } from './link-header.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import { isSuccess, requestPlatform } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import { classifyFailure, unreadable } from '../outbound/service-failure.ts';

export interface PagedRequest<Entry> {
  token: string;
  firstUrl: string;
  /** The only one we accept, without alternatives: platforms exist that refuse those. */
  mediaType: string;
  /** The entries of one page, given its JSON; null if it is no such page. */
  parsePage: (json: unknown) => readonly Entry[] | null;
  mostPages?: number;
  /** For all pages together. */
  mostBytes?: number;
  /** For all pages together. */
  totalTimeoutMs?: number;
}

export type PagesOutcome<Entry> = { kind: 'read'; entries: Entry[] } | ServiceFailure;

const megabyte = 1024 * 1024;

/**
 * Reads a list from its first page to its last. Never gives half a list: whoever is missing in it would count as gone.
 * The token goes to the origin of the first page only.
 *
 * Besides what `classifyFailure` says: `unavailable` for a 2xx that is no such page, and when the time (30 s unless told) is
 * over; `refused`, with this word before a colon in the detail, for `foreign-page` (the next page has another origin),
 * `unreadable-link`, `page-loop` (the same page again), `too-many-pages` (200 unless told) and `too-large` (32 MiB unless
 * told). Never throws for a network fault or an answer.
 *
 * @see AGS 2.0 §3.2.4 and NRPS 2.0 §2.4.2, which page in the same way
 */
export async function readPages<Entry>(
  { fetch, now }: { fetch: Fetch; now: () => Date },
  request: PagedRequest<Entry>,
): Promise<PagesOutcome<Entry>> {
  const { token, firstUrl, mediaType, parsePage } = request;
  const { mostPages = 200, mostBytes = 32 * megabyte, totalTimeoutMs = 30_000 } = request;
  const endMs = now().getTime() + totalTimeoutMs;
  const headers = { authorization: `Bearer ${token}`, accept: mediaType };
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let maxBytes = mostBytes;
  let url: string | null = firstUrl;

  while (url !== null) {
    if (seen.has(url)) return stopped('refused', `page-loop: ${url}`);
    if (seen.size === mostPages) return stopped('refused', `too-many-pages: more than ${mostPages}`);
    seen.add(url);
    const timeoutMs = endMs - now().getTime();
    if (timeoutMs <= 0) return stopped('unavailable', `timeout: not all pages in ${totalTimeoutMs} ms`);
    const answer = await requestPlatform(fetch, { url, method: 'GET', headers, timeoutMs, maxBytes });
    if (!answer.ok || !isSuccess(answer)) return classifyFailure(answer, [token], now());
    const page = parsePage(parseJson(answer.text));
    if (page === null) return unreadable(answer, [token]);
    for (const entry of page) entries.push(entry);
    maxBytes -= Buffer.byteLength(answer.text);
    const link = answer.headers.get('link');
    const next = nextPage(link, url);
    if (!next.ok) return stopped('refused', `${next.code}: ${link}`);
    url = next.url;
  }
  return { kind: 'read', entries };
}

function stopped(kind: 'refused' | 'unavailable', detail: string): ServiceFailure {
  return { kind, status: null, fault: null, detail: summarizeAnswer(detail, []), retryAfterSeconds: null };
}
