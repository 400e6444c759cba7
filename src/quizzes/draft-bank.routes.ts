// Between the draft of a quiz and the bank of its course: questions are taken from there, put there, and brought up to date.
import { Router } from 'express';
import { differenceFor } from '../bank/bank-question.routes.ts';
import { bankList } from '../bank/bank-list.ts';
import { readBankSearch } from '../bank/bank-search.ts';
import { findBankQuestions } from '../bank/bank.store.ts';
import { holdBank, putIntoBank } from '../bank/write-bank.store.ts';
import { requirePlacement } from '../courses/access.routes.ts';
import type { Database, Transaction } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { whatIsAsked } from '../questions/same-question.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { bankStandings } from './bank-standing.store.ts';
import { takenFromBank, type BankStanding } from './bank-standing.ts';
import { draftAccess } from './draft-access.routes.ts';
import { shownQuestion, type DraftQuestion } from './draft-question.ts';
import {
  findDraftQuestion,
  insertDraftQuestions,
  linkToBank,
  listDraftQuestions,
  raiseRevision,
  saveDraftQuestion,
} from './draft-question.store.ts';
import { preview } from './question-cards.ts';
import { isAnswerable } from './quiz.ts';
import { getQuizHome } from './shared-quiz.store.ts';

const quizAddress = '/placements/:placementId/quiz';

