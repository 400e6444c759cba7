// The id_token: claims for the message that was asked for, signed; or whatever a test makes of them.
import jwt from 'jsonwebtoken';
import type { LmsContext } from './context.ts';
import { deepLinkingClaims } from './deep-linking-claims.ts';
import { currentKey } from './keys.ts';
import { resourceLinkClaims } from './resource-link-claims.ts';
import { type Recipient, sharedClaims } from './shared-claims.ts';
import { submissionReviewClaims } from './submission-review-claims.ts';
import type { Activity, Person } from './state.ts';
import { draftToken } from './token-draft.ts';

export type Message =
  | { kind: 'resource-link'; activity: Activity; container: 'iframe' | 'window' }
  | { kind: 'submission-review'; activity: Activity; container: 'iframe' | 'window'; learner: Person }
  | { kind: 'deep-linking' };

/** A signed id_token: RS256 under the current key, or whatever the test's hook makes of it. */
export function makeIdToken(lms: LmsContext, recipient: Recipient, message: Message): string {
  const key = currentKey(lms.state.keys);
  const claims = { ...sharedClaims(lms, recipient), ...claimsOf(lms, recipient, message) };
  const hook = lms.takeNextToken();
  if (hook) return hook(draftToken({ typ: 'JWT', alg: 'RS256', kid: key.kid }, claims, key));
  return jwt.sign(claims, key.privatePem, { algorithm: 'RS256', keyid: key.kid });
}

function claimsOf(lms: LmsContext, recipient: Recipient, message: Message): Record<string, unknown> {
  switch (message.kind) {
    case 'resource-link':
      return resourceLinkClaims(lms, recipient, message);
    case 'submission-review':
      return submissionReviewClaims(lms, recipient, message);
    case 'deep-linking':
      return deepLinkingClaims(lms, recipient);
  }
}
