// The gaps that an author's text names as `[[1]]`, `[[2]]` …, found in its safe HTML: only there is it known what is text.

const tagOrGap = /<[^>]*>|\[\[(\d{1,3})\]\]/g;

/** The numbers of the gaps, in the order in which they stand. */
export function gapsIn(safeHtml: string): number[] {
  return [...safeHtml.matchAll(tagOrGap)].flatMap(([, number]) => (number === undefined ? [] : [Number(number)]));
}

/** The HTML with markup in place of each gap; what looks like one in an attribute stays. */
export function fillGaps(safeHtml: string, fill: (number: number) => string): string {
  return safeHtml.replace(tagOrGap, (found, number: string | undefined) =>
    number === undefined ? found : fill(Number(number)),
  );
}

/** The HTML in which what looks like the name of a gap is none, and shows the same. An entity would not do: it is read as its sign. */
export function withoutGaps(html: string): string {
  return html.replace(/\[(?=\[\d)/g, '[<span></span>');
}
