// What of a platform's answer may be kept for a person to read: short, printable, without anything secret.

const maxCharacters = 300;
const looksLikeJwt = /eyJ[\w-]{8,}(?:\.[\w-]*)*/g;

/**
 * The first 300 characters of a platform's answer, on one line, without control, invisible or direction characters.
 * `secrets` (a bearer token, an assertion) and anything that looks like a JWT are blanked out first, because some
 * servers echo the request in their error pages.
 */
export function summarizeAnswer(text: string, secrets: string[]): string {
  const blanked = secrets
    .filter((secret) => secret !== '')
    .reduce((kept, secret) => kept.replaceAll(secret, '[secret]'), text)
    .replace(looksLikeJwt, '[secret]');
  const printable = blanked.replace(/[\p{C}\s]+/gu, ' ').trim();
  return Array.from(printable).slice(0, maxCharacters).join('');
}
