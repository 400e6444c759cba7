// The teacher's page for zeros: whom they could be given, whom they were, and the way back.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import { gradeStatus } from '../grades/grade-status.ts';
import { maximumPoints } from '../quizzes/quiz.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { formFields } from '../web/forms.ts';
import { giveZeros, takeZerosBack } from './give-zeros.ts';
import type { GradingTools } from './grading-tools.ts';
import { isTimeOver, timeLeftUntil, zeroStanding, type ZeroStanding } from './zeros.ts';
import { listRosterPeople } from './zeros.store.ts';

const count = z.coerce.number().int().positive().max(100_000).optional().catch(undefined);

/** What came of the form just now. */
const query = z.object({
  given: count,
  takenBack: count,
  left: count,
  nobody: z.literal('').optional().catch(undefined),
});

const key = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

export function zerosRoutes({ db, now, onScoreWanted }: GradingTools): Router {
  const router = Router();

  router.get('/placements/:placementId/zeros', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'decide-grades');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    const { given = 0, takenBack = 0, left = 0, nobody } = query.parse(req.query);
    const timing = { dueAt: placement.dueAt, timeLimitMinutes: version?.timeLimitMinutes ?? null, now: now() };
    const people = (await listRosterPeople(db, placement)).map((person) => ({
      ...person,
      standing: zeroStanding(person, timing),
      until: timeLeftUntil(person, timing),
      grade: gradeStatus(person.cell, placement.lineItemUrl !== null),
    }));
    const those = (standing: ZeroStanding) => people.filter((person) => person.standing === standing);
    res.render('attempts/zeros', {
      placement,
      title: version?.title ?? placement.title ?? res.locals.t('quizzes.untitled'),
      hasPoints: version !== null && maximumPoints(version.questions, version).compare(0) > 0,
      isTimeOver: isTimeOver(placement.dueAt, timing.now),
      notBegun: those('not-begun'),
      begun: those('begun'),
      hasTime: those('has-time'),
      given: those('has-zero'),
      // An address outlives its news: what was given and no longer stands is not told again.
      givenNow: given <= those('has-zero').length ? given : 0,
      takenBackNow: takenBack,
      left,
      isNobodyChosen: nobody !== undefined,
    });
  });

  router.post('/placements/:placementId/zeros', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const chosen = { notBegun: keysIn(req, 'notBegun'), begun: keysIn(req, 'begun') };
    const decidedBy = session.personId;
    const { given, leftOut } = await giveZeros({ db, now }, { placementId: placement.id, decidedBy, chosen });
    onScoreWanted();
    const isNobodyChosen = chosen.notBegun.length + chosen.begun.length === 0;
    res.redirect(303, addressSaying(placement.id, { given, left: leftOut }, isNobodyChosen));
  });

  router.post('/placements/:placementId/zeros/withdrawal', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const personIds = keysIn(req, 'given');
    const { takenBack } = await takeZerosBack(
      { db, now },
      { placementId: placement.id, decidedBy: session.personId, personIds },
    );
    onScoreWanted();
    res.redirect(303, addressSaying(placement.id, { takenBack }, personIds.length === 0));
  });

  return router;
}

/** The page again, saying what came of the form; of what did not happen to anybody nothing. */
function addressSaying(placementId: number, counts: Record<string, number>, isNobodyChosen: boolean): string {
  const happened = Object.entries(counts).filter(([, number]) => number > 0);
  const words = isNobodyChosen ? ['nobody'] : happened.map(([name, number]) => `${name}=${number}`);
  return `/placements/${placementId}/zeros${words.length > 0 ? `?${words.join('&')}` : ''}`;
}

/** Our keys of the people who are ticked under a name; what is none is nobody's. */
function keysIn(req: Request, name: string): number[] {
  return (formFields(req).get(name) ?? []).flatMap((value) => key.safeParse(value).data ?? []);
}
