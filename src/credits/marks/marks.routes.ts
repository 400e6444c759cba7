// The grid of marks by hand: a page that works as one form, and saves cell by cell where there is a script.
import { Router, type Response } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { mayDo } from '../../courses/rights.ts';
import { notFound } from '../../web/errors.ts';
import { formFields } from '../../web/forms.ts';
import { loadCourseCredits } from '../course-credits.ts';
import { placeOf } from '../enter-marks.ts';
import { listMarkerNames, listMarks } from '../mark.store.ts';
import { findPlan } from '../plan.store.ts';
import { listStudents } from '../student.store.ts';
import { cellText, cellWriting } from './cell-text.ts';
import { enterTyped, shownMark, type CellOutcome, type MarkTools } from './enter-typed.ts';
import { columnsIn, columnsOf, rowsOnPage, scopesOf, usualScope, type GridScope } from './grid.ts';
import { cellMessage, gridRows, type Reader } from './grid-view.ts';
import { cellName, readCells } from './typed-cells.ts';

const key = z
  .string()
  .regex(/^[\w-]{1,36}$/)
  .optional()
  .catch(undefined);

const query = z.object({
  activity: key,
  control: key,
  module: key,
  all: z.literal('').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  /** How many marks were saved just now. */
  saved: z.coerce.number().int().min(0).max(100_000).optional().catch(undefined),
});

type Query = z.output<typeof query>;

export function marksRoutes(tools: MarkTools & { onScoreWanted: () => void }): Router {
  const { db, onScoreWanted } = tools;
  const router = Router();

  router.get('/courses/:courseId/credits/marks', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'mark-answers');
    await show(res, course, query.parse(req.query), []);
  });

  router.post('/courses/:courseId/credits/marks', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'mark-answers');
    const typed = { courseId: course.id, markedBy: session.personId, cells: readCells(formFields(req)) };
    const outcomes = await enterTyped(tools, typed);
    if (!outcomes) throw notFound();
    const entered = outcomes.filter(({ code }) => code === 'entered').length;
    if (entered > 0) onScoreWanted();
    if (req.accepts(['html', 'json']) === 'json') {
      res.json(await answer(course.id, outcomes, res.locals));
      return;
    }
    const asked = query.parse(req.query);
    const refused = outcomes.filter(({ code }) => code !== 'entered' && code !== 'unchanged');
    if (refused.length === 0) {
      res.redirect(303, addressOf(course.id, scopeIn(asked), { page: asked.page, saved: entered }));
      return;
    }
    const isConflict = refused.every(({ code }) => code === 'entered-meanwhile');
    res.status(isConflict ? 409 : 422);
    await show(res, course, { ...asked, saved: entered > 0 ? entered : undefined }, refused);
  });

  /** Each cell as it stands now, and what those whose marks have changed come to. */
  async function answer(courseId: number, outcomes: readonly CellOutcome[], reader: Reader) {
    const changed = [...new Set(outcomes.filter(({ code }) => code === 'entered').map(({ cell }) => cell.personId))];
    const plan = await findPlan(db, courseId);
    const columns = new Map((plan ? columnsOf(plan, []) : []).map((column) => [column.key, column]));
    const credits = changed.length > 0 ? await loadCourseCredits(db, courseId, changed) : null;
    const names = await namesIn(outcomes);
    const writing = cellWriting(reader.language);
    return {
      cells: outcomes.map((outcome) => {
        const { cell, code } = outcome;
        const column = columns.get(cell.activityKey) ?? null;
        const isDone = code === 'entered' || code === 'unchanged';
        const now = isDone
          ? {
              text: cellText(shownMark(outcome.now, column?.maximumPoints ?? null), writing),
              seen: outcome.now?.number ?? 0,
            }
          : null;
        return { name: cellName(cell), now, message: cellMessage(outcome, column, { names, reader }) };
      }),
      sums: changed.map((personId) => ({
        personId,
        sum: reader.formats.number(credits?.of(personId).evaluation.points.valueOf() ?? 0),
      })),
    };
  }

  async function show(res: Response, course: CourseOfMember, asked: Query, refused: readonly CellOutcome[]) {
    const credits = await loadCourseCredits(db, course.id);
    const mayPlan = mayDo(course.role, 'edit-quizzes');
    if (!credits) {
      res.render('credits/marks/no-plan', { course, mayPlan });
      return;
    }
    const { plan, policy } = credits.inForce;
    const everybody = await listStudents(db, course.id);
    const marks = await listMarks(db, course.id);
    const all = columnsOf(credits.inForce, marks);
    const chosen = scopeIn(asked);
    const scope = chosen && columnsIn(all, chosen).length > 0 ? chosen : usualScope(plan, all, everybody.length);
    const columns = columnsIn(all, scope);
    const size = rowsOnPage(columns.length);
    const pages = Math.max(1, Math.ceil(everybody.length / size));
    const page = Math.min(asked.page, pages);
    const students = everybody.slice((page - 1) * size, page * size);
    const names = await namesIn(refused);
    const places = new Set(
      students.flatMap(({ personId }) =>
        columns.map(({ key, sitting }) => placeOf({ personId, activityKey: key, sitting })),
      ),
    );
    res.render('credits/marks/index', {
      course,
      mayPlan,
      columns,
      rows: gridRows({ students, columns }, { credits, marks, refused, names }, res.locals),
      scope,
      scopes: scopesOf(plan, all),
      counting: columns.some(({ sitting }) => sitting > 1) ? policy.retakes.counting : null,
      writing: cellWriting(res.locals.language),
      rowsShown: { from: (page - 1) * size + 1, to: (page - 1) * size + students.length, all: everybody.length },
      page,
      pages,
      saved: asked.saved,
      refusedCount: refused.length,
      // What was typed in a cell that the plan does not have any more is shown all the same.
      lost: refused
        .filter(({ cell }) => !places.has(placeOf(cell)))
        .map((outcome) => ({
          text: outcome.cell.text,
          message: cellMessage(outcome, null, { names, reader: res.locals }),
        })),
      addressOf: (to: GridScope, more: { page?: number } = {}) => addressOf(course.id, to, more),
    });
  }

  async function namesIn(outcomes: readonly CellOutcome[]) {
    const markers = outcomes.flatMap((outcome) => (outcome.code === 'entered-meanwhile' ? [outcome.now.markedBy] : []));
    return listMarkerNames(db, [...new Set(markers)]);
  }

  return router;
}

/** What an address asks to be shown; null where it says nothing of that. */
function scopeIn({ activity, control, module, all }: Query): GridScope | null {
  if (activity !== undefined) return { kind: 'activity', key: activity };
  if (control !== undefined) return { kind: 'control', key: control };
  if (module !== undefined) return { kind: 'module', key: module };
  return all === undefined ? null : { kind: 'all' };
}

function addressOf(
  courseId: number,
  scope: GridScope | null,
  { page = 1, saved }: { page?: number; saved?: number } = {},
): string {
  const words = new URLSearchParams({
    ...(scope && { [scope.kind]: scope.kind === 'all' ? '' : scope.key }),
    ...(page > 1 && { page: String(page) }),
    ...(saved !== undefined && { saved: String(saved) }),
  }).toString();
  return `/courses/${courseId}/credits/marks${words && `?${words}`}`;
}
