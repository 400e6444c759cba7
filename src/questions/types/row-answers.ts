// An answer that makes one choice in each of several rows: shared by the types whose form is such a list.
import type { FieldReader } from '../question-type.ts';

/**
 * The choice made in each row, in the question's own order of rows, null where none was made; null if none was made at all.
 *
 * @param rows     place in the list shown → index of the row; a row's fields are named by its place
 * @param choiceOf what a number sent by the form stands for, null if for nothing
 */
export function readRows(
  fields: FieldReader,
  rows: readonly number[],
  choiceOf: (value: number) => number | null,
): (number | null)[] | null {
  const choices = rows.map((_, index) => {
    const [value] = fields(String(rows.indexOf(index)));
    return value !== undefined && /^\d{1,3}$/.test(value) ? choiceOf(Number(value)) : null;
  });
  return choices.some((choice) => choice !== null) ? choices : null;
}

/** The rows in the order shown, each with its index in the question and the part of the field that answers it. */
export function rowsInOrder<Row>(rows: readonly Row[], order: readonly number[]) {
  return order.flatMap((index, place) => {
    const row = rows[index];
    return row === undefined ? [] : [{ row, index, part: String(place) }];
  });
}
