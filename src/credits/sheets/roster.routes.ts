// Student id numbers of a course out of a teacher's list: read, shown with whom each line may mean, and kept for whom the teacher ticked.
import { Router } from 'express';
import { requireCourse } from '../../courses/access.routes.ts';
import { mayDo } from '../../courses/rights.ts';
import type { Database } from '../../database/database.ts';
import { formFields, uploadedFile } from '../../web/forms.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import { confirmedMatches } from './confirmed-matches.ts';
import { matchRoster } from './match-roster.ts';
import { readRoster, rosterTextOf } from './read-roster.ts';
import { deleteRosterNumber, replaceRosterNumbers } from './roster-numbers.store.ts';
import { loadSheetPeople } from './sheet.store.ts';
import { numbersOf } from './student-number.ts';
import type { Response } from 'express';

const address = '/courses/:courseId/credits/roster';

/** A list as somebody gave it. */
type Given = { text: string; isUnreadable: boolean };

export function rosterRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get(address, async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'see-results');
    await show(res, course, null, Number(req.query.kept) || 0);
  });

  router.post(`${address}/preview`, async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'decide-grades');
    const file = uploadedFile(req);
    const text = file ? await rosterTextOf(file) : (formFields(req).get('text')?.[0] ?? '');
    await show(res, course, { text: text ?? '', isUnreadable: text === null });
  });

  router.post(address, async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'decide-grades');
    const fields = formFields(req);
    const text = fields.get('text')?.[0] ?? '';
    const read = readRoster(text);
    const { students } = await loadSheetPeople(db, course.id);
    const present = new Set(students.flatMap(({ personId, isActive }) => (isActive ? [personId] : [])));
    const numbers = read.ok
      ? confirmedMatches(read.roster.lines, fields.get('match') ?? [], (personId) => present.has(personId))
      : [];
    if (numbers.length === 0) {
      await show(res, course, { text, isUnreadable: false });
      return;
    }
    const given = { courseId: course.id, givenBy: session.personId, numbers };
    await db.transaction((tx) => replaceRosterNumbers(tx, given, now()));
    res.redirect(303, `/courses/${course.id}/credits/roster?kept=${numbers.length}`);
  });

  router.post(`${address}/removals`, async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'decide-grades');
    const personId = Number(formFields(req).get('person')?.[0]);
    if (Number.isSafeInteger(personId)) await db.transaction((tx) => deleteRosterNumber(tx, course.id, personId));
    res.redirect(303, `/courses/${course.id}/credits/roster`);
  });

  async function show(res: Response, course: CourseOfMember, given: Given | null, kept = 0) {
    const { students } = await loadSheetPeople(db, course.id);
    const present = students.filter(({ isActive }) => isActive);
    const numbers = numbersOf(present);
    const read = given && !given.isUnreadable ? readRoster(given.text) : null;
    const lines = read?.ok ? matchRoster(read.roster.lines, students) : [];
    const refusal = given?.isUnreadable ? ('unreadable-file' as const) : read && !read.ok ? read.code : null;
    const problems = read?.ok ? read.roster.problems : [];
    if (refusal !== null || problems.length > 0) res.status(422);
    res.render('credits/sheets/roster', {
      course,
      kept,
      mayDecide: mayDo(course.role, 'decide-grades'),
      students: present.map((student) => ({ ...student, known: numbers.get(student.personId) })),
      text: given?.text ?? '',
      ...{ lines, problems, refusal },
    });
  }

  return router;
}
