// A gradebook column as the platform describes it (AGS 2.0 line item), and which of several is the one of a placement.
import { z } from 'zod';
import { looseNumber, looseText } from './loose-json.ts';

export interface LineItem {
  /** Its identity and its address: scores and results lie below it. */
  url: string;
  label: string;
  /** Points; null where the platform says none. */
  scoreMaximum: number | null;
  resourceId: string | null;
  tag: string | null;
  /** The placement it belongs to, if any. */
  resourceLinkId: string | null;
  /** As received, what we do not know included: a change sends all of it back. */
  document: Record<string, unknown>;
}

/** What a column is recognised by. */
export interface LineItemIdentity {
  resourceLinkId: string | null;
  resourceId: string | null;
  tag: string | null;
}

const documentSchema = z.record(z.string(), z.unknown());

const itemSchema = z.object({
  id: z.url({ protocol: /^https?$/ }),
  label: looseText,
  scoreMaximum: looseNumber,
  resourceId: looseText,
  tag: looseText,
  resourceLinkId: looseText,
});

/**
 * Parses one line item; null without an `id` that is an address at the origin of `serviceUrl`, for our token and the
 * learners' scores will be sent there.
 */
export function parseLineItem(json: unknown, serviceUrl: string): LineItem | null {
  const document = documentSchema.safeParse(json).data;
  const item = itemSchema.safeParse(document).data;
  if (!document || !item || new URL(item.id).origin !== new URL(serviceUrl).origin) return null;
  const { id: url, label, ...rest } = item;
  return { url, label: label ?? '', ...rest, document };
}

/**
 * Which of `items` is the column of this placement, or null. Never one of another placement: after a course copy there are
 * several of the same resource. Of those of this placement, one with another tag is another column; the one whose tag
 * and resource are equal comes first, then one with an equal tag, then one without. Among equals the first listed.
 *
 * Without a placement (`resourceLinkId` null) both tag and resource must be equal.
 *
 * @see AGS 2.0 §3.2.15, https://www.imsglobal.org/spec/lti-ags/v2p0/
 */
export function findLineItem(items: readonly LineItem[], wanted: LineItemIdentity): LineItem | null {
  const ranked = items
    .map((item) => ({ item, rank: likeness(item, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank);
  return ranked[0]?.item ?? null;
}

/** 0: not ours. */
function likeness(item: LineItem, wanted: LineItemIdentity): number {
  if (item.resourceLinkId !== wanted.resourceLinkId) return 0;
  const hasTag = item.tag === wanted.tag;
  const hasResource = item.resourceId === wanted.resourceId;
  if (hasTag && hasResource) return 4;
  if (wanted.resourceLinkId === null) return 0;
  if (hasTag) return 3;
  if (item.tag !== null && wanted.tag !== null) return 0;
  return hasResource ? 2 : 1;
}
