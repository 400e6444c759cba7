// The answer to a deep linking request: what the teacher chose, signed, for the browser to carry back to the platform.
import { SignJWT } from 'jose';
import { claim } from './claims.ts';
import type { ServiceClient } from './client-assertion.ts';

export interface ResourceLinkItem {
  title: string;
  text: string | null;
  /** Null: the address of the tool. A platform may look for the tool of a link by its address and find another. */
  url: string | null;
  /** What comes back with each launch of the link: the identity of the content. Line breaks in it are dropped. */
  custom: Record<string, string>;
  /** A gradebook column, whose cells lead back to the submissions; null for a link without grades. */
  lineItem: LineItemProposal | null;
  /** When the link is open, and when work may be handed in: proposals that the platform may ignore. */
  available: TimeFrame | null;
  submission: TimeFrame | null;
}

export interface LineItemProposal {
  label: string;
  /** Points, more than 0. Some platforms keep whole numbers up to 100 only. */
  scoreMaximum: number;
  resourceId: string | null;
  tag: string | null;
}

export interface TimeFrame {
  startDateTime?: Date;
  endDateTime?: Date;
}

export interface DeepLinkingAnswer {
  /** None: the teacher cancelled. */
  items: readonly ResourceLinkItem[];
  /** `data` of the request, to the letter; null when there was none. */
  data: string | null;
  /** Plain text that the platform shows to the teacher: what was done, what went wrong. */
  message?: string | null;
  error?: string | null;
  /** When the answer is sent, not when the choice began: that may be an hour ago. */
  now: Date;
  /** Unguessable, and used for this answer alone. */
  nonce: string;
}

const backdatedSeconds = 30;
const lifetimeSeconds = 5 * 60;
const response = (name: string): string => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;

/**
 * Signs a `LtiDeepLinkingResponse` as a compact JWT, to be posted as the field `JWT` to the return address of the
 * request, also when nothing was chosen. `iat` lies 30 s in the past and there is no `nbf`, because platforms exist that
 * allow their clock no leeway (seen on a live one, November 2026); `exp` lies 5 minutes ahead.
 *
 * Whether the platform accepts several items or gradebook columns is for the caller to heed. Throws a RangeError for a
 * maximum that is no score.
 *
 * @param client the registration that asked, and the deployment
 * @see LTI deep linking 2.0 §4.5, https://www.imsglobal.org/spec/lti-dl/v2p0/
 */
export async function signDeepLinkingResponse(
  client: Pick<ServiceClient, 'issuer' | 'clientId' | 'deploymentId' | 'key'>,
  { items, data, message = null, error = null, now, nonce }: DeepLinkingAnswer,
): Promise<string> {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    [claim.messageType]: 'LtiDeepLinkingResponse',
    [claim.version]: '1.3.0',
    [claim.deploymentId]: client.deploymentId,
    [response('content_items')]: items.map(contentItem),
    ...(data !== null && { [response('data')]: data }),
    ...(message !== null && { [response('msg')]: message }),
    ...(error !== null && { [response('errormsg')]: error }),
    nonce,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: client.key.kid })
    .setIssuer(client.clientId)
    .setAudience(client.issuer)
    .setIssuedAt(nowSeconds - backdatedSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(client.key.privateKey);
}

/** @see LTI deep linking 2.0 §3.2, https://www.imsglobal.org/spec/lti-dl/v2p0/ */
function contentItem({ title, text, url, custom, lineItem, available, submission }: ResourceLinkItem) {
  return {
    type: 'ltiResourceLink',
    title,
    ...(text !== null && { text }),
    ...(url !== null && { url }),
    custom: onOneLineEach(custom),
    ...(lineItem !== null && { lineItem: proposed(lineItem) }),
    ...(available !== null && { available: timeFrame(available) }),
    ...(submission !== null && { submission: timeFrame(submission) }),
  };
}

function proposed({ label, scoreMaximum, resourceId, tag }: LineItemProposal) {
  if (!(Number.isFinite(scoreMaximum) && scoreMaximum > 0)) throw new RangeError(`No maximum: ${scoreMaximum} points`);
  return {
    label,
    scoreMaximum,
    ...(resourceId !== null && { resourceId }),
    ...(tag !== null && { tag }),
    submissionReview: {},
  };
}

function timeFrame({ startDateTime, endDateTime }: TimeFrame): Record<string, string> {
  return {
    ...(startDateTime && { startDateTime: startDateTime.toISOString() }),
    ...(endDateTime && { endDateTime: endDateTime.toISOString() }),
  };
}

/** A platform may keep parameters as lines of `name=value`, where a line break would begin another parameter. */
function onOneLineEach(custom: Record<string, string>): Record<string, string> {
  const withoutBreaks = (text: string): string => text.replace(/[\n\v\f\r\x85\u2028\u2029]/g, '');
  return Object.fromEntries(Object.entries(custom).map(([name, value]) => [withoutBreaks(name), withoutBreaks(value)]));
}
