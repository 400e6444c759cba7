// What we tell a platform about ourselves when it registers us: where we are, and as little to ask for as we can do with.
import { lineItemScope } from './line-items.ts';
import type { OpenIdConfiguration } from './openid-configuration-document.ts';
import { resultScope } from './results.ts';
import { rosterScope } from './roster.ts';
import { scoreScope } from './scores.ts';

/** The name of the LTI part, in the request and in the answer. */
export const toolConfigurationClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

const scopes = [lineItemScope, resultScope, scoreScope, rosterScope];

/** No e-mail address: a name to call somebody by is enough. */
const claims = ['iss', 'sub', 'name', 'given_name', 'family_name'];

/** What a platform does not know it leaves as it stands here, with the dollar sign, and the launch takes it for absent. */
const customParameters = {
  context_history: '$Context.id.history',
  resource_link_history: '$ResourceLink.id.history',
  available_start: '$ResourceLink.available.startDateTime',
  available_end: '$ResourceLink.available.endDateTime',
  submission_start: '$ResourceLink.submission.startDateTime',
  submission_end: '$ResourceLink.submission.endDateTime',
};

/**
 * The body of our registration with the platform of `configuration`.
 *
 * Asks for those of our scopes that the platform has. Offers submission review only where it is listed or nothing is: a
 * platform exists that refuses a registration with a message it does not know (the schema of its source), and the one
 * that reviews without listing it does not look for it here (seen on a live one, November 2026). Deep linking stands
 * first, since there is a platform that keeps one message for each of its places.
 *
 * @param given.publicUrl our origin, without a slash at the end
 * @param given.logoUrl null for none
 * @see LTI dynamic registration 1.0 §3.6, https://www.imsglobal.org/spec/lti-dr/v1p0/
 */
export function toolConfiguration(given: {
  publicUrl: string;
  name: string;
  description: string;
  logoUrl: string | null;
  /** Where this platform finds our keys. */
  jwksUrl: string;
  configuration: OpenIdConfiguration;
}): Record<string, unknown> {
  const { publicUrl, name, description, logoUrl, jwksUrl, configuration } = given;
  const { scopesSupported, messagesSupported } = configuration;
  const launchUrl = `${publicUrl}/lti/launch`;
  const reviews = messagesSupported.length === 0 || messagesSupported.includes('LtiSubmissionReviewRequest');
  return {
    application_type: 'web',
    response_types: ['id_token'],
    grant_types: ['implicit', 'client_credentials'],
    initiate_login_uri: `${publicUrl}/lti/login`,
    redirect_uris: [launchUrl],
    client_name: name,
    client_uri: publicUrl,
    ...(logoUrl !== null && { logo_uri: logoUrl }),
    jwks_uri: jwksUrl,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: scopes.filter((scope) => scopesSupported.includes(scope)).join(' '),
    [toolConfigurationClaim]: {
      // A platform exists that compares it, port included, with the target's.
      domain: new URL(publicUrl).host,
      description,
      target_link_uri: launchUrl,
      custom_parameters: customParameters,
      claims,
      messages: [
        { type: 'LtiDeepLinkingRequest', target_link_uri: launchUrl, label: name },
        { type: 'LtiResourceLinkRequest', target_link_uri: launchUrl },
        ...(reviews ? [{ type: 'LtiSubmissionReviewRequest', target_link_uri: launchUrl }] : []),
      ],
    },
  };
}
