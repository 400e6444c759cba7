// Which browser this is, and whether a form of its is ours: what stands in for CSRF tokens where nobody is signed in yet.
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { browserCookie, parseCookie, partitionedCookie } from './cookies.ts';

/** A week: a page left open over the weekend still belongs to its browser. */
const browserCookieMs = 7 * 24 * 60 * 60 * 1000;

/** 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Has the browser keep this secret for a week, from which on it is known again. */
export function setBrowserSecret(res: Response, secret: string): void {
  res.cookie(browserCookie, secret, { ...partitionedCookie, maxAge: browserCookieMs });
}

/** What this browser keeps already, or something new; it is kept for another week. */
export function keepBrowserSecret(req: Request, res: Response): string {
  const secret = parseCookie(req, browserCookie) ?? newSecret();
  setBrowserSecret(res, secret);
  return secret;
}

/** Whether only a page of ours can have sent this: another site could hand somebody its own login. @param publicUrl our origin */
export function isOwnForm(req: Request, publicUrl: string): boolean {
  return req.get('sec-fetch-site') === 'same-origin' || req.get('origin') === publicUrl;
}
