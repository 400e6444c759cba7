// Text that a student typed, made fit to be kept: cut to a length the form allows, one kind of line end, and without the
// characters that no database or JSON column can hold.

/** The first value as typed, without spaces at its ends; null if nothing is left. Never throws. */
export function typedText(values: readonly string[], maximumLength: number): string | null {
  const text = (values[0] ?? '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .slice(0, maximumLength)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
  return text === '' ? null : text;
}
