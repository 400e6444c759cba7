// What strangers may try to guess, they may try a few times only.
import type { RequestHandler } from 'express';
import { rateLimit, type AugmentedRequest } from 'express-rate-limit';
import type { RefusalMessage } from '../i18n/i18n.ts';
import { PageError } from './errors.ts';

const perMs = 15 * 60 * 1000;

/**
 * Lets each address of a client fail so many times in a quarter of an hour; whoever knows what others guess never notices.
 *
 * @param text says that it is closed until `{{at}}`
 */
export function limitWrongTries(limit: number, text: RefusalMessage): RequestHandler {
  return rateLimit({
    windowMs: perMs,
    limit,
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
