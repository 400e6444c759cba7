// One question of a bank: looked at, improved, compared with what it was, described, archived and shared.
import { Router, type Response } from 'express';
import { z } from 'zod';
import type { CourseOfMember } from '../courses/course.store.ts';
import type { Database } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { questionToForm, type TypedQuestion } from '../questions/forms/question-in-form.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { keyParam } from '../web/key-param.ts';
import { requireOwn, requireUsable } from './bank-access.routes.ts';
import { formPage, readBankForm } from './bank-form.ts';
import { bankView, difficulties, questionLanguages, type BankQuestion } from './bank-question.ts';
import { listBankVersions } from './bank.store.ts';
import { addVersion, saveFacts, setArchived } from './write-bank.store.ts';
import { questionDifference } from './difference.ts';
import { listOutcomes, outcomesOf, setOutcomes } from './outcome.store.ts';
import { listShareable, listShares } from './share.store.ts';
import { facilityOf, listUses } from './usage.store.ts';

const address = '/courses/:courseId/bank/questions/:bankKey';

/** So many versions stand on the page of a question; older ones are reached from the oldest of them. */
const mostVersions = 30;

const facts = z.object({
  difficulty: z.enum(difficulties).nullable().catch(null),
  language: z.enum(questionLanguages).nullable().catch(null),
});

export function bankQuestionRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get(address, async (req, res) => {
    const { session, course, found } = await requireUsable(db, req, res);
    const isOwn = found.courseId === course.id;
    const { query } = req;
    res.render('bank/show', {
      course,
      found,
      isOwn,
      question: bankView(found.question),
      about: (await outcomesOf(db, [found.id])).get(found.id) ?? [],
      outcomes: isOwn ? await listOutcomes(db, course.id) : [],
      difficulties,
      questionLanguages,
      versions: await listBankVersions(db, found.id, { limit: mostVersions }),
      uses: (await listUses(db, found.id)).filter((use) => isOwn || use.courseId === course.id),
      facility: isOwn ? await facilityOf(db, found.id) : null,
      shares: isOwn ? await listShares(db, course.id, found.id) : [],
      shareable: isOwn ? await listShareable(db, course.id, session.personId) : [],
      said:
        (['saved', 'there', 'facts', 'shared', 'unshared'] as const).find((word) => query[word] !== undefined) ?? null,
      html: renderContent,
    });
  });

  router.get(`${address}/edit`, async (req, res) => {
    const { course, found } = await requireOwn(db, req, res);
    showForm(res, course, found, questionToForm(found.question), {});
  });

  router.post(`${address}/versions`, async (req, res) => {
    const { session, course, found } = await requireOwn(db, req, res);
    const fields = formFields(req);
    const note = (fields.get('note')?.[0] ?? '').replaceAll('\0', '').trim().slice(0, 500);
    const read = readBankForm(fields, questionToForm(found.question));
    if (read.outcome !== 'done') {
      const from = Number(fields.get('from')?.[0]);
      showForm(res.status(read.outcome === 'problems' ? 422 : 200), course, found, read.typed, { ...read, note, from });
      return;
    }
    const own = `/courses/${course.id}/bank/questions/${found.key}`;
    if (questionDifference(found.question, read.question).length === 0) {
      res.redirect(303, own);
      return;
    }
    const from = Number(fields.get('from')?.[0]);
    const made = await db.transaction((tx) =>
      addVersion(tx, { questionId: found.id, from }, read.question, {
        personId: session.personId,
        note: note === '' ? null : note,
        now: now(),
      }),
    );
    if (made.ok) res.redirect(303, `${own}?saved`);
    else showForm(res.status(409), course, found, read.typed, { note, isStale: true });
  });

  router.get(`${address}/versions/:number`, async (req, res) => {
    const { course, found } = await requireUsable(db, req, res);
    const number = keyParam(req, 'number');
    const [version, before] = await listBankVersions(db, found.id, { upTo: number, limit: 2 });
    if (version?.number !== number) throw notFound();
    res.render('bank/version', {
      course,
      found,
      version,
      before: before ?? null,
      difference: before ? differenceFor(res, before.question, version.question) : [],
      question: bankView(version.question),
      html: renderContent,
    });
  });

  router.post(`${address}/facts`, async (req, res) => {
    const { course, found } = await requireOwn(db, req, res);
    const fields = formFields(req);
    const said = facts.parse({ difficulty: fields.get('difficulty')?.[0], language: fields.get('language')?.[0] });
    const outcomes = (fields.get('outcome') ?? []).map(Number);
    await db.transaction(async (tx) => {
      await saveFacts(tx, found.id, said, now());
      await setOutcomes(tx, { courseId: course.id, questionId: found.id }, outcomes);
    });
    res.redirect(303, `/courses/${course.id}/bank/questions/${found.key}?facts#facts`);
  });

  router.post(`${address}/archive`, async (req, res) => {
    const { course, found } = await requireOwn(db, req, res);
    await db.transaction((tx) => setArchived(tx, found.id, true, now()));
    res.redirect(303, `/courses/${course.id}/bank/questions/${found.key}`);
  });

  router.post(`${address}/restoration`, async (req, res) => {
    const { course, found } = await requireOwn(db, req, res);
    await db.transaction((tx) => setArchived(tx, found.id, false, now()));
    res.redirect(303, `/courses/${course.id}/bank/questions/${found.key}`);
  });

  return router;
}

/** A difference in the reader's words. */
export function differenceFor(
  res: Response,
  before: BankQuestion['question'],
  after: BankQuestion['question'],
  { pointsCount = true }: { pointsCount?: boolean } = {},
) {
  return questionDifference(before, after, { pointsCount, nameOf: (member) => res.locals.t(`bank.members.${member}`) });
}

interface FormState {
  isChecked?: boolean;
  focus?: string | null;
  note?: string;
  /** The version that the form was made of. */
  from?: number;
  /** Whether somebody has made another version meanwhile. */
  isStale?: boolean;
}

function showForm(res: Response, course: CourseOfMember, found: BankQuestion, typed: TypedQuestion, state: FormState) {
  const { isChecked, focus, note = '', from = found.version, isStale = false } = state;
  res.render('bank/form', {
    course,
    found,
    action: `/courses/${course.id}/bank/questions/${found.key}/versions`,
    from,
    note,
    theirs: isStale ? bankView(found.question) : null,
    ...formPage(typed, { ...(isChecked !== undefined && { isChecked }), ...(focus !== undefined && { focus }) }),
  });
}
