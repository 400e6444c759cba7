// What browsers may do with our pages: run only our own files, and stand only in frames of LMSs that we know.
import helmet from 'helmet';
import type { RequestHandler, Response } from 'express';

/** The headers of every answer; the frame's owner is the LMS of whoever is signed in. */
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
    setPolicy(res, res.locals.session?.platformOrigins ?? []);
    res.set('Cache-Control', 'no-store');
    set(req, res, next);
  };
}

/** Lets pages of these origins frame this answer, and lets its forms end up there: for a login, before anybody is signed in. */
export function allowPlatform(res: Response, origins: string[]): void {
  setPolicy(res, origins);
}

function setPolicy(res: Response, origins: string[]) {
  const known = ["'self'", ...origins].join(' ');
  res.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data: https:",
      "connect-src 'self'",
      "base-uri 'none'",
      `form-action ${known}`,
      `frame-ancestors ${known}`,
    ].join('; '),
  );
}
