// What the authorization endpoint makes of a request: Moodle's auth.php, rule by rule, as a function of its arguments.

export interface AuthorizationRequest {
  scope: string;
  responseType: string;
  clientId: string;
  redirectUri: string;
  loginHint: string;
  state: string;
  responseMode: string;
  nonce: string;
  prompt: string;
  /** From inside `lti_message_hint`; null if that is not JSON with a launchid. */
  launchId: string | null;
}

export type AuthorizationOutcome =
  | { kind: 'grant' }
  /** Form-POSTed to the redirect URI, with the state. */
  | { kind: 'error'; fields: { error: string; error_description?: string } }
  /** Shown to the person with 404: the redirect URI cannot be trusted, or nothing is known of the launch. */
  | { kind: 'page' };

/** The parameters of a query or a form body; what is missing is empty. */
export function readAuthorization(encoded: string | undefined): AuthorizationRequest {
  const sent = new URLSearchParams(encoded ?? '');
  const value = (name: string): string => sent.get(name) ?? '';
  return {
    scope: value('scope'),
    responseType: value('response_type'),
    clientId: value('client_id'),
    redirectUri: value('redirect_uri'),
    loginHint: value('login_hint'),
    state: value('state'),
    responseMode: value('response_mode'),
    nonce: value('nonce'),
    prompt: value('prompt'),
    launchId: launchIdOf(value('lti_message_hint')),
  };
}

/** The rules, in Moodle's order: what it looks at before it has found the tool can only end in a page. */
export function authorize(
  asked: AuthorizationRequest,
  known: { isLaunchKnown: boolean; clientId: string; personId: string | undefined; redirectUris: readonly string[] },
): AuthorizationOutcome {
  const { scope, responseType, clientId, redirectUri, loginHint, nonce, launchId } = asked;
  const isComplete = clientId !== '' && loginHint !== '' && nonce !== '' && launchId !== null;
  if (!isComplete || scope !== 'openid' || responseType !== 'id_token') return { kind: 'page' };
  if (!known.isLaunchKnown || !known.redirectUris.includes(redirectUri)) return { kind: 'page' };
  if (clientId !== known.clientId) return error('unauthorized_client');
  if (loginHint !== known.personId) return error('access_denied');
  if (asked.responseMode === '') return error('invalid_request', 'Missing response_mode');
  if (asked.responseMode !== 'form_post') return error('invalid_request', 'Invalid response_mode');
  if (asked.prompt !== '' && asked.prompt !== 'none') return error('invalid_request', 'Invalid prompt');
  return { kind: 'grant' };
}

function error(code: string, description?: string): AuthorizationOutcome {
  return { kind: 'error', fields: { error: code, ...(description ? { error_description: description } : {}) } };
}

function launchIdOf(hint: string): string | null {
  try {
    const parsed: unknown = JSON.parse(hint);
    const isRecord = typeof parsed === 'object' && parsed !== null && 'launchid' in parsed;
    return isRecord && typeof parsed.launchid === 'string' ? parsed.launchid : null;
  } catch {
    return null;
  }
}
