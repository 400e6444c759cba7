// The draft of a quiz as a list: what is in it, how it is taken, and the button that publishes it.
import { Router, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import { mayDo, type Right } from '../courses/rights.ts';
import type { Database, Transaction } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { questionForms } from '../questions/forms/registry.ts';
import { readQuestions } from '../questions/read-questions.ts';
import { PageError } from '../web/errors.ts';
import { bankStandings } from './bank-standing.store.ts';
import { behavingChoices } from './behaviour-form.ts';
import { requireDraft, titleOf } from './draft-access.routes.ts';
import { listDeletedQuestions, listDraftQuestions, outlineDraft } from './draft-question.store.ts';
import { publishableStructure } from './draft-question.ts';
import { emptyDraft, getDraft, holdDraft, isTextUnread, readTextOnce, saveSettings } from './draft.store.ts';
import { cardsOf, cardsOnPage, pageNamed, pageOfList } from './question-cards.ts';
import { askedCount, maximumPoints } from './extent.ts';
import { importChoices } from './read-import.ts';
import { withoutMarks } from './merge-text.ts';
import { withOutcomes } from './published-outcomes.store.ts';
import { countingAttempts, isAnswerable, isMarked } from './quiz.ts';
import { withoutUnready } from './structure.ts';
import { mostAttempts, readQuizForm, settingsStamp } from './quiz-form.ts';
import { findCurrentVersion, publishVersion, type QuizDraft } from './quiz.store.ts';
import { getQuizHome, listOffered } from './shared-quiz.store.ts';
import { structureChoices } from './structure-form.ts';
import { structureProblems } from './structure-problems.ts';
import { timeChoices } from './time-rules-form.ts';

interface Tools {
  db: Database;
  now: () => Date;
  /** Called in the transaction that publishes a version of a quiz. */
  onPublished: (tx: Transaction, quizId: number) => Promise<void>;
}

/** How many deleted questions are offered to be put back. */
const mostDeleted = 20;

/** What the page says besides: what was done just now, and where one goes on. */
interface Said {
  /** Settings as they were typed, where another teacher has changed them meanwhile. */
  unsaved?: QuizDraft;
}

export function draftRoutes({ db, now, onPublished }: Tools): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz/edit', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    if (placement.quizId !== null && (await getQuizHome(db, placement.quizId)).courseId !== placement.courseId) {
      res.redirect(303, `/placements/${placement.id}/quiz`);
      return;
    }
    await showList(res, { placement, personId: session.personId }, {});
  });

  router.post('/placements/:placementId/quiz', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { draft: typed } = readQuizForm(req.body, titleOf(placement, res), null);
    const isKept = await db.transaction(async (tx) =>
      keepSettings(tx, await hold(tx, placement, res), typed, req.body),
    );
    if (isKept) res.redirect(303, `/placements/${placement.id}/quiz/edit`);
    else await showList(res.status(409), { placement, personId: session.personId }, { unsaved: typed });
  });

  router.post('/placements/:placementId/quiz/versions', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { draft: typed } = readQuizForm(req.body, titleOf(placement, res), null);
    const { revision } = (req.body ?? {}) as { revision?: unknown };
    const outcome = await db.transaction(async (tx) => {
      const quizId = await hold(tx, placement, res);
      if (!(await keepSettings(tx, quizId, typed, req.body))) return 'settings-changed';
      const draft = await getDraft(tx, quizId);
      if (String(draft.revision) !== revision) return 'questions-changed';
      const listed = await listDraftQuestions(tx, quizId);
      const questions = await withOutcomes(tx, placement.courseId, listed);
      if (!questions.some(isAnswerable)) return 'nothing-to-publish';
      const structure = publishableStructure(draft.structure, listed);
      const quiz = { ...draft, questions, structure };
      if (structureProblems(quiz).length > 0) return 'structure-does-not-fit';
      await publishVersion(tx, quizId, quiz, { publishedBy: session.personId, now: now() });
      await onPublished(tx, quizId);
      return 'published';
    });
    switch (outcome) {
      case 'settings-changed':
        await showList(res.status(409), { placement, personId: session.personId }, { unsaved: typed });
        return;
      case 'questions-changed':
        res.redirect(303, `/placements/${placement.id}/quiz/edit?changed#questions`);
        return;
      case 'nothing-to-publish':
      case 'structure-does-not-fit':
        throw new PageError(422, outcome, outcome);
      case 'published':
        res.redirect(303, `/placements/${placement.id}/quiz`);
        return;
    }
  });

  async function hold(tx: Transaction, placement: PlacementOfMember, res: Response): Promise<number> {
    return requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()));
  }

  /** Keeps title and settings, unless somebody else has changed them since this form was made. */
  async function keepSettings(tx: Transaction, quizId: number, typed: QuizDraft, body: unknown): Promise<boolean> {
    const { settings } = (body ?? {}) as { settings?: unknown };
    const current = settingsStamp(await getDraft(tx, quizId));
    if (current === settingsStamp(typed)) return true;
    if (settings !== current && settings !== newStamp) return false;
    await saveSettings(tx, quizId, typed, now());
    return true;
  }

  async function showList(
    res: Response,
    { placement, personId }: { placement: PlacementOfMember; personId: number },
    { unsaved }: Said,
  ) {
    const { quizId } = placement;
    const found = quizId === null ? null : await getDraft(db, quizId);
    if (found && (await isTextUnread(db, found))) await db.transaction((tx) => readTextOnce(tx, found.id, now()));
    const draft = unsaved ?? found ?? { ...emptyDraft(titleOf(placement, res)) };
    const outline = quizId === null ? [] : await outlineDraft(db, quizId);
    const ready = outline.filter(({ isFinished }) => isFinished);
    const asking = outline.filter(isAnswerable);
    const structure = withoutUnready(
      draft.structure,
      asking.map(({ isFinished }) => isFinished),
    );
    const quiz = { ...draft, questions: ready, structure };
    const at = outline.findIndex(({ key }) => key === res.req.query.at);
    const part = pageOfList(at < 0 ? pageNamed(res.req.query.page) : Math.floor(at / cardsOnPage) + 1, outline.length);
    const questions = quizId === null ? [] : await listDraftQuestions(db, quizId, part);
    const standings = await bankStandings(db, placement.courseId, questions);
    const before = { all: part.from, asking: outline.slice(0, part.from).filter(isAnswerable).length };
    const misread = found?.isTextCurrent
      ? readQuestions(withoutMarks(found.source), found.sourceFormat).problems.length
      : 0;
    res.render('quizzes/edit', {
      placement,
      may: (right: Right) => mayDo(placement.role, right),
      draft: { ...draft, title: draft.title || titleOf(placement, res) },
      settings: found ? settingsStamp(found) : newStamp,
      isUnsaved: unsaved !== undefined,
      revision: found?.revision ?? 1,
      cards: cardsOf(questions, before),
      part,
      all: outline.length,
      standings,
      offersOfBank: [...standings.values()].filter(({ isNewer }) => isNewer).length,
      deleted: quizId === null ? [] : cardsOf(await listDeletedQuestions(db, quizId, mostDeleted)),
      ready: ready.filter(isAnswerable).length,
      asked: askedCount(quiz),
      points: maximumPoints(quiz).valueOf(),
      unfinished: outline.length - ready.length,
      misread: found?.source.trim() === '' ? 0 : misread,
      hasManual: ready.some((question) => isAnswerable(question) && !isMarked(question)),
      isPublished: quizId !== null && (await findCurrentVersion(db, quizId)) !== null,
      offered: found === null ? await listOffered(db, placement, personId) : [],
      types: questionForms.map(({ type }) => type.name),
      ...importChoices,
      countingAttempts,
      mostAttempts,
      ...timeChoices(draft),
      ...behavingChoices(draft),
      ...structureChoices(draft.structure, quiz),
      html: renderContent,
      ...noticesIn(res),
    });
  }

  return router;
}

/** The stamp of a form for a quiz that does not exist yet: whoever makes it meanwhile has set nothing that matters. */
const newStamp = 'new';

/** What the address says was done just now. */
function noticesIn({ req: { query } }: Response) {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const counted = (value: unknown) => (/^\d{1,4}$/.test(text(value) ?? '') ? Number(value) : null);
  return {
    isChanged: query.changed !== undefined,
    isBadPoints: query.bad !== undefined,
    isForeign: query.foreign !== undefined,
    added: counted(query.added),
    put: counted(query.put),
    there: counted(query.there) ?? 0,
    taken: counted(query.taken),
    deletedKey: text(query.deleted),
    at: text(query.at),
    by: text(query.by),
  };
}
