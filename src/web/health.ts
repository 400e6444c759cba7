// For whoever watches over the process: does it live, can it work?
import { sql } from 'drizzle-orm';
import { Router } from 'express';
import type { Database } from '../database/database.ts';

/** `/healthz`: the process answers. `/readyz`: the database does too. */
export function healthRoutes({ db }: { db: Database }): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.type('text').send('ok');
  });
  router.get('/readyz', async (_req, res) => {
    const isReady = await db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    res
      .status(isReady ? 200 : 503)
      .type('text')
      .send(isReady ? 'ok' : 'database unavailable');
  });
  return router;
}
