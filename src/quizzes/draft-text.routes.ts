// Text mode: the whole quiz in one text, with what was not understood beside its line.
import { Router, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { formats } from '../questions/formats/registry.ts';
import type { Problem } from '../questions/formats/format.ts';
import { readQuestions } from '../questions/read-questions.ts';
import { requireDraft, titleOf } from './draft-access.routes.ts';
import type { DraftQuestion } from './draft-question.ts';
import {
  deleteDraftQuestion,
  insertDraftQuestions,
  listDraftQuestions,
  placeInOrder,
  raiseRevision,
  saveDraftQuestion,
} from './draft-question.store.ts';
import {
  emptyDraft,
  getDraft,
  holdDraft,
  isTextUnread,
  readTextOnce,
  saveText,
  type OpenDraft,
} from './draft.store.ts';
import { importChoices } from './read-import.ts';
import { areMarksKnown, marksIn, mergeText, withMarks, withoutMarks, writeDraft } from './merge-text.ts';
import { cardsOf, cardsOnPage } from './question-cards.ts';
import { listAnswerable } from './section-starts.store.ts';
import { readQuizForm } from './quiz-form.ts';
import type { QuizDraft } from './quiz.store.ts';
import { isSameJson } from './same-json.ts';
import { getQuizHome } from './shared-quiz.store.ts';

type Text = Pick<QuizDraft, 'source' | 'sourceFormat'>;

export function draftTextRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz/text', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { quizId } = placement;
    if (quizId !== null && (await getQuizHome(db, quizId)).courseId !== placement.courseId) {
      res.redirect(303, `/placements/${placement.id}/quiz`);
      return;
    }
    const found = quizId === null ? null : await getDraft(db, quizId);
    if (found && (await isTextUnread(db, found))) await db.transaction((tx) => readTextOnce(tx, found.id, now()));
    const questions = found ? await listDraftQuestions(db, found.id) : [];
    showText(res, placement, found, questions, {});
  });

  router.post('/placements/:placementId/quiz/text', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { draft: text } = readQuizForm(req.body, '', null);
    const { revision } = (req.body ?? {}) as { revision?: unknown };
    const outcome = await db.transaction(async (tx) => {
      const quizId = requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()));
      const draft = await getDraft(tx, quizId);
      const isSame = draft.isTextCurrent && draft.source === text.source && draft.sourceFormat === text.sourceFormat;
      if (isSame) return { draft, state: 'kept' as const };
      if (String(draft.revision) !== revision) return { draft, state: 'stale' as const };
      if (text.source.trim() === '') return { draft, state: 'empty' as const };
      await keepText(tx, draft, text);
      return { draft, state: 'kept' as const };
    });
    if (outcome.state === 'kept') {
      res.redirect(303, `/placements/${placement.id}/quiz/text?saved#preview`);
      return;
    }
    const questions = await listDraftQuestions(db, outcome.draft.id);
    const status = outcome.state === 'stale' ? 409 : 422;
    showText(res.status(status), placement, outcome.draft, questions, { text, refused: outcome.state });
  });

  /** Makes the list what the text says. A text of which nothing was understood changes no question. */
  async function keepText(tx: Transaction, open: OpenDraft, text: Text) {
    const quizId = open.id;
    const draft = await listDraftQuestions(tx, quizId);
    const listed = await listAnswerable(tx, quizId);
    const { questions } = readQuestions(withoutMarks(text.source), text.sourceFormat);
    const marked = marksIn(textOf(open, draft).source, draft).map(({ row }) => row);
    if (questions.length > 0) {
      const merged = mergeText(draft, { source: text.source, questions }, marked);
      const before = new Map(draft.map((one) => [one.key, one]));
      const added = await insertDraftQuestions(
        tx,
        quizId,
        merged.filter(({ key }) => key === null),
        { now: now() },
      );
      const keys = merged.map(({ key }) => key ?? added.shift() ?? '');
      for (const { key, ...content } of merged) {
        const old = key === null ? undefined : before.get(key);
        if (key !== null && !isSameJson([old?.question, old?.typed], [content.question, content.typed]))
          await saveDraftQuestion(tx, quizId, key, content, now());
      }
      for (const key of before.keys()) if (!keys.includes(key)) await deleteDraftQuestion(tx, quizId, key, now());
      await placeInOrder(tx, quizId, keys, listed);
    }
    await raiseRevision(tx, quizId, now());
    await saveText(tx, quizId, { ...text, source: withMarks(text.source, draft, marked) });
  }

  function showText(
    res: Response,
    placement: PlacementOfMember,
    found: OpenDraft | null,
    questions: DraftQuestion[],
    { text, refused = null }: { text?: Text; refused?: 'stale' | 'empty' | null },
  ) {
    const draft = found ?? { ...emptyDraft(''), id: 0, revision: 1, isTextCurrent: true };
    const current = textOf(draft, questions);
    const shown = text ?? current;
    const earlier = current.source === draft.source ? '' : draft.source;
    const said = withoutMarks(shown.source);
    const read = said.trim() === '' ? null : readQuestions(said, shown.sourceFormat);
    const understood = read?.questions ?? [];
    res.render('quizzes/text', {
      placement,
      revision: draft.revision,
      source: shown.source,
      sourceFormat: shown.sourceFormat,
      earlier: earlier.trim() === '' ? null : earlier,
      outside: cardsOf(marksIn(shown.source, questions).map(({ row }) => row)),
      refused,
      isSaved: res.req.query.saved !== undefined,
      problems: beside(read?.problems ?? [], shown.source),
      cards: cardsOf(
        understood.slice(0, cardsOnPage).map(({ question, line }) => ({
          key: `line-${line}`,
          revision: 0,
          bank: null,
          question,
          typed: null,
        })),
      ),
      formatLabel: formats.find(({ name }) => name === read?.format)?.label ?? '',
      textFormats: formats,
      ...importChoices,
      understood: understood.length,
      hasText: read !== null,
      html: renderContent,
    });
  }

  return router;
}

/** The text of a draft: as it was typed while it says what the questions are, else written from them. */
function textOf(draft: OpenDraft, questions: readonly DraftQuestion[]): Text {
  const isCurrent = draft.isTextCurrent && areMarksKnown(draft.source, questions);
  return isCurrent || questions.length === 0
    ? { source: draft.source, sourceFormat: draft.sourceFormat }
    : { source: writeDraft(questions).source, sourceFormat: 'gift' };
}

/** Each problem with the line it speaks of. */
function beside(problems: readonly Problem[], source: string) {
  const lines = source.split('\n');
  return problems.map((problem) => ({ ...problem, text: (lines[problem.line - 1] ?? '').trim().slice(0, 120) }));
}
