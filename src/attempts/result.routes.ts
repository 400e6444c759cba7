// The learner's page of what an attempt came to.
import { type Response } from 'express';
import { isOpen } from '../quizzes/attempt-state.ts';
import { whatCounts } from '../quizzes/counting-attempt.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { gradeWithoutPoints, learnerGrade } from '../grades/learner-grade.ts';
import { renderContent } from '../questions/content.ts';
import { isMarked } from '../quizzes/quiz.ts';
import { isCountedShown, pointsShownFrom, withPointsShown } from '../quizzes/own-review.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { mayStartAnother } from './attempt.ts';
import type { GradingTools } from './grading-tools.ts';
import { answerOf } from './own-grade.routes.ts';
import { readReview } from './read-review.ts';
import { guessGap } from './self/gap.ts';
import { countPractices, findOpenPractice } from './self/practice.store.ts';
import { mostReflection } from './self/reflection.ts';
import { findReflection } from './self/reflection.store.ts';
import { startTime } from './time-view.ts';
import { ownAttempts, type AttemptPage } from './own-attempt.routes.ts';

/** Shows an attempt that is closed to its learner, with what comes after it. */
export function resultPage(tools: GradingTools) {
  const { db, now } = tools;
  const { readAttempts } = ownAttempts(tools);

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

  return showResult;
}
