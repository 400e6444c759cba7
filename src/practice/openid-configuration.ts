// What this LMS says of itself to a tool that wants to register, word for word as a Moodle 5.1 did.
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { scopes } from './scopes.ts';
import { dateVariables, moodleVariables } from './variables.ts';

/** The openid configuration. Moodle does not mention submission review, although it has it. */
export function openidConfiguration({ url, quirks }: LmsContext): object {
  const to = addresses(url);
  return {
    issuer: url,
    token_endpoint: to.token,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    jwks_uri: to.jwks,
    authorization_endpoint: to.authorization,
    registration_endpoint: to.registration,
    ...(quirks.token.isAudienceChecked && { authorization_server: to.authorizationServer }),
    scopes_supported: [
      'https://purl.imsglobal.org/spec/lti-bo/scope/basicoutcome',
      ...[scopes.lineItemReadOnly, scopes.resultReadOnly, scopes.score, scopes.lineItem, scopes.memberships],
      'https://purl.imsglobal.org/spec/lti-ts/scope/toolsetting',
      'openid',
    ],
    response_types_supported: ['id_token'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'iss', 'name', 'given_name', 'family_name', 'email'],
    'https://purl.imsglobal.org/spec/lti-platform-configuration': {
      product_family_code: quirks.productFamilyCode,
      version: quirks.configurationVersion,
      messages_supported: [
        { type: 'LtiResourceLinkRequest' },
        { type: 'LtiDeepLinkingRequest', placements: ['ContentArea'] },
        ...(quirks.isReviewAdvertised ? [{ type: 'LtiSubmissionReviewRequest' }] : []),
      ],
      variables: [...moodleVariables, ...(quirks.hasDateVariables ? dateVariables : [])],
    },
  };
}
