// Who is at the browser: a session in the LMS's state, found by a cookie that also arrives inside the tool's iframe.
import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { LmsContext } from './context.ts';
import { findPerson } from './directory.ts';
import type { Launch, Person, Session } from './state.ts';

const cookieName = 'practice_lms';
const mostSessions = 5000;
const mostLaunches = 50;

/** The session of this browser, or undefined. */
export function findSession(lms: LmsContext, req: Request): Session | undefined {
  const id = new RegExp(`(?:^|;\\s*)${cookieName}=([0-9a-f]+)`).exec(req.get('Cookie') ?? '')?.[1];
  return lms.state.sessions.find((session) => session.id === id);
}

/** The session of this browser; begins one, and sets its cookie, if there is none. */
export function openSession(lms: LmsContext, req: Request, res: Response): Session {
  return findSession(lms, req) ?? beginSession(lms, res);
}

/** A new session with a new cookie. SameSite=None: the tool's frame sends the browser back here across sites. */
export function beginSession(lms: LmsContext, res: Response): Session {
  const session: Session = {
    ...{ id: randomBytes(16).toString('hex'), personId: null, language: null },
    ...{ launches: {}, notice: null },
  };
  lms.state.sessions = [...lms.state.sessions.slice(1 - mostSessions), session];
  res.cookie(cookieName, session.id, { httpOnly: true, secure: true, sameSite: 'none', path: '/' });
  return session;
}

/** Ends it for good: a copy of the cookie is worth nothing afterwards. */
export function endSession(lms: LmsContext, session: Session): void {
  lms.state.sessions = lms.state.sessions.filter((other) => other !== session);
}

/** Remembers what a launch id stands for, in this session alone; the oldest ones are forgotten. */
export function rememberLaunch(session: Session, launchId: string, launch: Launch): void {
  const entries = [...Object.entries(session.launches), [launchId, launch] as const];
  session.launches = Object.fromEntries(entries.slice(-mostLaunches));
}

/** What a launch id stands for; undefined the second time, and in any other session. */
export function takeLaunch(session: Session, launchId: string): Launch | undefined {
  const launch = session.launches[launchId];
  session.launches = Object.fromEntries(Object.entries(session.launches).filter(([id]) => id !== launchId));
  return launch;
}

/** Says something to who is at this browser, on the next page of a course. */
export function leaveNotice(session: Session, text: string, isError = false): void {
  session.notice = { text, isError };
}

/** What was left to say, once. */
export function takeNotice(lms: LmsContext, req: Request): Session['notice'] {
  const session = findSession(lms, req);
  const notice = session?.notice ?? null;
  if (session && notice) {
    session.notice = null;
    lms.save();
  }
  return notice;
}

/** Moodle's `sesskey`: a secret of the session that its forms and return addresses carry. */
export function sessionKey(session: Session): string {
  return createHash('sha256').update(session.id).digest('base64url').slice(0, 10);
}

/** Who is signed in, or undefined. */
export function personOf(lms: LmsContext, session: Session | undefined): Person | undefined {
  return findPerson(lms.state, session?.personId);
}

/**
 * The language a person reads: their own choice, else the session's, else the first the browser asks for that the
 * pages have, else the LMS's. A person's own may be one that the pages do not have; launches carry it all the same.
 */
export function languageOf(lms: LmsContext, req: Request, session: Session | undefined): string {
  const chosen = personOf(lms, session)?.language ?? session?.language;
  return chosen ?? (req.acceptsLanguages('en', 'uz') || lms.language);
}
