// The learner's pages: where attempts begin, an open one, the result.
import { randomBytes } from 'node:crypto';
import type Fraction from 'fraction.js';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import type { Accommodation } from '../courses/accommodation.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import { findPlacementFor, type PlacementOfMember } from '../courses/placement.store.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { whatCounts } from '../quizzes/counting-attempt.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { gradeWithoutPoints, learnerGrade } from '../grades/learner-grade.ts';
import { renderContent } from '../questions/content.ts';
import { behaviourOf } from '../questions/behaviours/registry.ts';
import { askedCount, maximumPoints } from '../quizzes/extent.ts';
import { isMarked } from '../quizzes/quiz.ts';
import { isCountedShown, mayShowOf, pointsShownFrom, withPointsShown } from '../quizzes/own-review.ts';
import type { QuizReview } from '../quizzes/quiz-review.ts';
import { getReview } from '../quizzes/quiz-review.store.ts';
import type { MayShow } from '../quizzes/review-settings.ts';
import { findCurrentVersion, getVersion } from '../quizzes/quiz.store.ts';
import { browserCookie, parseCookie } from '../web/cookies.ts';
import { notFound, PageError } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { requireSession } from '../web/session.ts';
import { askedCorrections, askedVersion } from './asked.ts';
import { mayStartAnother, type Attempt } from './attempt.ts';
import { questionsOf, type AttemptContent } from './attempt-view.ts';
import { findAttempt, listAttempts } from './attempt.store.ts';
import { listWork } from './checking/work.store.ts';
import { listCorrections } from './correction.store.ts';
import { listFiles } from './files/answer-file.store.ts';
import type { GradingTools } from './grading-tools.ts';
import { handInIfOver } from './hand-in-overdue.ts';
import { listClients } from './journal/client.store.ts';
import { browserHash } from './journal/form-sender.ts';
import { journalOfPage, type JournalOfPage } from './journal/journal-of-page.ts';
import { deadlineOf, isLate, withLateness, type Deadline } from './late.ts';
import { answerOf } from './own-grade.routes.ts';
import { readReview } from './read-review.ts';
import { guessGap } from './self/gap.ts';
import { guessField } from './self/guess.ts';
import type { SignInAgain } from './sign-in-again.ts';
import { countPractices, findOpenPractice } from './self/practice.store.ts';
import { mostReflection } from './self/reflection.ts';
import { findReflection } from './self/reflection.store.ts';
import { startAttempt, type StartRefusal } from './start-attempt.ts';
import { sumGranted } from './time-grants/time-grant.store.ts';
import { endsAt, isOver, minutesOver, timeLeft } from './time-limit.ts';
import { shownOvertime, shownTimeLeft, startTime, withOvertime } from './time-view.ts';

/** What came of a check that checked nothing, and of which question. */
const checkQuery = z.object({
  unchecked: z.enum(['nothing-given', 'same-answer', 'not-as-shown']).optional().catch(undefined),
  at: z.string().optional().catch(undefined),
});

/** A guess that could not be read, to be shown again. */
const guessQuery = z.object({ guess: z.string().optional().catch(undefined) });

/** An attempt with all it consists of. */
interface AttemptPage extends AttemptContent {
  attempt: Attempt & { isLate: boolean; minutesOver: number };
  placement: PlacementOfMember;
  deadline: Deadline;
  accommodation: Accommodation;
  /** What the quiz that stands here shows its learners, and what of this attempt now. */
  quizReview: QuizReview;
  mayShow: MayShow;
  /** What can be earned in it, exact. */
  maximum: Fraction;
  /** Of an attempt with a limit. */
  left: ReturnType<typeof shownTimeLeft>;
  overtime: ReturnType<typeof shownOvertime>;
  /** Whether its teacher gave time back to it. */
  hasGrants: boolean;
}

/**
 * @param tools.journalSecret by which the keys of all journals are made (config.ts)
 * @param tools.signInAgain for whoever is signed out while an attempt is open
 */
