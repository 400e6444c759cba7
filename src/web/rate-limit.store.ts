// Counts what is limited in the database, so that a stranger gets no more tries by coming to another process, or after a restart.
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Options, Store } from 'express-rate-limit';
import type { Database } from '../database/database.ts';
import { rateLimits } from '../database/tables/rate-limits.ts';

/** @param what is limited: others count apart from it */
export function rateLimitStore({ db, now }: { db: Database; now: () => Date }, what: string): Store {
  let windowMs = 0;
  const hash = (client: string) => createHash('sha256').update(`${what} ${client}`).digest('base64url');
  return {
    prefix: what,
    localKeys: false,
    init: (options: Options) => {
      windowMs = options.windowMs;
    },
    increment: async (client) => {
      const at = now();
      const { hits, expiresAt } = rateLimits;
      const isOver = sql`${expiresAt} <= ${at.toISOString()}::timestamptz`;
      const fresh = { hits: 1, expiresAt: new Date(at.getTime() + windowMs) };
      const [row] = await db
        .insert(rateLimits)
        .values({ keyHash: hash(client), ...fresh })
        .onConflictDoUpdate({
          target: rateLimits.keyHash,
          set: {
            hits: sql`case when ${isOver} then 1 else ${hits} + 1 end`,
            expiresAt: sql`case when ${isOver} then excluded.expires_at else ${expiresAt} end`,
          },
        })
        .returning({ hits, expiresAt });
      if (!row) throw new Error('An upsert gave no row');
      return { totalHits: row.hits, resetTime: row.expiresAt };
    },
    decrement: async (client) => {
      const fewer = { hits: sql`greatest(${rateLimits.hits} - 1, 0)` };
      // The answer has gone out: what fails now counts a try too many, and is nobody's request any more.
      await db
        .update(rateLimits)
        .set(fewer)
        .where(eq(rateLimits.keyHash, hash(client)))
        .catch(() => {});
    },
    resetKey: async (client) => {
      await db.delete(rateLimits).where(eq(rateLimits.keyHash, hash(client)));
    },
  };
}
