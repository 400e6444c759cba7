// How a request ends that cannot be served: a refusal is a page with a code and the next step, a fault is one with an id.
import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { RefusalFact, RefusalMessage } from '../i18n/i18n.ts';
import { csrfField, formFields } from './forms.ts';
import { isOwnPath } from './own-path.ts';

/** Thrown by guards and routes only: the request ends here, and the person reads why and what to do next. */
export class PageError extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: RefusalMessage;
  readonly params: Record<string, string>;
  readonly facts: Partial<Record<RefusalFact, string>>;

  /**
   * @param code a kebab-case word for machines and support, shown on the page as `<meta name="refusal">`
   * @param text which message people read; the code itself where a message bears its name
   * @param params what the message's placeholders are filled with
   * @param facts values to be copied from the page, each under a name of its own
   */
  constructor(
    status: number,
    code: string,
    text: RefusalMessage,
    params: Record<string, string> = {},
    facts: Partial<Record<RefusalFact, string>> = {},
  ) {
    super(code);
    this.status = status;
    this.code = code;
    this.text = text;
    this.params = params;
    this.facts = facts;
  }
}

/** For what is not there, and alike for what is somebody else's: nobody learns which ids exist. */
export function notFound(): PageError {
  return new PageError(404, 'not-found', 'not-found');
}

/** For every address that no router knows. */
export const unknownAddress: RequestHandler = () => {
  throw notFound();
};

/** Does something for the page of a request that fails before it fails. */
export function onError(before: RequestHandler[]): ErrorRequestHandler {
  const router = Router().use(before);
  return (error: unknown, req, res, next) => void router(req, res, (worse: unknown) => next(worse ?? error));
}

/** For an address with a character that nothing of ours has in its name, and that no database can be asked for: NUL. */
export const refuseNul: RequestHandler = (req, _res, next) => {
  if (/%00/.test(req.path)) throw notFound();
  next();
};

/** The one place where requests fail: a PageError as it says, everything else as a fault with its stack in the log only. */
export const showError: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const refusal = asRefusal(error);
  if (refusal) res.locals.log.info({ refusal: refusal.code }, 'refused');
  else res.locals.log.error({ err: error }, 'failed');
  const { status, code, text, params, facts } = refusal ?? new PageError(500, 'fault', 'fault');
  res.status(status);
  if (req.accepts(['html', 'json']) === 'json') {
    res.json({ code, message: res.locals.t(`refusals.${text}.title`, params) });
    return;
  }
  res.render('web/refusal', { code, text, params, facts, kept: keptForm(req, res, status) });
};

/** What Express and its body parsers throw on bad input is a refusal too. */
function asRefusal(error: unknown): PageError | null {
  if (error instanceof PageError) return error;
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return new PageError(413, 'too-large', 'too-large');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new PageError(status, 'unreadable', 'unreadable');
  if ((error as { name?: unknown } | null)?.name === 'MulterError') return new PageError(413, 'too-large', 'too-large');
  return null;
}

/**
 * What a person typed is never thrown away: the page that refuses a form carries its fields on, with a button to send them
 * again. That helps where another sign-in or another try changes the outcome. A form that another site sent was typed by
 * nobody: carried on, it would get our token and need only a click.
 */
function keptForm(req: Request, res: Response, status: number) {
  const retriable = [401, 403, 409, 500].includes(status) && req.method === 'POST' && !req.path.startsWith('/lti/');
  const isOurs = (req.get('sec-fetch-site') ?? 'same-origin') === 'same-origin' && isOwnPath(req.originalUrl);
  if (!retriable || !isOurs) return null;
  const fields = [...formFields(req)]
    .filter(([name]) => name !== '_csrf')
    .flatMap(([name, values]) => values.map((value) => ({ name, value })));
  // What is in conflict is not mended by a click; but words may be copied from here.
  if (status === 409 && !fields.some(({ value }) => /\s/.test(value))) return null;
  // Nobody is signed in just now: the token it came with serves again once the same person is.
  return { action: req.originalUrl, fields, csrfToken: res.locals.csrfToken || csrfField(req) };
}
