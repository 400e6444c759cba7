// The sheet of a course: on a page, on paper, and as a file.
import { Router, type Request, type Response } from 'express';
import { requireCourse } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { mayDo } from '../../courses/rights.ts';
import type { Database } from '../../database/database.ts';
import { xlsx } from '../../questions/formats/xlsx.ts';
import { writeWorkbook } from '../../questions/formats/xlsx/write-workbook.ts';
import { notFound } from '../../web/errors.ts';
import { loadSheet, type CourseSheet } from './load-sheet.ts';
import type { SheetNote } from './qaydnoma.ts';
import { qaydnomaCsv, qaydnomaSheets } from './sheet-cells.ts';
import { footOfSheet, headOfSheet, wordsOfNote, type Words } from './sheet-words.ts';

const address = '/courses/:courseId/credits/sheets';

export function sheetRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get(address, async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'see-results');
    const of = await loadSheet(db, course.id);
    res.render('credits/sheets/index', {
      ...{ course, of },
      mayPlan: mayDo(course.role, 'edit-quizzes'),
      wordNote: (note: SheetNote) => wordsOfNote(note, wordsFor(res)),
      foot: of ? footOfSheet(of, wordsFor(res)) : [],
    });
  });

  router.get(`${address}/hemis-qaydnoma`, async (req, res) => {
    const { course, of } = await requireSheet(req, res);
    res.render('credits/sheets/qaydnoma', {
      ...{ course, of },
      head: headOfSheet(of, wordsFor(res)),
      foot: footOfSheet(of, wordsFor(res)),
      wordNote: (note: SheetNote) => wordsOfNote(note, wordsFor(res)),
    });
  });

  router.get(`${address}/hemis-qaydnoma/file`, async (req, res) => {
    const { of } = await requireSheet(req, res);
    const words = wordsFor(res);
    const wordNote = (note: SheetNote) => wordsOfNote(note, words);
    if (req.query.format !== 'xlsx') {
      attach(res, of, '.csv', 'text/csv').send(qaydnomaCsv(of, wordNote));
      return;
    }
    const around = [...headOfSheet(of, words), [], ...footOfSheet(of, words)];
    const bytes = await writeWorkbook(qaydnomaSheets(of, wordNote, around));
    attach(res, of, xlsx.extension, xlsx.mediaType).send(Buffer.from(bytes));
  });

  /** @throws PageError as `requireCourse`; 404 without a plan, which the page of the sheets says in words */
  async function requireSheet(req: Request, res: Response): Promise<{ course: CourseOfMember; of: CourseSheet }> {
    const { course } = await requireCourse(db, req, res, 'see-results');
    const of = await loadSheet(db, course.id);
    if (!of) throw notFound();
    return { course, of };
  }

  return router;
}

function wordsFor({ locals: { t, formats } }: Response): Words {
  return { t, formats };
}

/** Marks are nobody's but this reader's: no cache keeps them. */
function attach(res: Response, { plan: { title } }: CourseSheet, extension: string, mediaType: string): Response {
  const name = `qaydnoma ${title}`.replace(/[^\p{L}\p{N}ʻʼ .,()-]+/gu, ' ').trim();
  return res
    .attachment(`${name.slice(0, 80)}${extension}`)
    .type(mediaType)
    .set('Cache-Control', 'no-store');
}
