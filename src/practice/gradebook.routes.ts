// The gradebook: all of it for a teacher, who may overrule the tool, their own line for a student.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type LmsContext, unixSeconds } from './context.ts';
import { findActivity, findEnrolment, findGrade, mayGrade, membersOf, roleIn } from './directory.ts';
import { type Entered, enteredCourse } from './entrance.ts';
import { override, release } from './grade.ts';
import { gradeCell, saveGrade } from './gradebook.ts';
import { formatPoints } from './messages.ts';
import { notFound, renderPage, signedIn } from './pages.ts';
import type { Grade, LineItem, Person, State } from './state.ts';

const correction = z.object({
  points: z.union([
    z.literal('').transform(() => null),
    z
      .string()
      .transform((text) => Number(text.replace(',', '.')))
      .pipe(z.number()),
  ]),
  comment: z.string().transform((text) => text.replaceAll('\r\n', '\n').trim()),
  isOverridden: z.literal('on').optional(),
  isLocked: z.literal('on').optional(),
});

/** `GET /courses/:courseId/grades` and `GET|POST /courses/:courseId/grades/:itemId/:personId`. */
export function gradebookRoutes(lms: LmsContext): Router {
  const { state } = lms;
  return Router()
    .get('/courses/:courseId/grades', (req, res) => {
      const entered = enteredCourse(lms, req, res);
      if (!entered) return;
      const { course, role } = entered;
      const items = state.lineItems.filter(({ courseId }) => courseId === course.id);
      const isGrader = mayGrade(role);
      const rows = peopleShown(state, entered).map((student) => ({
        student,
        cells: items.map((item) => ({
          item,
          grade: findGrade(state, item.id, student.id),
          activity: item.activityId === null ? undefined : findActivity(state, item.activityId),
        })),
      }));
      renderPage(lms, req, res, 'gradebook', { course, role, isGrader, items, rows });
    })
    .get('/courses/:courseId/grades/:itemId/:personId', (req, res) => {
      const cell = editableCell(lms, req, res);
      if (cell) renderPage(lms, req, res, 'grade', cell);
    })
    .post('/courses/:courseId/grades/:itemId/:personId', (req, res) => {
      const cell = editableCell(lms, req, res);
      if (!cell) return;
      const sent = correction.safeParse(Object.fromEntries(new URLSearchParams(String(req.body)))).data;
      if (!sent) {
        res.status(400);
        return renderPage(lms, req, res, 'grade', cell);
      }
      saveGrade(state, corrected(cell, sent, unixSeconds(lms.now())));
      lms.save();
      res.redirect(303, `/courses/${cell.item.courseId}/grades`);
    });
}

/** Every student for a grader, their own for a mentor, oneself for everybody else. */
function peopleShown(state: State, { person, role, course }: Entered): Person[] {
  const students = membersOf(state, course.id).filter((member) => member.role === 'student');
  const people = students.map((member) => member.person);
  if (mayGrade(role)) return people;
  const mentees = findEnrolment(state, person.id, course.id)?.menteeIds ?? [];
  return role === 'mentor' ? people.filter(({ id }) => mentees.includes(id)) : [person];
}

interface Cell {
  item: LineItem;
  student: Person;
  grade: Grade;
}

/** Changed points or words override the tool; the unticked box gives the cell back to it; the lock stands apart. */
function corrected({ grade, item }: Cell, sent: z.infer<typeof correction>, now: number): Grade {
  const isLocked = sent.isLocked === 'on';
  if (grade.isOverridden && !sent.isOverridden) return { ...release(grade, item), isLocked };
  const isAsShown = shown(sent.points) === shown(grade.points) && sent.comment === (grade.comment ?? '');
  return isAsShown ? { ...grade, isLocked } : { ...override(grade, item, sent.points, sent.comment, now), isLocked };
}

function shown(points: number | null): string {
  return points === null ? '' : formatPoints(points, 'en');
}

/** The cell that a grader of the course may change; everybody else gets the answer that there is no such page. */
function editableCell(
  lms: LmsContext,
  req: Request<{ courseId: string; itemId: string; personId: string }>,
  res: Response,
): Cell | undefined {
  const { state } = lms;
  const teacher = signedIn(lms, req, res);
  if (!teacher) return undefined;
  const { courseId, itemId, personId } = req.params;
  const teacherRole = roleIn(state, teacher.id, courseId);
  const item = state.lineItems.find((one) => one.id === itemId && one.courseId === courseId);
  const student = membersOf(state, courseId).find(({ person, role }) => person.id === personId && role === 'student');
  if (!item || !student || !teacherRole || !mayGrade(teacherRole)) {
    notFound(lms, req, res);
    return undefined;
  }
  return { item, student: student.person, grade: gradeCell(state, itemId, personId) };
}
