// Holds the pictures of ours in a text aside while the rest is made into another format's markup.
import { unescapeHtml } from '../markup/escape-html.ts';

/** A picture of ours as a text names it. */
export type NamedPicture = { sha256: string; alt: string };

const picture =
  /<img\b[^>]{0,2000}\bsrc\s*=\s*["']?asset:([0-9a-f]{64})[^>]{0,2000}>|!\[([^\]\n]{0,1000})\]\(asset:([0-9a-f]{64})[^)\n]{0,500}\)/gi;
const alternative = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
// Characters for private use stand for a picture while the rest is made safe.
const standIn = /\uE0F0(\d+)\uE0F1/g;

/** The text with each picture, in HTML or Markdown, replaced by a stand-in, and the pictures in order. */
export function setPicturesAside(source: string): { text: string; pictures: NamedPicture[] } {
  const pictures: NamedPicture[] = [];
  const text = source.replace(picture, (tag: string, inTag?: string, words?: string, inLink?: string) => {
    const [, double, single] = alternative.exec(tag) ?? [];
    const alt = words ?? unescapeHtml(double ?? single ?? '');
    pictures.push({ sha256: (inTag ?? inLink ?? '').toLowerCase(), alt });
    return `\uE0F0${pictures.length - 1}\uE0F1`;
  });
  return { text, pictures };
}

/** Puts something in the place of each stand-in. */
export function putPicturesBack(
  text: string,
  pictures: readonly NamedPicture[],
  write: (picture: NamedPicture) => string,
): string {
  return text.replace(standIn, (_, place: string) => {
    const named = pictures[Number(place)];
    return named ? write(named) : '';
  });
}
