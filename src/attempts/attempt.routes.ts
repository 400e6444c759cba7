// The learner's side: start, answer, hand in, read the result.
import { randomBytes } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { findPlacementFor, type PlacementOfMember } from '../courses/placement.store.ts';
import type { Database } from '../database/database.ts';
import { countedScore, countingRule } from '../grades/counting-attempt.ts';
import { gradeStatus } from '../grades/grade-status.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { renderContent } from '../questions/content.ts';
import { isAnswerable, maximumPoints } from '../quizzes/quiz.ts';
import { findCurrentVersion, getVersion } from '../quizzes/quiz.store.ts';
import { notFound, PageError } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { formFields } from '../web/forms.ts';
import { requireSession } from '../web/session.ts';
import { mayStartAnother } from './attempt.ts';
import { questionsOf, reviewsOf, type AttemptContent } from './attempt-view.ts';
import { findAttempt, listAttempts, listResponses, submitted } from './attempt.store.ts';
import { saveAnswers, type AnswerRefusal } from './save-answers.ts';
import { startAttempt, type StartRefusal } from './start-attempt.ts';
import { submitAttempt } from './submit-attempt.ts';

interface Tools {
  db: Database;
  now: () => Date;
  /** Called after a commit that may owe a gradebook something. */
  onScoreWanted: () => void;
}

/** An attempt with all it consists of. */
interface AttemptPage extends AttemptContent {
  placement: PlacementOfMember;
}

export function attemptRoutes(tools: Tools): Router {
  const { db } = tools;
  const router = Router();

  router.get('/placements/:placementId/attempts', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'answer');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    if (!version) {
      res.render('attempts/no-quiz', { placement });
      return;
    }
    const attempts = await listAttempts(db, placement.id, session.personId);
    const made = attempts.flatMap(submitted);
    res.render('attempts/index', {
      placement,
      version,
      attempts,
      answerable: version.questions.filter(isAnswerable).length,
      points: maximumPoints(version.questions).valueOf(),
      mayStart: mayStartAnother(attempts.length, version),
      counted: countedScore(made, countingRule(made)),
      rule: made.length > 0 ? countingRule(made) : version.countingAttempt,
      grade: gradeStatus(await findCell(db, placement.id, session.personId), placement.lineItemUrl !== null),
    });
  });

  router.post('/placements/:placementId/attempts', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'answer');
    const seed = randomBytes(16).toString('base64url');
    const started = await startAttempt(tools, { placement, personId: session.personId, seed });
    if (!started.ok) throw startRefused(started.code);
    res.redirect(303, `/attempts/${started.attemptId}`);
  });

  router.get('/attempts/:attemptId', async (req, res) => {
    const page = await readAttempt(req, res);
    if (page.attempt.submittedAt) await showResult(res, page);
    else {
      const isSavedNow = req.query.saved !== undefined;
      res.render('attempts/show', { ...page, questions: questionsOf(page), isSavedNow, html: renderContent });
    }
  });

  router.post('/attempts/:attemptId/answers', async (req, res) => {
    const { personId } = requireSession(res);
    const attemptId = keyParam(req, 'attemptId');
    const form = formFields(req);
    const fields = form.get('question') ?? [];
    const saved = await saveAnswers(tools, { attemptId, personId, form: Object.fromEntries(form), fields });
    if (!saved.ok) throw answerRefused(saved.code);
    if (req.accepts(['html', 'json']) === 'json') res.json({ saved: fields });
    else if (form.has('later')) res.redirect(303, `/attempts/${attemptId}?saved`);
    else res.redirect(303, `/attempts/${attemptId}/submission`);
  });

  router.get('/attempts/:attemptId/submission', async (req, res) => {
    const page = await readAttempt(req, res);
    if (page.attempt.submittedAt) {
      res.redirect(303, `/attempts/${page.attempt.id}`);
      return;
    }
    res.render('attempts/submission', { ...page, questions: questionsOf(page) });
  });

  router.post('/attempts/:attemptId/submission', async (req, res) => {
    const { personId } = requireSession(res);
    const attemptId = keyParam(req, 'attemptId');
    const submission = await submitAttempt(tools, { attemptId, personId });
    if (!submission.ok) throw notFound();
    tools.onScoreWanted();
    res.redirect(303, `/attempts/${attemptId}`);
  });

  /** The attempt `:attemptId` of the signed-in learner with all it consists of. @throws PageError 404 for anybody else's */
  async function readAttempt(req: Request, res: Response): Promise<AttemptPage> {
    const { personId } = requireSession(res);
    const attempt = await findAttempt(db, keyParam(req, 'attemptId'), personId);
    const placement = attempt && (await findPlacementFor(db, personId, attempt.placementId));
    if (!attempt || !placement) throw notFound();
    const version = await getVersion(db, attempt.quizVersionId);
    return { attempt, placement, version, responses: await listResponses(db, attempt.id) };
  }

  async function showResult(res: Response, page: AttemptPage) {
    const { attempt, placement, version } = page;
    const attempts = await listAttempts(db, placement.id, attempt.personId);
    // The quiz that stands here now: it may have been detached from the one that this attempt was at.
    const current = (await findCurrentVersion(db, placement.quizId ?? version.quizId)) ?? version;
    const hasOpen = attempts.some(({ submittedAt }) => submittedAt === null);
    const made = attempts.flatMap(submitted);
    res.render('attempts/result', {
      ...page,
      counted: countedScore(made, countingRule(made)),
      countingAttempt: countingRule(made),
      attemptCount: attempts.length,
      hasOpen,
      mayStart: hasOpen || mayStartAnother(attempts.length, current),
      grade: gradeStatus(await findCell(db, placement.id, attempt.personId), placement.lineItemUrl !== null),
      questions: reviewsOf(page),
      html: renderContent,
    });
  }

  return router;
}

function startRefused(code: StartRefusal): PageError {
  switch (code) {
    case 'quiz-not-published':
    case 'no-attempts-left':
      return new PageError(409, code, code);
  }
}

function answerRefused(code: AnswerRefusal): PageError {
  switch (code) {
    case 'attempt-not-found':
      return notFound();
    case 'already-submitted':
      return new PageError(409, code, code);
  }
}
