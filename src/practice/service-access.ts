// Who may use a service: the exact media type, a live token of the tool, one of the scopes, a course that exists.
import type { Request, RequestHandler } from 'express';
import { type LmsContext, unixSeconds } from './context.ts';
import { findCourse } from './directory.ts';
import { scopesDespite } from './faults.ts';
import { refuse } from './service-answer.ts';
import type { State } from './state.ts';

/**
 * Lets a request through or refuses it in Moodle's order: 400 for another media type than exactly `mediaType` (in
 * Accept for GET, else in Content-Type, where parameters do not count; DELETE has none), 401 for a token that is
 * missing, over, or of another tool or scope, 404 for an unknown course. The course is the route's `:courseId`, the
 * tool is named by `type_id` or by the route's `:toolId`, if at all.
 *
 * @param scopes any one of them will do
 */
export function requireAccess(
  { state, now, quirks }: LmsContext,
  { mediaType, scopes }: { mediaType: string; scopes: readonly string[] },
): RequestHandler<{ courseId: string }> {
  return (req, res, next) => {
    const isTyped = quirks.isMediaTypeExact && req.method !== 'DELETE';
    if (isTyped && mediaTypeOf(req) !== mediaType) return refuse(req, res, 400, `No handler found for ${req.path}`);
    const token = findToken(state, req);
    const bound: unknown = 'toolId' in req.params ? req.params.toolId : undefined;
    const named = [req.query['type_id'], bound].filter((id) => id !== undefined);
    const isPermitted =
      token !== undefined &&
      token.validUntil > unixSeconds(now()) &&
      named.every((id) => id === token.toolId) &&
      scopesDespite(state.faults, token.scopes).some((one) => scopes.includes(one));
    if (!isPermitted) return refuse(req, res, 401, 'Unauthorized');
    const { courseId } = req.params;
    if (!findCourse(state, courseId)) return refuse(req, res, 404, `Not Found: Course ${courseId} doesn't exist.`);
    next();
  };
}

/** The tool that asks, behind `requireAccess`. */
export function askingToolId(state: State, req: Pick<Request, 'get'>): string {
  return findToken(state, req)?.toolId ?? '';
}

function findToken({ accessTokens }: State, req: Pick<Request, 'get'>): State['accessTokens'][number] | undefined {
  const bearer = /^Bearer (.+)$/i.exec(req.get('Authorization') ?? '')?.[1];
  return accessTokens.find(({ token }) => token === bearer);
}

function mediaTypeOf(req: Pick<Request, 'get' | 'method'>): string | undefined {
  return req.method === 'GET' ? req.get('Accept') : req.get('Content-Type')?.split(';')[0]?.trim();
}
