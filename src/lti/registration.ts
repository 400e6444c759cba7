// Registers us with a platform (LTI Dynamic Registration): one request, made with the platform's one-time token.
import { z } from 'zod';
import { summarizeAnswer } from '../outbound/answer-summary.ts';
import { parseJson } from '../outbound/json.ts';
import { looseIdentifier } from './loose-json.ts';
import type { OpenIdConfiguration } from './openid-configuration-document.ts';
import type { FailedAnswer, Fetch } from '../outbound/platform-http.ts';
import { isSuccess, requestPlatform } from '../outbound/platform-http.ts';
import { isTemporary } from '../outbound/service-failure.ts';
import { toolConfigurationClaim } from './tool-configuration.ts';

export interface Registered {
  ok: true;
  clientId: string;
  /** Null where the platform names its deployments at their first launch only. */
  deploymentId: string | null;
}

export interface RefusedRegistration {
  ok: false;
  /**
   * `registration-refused`: the platform does not want us, or we do not send it our request. `registration-unreachable`:
   * the same may succeed later. `registration-malformed`: it said yes, but not under which client id.
   */
  code: 'registration-refused' | 'registration-unreachable' | 'registration-malformed';
  /** The HTTP status, or null when none arrived. */
  status: number | null;
  /** The platform's own words: at most 300 printable characters, never the token. */
  detail: string;
}

export interface RegistrationRequest {
  configuration: OpenIdConfiguration;
  /** Where the configuration was read. */
  configurationUrl: string;
  /** What `foreignHosts` showed and the administrator agreed to. */
  confirmedHosts: readonly string[];
  registrationToken: string | null;
  /** `toolConfiguration` makes it. */
  body: Record<string, unknown>;
  /** For the whole exchange; 15 s unless told. */
  timeoutMs?: number;
}

const answerSchema = z.object({
  client_id: looseIdentifier,
  [toolConfigurationClaim]: z
    .object({ deployment_id: looseIdentifier.nullable().catch(null) })
    .catch({ deployment_id: null }),
});

/**
 * Sends our registration. It and the token go to the registration endpoint only, and only where that has the origin of the
 * configuration or a host that was confirmed. Never throws for a network fault or an answer.
 *
 * @see LTI dynamic registration 1.0 §3.6–3.7, https://www.imsglobal.org/spec/lti-dr/v1p0/
 */
export async function register(fetch: Fetch, request: RegistrationRequest): Promise<Registered | RefusedRegistration> {
  const { registrationToken: token, body, timeoutMs = 15_000 } = request;
  const { registrationUrl: url } = request.configuration;
  if (!isTrusted(request)) return refusal('registration-refused', null, `not confirmed: ${new URL(url).host}`);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  const answer = await requestPlatform(fetch, { url, method: 'POST', headers, body: JSON.stringify(body), timeoutMs });
  if (!answer.ok) return refusal(codeOf(answer), answer.status, `${answer.code}: ${answer.detail}`);
  const said = summarizeAnswer(answer.text, token === null ? [] : [token]);
  if (!isSuccess(answer)) {
    return refusal(isTemporary(answer) ? 'registration-unreachable' : 'registration-refused', answer.status, said);
  }
  const registered = answerSchema.safeParse(parseJson(answer.text)).data;
  if (!registered) return refusal('registration-malformed', answer.status, said);
  const { client_id: clientId, [toolConfigurationClaim]: tool } = registered;
  return { ok: true, clientId, deploymentId: tool.deployment_id };
}

function codeOf({ code }: FailedAnswer): RefusedRegistration['code'] {
  switch (code) {
    case 'timeout':
    case 'network':
      return 'registration-unreachable';
    case 'redirect':
    case 'address-refused':
      return 'registration-refused';
    case 'too-large':
      return 'registration-malformed';
  }
}

function isTrusted({ configuration, configurationUrl, confirmedHosts }: RegistrationRequest): boolean {
  const { origin, host } = new URL(configuration.registrationUrl);
  return origin === new URL(configurationUrl).origin || confirmedHosts.includes(host);
}

function refusal(code: RefusedRegistration['code'], status: number | null, detail: string): RefusedRegistration {
  return { ok: false, code, status, detail: summarizeAnswer(detail, []) };
}