export function attemptRoutes(tools: GradingTools & { journalSecret: Uint8Array; signInAgain: SignInAgain }): Router {
  const { db, now, journalSecret, signInAgain } = tools;
  const router = Router();

  router.get('/placements/:placementId/attempts', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'answer');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    if (!version) {
      res.render('attempts/no-quiz', { placement });
      return;
    }
    const accommodation = await getAccommodation(db, placement.courseId, session.personId);
    const attempts = await readAttempts(placement.id, session.personId, accommodation);
    const cell = await findCell(db, placement.id, session.personId);
    const { review } = await getReview(db, version.quizId);
    const timing = { dueAt: placement.dueAt, accommodation, now: now() };
    const shown = withPointsShown(attempts, review, timing);
    const { counted, rule } = whatCounts(attempts);
    const grade = learnerGrade(cell, placement.lineItemUrl !== null, now());
    res.render('attempts/index', {
      placement,
      version,
      open: attempts.find(isOpen),
      attempts: withOvertime(withLateness(shown, placement.dueAt, accommodation), accommodation),
      deadline: deadlineOf({ ...version, dueAt: placement.dueAt }, accommodation, now()),
      answerable: askedCount(version),
      points: maximumPoints(version).valueOf(),
      mayStart: mayStartAnother(attempts.length, version),
      ...startTime(attempts, version, accommodation, { now: now(), formats: res.locals.formats }),
      hasCounted: counted !== null,
      counted: isCountedShown(shown) ? counted : null,
      rule: rule ?? version.countingAttempt,
      grade: isCountedShown(shown) ? grade : gradeWithoutPoints(grade),
      again: answerOf(req),
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
    if (!isOpen(page.attempt)) await showResult(res, page);
    else {
      const isSavedNow = req.query.saved !== undefined;
      const notice = checkQuery.parse(req.query);
      const questions = await openQuestions(page);
      const rule = behaviourOf(page.version.behaviour);
      const [journal, guess] = [await journalOf(req, page), guessField('', page.maximum)];
      const signInEntry = await signInAgain(req, res);
      const open = { ...page, questions, rule, notice, isSavedNow, journal, guess, signInEntry };
      res.render('attempts/show', { ...open, html: renderContent });
    }
  });

  router.get('/attempts/:attemptId/submission', async (req, res) => {
    const page = await readAttempt(req, res);
    if (!isOpen(page.attempt)) {
      res.redirect(303, `/attempts/${page.attempt.id}`);
      return;
    }
    const guess = guessField(guessQuery.parse(req.query).guess ?? '', page.maximum);
    const [journal, signInEntry] = [await journalOf(req, page), await signInAgain(req, res)];
    res.render('attempts/submission', { ...page, questions: await openQuestions(page), guess, journal, signInEntry });
  });

  async function journalOf(req: Request, { attempt, version }: AttemptPage): Promise<JournalOfPage> {
    const clients = await listClients(db, attempt.id);
    const browser = browserHash(parseCookie(req, browserCookie));
    return journalOfPage({ attempt, version, clients, browser }, { journalSecret, now: now() });
  }

  async function openQuestions(page: AttemptPage) {
    const { attempt, version, work, mayShow } = page;
    // What is never checked before it is handed in is not marked before.
    const { hasChecks } = behaviourOf(version.behaviour);
    const corrections = hasChecks ? await listCorrections(db, attempt.placementId, version.id) : new Map();
    return questionsOf(page, askedCorrections(attempt, version, work, corrections), mayShow);
  }

  /** Somebody's attempts at a placement; what was open beyond its time is handed in by now. */
  async function readAttempts(placementId: number, personId: number, accommodation: Accommodation) {
    const attempts = await listAttempts(db, placementId, personId);
    const over = attempts.find((one) => isOpen(one) && isOver(endsAt(one, one, accommodation), one, now()));
    if (!over) return attempts;
    await handInNow(over);
    return listAttempts(db, placementId, personId);
  }

  async function handInNow(attempt: Attempt) {
    if (await handInIfOver(tools, attempt)) tools.onScoreWanted();
  }

  /** The attempt `:attemptId` of the signed-in learner with all it consists of. @throws PageError 404 for anybody else's */
  async function readAttempt(req: Request, res: Response): Promise<AttemptPage> {
    const { personId } = requireSession(res);
    const attempt = await findAttempt(db, keyParam(req, 'attemptId'), personId);
    const placement = attempt && (await findPlacementFor(db, personId, attempt.placementId));
    if (!attempt || !placement) throw notFound();
    const version = await getVersion(db, attempt.quizVersionId);
    const accommodation = await getAccommodation(db, placement.courseId, personId);
    const { timeLimitMinutes } = version;
    const timed = { ...attempt, grantedMinutes: timeLimitMinutes === null ? 0 : await sumGranted(db, attempt.id) };
    const end = endsAt(timed, version, accommodation);
    if (isOpen(attempt) && isOver(end, version, now())) {
      await handInNow(attempt);
      return readAttempt(req, res);
    }
    const work = await listWork(db, attempt.id);
    const quizReview = await getReview(db, placement.quizId ?? version.quizId);
    const timing = { dueAt: placement.dueAt, accommodation, now: now() };
    return {
      attempt: {
        ...attempt,
        isLate: isLate({ ...attempt, timeLimitMinutes }, placement.dueAt, accommodation),
        minutesOver: minutesOver(timed, version, accommodation),
      },
      placement,
      deadline: deadlineOf({ dueAt: placement.dueAt, timeLimitMinutes }, accommodation, now()),
      accommodation,
      left: shownTimeLeft(timeLeft(end, now()), res.locals.formats),
      hasGrants: timed.grantedMinutes > 0,
      overtime: shownOvertime(timed, version, accommodation, { now: now(), formats: res.locals.formats }),
      version: askedVersion(attempt, version, work),
      maximum: maximumPoints(version),
      work,
      files: await listFiles(db, [attempt.id]),
      quizReview,
      mayShow: mayShowOf({ ...attempt, timeLimitMinutes }, quizReview.review, timing),
    };
  }

  async function showResult(res: Response, page: AttemptPage) {
    const { attempt, placement, version, accommodation, quizReview, mayShow, deadline } = page;
    const attempts = await readAttempts(placement.id, attempt.personId, accommodation);
    // The quiz that stands here now: it may have been detached from the one that this attempt was at.
    const current = (await findCurrentVersion(db, placement.quizId ?? version.quizId)) ?? version;
    const hasOpen = attempts.some(isOpen);
    const { review } = quizReview;
    const timing = { dueAt: placement.dueAt, accommodation, now: now() };
    const isShown = mayShow('points') && isCountedShown(withPointsShown(attempts, review, timing));
    const cell = await findCell(db, placement.id, attempt.personId);
    const grade = learnerGrade(cell, placement.lineItemUrl !== null, now());
    const read = attempt.submittedAt ? await readReview(db, page, quizReview, mayShow) : null;
    res.render(read ? 'attempts/result' : 'attempts/abandoned', {
      ...page,
      counted: isShown ? whatCounts(attempts).counted : null,
      pointsShownFrom: pointsShownFrom(review, deadline.dueAt, now()),
      hasOpen,
      mayStart: hasOpen || mayStartAnother(attempts.length, current),
      ...startTime(attempts, current, accommodation, { now: now(), formats: res.locals.formats }),
      grade: isShown ? grade : gradeWithoutPoints(grade),
      again: answerOf(res.req),
      gap: mayShow('points') ? guessGap(attempt) : null,
      ...read,
      practice: read && (await practiceOffer(page, read.missed)),
      reflection: await findReflection(db, attempt.id),
      mostReflection,
      html: renderContent,
    });
  }

  /** What an attempt's learner may practise; null where that is not offered, or nothing in it is marked by machine. */
  async function practiceOffer({ attempt, version }: AttemptPage, missed: number | null) {
    if (missed === null || !version.questions.some(({ question }) => isMarked(question))) return null;
    const times = await countPractices(db, attempt.id);
    return { missed, times, isBegun: (await findOpenPractice(db, attempt.id)) !== null };
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
