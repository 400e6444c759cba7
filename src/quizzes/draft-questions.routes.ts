// One question of a draft: made, edited in its form and kept while it is typed.
import { Router, type Response } from 'express';
import { z } from 'zod';
import type { BankQuestion } from '../bank/bank-question.ts';
import { addVersion } from '../bank/write-bank.store.ts';
import { requirePlacement } from '../courses/access.routes.ts';
import { mayEditCourse } from '../courses/member.store.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { contentFormats, renderContent } from '../questions/content.ts';
import { blankQuestion, questionFromForm, type TypedQuestion } from '../questions/forms/question-in-form.ts';
import { formOf, listOf, questionForms } from '../questions/forms/registry.ts';
import { padRows, readFormStep, readTypedForm, stepForm } from '../questions/forms/typed-form.ts';
import { picturesWithoutAlt } from '../questions/pictures-without-alt.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { draftAccess, listAddress } from './draft-access.routes.ts';
import {
  findDraftQuestion,
  insertDraftQuestions,
  linkToBank,
  listDraftQuestions,
  raiseRevision,
  saveDraftQuestion,
} from './draft-question.store.ts';
import { contentOf, formOfDraft, shownQuestion, type DraftQuestion } from './draft-question.ts';
import { preview } from './question-cards.ts';
import { isSameJson } from './same-json.ts';
import { isSameButPoints } from './bank-standing.ts';
import { bankStandings } from './bank-standing.store.ts';

const address = '/placements/:placementId/quiz/questions';

/** Where a step in a form led: the field to go on at, and how many rows its list has. */
const stepSchema = z.object({
  step: z.string().max(100).nullable().catch(null),
  list: z.string().max(60).catch(''),
  rows: z.coerce.number().int().catch(0),
});

/** A question as its page shows it. */
interface Shown {
  placement: PlacementOfMember;
  key: string;
  /** Of the question as it is stored by now: what is sent next takes its place. */
  revision: number;
  typed: TypedQuestion;
  /** What somebody else has made of it since this form was opened; null if nobody has. */
  theirs: DraftQuestion | null;
  /** Whether what is missing is told at the fields. */
  isChecked: boolean;
  /** The field to go on at. */
  focus: string | null;
  /** Whether it is asked if the bank is to be changed too. */
  mayBank: boolean;
}

