// Whether Google would send people back to us, by how it answers a question that nobody has to answer.
import type { PlatformAnswer } from '../../outbound/platform-http.ts';

/**
 * What is wrong by that answer; null: Google sends back to us, or asks who it is. Its error page has a status of its own, or is redirected
 * to, with what is wrong in the address (`authError`, in Base64). Google documents the words and not the page: an answer that nobody has
 * seen yet counts as well.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation
 */
export function wayBackFault(
  answer: PlatformAnswer,
): { code: 'redirect-refused' | 'unavailable'; detail: string } | null {
  if (!answer.ok) return { code: 'unavailable', detail: `${answer.code}: ${answer.detail}` };
  const { status, text, headers } = answer;
  if (status >= 500 || status === 429) return { code: 'unavailable', detail: `HTTP ${status}` };
  const said = errorBehind(headers.get('location') ?? '') ?? (status >= 400 || faultWord.test(text) ? text : null);
  return said === null ? null : { code: 'redirect-refused', detail: faultWord.exec(said)?.[0] ?? `HTTP ${status}` };
}

const faultWord = /\b(redirect_uri_mismatch|invalid_(client|request|scope)|unauthorized_client|org_internal)\b/;

/** What the error page to which this leads would say; null where it leads elsewhere. */
function errorBehind(location: string): string | null {
  if (!URL.canParse(location)) return null;
  const { pathname, searchParams } = new URL(location);
  const sealed = searchParams.get('authError');
  if (sealed === null && !/\/oauth\/error\b/.test(pathname)) return null;
  return Buffer.from(sealed ?? '', 'base64').toString('latin1');
}
