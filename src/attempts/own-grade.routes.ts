// A learner asks for another try of their own grade.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import { askAgain, type AskedAgain } from '../grades/send-again.store.ts';
import { isOwnPath } from '../web/own-path.ts';
import type { GradingTools } from './grading-tools.ts';

/** What the page says to it: `grades.again.<answer>`; what is settled says so itself. */
const answers = ['asked', 'asked-just-now', 'settled'] as const;
type Answer = (typeof answers)[number];

const query = z.object({ again: z.enum(answers).optional().catch(undefined) });
const form = z.object({ address: z.string().refine(isOwnPath).optional().catch(undefined) });

export function ownGradeRoutes({ db, now, onScoreWanted }: GradingTools): Router {
  const router = Router();

  router.post('/placements/:placementId/deliveries', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'be-graded');
    const { address = `/placements/${placement.id}/attempts` } = form.parse(req.body ?? {});
    const asked = await askAgain(db, { placementId: placement.id, personId: session.personId }, now());
    if (asked.ok) onScoreWanted();
    const [path = ''] = address.split(/[?#]/);
    res.redirect(303, `${path}?again=${answerTo(asked)}`);
  });

  return router;
}

/** What the learner was told who has just asked; null for who has not. */
export function answerOf(req: Request): Answer | null {
  return query.parse(req.query).again ?? null;
}

function answerTo(asked: AskedAgain): Answer {
  if (asked.ok) return 'asked';
  switch (asked.code) {
    case 'asked-just-now':
      return 'asked-just-now';
    case 'nothing-to-send':
      return 'settled';
  }
}
