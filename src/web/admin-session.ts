// Whether the administrator is looking. A cookie of its own that no other site's link or frame carries along, and a row; no
// person of any LMS is behind it.
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lte } from 'drizzle-orm';
import type { CookieOptions, RequestHandler, Response } from 'express';
import type { Database } from '../database/database.ts';
import { adminSessions } from '../database/tables/sessions.ts';
import { parseCookie } from './cookies.ts';
import { PageError } from './errors.ts';

const cookieName = '__Host-admin';
const cookie: CookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' };

/** A working day. */
const lifetimeMs = 8 * 60 * 60 * 1000;

/** A session of the administrator. */
export interface AdminSession {
  idHash: string;
}

declare global {
  // Express asks for its types to be extended in this way.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Locals {
      /** Read on the administrator's pages only. */
      admin?: AdminSession | null;
    }
  }
}

/** Finds the administrator's session of the request, if there is a living one, as `res.locals.admin`. */
export function readAdmin({ db, now }: { db: Database; now: () => Date }): RequestHandler {
  return async (req, res, next) => {
    const id = parseCookie(req, cookieName);
    res.locals.admin = id ? await findSession(db, hash(id), now()) : null;
    next();
  };
}

/**
 * The administrator's session, for every route that needs it.
 *
 * @throws PageError 401: sign in again
 */
export function requireAdmin(res: Response): AdminSession {
  const { admin } = res.locals;
  if (!admin) throw new PageError(401, 'admin-signed-out', 'admin-signed-out');
  return admin;
}

/** Signs the administrator in with this browser, for eight hours. Whoever calls this has checked the secret. */
export async function startAdminSession({ db, now }: { db: Database; now: () => Date }, res: Response): Promise<void> {
  const id = randomBytes(32).toString('base64url');
  const startedAt = now();
  await db.delete(adminSessions).where(lte(adminSessions.expiresAt, startedAt));
  const expiresAt = new Date(startedAt.getTime() + lifetimeMs);
  await db.insert(adminSessions).values({ idHash: hash(id), expiresAt });
  res.cookie(cookieName, id, { ...cookie, maxAge: lifetimeMs });
}

/** Signs this browser's administrator out; what the cookie says is worth nothing afterwards. */
export async function endAdminSession(db: Database, res: Response): Promise<void> {
  await db.delete(adminSessions).where(eq(adminSessions.idHash, requireAdmin(res).idHash));
  res.clearCookie(cookieName, cookie);
}

async function findSession(db: Database, idHash: string, now: Date): Promise<AdminSession | null> {
  const [row] = await db
    .select({ idHash: adminSessions.idHash })
    .from(adminSessions)
    .where(and(eq(adminSessions.idHash, idHash), gt(adminSessions.expiresAt, now)));
  return row ?? null;
}

function hash(id: string) {
  return createHash('sha256').update(id).digest('base64url');
}
