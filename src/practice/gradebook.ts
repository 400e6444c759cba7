// The gradebook's one way to write: a cell goes in, in the place of the one with the same column and person; a column
// in the place of the one with the same id, or goes out.
import { findGrade } from './directory.ts';
import { emptyGrade, rescaled } from './grade.ts';
import type { Grade, LineItem, State } from './state.ts';

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

/** Changes a column; with another maximum its grades keep their share of it. */
export function replaceLineItem(state: State, item: LineItem): void {
  const before = state.lineItems.find(({ id }) => id === item.id);
  state.lineItems = state.lineItems.map((other) => (other.id === item.id ? item : other));
  if (!before || before.maximumPoints === item.maximumPoints || before.maximumPoints === 0) return;
  const factor = item.maximumPoints / before.maximumPoints;
  state.grades = state.grades.map((grade) => (grade.lineItemId === item.id ? rescaled(grade, factor) : grade));
}

/** Takes a column out, with its grades. */
export function deleteLineItem(state: State, { id }: LineItem): void {
  state.lineItems = state.lineItems.filter((other) => other.id !== id);
  state.grades = state.grades.filter(({ lineItemId }) => lineItemId !== id);
}
