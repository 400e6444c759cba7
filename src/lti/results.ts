// Reading back what a gradebook column holds (AGS 2.0 result service).
import { z } from 'zod';
import { looseNumber, looseText } from './loose-json.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import { readPages } from './service-pages.ts';
import { belowLineItem, withQuery } from './service-url.ts';

export const resultScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly';

export interface Result {
  /** Points of `resultMaximum`; null when the learner has no grade. */
  resultScore: number | null;
  resultMaximum: number | null;
  comment: string | null;
}

/** `result` is null when the platform lists none for this learner. */
export type ResultOutcome = { kind: 'read'; result: Result | null } | ServiceFailure;
/** By the `subject` of a launch; who is not in it has no grade. */
export type ResultsOutcome = { kind: 'read'; results: ReadonlyMap<string, Result> } | ServiceFailure;

const mediaType = 'application/vnd.ims.lis.v2.resultcontainer+json';

const resultSchema = z.object({
  userId: looseText.pipe(z.string()),
  resultScore: looseNumber,
  resultMaximum: looseNumber,
  comment: z.string().nullable().catch(null),
});

/** Where the result of one learner is read from. Never with `limit`: a platform exists that answers it with a crash. */
export function resultsUrl(lineItemUrl: string, userId: string): string {
  return withQuery(belowLineItem(lineItemUrl, 'results'), { user_id: userId });
}

/**
 * Reads one learner's result. Picks it by user, since a platform may ignore the filter, and takes numbers written as
 * strings. An answer of 2xx that is no result container is `unavailable`. Never throws for a network fault or an answer.
 *
 * @see AGS 2.0 §3.3, https://www.imsglobal.org/spec/lti-ags/v2p0/
 */
export async function readResult(
  tools: { fetch: Fetch; now: () => Date },
  { token, lineItemUrl, userId }: { token: string; lineItemUrl: string; userId: string },
): Promise<ResultOutcome> {
  const read = await readFrom(tools, { token, firstUrl: resultsUrl(lineItemUrl, userId), totalTimeoutMs: 5_000 });
  return read.kind === 'read' ? { kind: 'read', result: read.results.get(userId) ?? null } : read;
}

/** Reads the results of everybody in a column, under the same rules; `totalTimeoutMs` is for all its pages together. */
export async function readResults(
  tools: { fetch: Fetch; now: () => Date },
  { lineItemUrl, ...request }: { token: string; lineItemUrl: string; totalTimeoutMs?: number },
): Promise<ResultsOutcome> {
  return readFrom(tools, { ...request, firstUrl: belowLineItem(lineItemUrl, 'results') });
}

async function readFrom(
  tools: { fetch: Fetch; now: () => Date },
  request: { token: string; firstUrl: string; totalTimeoutMs?: number },
): Promise<ResultsOutcome> {
  const read = await readPages(tools, { ...request, mediaType, parsePage: resultsOf });
  return read.kind === 'read' ? { kind: 'read', results: new Map(read.entries) } : read;
}

/** An entry that names nobody is left out. */
function resultsOf(json: unknown): [string, Result][] | null {
  const list = z.array(z.unknown()).safeParse(json).data;
  if (!list) return null;
  return list.flatMap((entry): [string, Result][] => {
    const result = resultSchema.safeParse(entry).data;
    if (!result) return [];
    const { userId, resultScore, resultMaximum, comment } = result;
    return [[userId, { resultScore, resultMaximum, comment }]];
  });
}
