// The gradebook's one way to write: a cell goes in, in the place of the one with the same column and person.
import { findGrade } from './directory.ts';
import { emptyGrade } from './grade.ts';
import type { Grade, State } from './state.ts';

/** The cell to start from: as it is, or empty. */
export function gradeCell(state: State, lineItemId: string, personId: string): Grade {
  return findGrade(state, lineItemId, personId) ?? emptyGrade(lineItemId, personId);
}

/** Puts a cell in. */
export function saveGrade(state: State, grade: Grade): void {
  const index = state.grades.findIndex(
    (other) => other.lineItemId === grade.lineItemId && other.personId === grade.personId,
  );
  if (index < 0) state.grades.push(grade);
  else state.grades[index] = grade;
}
