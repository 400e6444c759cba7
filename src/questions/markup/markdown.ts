// Markdown as HTML, before it is made safe. HTML inside Markdown stays text: who wants tags writes HTML.
import MarkdownIt from 'markdown-it';

/** The page has its own `<h1>` and `<h2>`: an author's headings begin below them. */
const headingsBelow = 2;

const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false, maxNesting: 50 })
  // Four spaces before a pasted line are no code: who means code writes a fence.
  .disable('code');

markdown.renderer.rules['heading_open'] = (tokens, at) => `<${heading(tokens[at]?.tag)}>`;
markdown.renderer.rules['heading_close'] = (tokens, at) => `</${heading(tokens[at]?.tag)}>\n`;

markdown.renderer.rules['th_open'] = (tokens, at) => cell('th', tokens[at]?.attrGet('style'));
markdown.renderer.rules['td_open'] = (tokens, at) => cell('td', tokens[at]?.attrGet('style'));

// Markdown has no word for sound and film: `![what it is](asset:… "audio")` is one, by its title.
const image = markdown.renderer.rules.image;
markdown.renderer.rules.image = (tokens, at, options, env, self) => {
  const token = tokens[at];
  const title = token?.attrGet('title');
  if (!token || (title !== 'audio' && title !== 'video')) return image?.(tokens, at, options, env, self) ?? '';
  const words = self.renderInlineAsText(token.children ?? [], options, env);
  const { escapeHtml } = markdown.utils;
  return `<${title} src="${escapeHtml(String(token.attrGet('src')))}" title="${escapeHtml(words)}"></${title}>`;
};

/** The HTML that a Markdown text stands for: CommonMark with tables and strikethrough; an address is a link only if written as one. */
export function markdownToHtml(source: string): string {
  return markdown.render(source);
}

function heading(tag = 'h1'): string {
  return `h${Math.min(Number(tag.slice(1)) + headingsBelow, 6)}`;
}

/** Our pages allow no style attribute; the old attribute says the same. */
function cell(tag: 'th' | 'td', style: string | number | null | undefined): string {
  const align = /^text-align:(left|center|right)$/.exec(String(style))?.[1];
  return align ? `<${tag} align="${align}">` : `<${tag}>`;
}
