// Who is at the browser, by a cookie of the host's pages. No frame needs it, so it goes along within the site alone.
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { HostSession, State } from '../state.ts';

const cookieName = 'practice_classroom';
const mostSessions = 1000;

/** The session of this browser, or undefined. */
export function findSession({ host }: State, req: Request): HostSession | undefined {
  const id = new RegExp(`(?:^|;\\s*)${cookieName}=([0-9a-f]+)`).exec(req.get('Cookie') ?? '')?.[1];
  return host.sessions.find((session) => session.id === id);
}

/** A session with a new cookie, in the place of the one of this browser. */
export function beginSession(state: State, req: Request, res: Response, whose: Partial<Omit<HostSession, 'id'>>): void {
  const { id: old, ...known } = findSession(state, req) ?? { id: null, accountId: null, language: null };
  const session = { ...known, ...whose, id: randomBytes(16).toString('hex') };
  const { host } = state;
  host.sessions = [...host.sessions.filter(({ id }) => id !== old).slice(1 - mostSessions), session];
  res.cookie(cookieName, session.id, { httpOnly: true, sameSite: 'lax', path: '/' });
}

/** Ends it for good: a copy of the cookie is worth nothing afterwards. */
export function endSession(state: State, req: Request): void {
  const session = findSession(state, req);
  state.host.sessions = state.host.sessions.filter((other) => other !== session);
}
