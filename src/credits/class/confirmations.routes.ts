// A teacher confirms a list of credits, and reads what became of each line.
import { randomUUID } from 'node:crypto';
import { Router, type Response } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { notFound } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { confirmCredits, type ConfirmationOutcome } from '../confirm-credits.ts';
import { loadCourseCredits } from '../course-credits.ts';
import { listStudents } from '../student.store.ts';
import { confirmationForm, mostLines, offeredLines } from './confirmation-list.ts';
import { decide, type DecisionTools } from './decide.ts';
import { findConfirmation, listComponentTitles, listHistory } from './history.store.ts';

/** Why the list is shown instead of being confirmed. */
type ListProblem = 'nothing-chosen' | 'plan-changed';

/** Whether the list was confirmed before, and this only came once more. */
const query = z.object({ again: z.literal('').optional().catch(undefined) });

export function confirmationRoutes(tools: DecisionTools): Router {
  const { db, now } = tools;
  const router = Router();

  router.get('/courses/:courseId/credits/confirmations', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'decide-grades');
    await showList(res, course);
  });

  router.post('/courses/:courseId/credits/confirmations', async (req, res) => {
    const { course, session } = await requireCourse(db, req, res, 'decide-grades');
    const form = confirmationForm.safeParse(req.body ?? {}).data;
    if (!form || form.line.length === 0) {
      await showList(res, course, { problem: 'nothing-chosen', note: form?.note ?? '' });
      return;
    }
    const students = await listStudents(db, course.id);
    const isStudent = new Set(students.map(({ personId }) => personId));
    const { key, planId, note, line: lines } = form;
    const list = { courseId: course.id, key, planId, note, actorId: session.personId, lines };
    const outcome = await decide(tools, course.id, {
      decide: (tx) => confirmCredits(tx, list, (personId) => isStudent.has(personId), now()),
      concerns: confirmedPeople,
    });
    if (!outcome.ok && outcome.code !== 'confirmed-before') {
      await showList(res, course, { problem: 'plan-changed', note });
      return;
    }
    const kept = await findConfirmation(db, course.id, { key });
    if (!kept) throw new Error('A confirmation was not kept');
    const left = outcome.ok ? outcome.lines.filter((line) => !isConfirmed(line)) : [];
    if (left.length === 0) {
      res.redirect(303, `/courses/${course.id}/credits/confirmations/${kept.id}${outcome.ok ? '' : '?again'}`);
      return;
    }
    const names = new Map(students.map(({ personId, name }) => [personId, name]));
    const titles = await listComponentTitles(db, course.id);
    // What people no student's line was, nobody reads a name of.
    const said = left.map((line) => ({
      ...line,
      name: names.get(line.personId) ?? null,
      title: titles.get(line.componentKey) ?? null,
    }));
    await showConfirmation(res, course, { confirmationId: kept.id, left: said, isAgain: false });
  });

  router.get('/courses/:courseId/credits/confirmations/:confirmationId', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'see-results');
    const confirmationId = keyParam(req, 'confirmationId');
    const isAgain = query.parse(req.query).again !== undefined;
    await showConfirmation(res, course, { confirmationId, left: [], isAgain });
  });

  async function showList(
    res: Response,
    course: CourseOfMember,
    { problem, note }: { problem: ListProblem | null; note: string } = { problem: null, note: '' },
  ) {
    const credits = await loadCourseCredits(db, course.id);
    if (problem) res.status(422);
    if (!credits) {
      res.render('credits/class/no-plan', { course, mayPlan: true });
      return;
    }
    const lines = offeredLines(credits, await listStudents(db, course.id));
    res.render('credits/class/confirm', {
      course,
      planId: credits.inForce.id,
      // Of two confirmations with one key the later does nothing: a list that is sent twice is confirmed once.
      key: randomUUID(),
      lines: lines.slice(0, mostLines),
      leftOut: Math.max(0, lines.length - mostLines),
      problem,
      note,
    });
  }

  async function showConfirmation(
    res: Response,
    course: CourseOfMember,
    { confirmationId, left, isAgain }: { confirmationId: number; left: readonly LeftLine[]; isAgain: boolean },
  ) {
    const confirmation = await findConfirmation(db, course.id, { id: confirmationId });
    if (!confirmation) throw notFound();
    const entries = await listHistory(db, { courseId: course.id, confirmationId, limit: 2 * mostLines });
    res.render('credits/class/confirmation', {
      course,
      confirmation,
      awards: entries.filter(({ kind }) => kind === 'award').reverse(),
      left,
      isAgain,
    });
  }

  return router;
}

type Line = Extract<ConfirmationOutcome, { ok: true }>['lines'][number];
type LeftLine = Line & { name: string | null; title: string | null };

function isConfirmed({ outcome }: Line): boolean {
  return outcome === 'confirmed' || outcome === 'confirmed-anew';
}

function confirmedPeople(outcome: ConfirmationOutcome): number[] {
  return outcome.ok ? outcome.lines.filter(isConfirmed).map(({ personId }) => personId) : [];
}
