// One call of the Classroom API: authorised, with JSON both ways.
import type { z } from 'zod';
import { parseJson } from '../outbound/json.ts';
import { isSuccess, requestPlatform, type Fetch } from '../outbound/platform-http.ts';
import { unreadable } from '../outbound/service-failure.ts';
import { classroomFailure, type ClassroomFailure } from './classroom-failure.ts';

/** What a call is made with: a token to act in somebody's name, and where the API is. */
export interface ClassroomCall {
  fetch: Fetch;
  now: () => Date;
  token: string;
  /** Without a slash at the end. */
  apiUrl: string;
}

export interface ClassroomRequest<Schema extends z.ZodType> {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Each part is a name or an id, written safely into the path below `/v1/`. */
  path: readonly string[];
  /** A list is said as the same name several times. */
  query?: Record<string, string | readonly string[] | null | undefined>;
  body?: object;
  /** What of the answer is needed. */
  schema: Schema;
}

export type Answered<Value> = { kind: 'read'; value: Value } | ClassroomFailure;

/** Calls the API. An answer that does not say what it should is `unavailable`. Never throws for a network fault or an answer. */
export async function callClassroom<Schema extends z.ZodType>(
  { fetch, now, token, apiUrl }: ClassroomCall,
  { method = 'GET', path, query = {}, body, schema }: ClassroomRequest<Schema>,
): Promise<Answered<z.output<Schema>>> {
  const said = Object.entries(query).flatMap(([name, value]): [string, string][] => {
    const values = typeof value === 'string' ? [value] : (value ?? []);
    return values.filter(Boolean).map((one) => [name, one]);
  });
  const search = said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`;
  const answer = await requestPlatform(fetch, {
    url: `${apiUrl}/v1/${path.map(encodeURIComponent).join('/')}${search}`,
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok || !isSuccess(answer)) return classroomFailure(answer, [token], now());
  const read = schema.safeParse(parseJson(answer.text));
  return read.success ? { kind: 'read', value: read.data } : { ...unreadable(answer, [token]), code: 'unavailable' };
}

/** A list of a course is never longer than this many pages. */
const mostPages = 100;

/** Reads a list from its first page to its last, or nothing of it. */
export async function readAllPages<Schema extends z.ZodType<{ nextPageToken?: string | undefined }>>(
  call: ClassroomCall,
  request: ClassroomRequest<Schema>,
): Promise<Answered<z.output<Schema>[]>> {
  const pages: z.output<Schema>[] = [];
  let pageToken: string | undefined;
  do {
    const page = await callClassroom(call, { ...request, query: { ...request.query, pageToken } });
    if (page.kind !== 'read') return page;
    pages.push(page.value);
    pageToken = page.value.nextPageToken;
  } while (pageToken && pages.length < mostPages);
  return { kind: 'read', value: pages };
}
