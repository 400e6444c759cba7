// A person's own record book, and its prints.
import { randomInt } from 'node:crypto';
import { Router } from 'express';
import type { Database } from '../../database/database.ts';
import { notFound } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession, type Session } from '../../web/session.ts';
import { loadOwnCredits } from '../student/own-credits.ts';
import { bookCourseOf } from './book-course.ts';
import { newPrintCode } from './print-code.ts';
import { averagesOf, termsOf, totalsOf, type RecordBook } from './record-book.ts';
import { findOwnPrint, insertPrint, listCoursesStudied, listPrints } from './record-book.store.ts';

/** Earlier prints that the page names. */
const shownPrints = 10;

interface Tools {
  db: Database;
  now: () => Date;
  /** Our origin, which is printed. */
  publicUrl: string;
}

export function recordBookRoutes({ db, now, publicUrl }: Tools): Router {
  const router = Router();

  router.get('/record-book', async (_req, res) => {
    const session = requireSession(res);
    const { courses } = await readBook(session);
    const prints = await listPrints(db, session.personId, shownPrints);
    res.render('credits/record-book/show', { ...summaryOf(courses), prints });
  });

  router.post('/record-book/prints', async (_req, res) => {
    const session = requireSession(res);
    const book = await readBook(session);
    const print = { personId: session.personId, code: newPrintCode((bound) => randomInt(bound)), book };
    res.redirect(303, `/record-book/prints/${await insertPrint(db, print, now())}`);
  });

  router.get('/record-book/prints/:printId', async (req, res) => {
    const { personId } = requireSession(res);
    const print = await findOwnPrint(db, personId, keyParam(req, 'printId'));
    if (!print) throw notFound();
    const verification = `${publicUrl}/verification`;
    res.render('credits/record-book/print', { ...summaryOf(print.book.courses), print, verification });
  });

  async function readBook({ personId, personName }: Session): Promise<RecordBook> {
    const courseIds = await listCoursesStudied(db, personId);
    const own = await loadOwnCredits(db, { personId, courseIds, reader: 'learner' }, now());
    return { personName, courses: own.map(bookCourseOf) };
  }

  return router;
}

function summaryOf(courses: RecordBook['courses']) {
  return { terms: termsOf(courses), totals: totalsOf(courses), averages: averagesOf(courses) };
}
