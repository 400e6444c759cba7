// A table of a Word document as it stands in a question.
import type { Line, Table } from './paragraph.ts';
import { spansToHtml, trimSpans } from './span.ts';

/** The HTML of a table; of its look only the cells are kept. */
export function tableToHtml({ rows }: Table): string {
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cellToHtml(cell)}</td>`).join('')}</tr>`);
  return `<table>${body.join('')}</table>`;
}

/** The lines of a cell. */
export function cellToHtml(cell: readonly Line[]): string {
  return cell
    .map(({ spans }) => spansToHtml(trimSpans(spans)))
    .filter((html) => html !== '')
    .join('<br>');
}
