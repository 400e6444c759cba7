// The bank of a course: found in, written into, and the learning outcomes that its questions are about.
import { Router, type Response } from 'express';
import { requireCourse } from '../courses/access.routes.ts';
import type { CourseOfMember } from '../courses/course.store.ts';
import { mayDo, type Right } from '../courses/rights.ts';
import type { Database } from '../database/database.ts';
import { questionForms } from '../questions/forms/registry.ts';
import { blankQuestion } from '../questions/forms/question-in-form.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { bankList } from './bank-list.ts';
import { readBankSearch } from './bank-search.ts';
import { getKey } from './bank.store.ts';
import { holdBank, putIntoBank } from './write-bank.store.ts';
import { formPage, readBankForm } from './bank-form.ts';
import { listOutcomes, saveOutcomes } from './outcome.store.ts';
import { readOutcomes, writeOutcomes } from './outcomes.ts';
import { listShareable, listShares } from './share.store.ts';

export function bankRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/courses/:courseId/bank', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    res.render('bank/index', {
      course,
      may: (right: Right) => mayDo(course.role, right),
      ...(await bankList(db, course.id, readBankSearch(req.query))),
      types: questionForms.map(({ type }) => type.name),
      shares: await listShares(db, course.id, null),
      shareable: await listShareable(db, course.id, session.personId),
    });
  });

  router.get('/courses/:courseId/bank/questions/new', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    showBlank(res, course, blankQuestion(typeNamed(req.query.type ?? questionForms[0].type.name)));
  });

  router.post('/courses/:courseId/bank/questions', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    const fields = formFields(req);
    const read = readBankForm(fields, blankQuestion(typeNamed(fields.get('type')?.[0])));
    if (read.outcome !== 'done') {
      showBlank(res.status(read.outcome === 'problems' ? 422 : 200), course, read.typed, read);
      return;
    }
    const kept = await db.transaction(async (tx) => {
      await holdBank(tx, course.id);
      const writer = { courseId: course.id, personId: session.personId, now: now() };
      const [place] = await putIntoBank(tx, writer, [read.question]);
      return place && { isNew: place.isNew, key: await getKey(tx, place.questionId) };
    });
    res.redirect(303, `/courses/${course.id}/bank/questions/${kept?.key}?${kept?.isNew ? 'saved' : 'there'}`);
  });

  router.get('/courses/:courseId/bank/outcomes', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    const outcomes = await listOutcomes(db, course.id);
    const isSaved = req.query.saved !== undefined;
    res.render('bank/outcomes', { course, outcomes, written: writeOutcomes(outcomes), isSaved });
  });

  router.post('/courses/:courseId/bank/outcomes', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    const written = readOutcomes(formFields(req).get('outcomes')?.[0] ?? '');
    await db.transaction((tx) => saveOutcomes(tx, course.id, written));
    res.redirect(303, `/courses/${course.id}/bank/outcomes?saved`);
  });

  return router;
}

function showBlank(
  res: Response,
  course: CourseOfMember,
  typed: ReturnType<typeof blankQuestion>,
  state: { isChecked?: boolean; focus?: string | null } = {},
) {
  const action = `/courses/${course.id}/bank/questions`;
  res.render('bank/form', { course, found: null, action, theirs: null, note: '', ...formPage(typed, state) });
}

/** @throws PageError 404 for a type that is not written in a form */
function typeNamed(wanted: unknown) {
  const form = questionForms.find(({ type }) => type.name === wanted);
  if (!form) throw notFound();
  return form.type.name;
}
