// The log of what teachers decided about grades that were given already: who, when, why, and what it did to whom.
import { Router } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { mayDo } from '../courses/rights.ts';
import type { Database } from '../database/database.ts';
import { listDecisions, listScoreChanges } from '../grades/decision.store.ts';
import { renderContent } from '../questions/content.ts';
import { correctionWord } from './correction.ts';
import { listDecidedCorrections } from './correction.store.ts';

export function decisionsRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/placements/:placementId/decisions', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'see-results');
    const decisions = await listDecisions(db, placement.id);
    const changes = await listScoreChanges(
      db,
      decisions.map(({ id }) => id),
    );
    const corrections = await listDecidedCorrections(db, placement.id);
    res.render('attempts/decisions', {
      placement,
      decisions: decisions.map((decision) => ({
        ...decision,
        changes: changes.get(decision.id) ?? [],
        corrections: corrections.get(decision.id) ?? [],
      })),
      mayDecide: mayDo(placement.role, 'decide-grades'),
      html: renderContent,
      wordOf: correctionWord,
      // What the reader has just done, if anything.
      notice: ['accepted', 'unchanged'].find((word) => req.query[word] !== undefined) ?? null,
    });
  });

  return router;
}
