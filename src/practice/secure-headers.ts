// The headers of the LMS's pages, and the refusal of forms that come from elsewhere.
import type { RequestHandler } from 'express';
import type { LmsContext } from './context.ts';
import { hostOf, toolOrigins } from './tools.ts';

/** As Moodle: framed by itself alone. And no script, style or frame but its own and the tools'. */
export function secureHeaders(lms: LmsContext): RequestHandler {
  return (_req, res, next) => {
    res.set({
      'X-Frame-Options': 'SAMEORIGIN',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': contentPolicy(toolOrigins(lms)),
    });
    next();
  };
}

/** The policy of a page that frames and posts to these origins beside its own. */
export function contentPolicy(origins: readonly string[]): string {
  return [
    "default-src 'self'",
    ["frame-src 'self'", ...origins].join(' '),
    ["form-action 'self'", ...origins].join(' '),
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; ');
}

/** The session cookie goes along from everywhere, so a change must say that it comes from a page of this LMS. */
export const refuseOtherSites: RequestHandler = (req, res, next) => {
  const origin = req.get('Origin');
  if (req.method === 'GET' || origin === undefined || hostOf(origin) === req.get('Host')) return next();
  res.status(403).type('text').end('This form came from another site.');
};
