// The teacher's side of a quiz: paste or upload questions, see them as students will, publish.
import { Router, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { lockPlacementQuiz, placeQuiz, type PlacementOfMember } from '../courses/course.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { formats } from '../questions/formats/registry.ts';
import { presentQuestion } from '../questions/question-view.ts';
import type { Question } from '../questions/question.ts';
import { readQuestions } from '../questions/read-questions.ts';
import { PageError } from '../web/errors.ts';
import { uploadedFile } from '../web/forms.ts';
import { countingAttempts, isAnswerable, isMarked, maximumPoints, optionOrder } from './quiz.ts';
import { mostAttempts, readQuizForm, sourceDigest } from './quiz-form.ts';
import { findCurrentVersion, findDraft, insertDraft, publishVersion, saveDraft, type QuizDraft } from './quiz.store.ts';

export function quizRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'instructor');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    if (!version) {
      res.redirect(303, `/placements/${placement.id}/quiz/edit`);
      return;
    }
    res.render('quizzes/show', {
      placement,
      version,
      questions: preview(version.questions),
      points: maximumPoints(version.questions).valueOf(),
      answerable: version.questions.filter(isAnswerable).length,
      html: renderContent,
    });
  });

  router.get('/placements/:placementId/quiz/edit', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'instructor');
    const draft = placement.quizId === null ? null : await findDraft(db, placement.quizId);
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    showEditor(res, placement, draft ?? emptyDraft(placement), {
      isChanged: req.query.changed !== undefined,
      isFileUnread: req.query.file !== undefined,
      isPublished: version !== null,
    });
  });

  router.post('/placements/:placementId/quiz', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'instructor');
    const { draft, isFileUnread } = readQuizForm(req.body, titleOf(placement, res), uploadedFile(req));
    await db.transaction((tx) => keepDraft(tx, placement, draft));
    res.redirect(303, editorAddress(placement, isFileUnread ? 'file' : null));
  });

  router.post('/placements/:placementId/quiz/versions', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'instructor');
    const { draft, isFileUnread } = readQuizForm(req.body, titleOf(placement, res), uploadedFile(req));
    const { previewed } = req.body as { previewed?: unknown };
    const isSeen = previewed === sourceDigest(draft) && !isFileUnread;
    const questions = readQuestions(draft.source, draft.sourceFormat).questions.map(({ question }) => question);
    const hasQuestions = questions.some(isAnswerable);
    await db.transaction(async (tx) => {
      const quizId = await keepDraft(tx, placement, draft);
      if (!isSeen || !hasQuestions) return;
      await publishVersion(tx, quizId, { ...draft, questions }, { publishedBy: session.personId, now: now() });
    });
    if (isSeen && !hasQuestions) throw new PageError(422, 'nothing-to-publish', 'nothing-to-publish');
    const unseen = isFileUnread ? 'file' : 'changed';
    res.redirect(303, isSeen ? `/placements/${placement.id}/quiz` : editorAddress(placement, unseen));
  });

  async function keepDraft(tx: Transaction, placement: PlacementOfMember, draft: QuizDraft): Promise<number> {
    const placedId = await lockPlacementQuiz(tx, placement.id);
    if (placedId !== null) {
      await saveDraft(tx, placedId, draft, now());
      return placedId;
    }
    const quizId = await insertDraft(tx, placement.courseId, draft, now());
    await placeQuiz(tx, placement.id, quizId);
    return quizId;
  }

  function showEditor(
    res: Response,
    placement: PlacementOfMember,
    draft: QuizDraft,
    state: { isChanged: boolean; isFileUnread: boolean; isPublished: boolean },
  ) {
    const read = draft.source.trim() === '' ? null : readQuestions(draft.source, draft.sourceFormat);
    const questions = read?.questions.map(({ question }) => question) ?? [];
    res.render('quizzes/edit', {
      placement,
      draft: { ...draft, title: draft.title || titleOf(placement, res) },
      previewed: sourceDigest(draft),
      ...state,
      read,
      formatLabel: formats.find(({ name }) => name === read?.format)?.label ?? '',
      formatChoices: formats,
      hasManual: questions.some((question) => isAnswerable(question) && !isMarked(question)),
      countingAttempts,
      mostAttempts,
      questions: preview(questions),
      answerable: questions.filter(isAnswerable).length,
      points: maximumPoints(questions).valueOf(),
      html: renderContent,
    });
  }

  return router;
}

/** @param notice what to say above the preview */
function editorAddress(placement: PlacementOfMember, notice: 'changed' | 'file' | null) {
  return `/placements/${placement.id}/quiz/edit${notice ? `?${notice}` : ''}#preview`;
}

function emptyDraft(placement: PlacementOfMember): QuizDraft {
  return {
    title: placement.title ?? '',
    source: '',
    sourceFormat: 'auto',
    attemptsAllowed: null,
    countingAttempt: 'best',
  };
}

function titleOf(placement: PlacementOfMember, res: Response) {
  return placement.title ?? res.locals.t('quizzes.untitled');
}

/** As a learner sees them, options shuffled, nothing answered; in the author's order, which the text above follows. */
function preview(questions: readonly Question[]) {
  let answerable = 0;
  return questions.map((question, position) => ({
    field: `preview${position}`,
    label: isAnswerable(question) ? (answerable += 1) : null,
    question: presentQuestion(question, optionOrder('preview', position), null),
  }));
}
