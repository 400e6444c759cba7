// Which HTML an author may use. Everything else is dropped: the tags of an unknown element, all of a script.
import sanitizeHtml from 'sanitize-html';

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
  ],
  ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'h3', 'h4', 'h5', 'h6'],
];

/** Elements that authors' tools write, which are recognised as tags in order to be dropped. */
export const droppedTags = [
  ...['font', 'center', 'small', 'big', 'o:p', 'section', 'article', 'label', 'form', 'input', 'button', 'select'],
  ...[
    'script',
    'style',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'video',
    'audio',
    'h1',
    'h2',
    'hr',
    'link',
    'meta',
  ],
];

const imageSource = /^(?:https:\/\/|data:image\/(?:png|jpeg|gif|webp);base64,)/i;

const options: sanitizeHtml.IOptions = {
  allowedTags,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'noscript', 'iframe', 'noembed', 'noframes', 'xmp'],
  allowedAttributes: { a: ['href', 'rel', 'target'], img: ['src', 'alt'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['https', 'data'] },
  allowProtocolRelative: false,
  nestingLimit: 50,
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !imageSource.test(attribs['src'] ?? ''),
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
  return sanitizeHtml(html, {
    ...options,
    textFilter: inText,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener', target: '_blank' } }),
      '*': (tagName, attribs) => ({ tagName, attribs: filled(attribs) }),
    },
  });
}
