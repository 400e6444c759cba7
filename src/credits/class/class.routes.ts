// The teacher's page: the class as a table, who is behind and what is missing.
import { Router } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import { mayDo } from '../../courses/rights.ts';
import type { Database } from '../../database/database.ts';
import { loadCourseCredits } from '../course-credits.ts';
import { listStudents } from '../student.store.ts';
import { classRows, isShown, shows, sortRows, sorts, summarise } from './class-table.ts';

const query = z.object({
  sort: z.enum(sorts).catch('name'),
  show: z.enum(shows).catch('all'),
});

/** A credit page of the course, and how its column in the gradebook fares. */
export interface CreditColumn {
  placementId: number;
  title: string | null;
  hasColumn: boolean;
  /** How many grades are where. */
  delivered: number;
  onTheirWay: number;
  attention: number;
}

interface Tools {
  db: Database;
  now: () => Date;
  listCreditColumns: (db: Database, courseId: number, now: Date) => Promise<readonly CreditColumn[]>;
}

export function classRoutes({ db, now, listCreditColumns }: Tools): Router {
  const router = Router();

  router.get('/courses/:courseId/credits/students', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'see-results');
    const { sort, show } = query.parse(req.query);
    const credits = await loadCourseCredits(db, course.id);
    const mayPlan = mayDo(course.role, 'edit-quizzes');
    if (!credits) {
      res.render('credits/class/no-plan', { course, mayPlan });
      return;
    }
    const { language, formats } = res.locals;
    const today = formats.inputTime(now()).slice(0, 10);
    const rows = classRows(credits, await listStudents(db, course.id), today);
    res.render('credits/class/students', {
      course,
      plan: credits.inForce,
      summary: summarise(rows),
      rows: sortRows(
        rows.filter((row) => isShown(row, show)),
        sort,
        language,
      ),
      sort,
      show,
      columns: await listCreditColumns(db, course.id, now()),
      mayPlan,
      mayDecide: mayDo(course.role, 'decide-grades'),
    });
  });

  return router;
}
