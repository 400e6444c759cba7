// The teacher's table of a placement: who tried, what counts, where the grade is, and what the gradebook says to it.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import { findMember } from '../courses/member.store.ts';
import { mayDo } from '../courses/rights.ts';
import { findPlan } from '../credits/plan.store.ts';
import { columnStatus } from '../grades/column-status.ts';
import type { GradeStatus } from '../grades/grade-status.ts';
import { wantColumn } from '../grades/gradebook-column.store.ts';
import { getGradebook, type Gradebook } from '../grades/gradebook.store.ts';
import { noteReading } from '../grades/note-reading.store.ts';
import { mayReadBack, readGradebook } from '../grades/read-gradebook.ts';
import { requeueGrades } from '../grades/requeue.store.ts';
import { sendOurs } from '../grades/send-again.store.ts';
import type { PlatformServices } from '../platforms/services.ts';
import { maximumPoints } from '../quizzes/extent.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { notFound } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { isNoteworthy } from './beside-gradebook.ts';
import type { GradingTools } from './grading-tools.ts';
import { countWaiting } from './marking/mark.store.ts';
import { countMarkedByEarlierKey } from './regrade.store.ts';
import { listResultRows, tallyOf } from './result-rows.ts';
import { isTimeOver } from './zeros.ts';

interface Tools extends GradingTools {
  services: PlatformServices;
}

/** How the table is looked at; forms carry it on, so that nobody loses their place. */
const view = z.object({
  show: z.literal('attention').optional().catch(undefined),
  /** Whether the gradebook is asked, too. */
  gradebook: z.string().optional().catch(undefined),
});

const query = view.extend({
  /** How many grades a button has just sent on their way. */
  sent: z.coerce.number().int().nonnegative().max(100_000).optional().catch(undefined),
});

const oneForm = view.extend({
  overwrite: z.literal('yes').optional().catch(undefined),
  /** Where the button stood. */
  from: z.literal('learner').optional().catch(undefined),
  /** Whether that was all that may be seen. */
  alone: z.literal('yes').optional().catch(undefined),
});

export function resultsRoutes(tools: Tools): Router {
  const { db, now, onScoreWanted } = tools;
  const router = Router();

  router.get('/placements/:placementId/results', async (req, res) => {
    const { show, gradebook: asked, sent } = query.parse(req.query);
    const { placement } = await requirePlacement(db, req, res, asked === undefined ? 'see-results' : 'run-course');
    const isCreditPage = placement.content === 'credits';
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    const isGradable = isCreditPage
      ? (await findPlan(db, placement.courseId)) !== null
      : version !== null && maximumPoints(version).compare(0) > 0;
    const gradebook = await getGradebook(db, placement.id);
    const reading = asked === undefined ? null : await compare(tools, placement.id, gradebook);
    const grades = reading?.kind === 'read' ? reading.grades : null;
    const rows = await listResultRows(db, placement, { grades, now: now() });
    res.render('attempts/results', {
      placement,
      isCreditPage,
      version,
      rows: show ? rows.filter(({ grade }) => isNoteworthy(grade)) : rows,
      everybody: rows.length,
      tally: tallyOf(rows),
      show,
      sent: sent === 0 || rows.some(({ grade }) => isUnderWay(grade.status)) ? sent : undefined,
      reading,
      hasColumn: gradebook.lineItemUrl !== null,
      column: columnStatus(gradebook, isGradable),
      mayCompare: mayReadBack(gradebook),
      mayRun: mayDo(placement.role, 'run-course'),
      waitingCount: mayDo(placement.role, 'mark-answers') ? await countWaiting(db, placement.id) : 0,
      mayMark: mayDo(placement.role, 'mark-answers') && (version?.marksByHand ?? false),
      mayGiveZeros: !isCreditPage && mayDo(placement.role, 'decide-grades') && isTimeOver(placement.dueAt, now()),
      mayDecide: mayDo(placement.role, 'decide-grades'),
      earlierKeyCount: await countMarkedByEarlierKey(db, placement),
    });
  });

  router.post('/placements/:placementId/grades/deliveries', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'run-course');
    const { owed, refused } = await sendAgain(placement.id, null);
    onScoreWanted();
    res.redirect(303, backTo(placement.id, req, owed + refused));
  });

  router.post('/placements/:placementId/learners/:personId/deliveries', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'run-course');
    const learner = await findMember(db, placement.courseId, keyParam(req, 'personId'));
    if (!learner) throw notFound();
    const cell = { placementId: placement.id, personId: learner.personId };
    const { overwrite, from, alone } = oneForm.parse(req.body ?? {});
    const sent = overwrite ? await db.transaction((tx) => sendOurs(tx, cell, now())) : await isSentAgain(cell);
    onScoreWanted();
    const said = `sent=${Number(sent)}${alone ? '&alone' : ''}`;
    const learnerPage = `/placements/${placement.id}/learners/${learner.personId}/attempts?${said}`;
    res.redirect(303, from === 'learner' ? learnerPage : backTo(placement.id, req, Number(sent)));
  });

  router.post('/placements/:placementId/gradebook-column', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'run-course');
    await db.transaction((tx) => wantColumn(tx, placement.id, now()));
    onScoreWanted();
    res.redirect(303, `/placements/${placement.id}/results`);
  });

  async function isSentAgain({ placementId, personId }: { placementId: number; personId: number }) {
    const { owed, refused } = await sendAgain(placementId, personId);
    return owed + refused > 0;
  }

  /** What waits or was refused; what somebody in the gradebook has changed is sent only where a teacher says so of that one. */
  function sendAgain(placementId: number, personId: number | null) {
    return requeueGrades(db, { registrationIds: null, placementId, personId }, { now: now(), alsoRefused: true });
  }

  return router;
}

/** A grade that has arrived, or that the LMS has refused since, goes out no more, whatever the address still says. */
function isUnderWay({ state }: GradeStatus): boolean {
  return state === 'on-its-way' || state === 'waiting';
}

/** Reads everybody's points back, and keeps what it found. Null where the LMS lets us read nothing. */
async function compare({ db, now, services }: Tools, placementId: number, gradebook: Gradebook) {
  if (!mayReadBack(gradebook)) return null;
  const startedAt = now();
  const reading = await readGradebook({ db, services }, gradebook);
  if (reading.kind === 'read') await noteReading(db, placementId, { grades: reading.grades, startedAt });
  return reading;
}

/** The table as it was looked at when the button was pressed, saying how many grades go out. */
function backTo(placementId: number, req: Request, sent: number): string {
  const { show, gradebook } = view.parse(req.body ?? {});
  const words = [...(gradebook === undefined ? [] : ['gradebook']), ...(show ? [`show=${show}`] : []), `sent=${sent}`];
  return `/placements/${placementId}/results?${words.join('&')}`;
}
