// Every reason for which a launch token is turned away: first the token's, then the claims'.

export const launchRefusals = [
  'token-missing',
  'token-too-large',
  'token-malformed',
  'algorithm-refused',
  'key-id-missing',
  'key-unknown',
  'keys-unreachable',
  'signature-invalid',
  'issuer-mismatch',
  'audience-mismatch',
  'audience-untrusted',
  'authorized-party-mismatch',
  'expiry-missing',
  'token-expired',
  'issued-at-missing',
  'issued-in-future',
  'token-too-old',
  'token-not-yet-valid',
  'nonce-missing',
  'nonce-mismatch',
  'version-missing',
  'version-unsupported',
  'message-type-missing',
  'message-type-unsupported',
  'deployment-missing',
  'target-missing',
  'target-foreign',
  'resource-link-missing',
  'roles-missing',
  'subject-missing',
  'deep-linking-settings-missing',
  'for-user-missing',
  'reviewed-item-missing',
  'claims-malformed',
] as const;

export type LaunchRefusal = (typeof launchRefusals)[number];

export interface RefusedLaunch {
  ok: false;
  code: LaunchRefusal;
  /** For a log or an administrator: which claim, or why the keys could not be had. Nothing of the token. */
  detail: string | null;
}
