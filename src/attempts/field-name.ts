// How forms and addresses name a question of an attempt.

/** The form field of a question, by its position in the quiz: `q7`. */
export function fieldName(position: number): string {
  return `q${position}`;
}

/** The position that a field names; null if it names none. */
export function positionOf(field: unknown): number | null {
  const [, digits] = (typeof field === 'string' && /^q(\d{1,4})$/.exec(field)) || [];
  return digits === undefined ? null : Number(digits);
}
