// Where Google asks a person whether we may.
import { createHash } from 'node:crypto';
import type { GoogleClient } from './google-client.ts';

/**
 * The address of Google's question: authorization code with PKCE (RFC 7636), and a token that lasts, so that grades reach Classroom while
 * their teacher is away.
 *
 * @param asked.loginHint whose account it should be; null where nobody said
 * @param asked.isAnew whether Google is to ask although it was agreed to before: only then it gives a lasting token again
 * @param asked.isAnother whether Google is to let the person choose an account, although the browser is signed in with one
 */
export function authorizationAddress(
  { clientId, authorizationUrl }: GoogleClient,
  asked: {
    redirectUri: string;
    scopes: readonly string[];
    state: string;
    nonce: string;
    codeVerifier: string;
    loginHint: string | null;
    isAnew: boolean;
    isAnother?: boolean;
    language: string;
  },
): string {
  const { redirectUri, scopes, state, nonce, codeVerifier, loginHint, isAnew, isAnother = false, language } = asked;
  const address = new URL(authorizationUrl);
  const prompt = [...(isAnew ? ['consent'] : []), ...(isAnother ? ['select_account'] : [])].join(' ');
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scopes.join(' '),
    ...{ state, nonce },
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    access_type: 'offline',
    include_granted_scopes: 'true',
    hl: language,
    ...(loginHint !== null && { login_hint: loginHint }),
    ...(prompt && { prompt }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}
