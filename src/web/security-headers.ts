// What browsers may do with our pages: run only our own files, ask nothing of other sites, and stand only in frames of LMSs that we
// know.
import helmet from 'helmet';
import type { Request, RequestHandler, Response } from 'express';
import { parseCookie, partitionedCookie } from './cookies.ts';

/** In whose frames this browser has met us: a page that refuses must be readable there without a session, too. */
const platformCookie = '__Host-platform';
const platformCookieMs = 7 * 24 * 60 * 60 * 1000;

/** A host may hold characters, such as a semicolon, that mean something in a policy; no LMS lives at such a one. */
const plainOrigin = /^https?:\/\/[\w.:[\]-]+$/;

/** The headers of every answer; the frame's owner is the LMS of whoever is signed in, or the one of the last login. */
export function securityHeaders({ isHttps }: { isHttps: boolean }): RequestHandler {
  const set = helmet({
    contentSecurityPolicy: false,
    // Who may frame us is said by the policy below; this older header knows no list.
    frameguard: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isHttps,
  });
  return (req, res, next) => {
    setPolicy(res, [...(res.locals.session?.platformOrigins ?? []), ...rememberedPlatform(req)]);
    res.set('Cache-Control', 'no-store');
    set(req, res, next);
  };
}

/** Lets pages of these origins frame this answer, and lets its forms end up there: for a login, before anybody is signed in. */
export function allowPlatform(res: Response, origins: string[]): void {
  setPolicy(res, origins);
}

/** The same for whatever this browser is answered from now on; who launches from another LMS puts that in its place. */
export function rememberPlatform(res: Response, origins: string[]): void {
  allowPlatform(res, origins);
  res.cookie(platformCookie, origins.join(' '), { ...partitionedCookie, maxAge: platformCookieMs });
}

/** Whoever alters the cookie alters their own browser's pages alone; but nothing but origins gets into the header. */
function rememberedPlatform(req: Request): string[] {
  const origins = parseCookie(req, platformCookie)?.split(' ') ?? [];
  return origins.filter((origin) => URL.canParse(origin) && new URL(origin).origin === origin).slice(0, 4);
}

function setPolicy(res: Response, origins: string[]) {
  const known = ["'self'", ...new Set(origins.filter((origin) => plainOrigin.test(origin)))].join(' ');
  res.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data:",
      "media-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      `form-action ${known}`,
      `frame-ancestors ${known}`,
    ].join('; '),
  );
}
