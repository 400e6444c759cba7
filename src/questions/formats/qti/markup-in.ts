// The contents of a QTI file as HTML. What belongs to QTI itself, and elements that nobody knows, give only what is in them.
import { MathMLToLaTeX } from 'mathml-to-latex';
import { escapeHtml } from '../../markup/escape-html.ts';
import { allowedTags } from '../../markup/sanitise.ts';
import { descendantsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';

/** The HTML of nodes; `pictureAt` is given a picture's path as written and answers with its new address. */
export function htmlOf(nodes: readonly XmlNode[], pictureAt: (path: string) => string): string {
  return nodes.map((node) => (typeof node === 'string' ? escapeHtml(node) : elementHtml(node, pictureAt))).join('');
}

/** The paths of all pictures in nodes, as written. */
export function picturePaths(root: XmlElement): string[] {
  const images = descendantsOf(root, 'img').map(({ attributes }) => attributes['src'] ?? '');
  const objects = descendantsOf(root, 'object').map(({ attributes }) => attributes['data'] ?? '');
  return [...new Set([...images, ...objects])].filter((path) => path !== '' && !/^(?:https?|data):/i.test(path));
}

function elementHtml(element: XmlElement, pictureAt: (path: string) => string): string {
  const { name, attributes, children } = element;
  const inner = () => htmlOf(children, pictureAt);
  if (name === 'math') return formula(element);
  if (name === 'img') return image(attributes['src'] ?? '', attributes['alt'] ?? '');
  if (name === 'object' && attributes['data'])
    return image(attributes['data'], attributes['alt'] ?? textOf(element).trim());
  if (['style', 'script', 'rubricBlock', 'stylesheet'].includes(name)) return '';
  if (!allowedTags.includes(name)) return inner();
  if (name === 'br') return '<br>';
  const href = name === 'a' && attributes['href'] ? ` href="${escapeHtml(attributes['href'])}"` : '';
  return `<${name}${href}>${inner()}</${name}>`;

  function image(path: string, alt: string): string {
    const source = /^(?:https?|data):/i.test(path) ? path : pictureAt(path);
    return `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}">`;
  }
}

/** The TeX that stands beside a formula, or else what its MathML says. */
function formula(math: XmlElement): string {
  const annotation = descendantsOf(math, 'annotation').find(({ attributes }) =>
    /tex/i.test(attributes['encoding'] ?? ''),
  );
  const tex = annotation ? textOf(annotation) : texOf(math);
  const [open, close] = math.attributes['display'] === 'block' ? ['\\[', '\\]'] : ['\\(', '\\)'];
  return `${open}${escapeHtml(tex.trim())}${close}`;
}

function texOf(math: XmlElement): string {
  try {
    return MathMLToLaTeX.convert(mathml(math));
  } catch {
    // Whatever the library stumbled over, the words of the formula remain.
    return textOf(math);
  }
}

function mathml(node: XmlNode): string {
  if (typeof node === 'string') return escapeHtml(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  return `<${node.name}${attributes.join('')}>${node.children.map(mathml).join('')}</${node.name}>`;
}
