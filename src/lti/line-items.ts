// The gradebook columns of a course: listed, read, made and changed (AGS 2.0 line item service).
import { parseJson } from '../outbound/json.ts';
import type { LineItem, LineItemIdentity } from './line-item.ts';
import { parseLineItem } from './line-item.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import { isSuccess, requestPlatform } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import { classifyFailure, unreadable } from '../outbound/service-failure.ts';
import { readPages } from './service-pages.ts';
import { withQuery } from './service-url.ts';

export const lineItemScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem';

export type LineItemsOutcome = { kind: 'read'; items: LineItem[] } | ServiceFailure;
export type LineItemOutcome = { kind: 'read'; item: LineItem } | ServiceFailure;

/** What a new column is to be. `scoreMaximum` in points, more than 0. */
export interface NewLineItem extends LineItemIdentity {
  label: string;
  scoreMaximum: number;
}

interface Tools {
  fetch: Fetch;
  now: () => Date;
}

const itemType = 'application/vnd.ims.lis.v2.lineitem+json';
const containerType = 'application/vnd.ims.lis.v2.lineitemcontainer+json';

/**
 * Lists the columns that we may see, all pages of them. Filters left out or null ask for any; they are applied to what comes
 * back too, because a platform may ignore them. An entry without a usable address is left out.
 *
 * @param asked.lineItemsUrl as received at a launch; its query is kept
 * @returns `read`, or what `readPages` says
 * @see AGS 2.0 §3.2.4, https://www.imsglobal.org/spec/lti-ags/v2p0/
 */
export async function listLineItems(
  tools: Tools,
  asked: { token: string; lineItemsUrl: string } & Partial<LineItemIdentity>,
): Promise<LineItemsOutcome> {
  const { token, lineItemsUrl, resourceLinkId, resourceId, tag } = asked;
  const read = await readPages(tools, {
    token,
    firstUrl: withQuery(lineItemsUrl, { resource_link_id: resourceLinkId, resource_id: resourceId, tag }),
    mediaType: containerType,
    parsePage: (json) =>
      Array.isArray(json) ? json.flatMap((entry: unknown) => parseLineItem(entry, lineItemsUrl) ?? []) : null,
  });
  if (read.kind !== 'read') return read;
  const passes = (wanted: string | null | undefined, found: string | null) => (wanted ?? found) === found;
  const items = read.entries.filter(
    (item) =>
      passes(resourceLinkId, item.resourceLinkId) && passes(resourceId, item.resourceId) && passes(tag, item.tag),
  );
  return { kind: 'read', items };
}

/**
 * Reads one column as it is now.
 *
 * @returns `read`; `refused` with status 404 when it is gone
 * @see AGS 2.0 §3.2.2
 */
export async function readLineItem(
  tools: Tools,
  { token, lineItemUrl }: { token: string; lineItemUrl: string },
): Promise<LineItemOutcome> {
  return exchange(tools, { method: 'GET', url: lineItemUrl, token });
}

/**
 * Makes a column. The platform makes a second one if there is such a one already, so list first and let only one process
 * at a time do it. What the platform returns is what the column is, whatever we asked for; a 2xx that does not say where
 * the column is counts as `unavailable`. Throws a RangeError for a blank label or a maximum that is not above 0.
 *
 * @see AGS 2.0 §3.2.5, §3.2.15
 */
export async function createLineItem(
  tools: Tools,
  { token, lineItemsUrl, ...wanted }: { token: string; lineItemsUrl: string } & NewLineItem,
): Promise<LineItemOutcome> {
  const { label, scoreMaximum, resourceId, tag, resourceLinkId } = wanted;
  checkColumn(wanted);
  const document = {
    label,
    scoreMaximum,
    ...(resourceId !== null && { resourceId }),
    ...(tag !== null && { tag }),
    ...(resourceLinkId !== null && { resourceLinkId }),
    // From the gradebook, people may come and look at the work (LTI submission review 1.0).
    submissionReview: {},
  };
  return exchange(tools, { method: 'POST', url: lineItemsUrl, token, document });
}

/**
 * Renames or re-scales a column, or both. Sends the whole of it back, because what is left out is wiped (submission review
 * among it, seen on a live platform, November 2026); its identity stays. So `item` must be fresh: read it just before.
 *
 * @param asked.change label not blank; scoreMaximum in points, more than 0, or a RangeError is thrown
 * @returns `read` with the column as the platform returns it, or as we sent it where it returns nothing
 * @see AGS 2.0 §3.2.6
 */
export async function updateLineItem(
  tools: Tools,
  { token, item, change }: { token: string; item: LineItem; change: { label?: string; scoreMaximum?: number } },
): Promise<LineItemOutcome> {
  checkColumn(change);
  const { label, scoreMaximum } = change;
  const document = {
    ...item.document,
    ...(label !== undefined && { label }),
    ...(scoreMaximum !== undefined && { scoreMaximum }),
  };
  return exchange(tools, { method: 'PUT', url: item.url, token, document });
}

function checkColumn({ label, scoreMaximum }: { label?: string; scoreMaximum?: number }): void {
  if (label?.trim() === '') throw new RangeError('No label of a column');
  if (scoreMaximum !== undefined && !(Number.isFinite(scoreMaximum) && scoreMaximum > 0)) {
    throw new RangeError(`No maximum: ${scoreMaximum} points`);
  }
}

async function exchange(
  { fetch, now }: Tools,
  request: { method: 'GET' | 'POST' | 'PUT'; url: string; token: string; document?: Record<string, unknown> },
): Promise<LineItemOutcome> {
  const { method, url, token, document } = request;
  const answer = await requestPlatform(fetch, {
    url,
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: itemType,
      ...(document && { 'content-type': itemType }),
    },
    ...(document && { body: JSON.stringify(document) }),
  });
  if (!answer.ok || !isSuccess(answer)) return classifyFailure(answer, [token], now());
  const returned = parseLineItem(parseJson(answer.text), url);
  const item = returned ?? (method === 'PUT' ? parseLineItem(document, url) : null);
  return item ? { kind: 'read', item } : unreadable(answer, [token]);
}
