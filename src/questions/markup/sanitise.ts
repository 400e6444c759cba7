// Which HTML an author may use. Everything else is dropped: the tags of an unknown element, all of a script.
import sanitizeHtml from 'sanitize-html';
import { assetAddress, placeMedia } from './place-media.ts';

/** The elements an author may use. */
export const allowedTags = [
  ...[
    'p',
    'br',
    'strong',
    'em',
    'b',
    'i',
    'u',
    's',
    'sub',
    'sup',
    'span',
    'div',
    'a',
    'img',
    'code',
    'pre',
    'blockquote',
    'hr',
  ],
  ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'h3', 'h4', 'h5', 'h6'],
  ...['audio', 'video', 'source'],
];

/** Elements that authors' tools write, which are recognised as tags in order to be dropped. */
export const droppedTags = [
  ...['font', 'center', 'small', 'big', 'o:p', 'section', 'article', 'label', 'form', 'input', 'button', 'select'],
  ...['script', 'style', 'iframe', 'object', 'embed', 'svg', 'math', 'h1', 'h2', 'link', 'meta'],
];

const cellAttributes = ['colspan', 'rowspan', { name: 'align', values: ['left', 'center', 'right'] }];

const options: sanitizeHtml.IOptions = {
  allowedTags,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'noscript', 'iframe', 'noembed', 'noframes', 'xmp'],
  allowedAttributes: {
    a: ['href', 'rel', 'target', 'download'],
    img: ['src', 'alt', 'width', 'height'],
    audio: ['src', 'title'],
    video: ['src', 'title'],
    source: ['src'],
    th: cellAttributes,
    td: cellAttributes,
  },
  // Which of these an element shows, and which becomes a link, `placeMedia` decides.
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: {
    img: ['http', 'https', 'data', 'asset'],
    audio: ['http', 'https', 'asset'],
    video: ['http', 'https', 'asset'],
    source: ['http', 'https', 'asset'],
  },
  allowProtocolRelative: false,
  nestingLimit: 50,
};

/**
 * Safe HTML. Text and attribute values can still be changed on the way: `inText` is given a text already escaped and
 * answers with markup that is trusted; `inAttribute` answers with a value that will be escaped.
 */
export function sanitise(
  html: string,
  inText: (escaped: string, parentTag: string) => string,
  inAttribute: (value: string) => string,
): string {
  const filled = (attributes: sanitizeHtml.Attributes) =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, inAttribute(value)]));
  const safe = sanitizeHtml(html, {
    ...options,
    textFilter: inText,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: linked(attribs) }),
      '*': (tagName, attribs) => ({ tagName, attribs: filled(attribs) }),
    },
  });
  return placeMedia(safe);
}

/** So much of its key is enough for the name of a file. */
const nameLength = 12;

/**
 * A link opens beside the page, where nothing that was typed is lost by it. What is ours is downloaded: in a window of its own,
 * outside the LMS's frame, the reader may not be signed in.
 */
function linked({ href }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const ours = assetAddress(href ?? '');
  if (ours !== null) return { href: ours, download: ours.slice('/assets/'.length, '/assets/'.length + nameLength) };
  return { ...(href !== undefined && { href }), rel: 'noopener', target: '_blank' };
}
