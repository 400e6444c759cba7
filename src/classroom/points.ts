// Points as Classroom takes them: whole ones for what can be had, hundredths for what was.

/** What an attachment is worth, given what our quiz is: a whole number above 0. */
export function wholeMaximum(points: number): number {
  return Math.max(1, Math.round(points));
}

/** Points of `maximum`, scaled to what Classroom has them out of, to hundredths and never more than that. */
export function scaledPoints(points: number, maximum: number, theirs: number): number {
  return Math.min(theirs, Math.round((points / maximum) * theirs * 100) / 100);
}
