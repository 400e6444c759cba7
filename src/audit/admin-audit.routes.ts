// The log of the installation, for its administrator: the administration's own acts, or everybody's.
import { Router } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { requireAdmin } from '../web/admin-session.ts';
import { listEntries } from './audit.store.ts';

const pageLength = 50;

const query = z.object({
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().catch(null).default(null),
  of: z.enum(['administration', 'everybody']).catch('administration'),
});

/** `GET /admin/audit`, to be mounted behind the door of the administration. */
export function adminAuditRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/admin/audit', async (req, res) => {
    requireAdmin(res);
    const { of, before } = query.parse(req.query);
    const isAdministration = of === 'administration';
    const found = await listEntries(db, { isAdministration, before, limit: pageLength + 1 });
    const entries = found.slice(0, pageLength);
    const olderThan = found.length > pageLength ? (entries.at(-1)?.id ?? null) : null;
    res.render('audit/admin', { entries, isAdministration, olderThan });
  });

  return router;
}
