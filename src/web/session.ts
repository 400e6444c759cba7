// Who is looking: a cookie, a row, and the person behind it. The cookie is partitioned, so that it works inside the LMS's
// iframe in browsers that keep third-party cookies out (lti.md §3).
import { createHash, randomBytes } from 'node:crypto';

import { and, eq, gt, lte, ne, sql } from 'drizzle-orm';
import type { Request, RequestHandler, Response } from 'express';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { people } from '../database/tables/courses.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { rateLimits } from '../database/tables/rate-limits.ts';
import { adminSessions, sessions, spentLogins } from '../database/tables/sessions.ts';
import { parseCookie, partitionedCookie } from './cookies.ts';
import { PageError } from './errors.ts';

const cookieName = '__Host-session';

/** Half a day: a morning or an evening of study on one launch. */
const lifetimeMs = 12 * 60 * 60 * 1000;

/** The person who is signed in, as every route may know them. */
export interface Session {
  idHash: string;
  personId: number;
  /** Null where the LMS says no name. */
  personName: string | null;
  language: string;
  /** Whether the person asked for larger letters. */
  isLargePrint: boolean;
  /** Our key of the LMS deployment that vouches for the person. */
  deploymentId: number;
  /** Our key of the registration whose deployment it is. */
  registrationId: number;
  /** Origins of the LMS, which may frame our pages. */
  platformOrigins: string[];
  /** What the platform speaks. */
  protocol: string;
  /** Whether the platform knows only people's rights, which each lends us and may take back. */
  lendsRights: boolean;
}

/** Finds the session of the request, if there is a living one, as `res.locals.session`. */
export function readSession({ db, now }: { db: Database; now: () => Date }): RequestHandler {
  return async (req, res, next) => {
    const id = parseCookie(req, cookieName);
    res.locals.session = id ? await findSession(db, hash(id), now()) : null;
    next();
  };
}

/** A session that is about to begin. */
export interface NewSession {
  /** For the cookie alone. */
  id: string;
  idHash: string;
  expiresAt: Date;
  /** The `idHash` of the one that this browser had before, which ends with it. */
  replaced: string | null;
}

/** A session for this browser; whoever keeps it says for whom. */
export function newSession(req: Request, now: Date): NewSession {
  const [id, before] = [randomBytes(32).toString('base64url'), parseCookie(req, cookieName)];
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  return { id, idHash: hash(id), expiresAt, replaced: before === null ? null : hash(before) };
}

/** Gives this browser a session that is kept. */
export function giveSession(res: Response, { id }: NewSession): void {
  res.cookie(cookieName, id, { ...partitionedCookie, maxAge: lifetimeMs });
}

/** Signs a person in with this browser; whoever was signed in before with it no longer is. */
export async function startSession(
  { db, now }: { db: Database; now: () => Date },
  res: Response,
  personId: number,
): Promise<void> {
  const session = newSession(res.req, now());
  const { idHash, expiresAt, replaced } = session;
  if (replaced !== null) await db.delete(sessions).where(eq(sessions.idHash, replaced));
  await db.insert(sessions).values({ idHash, personId, expiresAt });
  giveSession(res, session);
}

/** Signs out whoever is signed in with this browser. */
export async function endSession(db: Database, res: Response): Promise<void> {
  if (res.locals.session) await db.delete(sessions).where(eq(sessions.idHash, res.locals.session.idHash));
  res.clearCookie(cookieName, partitionedCookie);
}

/**
 * The signed-in person, for every route that needs one.
 *
 * @throws PageError 401: open the activity from the course again
 */
export function requireSession(res: Response): Session {
  const { session } = res.locals;
  if (!session) throw new PageError(401, 'signed-out', 'signed-out');
  return session;
}

/** Sweeps out sessions, used logins and counted tries that have expired. */
export async function deleteExpired(db: Database, now: Date): Promise<void> {
  for (const table of [sessions, spentLogins, adminSessions, rateLimits]) {
    await db.delete(table).where(lte(table.expiresAt, now));
  }
}

const livingSession = prepared('living-session', (db) =>
  db
    .select({
      personId: people.id,
      personName: people.name,
      language: people.language,
      isLargePrint: people.isLargePrint,
      deploymentId: people.deploymentId,
      registrationId: registrations.id,
      issuer: registrations.issuer,
      authorizationUrl: registrations.authorizationUrl,
      frameOrigins: registrations.frameOrigins,
      protocol: registrations.protocol,
      lendsRights: ne(registrations.protocol, 'lti').mapWith(Boolean),
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .innerJoin(deployments, eq(deployments.id, people.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(
      and(
        eq(sessions.idHash, sql.placeholder('idHash')),
        gt(sessions.expiresAt, sql.placeholder('now')),
        eq(deployments.state, 'active'),
        eq(registrations.state, 'active'),
      ),
    ),
);

async function findSession(db: Database, idHash: string, now: Date): Promise<Session | null> {
  const [row] = await livingSession(db).execute({ idHash, now });
  if (!row) return null;
  const { issuer, authorizationUrl, frameOrigins, ...person } = row;
  return { idHash, ...person, platformOrigins: platformOrigins({ issuer, authorizationUrl, frameOrigins }) };
}

/** The origins from which an LMS shows us in a frame: where it lives by name, where it signs people in, and others that it has. */
export function platformOrigins(registration: {
  issuer: string;
  authorizationUrl: string;
  frameOrigins: string[];
}): string[] {
  const { issuer, authorizationUrl, frameOrigins } = registration;
  const origins = [issuer, authorizationUrl, ...frameOrigins]
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin)
    .filter((origin) => origin !== 'null');
  return [...new Set(origins)];
}

function hash(id: string) {
  return createHash('sha256').update(id).digest('base64url');
}