export function draftBankRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();
  const { requireQuestion, changing } = draftAccess({ db, now });

  router.get(`${quizAddress}/bank`, async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { quizId } = placement;
    if (quizId !== null && (await getQuizHome(db, quizId)).courseId !== placement.courseId) {
      res.redirect(303, `/placements/${placement.id}/quiz`);
      return;
    }
    const draft = quizId === null ? [] : await listDraftQuestions(db, quizId);
    const linked = new Set(draft.map(({ bank }) => bank?.questionId));
    const asked = new Set(draft.map((one) => whatIsAsked(shownQuestion(one))));
    const list = await bankList(db, placement.courseId, { ...readBankSearch(req.query), show: null });
    res.render('quizzes/bank', {
      placement,
      ...list,
      bankCards: list.bankCards.map((card) => ({
        ...card,
        isIn: linked.has(card.id) || asked.has(whatIsAsked(card.question)),
        view: preview(card.question, 0),
      })),
      isNothingTicked: req.query.nothing !== undefined,
      html: renderContent,
    });
  });

  router.post(`${quizAddress}/bank/choice`, async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const keys = (formFields(req).get('question') ?? []).filter((key) => /^[0-9a-f-]{36}$/.test(key));
    if (keys.length === 0) {
      res.redirect(303, `/placements/${placement.id}/quiz/bank?nothing`);
      return;
    }
    const added = await changing(placement, res, async (tx, quizId) => {
      const found = await findBankQuestions(tx, placement.courseId, keys);
      // A second click finds them in the draft.
      const linked = new Set((await listDraftQuestions(tx, quizId)).map(({ bank }) => bank?.questionId));
      const chosen = keys
        .flatMap((key) => found.find((one) => one.key === key) ?? [])
        .filter(({ id }) => !linked.has(id))
        .map(({ id, version, question }) => ({ question, typed: null, bank: { questionId: id, version } }));
      const made = await insertDraftQuestions(tx, quizId, chosen, { now: now() });
      if (made.length > 0) await raiseRevision(tx, quizId, now());
      return made;
    });
    const [first] = added;
    const place = first ? `?added=${added.length}&at=${first}&by=edit#q-${first}` : '#questions';
    res.redirect(303, `/placements/${placement.id}/quiz/edit${place}`);
  });

  router.post(`${quizAddress}/bank/questions`, async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const put = await changing(placement, res, async (tx, quizId) => {
      const draft = await listDraftQuestions(tx, quizId);
      const known = await bankStandings(tx, placement.courseId, draft);
      const fresh = draft.filter(({ key, question }) => question && isAnswerable(question) && !known.has(key));
      return putDrafts(tx, quizId, { courseId: placement.courseId, personId: session.personId }, fresh);
    });
    res.redirect(303, `/placements/${placement.id}/quiz/edit?put=${put.fresh}&there=${put.there}#questions`);
  });

  router.post(`${quizAddress}/questions/:key/bank`, async (req, res) => {
    const { session, placement, question } = await requireQuestion(req, res);
    const put = await changing(placement, res, async (tx, quizId) => {
      const current = await findDraftQuestion(tx, quizId, question.key);
      return putDrafts(
        tx,
        quizId,
        { courseId: placement.courseId, personId: session.personId },
        current ? [current] : [],
      );
    });
    const place = `put=${put.fresh}&there=${put.there}&at=${question.key}&by=edit#q-${question.key}`;
    res.redirect(303, `/placements/${placement.id}/quiz/edit?${place}`);
  });

  router.get(`${quizAddress}/questions/:key/bank`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    const standing = (await bankStandings(db, placement.courseId, [question])).get(question.key);
    if (!standing) throw notFound();
    const { original } = standing;
    res.render('quizzes/bank-version', {
      placement,
      key: question.key,
      original,
      difference: differenceFor(res, shownQuestion(question), original.question, { pointsCount: false }),
      question: preview(original.question, 0),
      isMoved: req.query.moved !== undefined,
      html: renderContent,
    });
  });

  router.post(`${quizAddress}/questions/:key/bank-version`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    const [seen] = formFields(req).get('number') ?? [];
    const isTaken = await changing(placement, res, async (tx, quizId) => {
      const current = await findDraftQuestion(tx, quizId, question.key);
      const standing = current && (await bankStandings(tx, placement.courseId, [current])).get(current.key);
      if (!standing) throw notFound();
      // What was looked at is taken, and nothing newer that nobody has seen.
      if (String(standing.original.version) !== seen) return false;
      await take(tx, quizId, current, standing);
      await raiseRevision(tx, quizId, now());
      return true;
    });
    const at = `at=${question.key}&by=edit#q-${question.key}`;
    res.redirect(
      303,
      isTaken
        ? `/placements/${placement.id}/quiz/edit?taken=1&${at}`
        : `/placements/${placement.id}/quiz/questions/${question.key}/bank`,
    );
  });

  router.post(`${quizAddress}/bank/versions`, async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const taken = await changing(placement, res, async (tx, quizId) => {
      const draft = await listDraftQuestions(tx, quizId);
      const standings = await bankStandings(tx, placement.courseId, draft);
      let count = 0;
      for (const one of draft) {
        const standing = standings.get(one.key);
        if (!standing?.isNewer || standing.isEdited) continue;
        await take(tx, quizId, one, standing);
        count += 1;
      }
      if (count > 0) await raiseRevision(tx, quizId, now());
      return count;
    });
    res.redirect(303, `/placements/${placement.id}/quiz/edit?taken=${taken}#questions`);
  });

  /** Puts finished questions into the bank of the quiz's course. Returns how many are new there, and how many it had. */
  async function putDrafts(
    tx: Transaction,
    quizId: number,
    writer: { courseId: number; personId: number },
    drafts: readonly DraftQuestion[],
  ): Promise<{ fresh: number; there: number }> {
    const finished = drafts.flatMap(({ key, question }) => (question ? [{ key, question }] : []));
    await holdBank(tx, writer.courseId);
    const questions = finished.map(({ question }) => question);
    const places = await putIntoBank(tx, { ...writer, now: now() }, questions);
    for (const [index, { key }] of finished.entries()) {
      const place = places[index];
      if (place) await linkToBank(tx, quizId, key, place);
    }
    const fresh = places.filter(({ isNew }) => isNew).length;
    return { fresh, there: places.length - fresh };
  }

  async function take(tx: Transaction, quizId: number, draft: DraftQuestion, { original }: BankStanding) {
    const question = takenFromBank(original.question, shownQuestion(draft));
    await saveDraftQuestion(tx, quizId, draft.key, { question, typed: null }, now());
    await linkToBank(tx, quizId, draft.key, { questionId: original.id, version: original.version });
  }

  return router;
}
