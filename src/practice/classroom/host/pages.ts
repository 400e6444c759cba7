// Renders the pages of the practice Google Classroom, and says who may come to which.
import type { Request, Response } from 'express';
import { formatPoints, formatTime, pageLanguages } from '../../messages.ts';
import type { Account, Item, PracticeCourse } from '../state.ts';
import { accountOf, fullName, isSeen, roleIn, type HostContext, type Role } from './host.ts';
import { texts } from './messages.ts';
import { findSession } from './session.ts';

/** Renders `views/practice/classroom/<view>.ejs` in the reader's language, with `data` beside what every page has. */
export function renderPage({ classroom }: HostContext, req: Request, res: Response, view: string, data: object = {}) {
  const { state } = classroom;
  const session = findSession(state, req);
  const wished = session?.language ?? req.acceptsLanguages(...pageLanguages.map(({ code }) => code));
  const language = pageLanguages.find(({ code }) => code === wished)?.code ?? 'en';
  res.set('Cache-Control', 'no-store');
  res.render(view, {
    t: texts(language),
    language,
    languages: pageLanguages,
    account: accountOf(state, session?.accountId),
    path: req.originalUrl,
    hasFaults: state.fault !== null,
    fullName,
    points: (value: number) => formatPoints(value, language),
    time: (ms: number) => formatTime(ms / 1000, 'UTC'),
    ...data,
  });
}

export function notFound(context: HostContext, req: Request, res: Response): void {
  res.status(404);
  renderPage(context, req, res, 'not-found');
}

/** Who is signed in; sends everybody else to the start page and answers undefined. */
export function signedIn({ classroom: { state } }: HostContext, req: Request, res: Response): Account | undefined {
  const account = accountOf(state, findSession(state, req)?.accountId);
  if (!account) res.redirect(303, '/');
  return account;
}

export interface Entered {
  account: Account;
  course: PracticeCourse;
  role: Role;
}

/** Who is signed in and what they are in a course; undefined after answering who may not come in. */
export function entered(
  context: HostContext,
  req: Request,
  res: Response,
  { courseId = req.params.courseId, only }: { courseId?: unknown; only?: Role } = {},
): Entered | undefined {
  const account = signedIn(context, req, res);
  if (!account) return undefined;
  const course = context.classroom.state.courses.find(({ id }) => id === courseId);
  const role = course && roleIn(course, account.id);
  if (course && role && (only ?? role) === role) return { account, course, role };
  notFound(context, req, res);
  return undefined;
}

/** The same for the course of the post in the address; a draft is its teachers' alone. */
export function opened(
  context: HostContext,
  req: Request,
  res: Response,
  { only }: { only?: Role } = {},
): (Entered & { item: Item }) | undefined {
  const { state } = context.classroom;
  const item = state.items.find(({ id }) => id === req.params.itemId);
  const found = entered(context, req, res, { courseId: item?.courseId, ...(only && { only }) });
  if (!found || !item) return undefined;
  if (isSeen(item, found.role)) return { ...found, item };
  notFound(context, req, res);
  return undefined;
}
