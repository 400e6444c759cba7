// Dynamic registration as a function of what a tool sends: Moodle's checks and words (registration_helper.php; lti.md
// §2.4), the tool that comes of it, and the answer.
import { z } from 'zod';
import { grantedScopes } from './scopes.ts';
import type { Tool } from './state.ts';
import { hostOf } from './tools.ts';

const configurationName = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

const text = z.string().min(1);
const texts = z.array(z.string()).min(1);

const configuration = z.object({
  domain: text,
  target_link_uri: text,
  description: z.string().nullish(),
  custom_parameters: z.record(z.string(), z.coerce.string()).nullish(),
  claims: z.array(z.string()).nullish(),
  messages: z.array(z.object({ type: z.string(), target_link_uri: z.string().nullish() })).nullish(),
});

const payload = z.object({
  response_types: texts,
  initiate_login_uri: text,
  redirect_uris: texts,
  client_name: text,
  jwks_uri: text,
  token_endpoint_auth_method: text,
  application_type: z.string().nullish(),
  scope: z.string().nullish(),
  [configurationName]: configuration,
});

/** What a tool says of itself; who it is to this LMS is not among it. */
export type RegisteredTool = Omit<Tool, 'id' | 'clientId' | 'state' | 'isPreregistered'>;

export type RegistrationOutcome = { ok: true; tool: RegisteredTool } | { ok: false; status: 400; message: string };

/**
 * The tool that a registration describes. Only the target of its deep linking message is kept of its messages, the
 * claims decide what is shared, and a custom value ends before a second `=`.
 *
 * @returns a refusal with Moodle's own words, which it answers as plain text
 */
export function readRegistration(body: unknown): RegistrationOutcome {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return refused(`missing required attribute ${missing(parsed.error)}`);
  const sent = parsed.data;
  const config = configuration.parse(sent[configurationName]);
  if (!sent.response_types.includes('id_token')) return refused('invalid_response_types');
  if (sent.token_endpoint_auth_method !== 'private_key_jwt') return refused('invalid_token_endpoint_auth_method');
  if (sent.application_type && sent.application_type !== 'web') return refused('invalid_application_type');
  if (hostOf(config.target_link_uri) !== config.domain) return refused('domain_targetlinkuri_mismatch');
  const deepLinking = config.messages?.find(({ type }) => type === 'LtiDeepLinkingRequest');
  const claims = config.claims ?? [];
  return {
    ok: true,
    tool: {
      name: sent.client_name,
      description: config.description ?? '',
      loginUrl: sent.initiate_login_uri,
      redirectUris: sent.redirect_uris,
      jwksUrl: sent.jwks_uri,
      targetLinkUri: config.target_link_uri,
      deepLinkUrl: deepLinking ? (deepLinking.target_link_uri ?? config.target_link_uri) : null,
      domain: config.domain,
      custom: cutAtSecondEquals(config.custom_parameters ?? {}),
      scopes: grantedScopes((sent.scope ?? '').split(' ')),
      sharesName: ['name', 'given_name', 'family_name'].some((claim) => claims.includes(claim)),
      sharesEmail: claims.includes('email'),
    },
  };
}

/** The answer to a registration, which a GET with the token repeats. */
export function registrationJson(tool: Tool): object {
  return {
    client_id: tool.clientId,
    response_types: ['id_token'],
    jwks_uri: tool.jwksUrl,
    initiate_login_uri: tool.loginUrl,
    grant_types: ['client_credentials', 'implicit'],
    redirect_uris: tool.redirectUris,
    application_type: 'web',
    token_endpoint_auth_method: 'private_key_jwt',
    client_name: tool.name,
    logo_uri: '',
    scope: tool.scopes.join(' '),
    [configurationName]: {
      version: '1.3.0',
      deployment_id: tool.id,
      target_link_uri: tool.targetLinkUri,
      domain: tool.domain,
      description: tool.description,
      ...(tool.deepLinkUrl !== null && {
        messages: [{ type: 'LtiDeepLinkingRequest', target_link_uri: tool.deepLinkUrl }],
      }),
      ...(Object.keys(tool.custom).length > 0 && { custom_parameters: tool.custom }),
      claims: [
        ...['sub', 'iss'],
        ...(tool.sharesName ? ['name', 'family_name', 'given_name'] : []),
        ...(tool.sharesEmail ? ['email'] : []),
      ],
    },
  };
}

function refused(message: string): RegistrationOutcome {
  return { ok: false, status: 400, message };
}

/** The first member that is not there or not as it must be. */
function missing({ issues }: z.ZodError): string {
  const path = issues[0]?.path.map(String) ?? [];
  return (path[0] === configurationName ? path[1] : undefined) ?? path[0] ?? configurationName;
}

function cutAtSecondEquals(custom: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(custom).map(([name, value]) => [name, value.split('=')[0] ?? '']));
}
