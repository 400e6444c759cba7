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
import { mergeText, textWriter, writeDraft } from './merge-text.ts';
import { cardsOf } from './question-cards.ts';
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
      await keepText(tx, quizId, text);
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
  async function keepText(tx: Transaction, quizId: number, text: Text) {
    const draft = await listDraftQuestions(tx, quizId);
    const { questions } = readQuestions(text.source, text.sourceFormat);
    if (questions.length > 0) {
      const outside = new Set((writeDraft(draft)?.outside ?? []).map(({ key }) => key));
      const merged = mergeText(
        draft,
        questions.map(({ question }) => question),
        outside,
      );
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
        if (key !== null && !isSameJson(old?.question, content.question))
          await saveDraftQuestion(tx, quizId, key, content, now());
      }
      for (const key of before.keys()) if (!keys.includes(key)) await deleteDraftQuestion(tx, quizId, key, now());
      await placeInOrder(tx, quizId, keys);
    }
    await raiseRevision(tx, quizId, now());
    await saveText(tx, quizId, text);
  }

  function showText(
    res: Response,
    placement: PlacementOfMember,
    found: OpenDraft | null,
    questions: DraftQuestion[],
    { text, refused = null }: { text?: Text; refused?: 'stale' | 'empty' | null },
  ) {
    const draft = found ?? { ...emptyDraft(''), revision: 1, isTextCurrent: true };
    const isCurrent = draft.isTextCurrent || questions.length === 0;
    const written = isCurrent ? null : writeDraft(questions);
    const shown = text ?? (written ? { source: written.source, sourceFormat: 'auto' as const } : draft);
    const read = shown.source.trim() === '' ? null : readQuestions(shown.source, shown.sourceFormat);
    res.render('quizzes/text', {
      placement,
      revision: draft.revision,
      source: shown.source,
      sourceFormat: shown.sourceFormat,
      /** Without a format that writes, a list that was changed one by one is no text. */
      isWritable: isCurrent || textWriter() !== null,
      earlier: isCurrent || draft.source.trim() === '' ? null : draft.source,
      outside: cardsOf(written?.outside ?? questions.filter(({ question }) => question === null)),
      refused,
      isSaved: res.req.query.saved !== undefined,
      problems: beside(read?.problems ?? [], shown.source),
      cards: cardsOf(
        (read?.questions ?? []).map(({ question, line }) => ({
          key: `line-${line}`,
          revision: 0,
          question,
          typed: null,
        })),
      ),
      formatLabel: formats.find(({ name }) => name === read?.format)?.label ?? '',
      formatChoices: formats,
      hasText: read !== null,
      html: renderContent,
    });
  }

  return router;
}

/** Each problem with the line it speaks of. */
function beside(problems: readonly Problem[], source: string) {
  const lines = source.split('\n');
  return problems.map((problem) => ({ ...problem, text: (lines[problem.line - 1] ?? '').trim().slice(0, 120) }));
}
