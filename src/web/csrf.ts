// No other site can post in a person's name: every form bears a token that only pages of this session know.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { PageError } from './errors.ts';

/** Gives pages their token, as `res.locals.csrfToken`; an empty one where nobody is signed in. */
export function giveCsrfToken(key: Uint8Array): RequestHandler {
  return (_req, res, next) => {
    const { session } = res.locals;
    res.locals.csrfToken = session ? createHmac('sha256', key).update(session.idHash).digest('base64url') : '';
    next();
  };
}

/**
 * Refuses what would change something without the token, in the field `_csrf` or the header `X-CSRF-Token`. Runs after the
 * body is read; LTI messages come from another site by design and stand before it.
 */
export const checkCsrfToken: RequestHandler = (req, res, next) => {
  if (['GET', 'HEAD'].includes(req.method)) {
    next();
    return;
  }
  if (!res.locals.session) throw new PageError(401, 'signed-out', 'signed-out');
  const field = (req.body as Record<string, unknown> | undefined)?._csrf;
  const given = req.get('x-csrf-token') ?? (typeof field === 'string' ? field : '');
  if (!sameText(given, res.locals.csrfToken)) throw new PageError(403, 'form-expired', 'form-expired');
  next();
};

function sameText(one: string, other: string) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
