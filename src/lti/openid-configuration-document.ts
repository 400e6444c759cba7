// The document in which a platform says about itself what a registration needs, parsed.
import { z } from 'zod';
import { parseJson } from '../outbound/json.ts';
import { storable } from './storable-text.ts';

export interface OpenIdConfiguration {
  issuer: string;
  authorizationUrl: string;
  tokenUrl: string;
  /** What a client assertion is addressed to: the authorization server where one is named, or else the token URL. */
  tokenAudience: string;
  jwksUrl: string;
  registrationUrl: string;
  scopesSupported: string[];
  claimsSupported: string[];
  /** Kinds of messages, such as `LtiResourceLinkRequest`. */
  messagesSupported: string[];
  variablesSupported: string[];
  /** The platform's product, in its own word. */
  family: string | null;
  version: string | null;
}

const platformClaim = 'https://purl.imsglobal.org/spec/lti-platform-configuration';

/** `URL` forgives line breaks and more of the kind; what is kept and compared to the letter must not have them. */
const oneWord = z
  .string()
  .max(2_000)
  .regex(/^[^\s\p{Cc}\p{Cs}]+$/u);

const address = oneWord.refine((url) => URL.canParse(url));

const optionalText = z
  .string()
  .transform((text) => storable(text).trim().slice(0, 255) || null)
  .nullable()
  .catch(null);

const strings = z
  .array(z.unknown())
  .transform((list) => list.filter((entry) => typeof entry === 'string'))
  .catch([]);

/** Older platforms list messages by their names alone. */
const messageNames = z
  .array(z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).catch(''))
  .transform((names) => names.filter(Boolean))
  .catch([]);

const platformSchema = z.object({
  product_family_code: optionalText,
  version: optionalText,
  messages_supported: messageNames,
  variables: strings,
});

const configurationSchema = z
  .object({
    issuer: address,
    authorization_endpoint: address,
    token_endpoint: address,
    authorization_server: oneWord.nullable().catch(null),
    jwks_uri: address,
    registration_endpoint: address,
    scopes_supported: strings,
    claims_supported: strings,
    [platformClaim]: platformSchema.catch(platformSchema.parse({})),
  })
  .transform(({ [platformClaim]: platform, ...given }): OpenIdConfiguration => ({
    issuer: given.issuer,
    authorizationUrl: given.authorization_endpoint,
    tokenUrl: given.token_endpoint,
    tokenAudience: given.authorization_server ?? given.token_endpoint,
    jwksUrl: given.jwks_uri,
    registrationUrl: given.registration_endpoint,
    scopesSupported: given.scopes_supported,
    claimsSupported: given.claims_supported,
    messagesSupported: platform.messages_supported,
    variablesSupported: platform.variables,
    family: platform.product_family_code,
    version: platform.version,
  }));

/**
 * Parses a configuration; null where it lacks its issuer or an endpoint, or one of them is no address. Lists that are
 * missing are empty.
 *
 * @see LTI dynamic registration 1.0 §3.4, https://www.imsglobal.org/spec/lti-dr/v1p0/
 */
export function parseOpenIdConfiguration(text: string): OpenIdConfiguration | null {
  return configurationSchema.safeParse(parseJson(text)).data ?? null;
}
