// Who may use a service: the exact media type, a live token of this tool, one of the scopes, a course that exists.
import type { Request, RequestHandler } from 'express';
import { toolTypeId } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { findCourse } from './directory.ts';
import { refuse } from './service-answer.ts';

/**
 * Lets a request through or refuses it in Moodle's order: 400 for another media type than exactly `mediaType` (in
 * Accept for GET, else in Content-Type, where parameters do not count), 401 for a token that is missing, over, or of
 * another tool or scope, 404 for an unknown course. The course is the route's `:courseId`.
 *
 * @param scopes any one of them will do
 */
export function requireAccess(
  { state, now }: LmsContext,
  { mediaType, scopes }: { mediaType: string; scopes: readonly string[] },
): RequestHandler<{ courseId: string }> {
  return (req, res, next) => {
    if (mediaTypeOf(req) !== mediaType) return refuse(req, res, 400, `No handler found for ${req.path}`);
    const bearer = /^Bearer (.+)$/i.exec(req.get('Authorization') ?? '')?.[1];
    const token = state.accessTokens.find((one) => one.token === bearer);
    const isOurs = req.query['type_id'] === undefined || req.query['type_id'] === toolTypeId;
    if (
      !token ||
      token.validUntil <= unixSeconds(now()) ||
      !isOurs ||
      !scopes.some((one) => token.scopes.includes(one))
    ) {
      return refuse(req, res, 401, 'Unauthorized');
    }
    const { courseId } = req.params;
    if (!findCourse(state, courseId)) return refuse(req, res, 404, `Not Found: Course ${courseId} doesn't exist.`);
    next();
  };
}

function mediaTypeOf(req: Request<{ courseId: string }>): string | undefined {
  return req.method === 'GET' ? req.get('Accept') : req.get('Content-Type')?.split(';')[0]?.trim();
}
