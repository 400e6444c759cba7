// Reading back what a gradebook column holds for one learner (AGS 2.0 result service).
import { z } from 'zod';
import { summarizeAnswer } from './answer-summary.ts';
import { parseJson } from './json.ts';
import { belowLineItem } from './line-item-url.ts';
import type { Fetch } from './platform-http.ts';
import { requestPlatform } from './platform-http.ts';
import type { ServiceFailure } from './service-failure.ts';
import { classifyFailure } from './service-failure.ts';

export interface Result {
  /** Points of `resultMaximum`; null when the learner has no grade. */
  resultScore: number | null;
  resultMaximum: number | null;
  comment: string | null;
}

/** `result` is null when the platform lists none for this learner. */
export type ResultOutcome = { kind: 'read'; result: Result | null } | ServiceFailure;

const mediaType = 'application/vnd.ims.lis.v2.resultcontainer+json';
const maxBytes = 1024 * 1024;

const looseNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullable()
  .catch(null);

const containerSchema = z.array(
  z.object({
    userId: z.union([z.string(), z.number().transform(String)]).catch(''),
    resultScore: looseNumber,
    resultMaximum: looseNumber,
    comment: z.string().nullable().catch(null),
  }),
);

/** Where the result of one learner is read from. Never with `limit`: a platform exists that answers it with a crash. */
export function resultsUrl(lineItemUrl: string, userId: string): string {
  const url = belowLineItem(lineItemUrl, 'results');
  return `${url}${url.includes('?') ? '&' : '?'}user_id=${encodeURIComponent(userId)}`;
}

/**
 * Reads one learner's result. Picks it by user, since a platform may ignore the filter, and takes numbers written as
 * strings. An answer of 2xx that is no result container is `unavailable`. Never throws for a network fault or an answer.
 *
 * @see AGS 2.0 §3.3, https://www.imsglobal.org/spec/lti-ags/v2p0/
 */
export async function readResult(
  { fetch, now }: { fetch: Fetch; now: () => Date },
  { token, lineItemUrl, userId }: { token: string; lineItemUrl: string; userId: string },
): Promise<ResultOutcome> {
  const answer = await requestPlatform(fetch, {
    url: resultsUrl(lineItemUrl, userId),
    method: 'GET',
    headers: { authorization: `Bearer ${token}`, accept: mediaType },
    maxBytes,
  });
  if (!answer.ok || answer.status < 200 || answer.status > 299) return classifyFailure(answer, [token], now());
  const { data: results } = containerSchema.safeParse(parseJson(answer.text));
  if (results === undefined) {
    const detail = summarizeAnswer(answer.text, [token]);
    return { kind: 'unavailable', status: answer.status, detail, retryAfterSeconds: null };
  }
  const found = results.find((result) => result.userId === userId);
  if (found === undefined) return { kind: 'read', result: null };
  const { resultScore, resultMaximum, comment } = found;
  return { kind: 'read', result: { resultScore, resultMaximum, comment } };
}
