// The teacher's side of a quiz: paste or upload questions, see them as students will, publish.
import { Router, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { lockPlacementQuiz, placeQuiz, type PlacementOfMember } from '../courses/placement.store.ts';
import { mayDo, type Right } from '../courses/rights.ts';
import type { Database, Transaction } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { formats } from '../questions/formats/registry.ts';
import { presentQuestion } from '../questions/question-view.ts';
import type { Question } from '../questions/question.ts';
import { readQuestions } from '../questions/read-questions.ts';
import { PageError } from '../web/errors.ts';
import { uploadedFile } from '../web/forms.ts';
import { countingAttempts, isAnswerable, isMarked, maximumPoints, optionOrder, questionFor } from './quiz.ts';
import { behavingChoices, newBehaving } from './behaviour-form.ts';
import { mostAttempts, mostMinutes, readQuizForm, sourceDigest } from './quiz-form.ts';
import {
  findOrigin,
  getQuizHome,
  listOffered,
  listOtherCourses,
  type OfferedQuiz,
  type QuizHome,
} from './shared-quiz.store.ts';
import { findCurrentVersion, findDraft, insertDraft, publishVersion, saveDraft, type QuizDraft } from './quiz.store.ts';

interface Tools {
  db: Database;
  now: () => Date;
  /** Called in the transaction that publishes a version of a quiz. */
  onPublished: (tx: Transaction, quizId: number) => Promise<void>;
}

export function quizRoutes({ db, now, onPublished }: Tools): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'preview-quizzes');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    const shared = await findShared(placement);
    if (!version && !shared) {
      if (!mayDo(placement.role, 'edit-quizzes')) res.render('attempts/no-quiz', { placement });
      else
        res.redirect(303, `/placements/${placement.id}/quiz/edit${req.query.foreign === undefined ? '' : '?foreign'}`);
      return;
    }
    if (!version) {
      res.render('quizzes/shared-draft', { placement, shared, may: mayHere(placement) });
      return;
    }
    res.render('quizzes/show', {
      placement,
      version,
      shared,
      origin: await findOrigin(db, version.quizId),
      otherCourses: shared ? [] : await listOtherCourses(db, version.quizId, placement.courseId),
      may: mayHere(placement),
      questions: preview(version.questions),
      points: maximumPoints(version.questions, version).valueOf(),
      answerable: version.questions.filter(isAnswerable).length,
      html: renderContent,
    });
  });

  router.get('/placements/:placementId/quiz/edit', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    if (await findShared(placement)) {
      res.redirect(303, `/placements/${placement.id}/quiz`);
      return;
    }
    const draft = placement.quizId === null ? null : await findDraft(db, placement.quizId);
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    showEditor(res, placement, draft ?? emptyDraft(placement), {
      isChanged: req.query.changed !== undefined,
      isFileUnread: req.query.file !== undefined,
      isForeign: req.query.foreign !== undefined && draft === null,
      isPublished: version !== null,
      offered: draft === null ? await listOffered(db, placement, session.personId) : [],
    });
  });

  router.post('/placements/:placementId/quiz', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { draft, isFileUnread } = readQuizForm(req.body, titleOf(placement, res), uploadedFile(req));
    await db.transaction((tx) => keepDraft(tx, placement, draft));
    res.redirect(303, editorAddress(placement, isFileUnread ? 'file' : null));
  });

  router.post('/placements/:placementId/quiz/versions', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { draft, isFileUnread } = readQuizForm(req.body, titleOf(placement, res), uploadedFile(req));
    const { previewed } = req.body as { previewed?: unknown };
    const isSeen = previewed === sourceDigest(draft) && !isFileUnread;
    const questions = readQuestions(draft.source, draft.sourceFormat).questions.map(({ question }) => question);
    const hasQuestions = questions.some(isAnswerable);
    await db.transaction(async (tx) => {
      const quizId = await keepDraft(tx, placement, draft);
      if (!isSeen || !hasQuestions) return;
      await publishVersion(tx, quizId, { ...draft, questions }, { publishedBy: session.personId, now: now() });
      await onPublished(tx, quizId);
    });
    if (isSeen && !hasQuestions) throw new PageError(422, 'nothing-to-publish', 'nothing-to-publish');
    const unseen = isFileUnread ? 'file' : 'changed';
    res.redirect(303, isSeen ? `/placements/${placement.id}/quiz` : editorAddress(placement, unseen));
  });

  /** The course that the quiz of a placement belongs to, if it is another one; null for a quiz of its own, or none. */
  async function findShared({ quizId, courseId }: PlacementOfMember): Promise<QuizHome | null> {
    const home = quizId === null ? null : await getQuizHome(db, quizId);
    return home?.courseId === courseId ? null : home;
  }

  /** @throws PageError 409 for a quiz of another course: whoever changes it here would change it there */
  async function keepDraft(tx: Transaction, placement: PlacementOfMember, draft: QuizDraft): Promise<number> {
    const placedId = await lockPlacementQuiz(tx, placement.id);
    if (placedId !== null) {
      const home = await getQuizHome(tx, placedId);
      if (home.courseId !== placement.courseId) throw new PageError(409, 'quiz-shared', 'quiz-shared');
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
    state: {
      isChanged: boolean;
      isFileUnread: boolean;
      isForeign: boolean;
      isPublished: boolean;
      offered: OfferedQuiz[];
    },
  ) {
    const read = draft.source.trim() === '' ? null : readQuestions(draft.source, draft.sourceFormat);
    const questions = read?.questions.map(({ question }) => question) ?? [];
    res.render('quizzes/edit', {
      placement,
      may: mayHere(placement),
      draft: { ...draft, title: draft.title || titleOf(placement, res) },
      previewed: sourceDigest(draft),
      ...state,
      read,
      formatLabel: formats.find(({ name }) => name === read?.format)?.label ?? '',
      formatChoices: formats,
      hasManual: questions.some((question) => isAnswerable(question) && !isMarked(question)),
      countingAttempts,
      mostAttempts,
      mostMinutes,
      ...behavingChoices(draft),
      questions: preview(questions),
      answerable: questions.filter(isAnswerable).length,
      points: maximumPoints(questions, draft).valueOf(),
      html: renderContent,
    });
  }

  return router;
}

/** Which rights the reader has here, for pages that show more to some. */
function mayHere({ role }: PlacementOfMember) {
  return (right: Right) => mayDo(role, right);
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
    timeLimitMinutes: null,
    countingAttempt: 'best',
    ...newBehaving,
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
    question: presentQuestion(questionFor('preview', position, question), optionOrder('preview', position), null),
  }));
}
