// Pictures, sounds and films in a text that is safe already. Ours are shown where they stand; one at another address becomes a
// link: our pages ask nothing of other sites, which would learn who reads which question when, and could change it later.
import { escapeHtml, unescapeHtml } from './escape-html.ts';

// `sanitise` wrote these tags, so they are as regular as this: no `<`, `>` or `"` inside a value.
// A player in a player, and a source in none, leave tags behind that mean nothing: the last of the three finds them.
const medium =
  /<img((?: [\w-]+(?:="[^"]*")?)*) \/>|<(audio|video)((?: [\w-]+(?:="[^"]*")?)*)>([^]*?)<\/\2>|<\/?(?:source|audio|video)(?: [\w-]+(?:="[^"]*")?)*>/g;
const source = /<source((?: [\w-]+(?:="[^"]*")?)*)>/;

const ours = /^asset:([0-9a-f]{64})$/;
const inside = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;
const elsewhere = /^https?:\/\//i;
const measure = /^[1-9]\d{0,4}$/;

/** The address under which we serve an asset, which a text names as `asset:` and its key; null for any other address. */
export function assetAddress(address: string): string | null {
  const sha256 = ours.exec(address)?.[1];
  return sha256 === undefined ? null : `/assets/${sha256}`;
}

/** The same HTML with our pictures and players in it; what has no address that we know is left out. */
export function placeMedia(safe: string): string {
  return safe.replace(medium, (_, image?: string, tag?: string, attributes?: string, content?: string) => {
    if (image !== undefined) return placeImage(attributesOf(image));
    if (tag === undefined) return '';
    return placePlayer(tag, attributesOf(attributes), attributesOf(source.exec(content ?? '')?.[1]));
  });
}

type Attributes = Readonly<Record<string, string>>;

function attributesOf(written = ''): Attributes {
  return Object.fromEntries(
    [...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescapeHtml(value)]),
  );
}

function placeImage({ src = '', alt = '', width = '', height = '' }: Attributes): string {
  const address = assetAddress(src) ?? (inside.test(src) ? src : null);
  if (address === null) return linkTo(src, alt);
  const size = measure.test(width) && measure.test(height) ? ` width="${width}" height="${height}"` : '';
  return `<img src="${escapeHtml(address)}" alt="${escapeHtml(alt)}"${size} loading="lazy" />`;
}

function placePlayer(tag: string, own: Attributes, inner: Attributes): string {
  const src = own['src'] ?? inner['src'] ?? '';
  const title = own['title'] ?? '';
  const address = assetAddress(src);
  if (address === null) return linkTo(src, title);
  const name = title === '' ? '' : ` aria-label="${escapeHtml(title)}"`;
  return `<${tag} controls preload="none" src="${address}"${name}></${tag}>`;
}

/** A link that says where it leads, with the author's words if there are any. */
function linkTo(address: string, words: string): string {
  if (!elsewhere.test(address) || !URL.canParse(address)) return '';
  const { host } = new URL(address);
  const text = words === '' ? address : `${words} (${host})`;
  return `<a href="${escapeHtml(address)}" rel="noopener" target="_blank">${escapeHtml(text)}</a>`;
}
