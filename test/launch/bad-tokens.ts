// Tokens that must not let anybody in: the twelve of the certification guide (LTI Advantage 1.3 §6.1.1) and our own.
import { generateKeyPairSync } from 'node:crypto';
import { gradebookClaim, lti, withClaims, type MakeToken } from '../support/launches.ts';

export interface BadToken {
  what: string;
  status: number;
  code: string;
  token: MakeToken;
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangerPem = stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const withHeader = (changed: Record<string, unknown>, secret?: MakeToken): MakeToken => {
  return (draft) => draft.sign({ ...draft.header, ...changed }, draft.claims, secret?.(draft));
};

/** Both times moved, in seconds. */
const issued = (byIat: number, byExp = byIat): MakeToken => {
  return (draft) => {
    const [iat, exp] = [Number(draft.claims['iat']) + byIat, Number(draft.claims['exp']) + byExp];
    return withClaims({ iat, exp })(draft);
  };
};

const audience = (make: (clientId: unknown) => Record<string, unknown>): MakeToken => {
  return (draft) => withClaims(make(draft.claims['aud']))(draft);
};

/** Aziz makes a teacher of himself and keeps the signature. */
const promoted: MakeToken = ({ header, claims, sign }) => {
  const [head, , signature] = sign(header, claims).split('.');
  const payload = Buffer.from(JSON.stringify({ ...claims, [lti('roles')]: ['Instructor'] })).toString('base64url');
  return `${head}.${payload}.${signature}`;
};

const unsigned: MakeToken = ({ header, claims, sign }) => sign(header, claims).replace(/[^.]*$/, '');

const onlyOpenId: MakeToken = ({ header, claims, sign }) =>
  sign(header, Object.fromEntries(Object.entries(claims).filter(([name]) => !name.startsWith('https:'))));

export const certifiedBadTokens: BadToken[] = [
  { what: '1 no kid', status: 401, code: 'key-id-missing', token: withHeader({ kid: undefined }) },
  { what: '2 incorrect kid', status: 401, code: 'key-unknown', token: withHeader({ kid: 'imsglobal' }) },
  {
    what: '3 wrong version',
    status: 400,
    code: 'version-unsupported',
    token: withClaims({ [lti('version')]: '11.3' }),
  },
  { what: '4 no version', status: 400, code: 'version-missing', token: withClaims({ [lti('version')]: undefined }) },
  { what: '5 no LTI 1.3 message', status: 400, code: 'token-malformed', token: () => 'lti_message_type=basic' },
  { what: '6 no LTI claims', status: 400, code: 'version-missing', token: onlyOpenId },
  { what: '7 timestamps in the past', status: 401, code: 'token-expired', token: issued(-3600) },
  { what: '7 timestamps in the future', status: 401, code: 'issued-in-future', token: issued(3600) },
  {
    what: '8 no message type',
    status: 400,
    code: 'message-type-missing',
    token: withClaims({ [lti('message_type')]: undefined }),
  },
  { what: '9 no roles claim', status: 400, code: 'roles-missing', token: withClaims({ [lti('roles')]: undefined }) },
  {
    what: '10 no deployment',
    status: 400,
    code: 'deployment-missing',
    token: withClaims({ [lti('deployment_id')]: undefined }),
  },
  {
    what: '11 no resource link id',
    status: 400,
    code: 'resource-link-missing',
    token: withClaims({ [lti('resource_link')]: { title: 'Mexanika' } }),
  },
  // A launch by the specification (Core §5.3.6.1), which an administrator may allow.
  { what: '12 nobody', status: 403, code: 'anonymous-not-allowed', token: withClaims({ sub: undefined }) },
];

const deepLinking = (settings: unknown) =>
  withClaims({
    [lti('message_type')]: 'LtiDeepLinkingRequest',
    'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings': settings,
  });

/** The client id of a registration that is ours too, at the same issuer. */
export const otherClientId = 'another-client-of-this-issuer';

export const ownBadTokens: BadToken[] = [
  {
    what: 'HS256 with the public key as secret',
    status: 401,
    code: 'algorithm-refused',
    token: withHeader({ alg: 'HS256' }, ({ key }) => key.publicPem),
  },
  { what: 'alg none', status: 401, code: 'algorithm-refused', token: withHeader({ alg: 'none' }) },
  { what: 'the signature cut off', status: 401, code: 'signature-invalid', token: unsigned },
  { what: 'a changed payload', status: 401, code: 'signature-invalid', token: promoted },
  {
    what: 'a key of Mallory under the kid of the LMS, brought along in the header',
    status: 401,
    code: 'signature-invalid',
    token: withHeader({ jwk: stranger.publicKey.export({ format: 'jwk' }) }, () => strangerPem),
  },
  { what: 'another issuer', status: 401, code: 'issuer-mismatch', token: withClaims({ iss: 'https://evil.example' }) },
  {
    what: 'a token for another registration of the issuer',
    status: 401,
    code: 'audience-mismatch',
    token: withClaims({ aud: otherClientId }),
  },
  {
    what: 'several audiences, no azp',
    status: 401,
    code: 'authorized-party-mismatch',
    token: audience((us) => ({ aud: [us, us] })),
  },
  { what: 'a foreign azp', status: 401, code: 'authorized-party-mismatch', token: withClaims({ azp: otherClientId }) },
  {
    what: 'a further audience',
    status: 401,
    code: 'audience-untrusted',
    token: audience((us) => ({ aud: [us, 'other'], azp: us })),
  },
  { what: 'no expiry', status: 400, code: 'expiry-missing', token: withClaims({ exp: undefined }) },
  { what: 'expired', status: 401, code: 'token-expired', token: issued(-121) },
  { what: 'issued in an hour', status: 401, code: 'issued-in-future', token: issued(3600) },
  { what: 'issued yesterday, good for ever', status: 401, code: 'token-too-old', token: issued(-86_400, 86_400) },
  { what: 'no nonce', status: 401, code: 'nonce-missing', token: withClaims({ nonce: undefined }) },
  { what: 'a foreign nonce', status: 401, code: 'nonce-mismatch', token: withClaims({ nonce: 'of-another-login' }) },
  {
    what: 'a deployment nobody registered',
    status: 403,
    code: 'deployment-unknown',
    token: withClaims({ [lti('deployment_id')]: '77' }),
  },
  { what: 'no time of issue', status: 400, code: 'issued-at-missing', token: withClaims({ iat: undefined }) },
  {
    what: 'a token for later',
    status: 401,
    code: 'token-not-yet-valid',
    token: (draft) => withClaims({ nbf: Number(draft.claims['iat']) + 3600 })(draft),
  },
  {
    what: 'no target',
    status: 400,
    code: 'target-missing',
    token: withClaims({ [lti('target_link_uri')]: undefined }),
  },
  {
    what: 'a target at another site',
    status: 400,
    code: 'target-foreign',
    token: withClaims({ [lti('target_link_uri')]: 'https://evil.example/lti/launch' }),
  },
  {
    what: 'a message of LTI 1.1',
    status: 400,
    code: 'message-type-unsupported',
    token: withClaims({ [lti('message_type')]: 'basic-lti-launch-request' }),
  },
  {
    what: 'a request for content without its settings',
    status: 400,
    code: 'deep-linking-settings-missing',
    token: deepLinking(undefined),
  },
  {
    what: 'a request for content to be sent to no web address',
    status: 400,
    code: 'deep-linking-settings-missing',
    token: deepLinking({
      deep_link_return_url: 'javascript:alert(1)',
      accept_types: ['ltiResourceLink'],
      accept_presentation_document_targets: ['iframe'],
    }),
  },
  {
    what: 'a request to review the work of nobody',
    status: 400,
    code: 'for-user-missing',
    token: withClaims({ [lti('message_type')]: 'LtiSubmissionReviewRequest' }),
  },
  {
    what: 'a request to review work at no place',
    status: 400,
    code: 'reviewed-item-missing',
    token: withClaims({
      [lti('message_type')]: 'LtiSubmissionReviewRequest',
      [lti('for_user')]: { user_id: '4' },
      [lti('resource_link')]: undefined,
      [gradebookClaim]: undefined,
    }),
  },
  { what: 'an empty subject', status: 400, code: 'subject-missing', token: withClaims({ sub: '' }) },
  { what: 'a subject of 256', status: 400, code: 'claims-malformed', token: withClaims({ sub: 'x'.repeat(256) }) },
  { what: 'a token of 1 MB', status: 400, code: 'token-too-large', token: withClaims({ x: 'x'.repeat(800_000) }) },
];
