// One call of the API: who calls, what they say, and where the answer comes from.
import type { Request, Router } from 'express';
import { z } from 'zod';
import { ApiError, invalid, lacksScope } from './api-error.ts';
import { methods, type Method, type MethodName } from './methods.ts';
import type { State } from './state.ts';

export interface ApiContext {
  state: State;
  now: () => Date;
  /** Where the pages of Classroom are, without a slash at the end. */
  pagesUrl: string;
}

export interface Caller {
  userId: string;
  clientId: string;
  /** In full. */
  scopes: string[];
}

export interface ApiCall {
  caller: Caller;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed, not checked; an empty object where nothing was sent. */
  body: unknown;
  nowMs: number;
}

const scopeRoot = 'https://www.googleapis.com/auth/classroom.';

/** What any method takes. */
const standardQuery = ['$.xgafv', 'access_token', 'alt', 'callback', 'fields', 'key', 'prettyPrint', 'quotaUser'];

/** Answers calls of a method with what `answer` makes of them, or with the refusal that it throws. */
export function serve(router: Router, context: ApiContext, name: MethodName, answer: (call: ApiCall) => object): void {
  const { verb, path, scopes, query = [] }: Method = methods[name];
  const pattern = path.replaceAll(':', String.raw`\:`).replaceAll(/\{(\w+)\}/g, ':$1');
  router[verb](pattern, (req, res) => {
    const nowMs = context.now().getTime();
    const caller = callerOf(context.state, req, nowMs, scopes);
    const said = new URL(req.originalUrl, 'http://api').searchParams;
    for (const parameter of said.keys()) {
      if (!query.includes(parameter) && !standardQuery.includes(parameter)) throw unknownName(parameter);
    }
    const params = z.record(z.string(), z.string()).parse(req.params);
    res.json(answer({ caller, params, query: said, body: bodyOf(req), nowMs }));
  });
}

export function hasScope({ scopes }: Caller, ending: RegExp): boolean {
  return scopes.some((scope) => scope.startsWith(scopeRoot) && ending.test(scope.slice(scopeRoot.length)));
}

/** Reads what was said as Google does: an unknown name or a wrong type is refused. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') throw unknownName(issue.keys[0] ?? '');
  throw invalid(`Invalid value at '${issue?.path.join('.')}': ${issue?.message}`);
}

/** The fields of an update mask, in the spelling of JSON, each of them one of `known`. */
export function readMask<Field extends string>(query: URLSearchParams, known: readonly Field[]): Field[] {
  const said = (query.get('updateMask') ?? '').split(',').map((field) => field.trim());
  const fields = said
    .filter(Boolean)
    .map((field) => field.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
  if (fields.length === 0) throw invalid('updateMask: Update mask is required');
  return fields.map((field) => {
    const found = known.find((one) => one === field);
    if (found === undefined) throw invalid(`updateMask: Non-supported update mask fields specified: ${field}`);
    return found;
  });
}

function callerOf(state: State, req: Request, nowMs: number, scopes: readonly string[]): Caller {
  const token = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
  const known = Object.hasOwn(state.accessTokens, token) ? state.accessTokens[token] : undefined;
  if (!known || known.expiresAtMs <= nowMs) {
    throw new ApiError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
  }
  if (!scopes.some((scope) => known.scopes.includes(scopeRoot + scope))) throw lacksScope();
  return known;
}

function bodyOf(req: Request): unknown {
  const text = typeof req.body === 'string' ? req.body.trim() : '';
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('Invalid JSON payload received.');
  }
}

function unknownName(name: string): ApiError {
  return invalid(`Invalid JSON payload received. Unknown name "${name}"`);
}
