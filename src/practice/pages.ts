// Renders the LMS's own pages: the layout's needs, the reader's language, the page that says "not found".
import type { Request, Response } from 'express';
import type { LmsContext } from './context.ts';
import { fullName } from './directory.ts';
import { isAnyFaultOn } from './faults.ts';
import { formatPoints, formatTime, pageLanguages, type Text, texts } from './messages.ts';
import { findSession, languageOf, personOf } from './session.ts';
import type { Person } from './state.ts';

/** Why the LMS refuses; each has its text in `refusals`. */
export type Refusal =
  | 'foreign-review'
  | 'content-session'
  | 'content-malformed'
  | 'content-unsigned'
  | 'content-maximum'
  | 'invite-malformed';

/** Renders `views/practice/<view>.ejs` in the reader's language, with `data` beside what every page has. */
export function renderPage(lms: LmsContext, req: Request, res: Response, view: string, data: object = {}): void {
  const session = findSession(lms, req);
  const language = pageLanguageOf(lms, req);
  res.set('Cache-Control', 'no-store');
  res.render(view, {
    t: texts(language),
    language,
    languages: pageLanguages,
    person: personOf(lms, session),
    path: req.originalUrl,
    hasFaults: isAnyFaultOn(lms.state.faults),
    fullName,
    points: (value: number) => formatPoints(value, language),
    time: (unix: number) => formatTime(unix, lms.timeZone),
    date: (iso: string) => (Number.isNaN(Date.parse(iso)) ? iso : formatTime(Date.parse(iso) / 1000, lms.timeZone)),
    ...data,
  });
}

/** The texts in the reader's language. */
export function textsFor(lms: LmsContext, req: Request): Text {
  return texts(pageLanguageOf(lms, req));
}

function pageLanguageOf(lms: LmsContext, req: Request): string {
  const wished = languageOf(lms, req, findSession(lms, req));
  return pageLanguages.find(({ code }) => code === wished)?.code ?? 'en';
}

/** Moodle's way to say that something is wrong with an address, or that it was used before. */
export function notFound(lms: LmsContext, req: Request, res: Response): void {
  res.status(404);
  renderPage(lms, req, res, 'not-found');
}

/** A page that says why the LMS does not do what was asked; the reason is a text of the pages, and the code in it too. */
export function refused(
  lms: LmsContext,
  req: Request,
  res: Response,
  status: number,
  code: Refusal,
  detail = '',
): void {
  res.status(status);
  renderPage(lms, req, res, 'refused', { code, detail });
}

/** Who is signed in; sends everybody else to the start page and answers undefined. */
export function signedIn(lms: LmsContext, req: Request, res: Response): Person | undefined {
  const person = personOf(lms, findSession(lms, req));
  if (!person) res.redirect(303, '/');
  return person;
}
