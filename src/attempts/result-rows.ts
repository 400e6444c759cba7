// The rows of a placement's table of results: everybody who may answer, with what counts and where the grade is.
import { noAccommodation } from '../courses/accommodation.ts';
import { listAccommodations } from '../courses/accommodation.store.ts';
import { listMembers } from '../courses/member.store.ts';
import { mayDo } from '../courses/rights.ts';
import { isOnList } from '../courses/roster-standing.ts';
import { getRosterState } from '../courses/roster-turn.store.ts';
import type { Database } from '../database/database.ts';
import type { PointsOf } from '../grades/compare-grade.ts';
import { whatCounts } from '../quizzes/counting-attempt.ts';
import { listCells } from '../grades/gradebook-cell.store.ts';
import { teacherGrade } from '../grades/teacher-grade.ts';
import { listThatCountByPerson } from './attempt.store.ts';
import { beside, isNoteworthy, notCompared, type GradeInRow } from './beside-gradebook.ts';
import { isCountedLate, withLateness } from './late.ts';
import { countedMinutesOver, withOvertime } from './time-view.ts';

/**
 * Who left the course comes last.
 *
 * @param grades what the gradebook was just found to show, by our key of the person; null: nobody has looked
 */
export async function listResultRows(
  db: Database,
  placement: { id: number; courseId: number; lineItemUrl: string | null; dueAt: Date | null },
  { grades, now }: { grades: ReadonlyMap<number, PointsOf> | null; now: Date },
) {
  const cells = await listCells(db, placement.id);
  const made = await listThatCountByPerson(db, placement.id);
  const accommodations = await listAccommodations(db, placement.courseId);
  const { readAt } = await getRosterState(db, placement.courseId);
  const hasColumn = placement.lineItemUrl !== null;
  const learners = (await listMembers(db, placement.courseId)).filter(({ role }) => mayDo(role, 'answer'));
  const rows = learners.map((learner) => {
    const { personId, isActive } = learner;
    const accommodation = accommodations.get(personId) ?? noAccommodation;
    const dated = withLateness(made.get(personId) ?? [], placement.dueAt, accommodation);
    const attempts = withOvertime(dated, accommodation);
    const { counted } = whatCounts(attempts);
    const listed = { isActive, isListed: isOnList(learner, readAt) };
    const grade = teacherGrade(cells.get(personId) ?? null, { hasColumn, listed, now });
    return {
      ...learner,
      attemptCount: attempts.length,
      counted,
      isLate: isCountedLate(counted, attempts),
      minutesOver: countedMinutesOver(counted, attempts),
      grade: grades ? beside(grade, grades.get(personId) ?? null) : notCompared(grade),
    };
  });
  return rows.sort((one, other) => Number(other.isActive) - Number(one.isActive));
}

/** How many grades of the rows are where; a grade that nobody waits for is in none of the three. */
export interface GradeTally {
  delivered: number;
  onTheirWay: number;
  attention: number;
  /** Which differ from what the gradebook was found to show. */
  differing: number;
}

export function tallyOf(rows: readonly { grade: GradeInRow }[]): GradeTally {
  const grades = rows.map(({ grade }) => grade);
  const calm = grades.filter((grade) => !isNoteworthy(grade));
  const isDifferent = ({ difference, trouble }: GradeInRow) =>
    difference !== null || trouble === 'overridden' || trouble === 'superseded';
  return {
    delivered: calm.filter(({ status }) => status.state === 'delivered').length,
    onTheirWay: calm.filter(({ status }) => status.state === 'on-its-way' || status.state === 'waiting').length,
    attention: grades.length - calm.length,
    differing: grades.filter(isDifferent).length,
  };
}
