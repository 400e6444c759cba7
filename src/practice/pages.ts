// Renders the LMS's own pages: the layout's needs, the reader's language, the page that says "not found".
import type { Request, Response } from 'express';
import type { LmsContext } from './context.ts';
import { fullName } from './directory.ts';
import { isAnyFaultOn } from './faults.ts';
import { formatPoints, formatTime, pageLanguages, texts } from './messages.ts';
import { findSession, languageOf, personOf } from './session.ts';
import type { Person } from './state.ts';

/** Renders `views/practice/<view>.ejs` in the reader's language, with `data` beside what every page has. */
export function renderPage(lms: LmsContext, req: Request, res: Response, view: string, data: object = {}): void {
  const session = findSession(lms, req);
  const wished = languageOf(lms, req, session);
  const language = pageLanguages.find(({ code }) => code === wished)?.code ?? 'en';
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
    ...data,
  });
}

/** Moodle's way to say that something is wrong with an address, or that it was used before. */
export function notFound(lms: LmsContext, req: Request, res: Response): void {
  res.status(404);
  renderPage(lms, req, res, 'not-found');
}

/** Who is signed in; sends everybody else to the start page and answers undefined. */
export function signedIn(lms: LmsContext, req: Request, res: Response): Person | undefined {
  const person = personOf(lms, findSession(lms, req));
  if (!person) res.redirect(303, '/');
  return person;
}
