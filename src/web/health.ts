// For whoever watches over the process: does it live, can it work, do grades arrive?
import { sql } from 'drizzle-orm';
import { Router } from 'express';
import type { Database } from '../database/database.ts';

/**
 * `/healthz`: the process answers. `/readyz`: the database does too. `/healthz/grades`: no grade waits too long. The last is for
 * people to be woken by: an LMS that is away is no reason to restart a process, nor to send it no more requests.
 */
export function healthRoutes({ db, areGradesLate }: { db: Database; areGradesLate: () => Promise<boolean> }): Router {
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
  router.get('/healthz/grades', async (_req, res) => {
    const fault = await areGradesLate().then(
      (areLate) => areLate && 'Grades have not reached a gradebook for more than an hour. See: grades list',
      () => 'database unavailable',
    );
    res
      .status(fault ? 503 : 200)
      .type('text')
      .send(fault || 'ok');
  });
  return router;
}
