// Lines and tables of a Word document as the HTML of a question.
import { withoutGuards } from './guard.ts';
import type { Block, Line, Table } from './paragraph.ts';
import { spansToHtml, trimSpans } from './span.ts';

/** Paragraphs as such where there are several; one alone needs no tags. A table stands for itself. */
export function blocksToHtml(blocks: readonly Block[]): string {
  const parts: { paragraph: number | null; html: string }[] = [];
  for (const block of blocks) {
    const html = block.kind === 'table' ? tableToHtml(block) : spansToHtml(trimSpans(block.spans));
    const paragraph = block.kind === 'table' ? null : block.paragraph;
    const last = parts.at(-1);
    if (last && paragraph !== null && last.paragraph === paragraph) last.html += `<br>${html}`;
    else parts.push({ paragraph, html });
  }
  const shown = parts.map((part) => ({ ...part, html: withoutGuards(part.html) })).filter(({ html }) => html !== '');
  if (shown.length === 1) return shown[0]?.html ?? '';
  return shown.map(({ paragraph, html }) => (paragraph === null ? html : `<p>${html}</p>`)).join('');
}

/** The HTML of a table; of its look only the cells are kept. */
function tableToHtml({ rows }: Table): string {
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
