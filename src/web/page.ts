// What every page gets: the reader's language, the way to write dates and numbers, and who is signed in.

import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import express, { type Express, type RequestHandler, type Response } from 'express';
import ejs from 'ejs';
import type { Logger } from 'pino';
import { formats, type Formats } from '../i18n/formats.ts';
import { chooseLanguage, languages, translator, type Language, type Translate } from '../i18n/i18n.ts';
import { packedAssets } from './packed-assets.ts';
import type { Session } from './session.ts';

// The root of the project, two levels up both from src/web and from its build.
const root = join(import.meta.dirname, '../..');

declare global {
  // Express asks for its types to be extended in this way.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Locals {
      requestId: string;
      log: Logger;
      session: Session | null;
      csrfToken: string;
      language: string;
      languages: typeof languages;
      t: Translate;
      formats: Formats;
      /** Address of this page, to come back to; null where it is the answer to a form. */
      address: string | null;
      asset: (name: string) => string;
    }
  }
}

/** Pages on which learners spend their time; all others have the styles of teachers and administrators besides. */
const forLearners =
  /^(?:attempts\/(?:index|show|submission|result|progress|no-quiz|over|self\/.*)|credits\/(?:student|record-book|transcript|credentials)\/.*|launch\/(?:continue-in-window|cookies-blocked|recall-login|store-login)|web\/(?!style).*)\.ejs$/;

/** Makes `res.render('feature/page', …)` find views/, and serves public/ under `/assets`. */
export function setUpPages(app: Express): void {
  app.set('views', join(root, 'views'));
  app.engine('ejs', (path, locals, callback) => {
    const styles = forLearners.test(relative(join(root, 'views'), path)) ? ['style.css'] : ['style.css', 'teacher.css'];
    ejs.renderFile(path, { ...locals, styles }, { cache: true, root: join(root, 'views') }, callback);
  });
  app.set('view engine', 'ejs');
  const folder = join(root, 'public');
  app.use('/assets', (_req, res, next) => {
    setAssetHeaders(res);
    next();
  });
  app.use('/assets', packedAssets(folder));
  app.use('/assets', express.static(folder, { cacheControl: false, index: false, lastModified: false }));
}

/** An address with its content's hash is good for ever; one without, as style.css has for its fonts, for a day. */
function setAssetHeaders(res: ServerResponse) {
  const isHashed = res.req.url?.includes('?') ?? false;
  res.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=86400');
  res.setHeader('X-Content-Type-Options', 'nosniff');
}

/** A number for each request, on the page, in the answer and in every line of the log. */
export function numberRequests(log: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.locals.requestId = randomUUID();
    res.locals.session = null;
    res.locals.log = log.child({ requestId: res.locals.requestId });
    res.set('X-Request-Id', res.locals.requestId);
    res.on('finish', () => {
      const ms = Math.round(performance.now() - startedAt);
      // The path alone: a query may hold what a login said.
      res.locals.log.info({ method: req.method, path: req.path, status: res.statusCode, ms }, 'request');
    });
    next();
  };
}

/** The words of the page: in the person's language and of their platform, or before anybody is known in the browser's. */
export function giveWords({ timeZone }: { timeZone: string }): RequestHandler {
  return (req, res, next) => {
    const { session } = res.locals;
    speak(res, session?.language ?? chooseLanguage(req.acceptsLanguages()), { timeZone, platform: session?.protocol });
    Object.assign(res.locals, {
      languages,
      address: ['GET', 'HEAD'].includes(req.method) ? req.originalUrl : null,
      asset,
    });
    next();
  };
}

/** From now on this answer speaks that language. @param platform what the reader's platform speaks, if that is known */
export function speak(
  res: Response,
  language: Language,
  { timeZone, platform }: { timeZone: string; platform?: string | undefined },
): void {
  Object.assign(res.locals, { language, t: translator(language, platform), formats: formats(language, timeZone) });
}

const assetAddresses = new Map<string, string>();

/** The address of a file of public/, with its content's hash: a new version is a new address. */
function asset(name: string): string {
  const known = assetAddresses.get(name);
  if (known) return known;
  const digest = createHash('sha256')
    .update(readFileSync(join(root, 'public', name)))
    .digest('base64url');
  const address = `/assets/${name}?${digest.slice(0, 10)}`;
  assetAddresses.set(name, address);
  return address;
}