export function draftQuestionRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();
  const { requireQuestion, changing } = draftAccess({ db, now });

  router.post(address, async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const [wanted] = formFields(req).get('type') ?? [];
    const type = questionForms.find(({ type }) => type.name === wanted)?.type.name;
    if (!type) throw notFound();
    const content = contentOf(blankQuestion(type));
    const key = await changing(placement, res, async (tx, quizId) => {
      // A second click finds the question that the first one made.
      const last = (await listDraftQuestions(tx, quizId)).at(-1);
      if (last && isSameJson([last.question, last.typed], [content.question, content.typed])) return last.key;
      const [made] = await insertDraftQuestions(tx, quizId, [content], { now: now() });
      await raiseRevision(tx, quizId, now());
      return made;
    });
    res.redirect(303, `/placements/${placement.id}/quiz/questions/${key}`);
  });

  router.get(`${address}/:key`, async (req, res) => {
    const { session, placement, question } = await requireQuestion(req, res);
    const { step, list, rows } = stepSchema.parse(req.query);
    const filled = formOfDraft(question);
    const own = listOf(filled.type, list);
    const typed = own ? { ...filled, ...padRows(filled, list, rows, own.blank) } : filled;
    const mayBank = (await writableOriginal(db, placement, session.personId, question)) !== null;
    showForm(res, { placement, ...question, typed, theirs: null, isChecked: false, focus: step, mayBank });
  });

  router.post(`${address}/:key`, async (req, res) => {
    const { session, placement, question } = await requireQuestion(req, res);
    const { key } = question;
    const own = `/placements/${placement.id}/quiz/questions/${key}`;
    const fields = formFields(req);
    const sent = formSent(fields, question);
    const step = readFormStep(fields.get('step')?.[0]);
    const list = step && listOf(sent.type, step.list);
    const stepped = step && list ? stepForm(sent, step, list.blank) : { form: sent, focus: null };
    const typed = { ...sent, ...stepped.form };
    const saved = await changing(placement, res, (tx, quizId) =>
      keep(tx, quizId, key, typed, fields.get('revision')?.[0]),
    );
    const isScript = req.accepts(['html', 'json']) === 'json';
    const mayBank = !isScript && (await writableOriginal(db, placement, session.personId, question)) !== null;
    if (!saved.ok) {
      const shown = { placement, key, revision: saved.theirs.revision, typed, theirs: saved.theirs, mayBank };
      if (isScript) res.status(409).json({ said: res.locals.t('questionForm.stale') });
      else showForm(res.status(409), { ...shown, isChecked: false, focus: null });
      return;
    }
    const { problems } = questionFromForm(typed);
    const shown = { placement, key, revision: saved.revision, typed, theirs: null, mayBank };
    if (isScript) {
      res.render('quizzes/_question-pane', paneOf(typed), (error: Error | null, pane: string) => {
        if (error) throw error;
        const said = res.locals.t('questionForm.savedAt', { time: res.locals.formats.time(now()) });
        res.json({ revision: saved.revision, said, pane });
      });
    } else if (step) {
      const rows = String(typed.rows[step.list]?.length ?? 0);
      const went = new URLSearchParams({ step: stepped.focus ?? '', list: step.list, rows });
      res.redirect(303, `${own}?${went.toString()}#${stepped.focus ?? step.list}`);
    } else if (fields.has('preview')) {
      res.redirect(303, `${own}#student`);
    } else if (problems.length > 0) {
      showForm(res.status(422), { ...shown, isChecked: true, focus: problems[0]?.field ?? null });
    } else if (fields.get('bank')?.[0] === 'too' && !(await keepInBank(placement, session.personId, key, res))) {
      res.redirect(303, `${own}/bank?moved`);
    } else {
      res.redirect(303, listAddress(placement, { at: key, by: 'edit' }));
    }
  });

  /** Keeps a form, unless the question was changed by another since the form was opened. */
  async function keep(tx: Transaction, quizId: number, key: string, typed: TypedQuestion, sentRevision = '') {
    const current = await findDraftQuestion(tx, quizId, key);
    if (!current) throw notFound();
    const content = contentOf(typed);
    const isSame = isSameJson([current.question, current.typed], [content.question, content.typed]);
    if (isSame) return { ok: true as const, revision: current.revision };
    if (String(current.revision) !== sentRevision) return { ok: false as const, theirs: current };
    await saveDraftQuestion(tx, quizId, key, content, now());
    await raiseRevision(tx, quizId, now());
    return { ok: true as const, revision: current.revision + 1 };
  }

  /**
   * Makes what a question of the draft is by now the next version of the bank question that it is a copy of. Returns false, and changes
   * nothing, where the bank has got a version that this copy does not know.
   */
  function keepInBank(placement: PlacementOfMember, personId: number, key: string, res: Response): Promise<boolean> {
    return changing(placement, res, async (tx, quizId) => {
      const current = await findDraftQuestion(tx, quizId, key);
      const original = current && (await writableOriginal(tx, placement, personId, current));
      if (!original || !current.bank || !current.question) throw notFound();
      if (isSameButPoints(current.question, original.question)) return true;
      const { questionId, version } = current.bank;
      const by = { personId, note: null, now: now() };
      const made = await addVersion(tx, { questionId, from: version }, current.question, by);
      if (made.ok) await linkToBank(tx, quizId, key, { questionId, version: made.number });
      return made.ok;
    });
  }

  function showForm(res: Response, { placement, key, revision, typed, theirs, isChecked, focus, mayBank }: Shown) {
    res.render('quizzes/question', {
      placement,
      key,
      revision,
      theirs: theirs && preview(shownQuestion(theirs), 0),
      isChecked,
      focus,
      mayBank,
      hasForm: formOf(typed.type) !== null,
      formScript: formOf(typed.type)?.script ?? null,
      contentFormats,
      ...paneOf(typed),
    });
  }

  return router;
}

/** The bank question that a question is a copy of, if the person may change it; null otherwise. */
async function writableOriginal(
  db: Database,
  placement: PlacementOfMember,
  personId: number,
  question: DraftQuestion,
): Promise<BankQuestion | null> {
  const original = (await bankStandings(db, placement.courseId, [question])).get(question.key)?.original;
  if (!original) return null;
  const isOwn = original.courseId === placement.courseId;
  return isOwn || (await mayEditCourse(db, personId, original.courseId)) ? original : null;
}

/** What was sent, with what a page without fields for it could not send. */
function formSent(fields: Map<string, string[]>, question: DraftQuestion): TypedQuestion {
  const { type, kept } = formOfDraft(question);
  const own = new Map([...fields].filter(([name]) => name !== 'bank'));
  return { type, ...readTypedForm(own), ...(kept !== undefined && { kept }) };
}

/** The student's view of a form, and what is still missing in it. */
function paneOf(typed: TypedQuestion) {
  const { question, problems } = questionFromForm(typed);
  const withoutAlt = picturesWithoutAlt(question).length;
  return { typed, question: preview(question, 0), problems, withoutAlt, html: renderContent };
}
