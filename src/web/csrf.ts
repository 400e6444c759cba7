// No other site can post in a person's name: every form bears a token that only pages for this person in this browser know,
// or only those of one session of the administrator.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { browserCookie, parseCookie } from './cookies.ts';
import { PageError } from './errors.ts';
import { csrfField } from './forms.ts';

/**
 * Gives pages their token, as `res.locals.csrfToken`; an empty one where nobody is signed in. It outlives a session: a page that
 * was left open goes on working once the same person is signed in again, and for nobody else on a shared phone.
 */
export function giveCsrfToken(key: Uint8Array): RequestHandler {
  return (req, res, next) => {
    const holder = holderOf(req, res);
    res.locals.csrfToken = holder === null ? '' : createHmac('sha256', key).update(holder).digest('base64url');
    next();
  };
}

/** For whom a token is: no person's key reads like the administrator's. Null where nobody is signed in. */
function holderOf(req: Request, res: Response): string | null {
  const { admin, session } = res.locals;
  if (admin) return `admin ${admin.idHash}`;
  return session ? `${session.personId} ${parseCookie(req, browserCookie) ?? ''}` : null;
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
  if (res.locals.csrfToken === '') throw new PageError(401, 'signed-out', 'signed-out');
  if (!sameText(req.get('x-csrf-token') ?? csrfField(req), res.locals.csrfToken))
    throw new PageError(403, 'form-expired', 'form-expired');
  next();
};

function sameText(one: string, other: string) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
