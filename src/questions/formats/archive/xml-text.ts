// Text made safe inside XML that we write.
import { escapeHtml } from '../../markup/escape-html.ts';

/** The text with what XML gives a meaning to escaped, and without the control characters that no XML file may have. */
export function escapeXml(text: string): string {
  const allowed = [...text].filter((character) => character >= ' ' || /[\t\n\r]/.test(character)).join('');
  return escapeHtml(allowed.replace(/[\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD'));
}

/** A file of XML with its declaration. */
export function xmlFile(name: string, body: string): { name: string; bytes: Uint8Array } {
  return { name, bytes: new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`) };
}
