// No other site can post in a person's name: every form bears a token that only pages for this person in this browser know.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { browserCookie, parseCookie } from './cookies.ts';
import { PageError } from './errors.ts';
import { csrfField } from './forms.ts';

/**
 * Gives pages their token, as `res.locals.csrfToken`; an empty one where nobody is signed in. It outlives a session: a page that
 * was left open goes on working once the same person is signed in again, and for nobody else on a shared phone.
 */
export function giveCsrfToken(key: Uint8Array): RequestHandler {
  return (req, res, next) => {
    const { session } = res.locals;
    const browser = parseCookie(req, browserCookie) ?? '';
    res.locals.csrfToken = session
      ? createHmac('sha256', key).update(`${session.personId} ${browser}`).digest('base64url')
      : '';
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
  if (!sameText(req.get('x-csrf-token') ?? csrfField(req), res.locals.csrfToken))
    throw new PageError(403, 'form-expired', 'form-expired');
  next();
};

function sameText(one: string, other: string) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
