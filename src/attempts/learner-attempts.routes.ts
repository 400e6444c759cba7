// One learner's attempts at a placement, for who teaches them: also where a gradebook leads for a submission review.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import { findMember } from '../courses/member.store.ts';
import { mayDo } from '../courses/rights.ts';
import type { CourseRole } from '../lti/roles.ts';
import { isOnList } from '../courses/roster-standing.ts';
import { getRosterState } from '../courses/roster-turn.store.ts';
import type { Database } from '../database/database.ts';
import { whatCounts } from '../quizzes/counting-attempt.ts';
import { shownCause } from '../grades/delivery-cause.ts';
import { listDeliveries } from '../grades/delivery-history.store.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { teacherGrade } from '../grades/teacher-grade.ts';
import { renderContent } from '../questions/content.ts';
import { getReview } from '../quizzes/quiz-review.store.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { showsAll } from '../quizzes/review-settings.ts';
import { findDraft, getVersion } from '../quizzes/quiz.store.ts';
import { notFound } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { askedVersion } from './asked.ts';
import { listAttempts, type RuledAttempt } from './attempt.store.ts';
import { notCompared } from './beside-gradebook.ts';
import { listWork } from './checking/work.store.ts';
import { listFiles } from './files/answer-file.store.ts';
import { connectionLog, minutesLost } from './journal/connection-log.ts';
import { readHeard } from './journal/connection-log.store.ts';
import { withLateness } from './late.ts';
import { markingIn } from './marking/mark-view.ts';
import { readReview } from './read-review.ts';
import { countLate } from './rescue/late-answer.store.ts';
import { giveTime, type GrantRefusal } from './time-grants/give-time.ts';
import { grantBounds, newGrant, readForm, readGrant, type GrantForm } from './time-grants/grant-form.ts';
import { countGrants, listGrants } from './time-grants/time-grant.store.ts';
import { withOvertime } from './time-view.ts';
import { countPractices } from './self/practice.store.ts';
import { findSharedReflection } from './self/reflection.store.ts';

/** What a button has just done, and whether this one person is all that may be seen. */
const query = z.object({
  sent: z.coerce.number().int().min(0).max(1).optional().catch(undefined),
  alone: z.string().optional().catch(undefined),
  given: z.string().optional().catch(undefined),
  reopened: z.string().optional().catch(undefined),
});

/** What the form for giving time back says besides: what was typed, and why nothing came of it. */
interface GrantSaid {
  form?: GrantForm;
  refusal?: GrantRefusal;
}

export function learnerAttemptRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/placements/:placementId/learners/:personId/attempts', async (req, res) => {
    const { placement, learner, attempts } = await readLearner(req, res);
    const { sent, alone } = query.parse(req.query);
    const draft = placement.quizId === null ? null : await findDraft(db, placement.quizId);
    const cell = await findCell(db, placement.id, learner.personId);
    const { readAt } = await getRosterState(db, placement.courseId);
    const listed = { isActive: learner.isActive, isListed: isOnList(learner, readAt) };
    res.render('attempts/learner', {
      placement,
      learner,
      attempts: attempts.map((attempt) => ({ ...attempt, arePointsShown: true })),
      title: placement.title ?? draft?.title ?? res.locals.t('quizzes.untitled'),
      counted: whatCounts(attempts).counted,
      grade: notCompared(teacherGrade(cell, { hasColumn: placement.lineItemUrl !== null, listed, now: now() })),
      deliveries: (await listDeliveries(db, placement.id, learner.personId)).map(({ cause, ...delivery }) => ({
        ...delivery,
        cause: cause && shownCause(cause, listed),
      })),
      mayRun: mayDo(placement.role, 'run-course'),
      sent,
      isAlone: alone !== undefined,
    });
  });

  router.get('/placements/:placementId/learners/:personId/attempts/:number', async (req, res) => {
    await showAttempt(req, res, {});
  });

  router.post('/placements/:placementId/learners/:personId/attempts/:number/time-grants', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const [personId, number] = [keyParam(req, 'personId'), keyParam(req, 'number')];
    const read = readGrant(req.body);
    if (!read.ok) {
      await showAttempt(req, res.status(422), { form: read.form });
      return;
    }
    const which = { placement, personId, number, grantedBy: session.personId };
    const given = await giveTime({ db, now }, which, read.grant);
    if (given.ok) {
      const address = `/placements/${placement.id}/learners/${personId}/attempts/${number}`;
      res.redirect(303, `${address}?${given.isReopened ? 'reopened' : 'given'}#time-grants`);
    } else if (given.code === 'attempt-not-found') throw notFound();
    else {
      await showAttempt(req, res.status(409), { form: readForm(read.grant), refusal: given.code });
    }
  });

  /** One attempt as its teacher sees it: how it reached us, and its answers once they are handed in. */
  async function showAttempt(req: Request, res: Response, { form, refusal }: GrantSaid) {
    const { placement, learner, attempts } = await readLearner(req, res);
    const wanted = keyParam(req, 'number');
    const attempt = attempts.find(({ number }) => number === wanted);
    if (!attempt) throw notFound();
    const work = await listWork(db, attempt.id);
    const version = askedVersion(attempt, await getVersion(db, attempt.quizVersionId), work);
    // What is still being written is nobody's but the learner's.
    const content = { attempt, version, work, files: await listFiles(db, [attempt.id]) };
    const quiz = await getReview(db, placement.quizId ?? version.quizId);
    const review = attempt.submittedAt ? await readReview(db, content, quiz, showsAll) : null;
    const marking = mayDo(placement.role, 'mark-answers') ? markingIn(content, placement.id) : new Map();
    const said = query.parse(req.query);
    const heard = await readHeard(db, attempt);
    const lost = minutesLost(heard);
    res.render('attempts/review', {
      ...{ placement, learner, attempt, version, ...review, marking, html: renderContent },
      isAlone: said.alone !== undefined,
      log: connectionLog(heard, now()),
      practised: await countPractices(db, attempt.id),
      reflection: await findSharedReflection(db, attempt.id),
      lateCount: await countLate(db, attempt.id),
      mayDecide: mayDo(placement.role, 'decide-grades'),
      grants: await listGrants(db, attempt.id),
      // What was typed and refused is shown again, whatever has become of the attempt.
      giving:
        refusal || mayGive(attempt, placement.role)
          ? { form: form ?? newGrant(lost), seen: await countGrants(db, attempt.id), lost, refusal, ...grantBounds }
          : null,
      notice: said.reopened !== undefined ? 'reopened' : said.given !== undefined ? 'given' : null,
    });
  }

  /** @throws PageError 404 for who is not in the placement's course, besides those of `requirePlacement` */
  async function readLearner(req: Request, res: Response) {
    const { placement } = await requirePlacement(db, req, res, 'see-results');
    const learner = await findMember(db, placement.courseId, keyParam(req, 'personId'));
    if (!learner) throw notFound();
    const accommodation = await getAccommodation(db, placement.courseId, learner.personId);
    const attempts = await listAttempts(db, placement.id, learner.personId);
    return {
      placement,
      learner,
      attempts: withOvertime(withLateness(attempts, placement.dueAt, accommodation), accommodation),
    };
  }

  return router;
}

/** Whether the reader may give time back to an attempt: an open one with a limit, or one that was closed because its time was over. */
function mayGive(attempt: RuledAttempt, role: CourseRole): boolean {
  if (!mayDo(role, 'decide-grades') || attempt.timeLimitMinutes === null || attempt.erasedAt) return false;
  return isOpen(attempt) || attempt.isTimedOut || attempt.abandonedAt !== null;
}
