// What strangers may try to guess, or have us do, they may do a few times only, however many processes there are.
import type { RequestHandler } from 'express';
import { rateLimit, type AugmentedRequest } from 'express-rate-limit';
import type { Database } from '../database/database.ts';
import type { RefusalMessage } from '../i18n/i18n.ts';
import { PageError } from './errors.ts';
import { rateLimitStore } from './rate-limit.store.ts';

interface Tools {
  db: Database;
  now: () => Date;
}

const perMs = 15 * 60 * 1000;

/**
 * Lets each address of a client fail so many times in a quarter of an hour; whoever knows what others guess never notices.
 *
 * @param text says that it is closed until `{{at}}`; those with the same one are counted together
 */
export function limitWrongTries(tools: Tools, limit: number, text: RefusalMessage): RequestHandler {
  return rateLimit({
    windowMs: perMs,
    limit,
    store: rateLimitStore(tools, text),
    skipSuccessfulRequests: true,
    // A fault of ours is nobody's wrong try.
    requestWasSuccessful: (_req, { statusCode }) => statusCode < 400 || statusCode >= 500,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (req, res, next) => {
      const again = (req as AugmentedRequest).rateLimit?.resetTime ?? new Date(Date.now() + perMs);
      // To the minute, and not before: what is shown has no seconds.
      const at = res.locals.formats.dateTime(new Date(Math.ceil(again.getTime() / 60_000) * 60_000));
      next(new PageError(429, 'too-many-tries', text, { at }));
    },
  });
}

/** Lets each address of a client ask so many times a minute, whatever comes of it. */
export function limitRequests(tools: Tools, limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    store: rateLimitStore(tools, 'too-many-requests'),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, _res, next) => next(new PageError(429, 'too-many-requests', 'too-many-requests')),
  });
}
