// The two cookies there are have the same shape: for this host alone, out of reach of scripts, and allowed in a frame.
import { parse } from 'cookie';
import type { CookieOptions, Request } from 'express';

/** A `__Host-` cookie that browsers keep apart for each LMS in whose pages we stand (CHIPS). */
export const partitionedCookie: CookieOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'none',
  partitioned: true,
};

/** Tells one browser from another: ties a login to the browser that began it, and forms to the one that shows them. */
export const browserCookie = '__Host-browser';

/** The value of one cookie of a request; null where it has none. */
export function parseCookie(req: Request, name: string): string | null {
  return parse(req.headers.cookie ?? '')[name] ?? null;
}
