// A launch in our own words. No claim travels further than this file.
import type { MessageClaims, MessageName } from './claims.ts';
import { claim } from './claims.ts';
import { isAllowedEndpoint } from './endpoints.ts';
import type { CourseRole } from './roles.ts';
import { courseRoleOf, isTestUser } from './roles.ts';
import { storable } from './storable-text.ts';

/** Who says so, and in answer to which login. */
export interface LaunchOrigin {
  /** The id of the login, to be used up exactly once. */
  loginId: string;
  /** Until when the used id must be remembered; later the login has expired by every server's clock. */
  expiresAt: Date;
  issuer: string;
  clientId: string;
}

export interface VerifiedLaunch extends LaunchOrigin {
  messageType: 'resource-link' | 'deep-linking' | 'submission-review';
  /** Named by the platform. Whether it is one of ours is for the caller to know. */
  deploymentId: string;
  /** `subject` is unique within the issuer. The rest is for display and may hold any characters. */
  person: {
    subject: string;
    name: string | null;
    givenName: string | null;
    familyName: string | null;
    email: string | null;
    isTestUser: boolean;
  };
  /** `id` is unique within the deployment. */
  course: { id: string; label: string | null; title: string | null } | null;
  /** `id` is unique within the deployment. The description may hold markup. */
  resourceLink: { id: string; title: string | null; description: string | null } | null;
  role: CourseRole;
  /** The addresses may change from launch to launch; null when absent or no address we may call. */
  gradebook: { scopes: string[]; lineItemsUrl: string | null; lineItemUrl: string | null } | null;
  locale: string | null;
  /** Where the platform wants the person back: http or https. May hold a session key of the platform: not for logs. */
  returnUrl: string | null;
  /** Always within the tool. */
  targetLinkUri: string | null;
  /** Set by administrators and teachers, who can write anything here. Without empty and unresolved values. */
  custom: Record<string, string>;
  platformFamily: string | null;
}

const messageTypes = {
  LtiResourceLinkRequest: 'resource-link',
  LtiDeepLinkingRequest: 'deep-linking',
  LtiSubmissionReviewRequest: 'submission-review',
} as const satisfies Record<MessageName, VerifiedLaunch['messageType']>;

/**
 * Turns parsed claims into a launch. Gradebook addresses must be https, or http on this machine while the tool itself
 * (`toolOrigin`) is not on https.
 */
export function inOurWords(
  { name, claims }: { name: MessageName; claims: MessageClaims },
  origin: LaunchOrigin,
  toolOrigin: string,
): VerifiedLaunch {
  const roles = claims[claim.roles];
  const presentation = claims[claim.launchPresentation];
  return {
    ...origin,
    messageType: messageTypes[name],
    deploymentId: claims[claim.deploymentId],
    person: personIn(claims),
    course: claims[claim.context],
    resourceLink: claims[claim.resourceLink],
    role: courseRoleOf(roles),
    gradebook: gradebookIn(claims, { allowHttpLoopback: !toolOrigin.startsWith('https:') }),
    locale: presentation?.locale ?? null,
    returnUrl: webAddress(presentation?.return_url ?? null),
    targetLinkUri: claims[claim.targetLinkUri],
    custom: customIn(claims),
    platformFamily: claims[claim.toolPlatform]?.product_family_code ?? null,
  };
}

function personIn(claims: MessageClaims): VerifiedLaunch['person'] {
  return {
    subject: claims.sub,
    name: claims.name,
    givenName: claims.given_name,
    familyName: claims.family_name,
    email: claims.email,
    isTestUser: isTestUser(claims[claim.roles]),
  };
}

function gradebookIn(claims: MessageClaims, rule: { allowHttpLoopback: boolean }): VerifiedLaunch['gradebook'] {
  const endpoint = claims[claim.gradebook];
  if (endpoint === null) return null;
  const callable = (url: string | null): string | null => (url !== null && isAllowedEndpoint(url, rule) ? url : null);
  return {
    scopes: endpoint.scope,
    lineItemsUrl: callable(endpoint.lineitems),
    lineItemUrl: callable(endpoint.lineitem),
  };
}

function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
}

/**
 * A value like `$ResourceLink.id.history` is a variable the platform does not know, and an empty one has no value.
 *
 * @see LTI core 1.3 appendix B, https://www.imsglobal.org/spec/lti/v1p3/
 */
function customIn(claims: MessageClaims): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims[claim.custom]).flatMap(([name, value]) =>
      typeof value === 'string' && isResolved(value) ? [[storable(name), storable(value)]] : [],
    ),
  );
}

function isResolved(value: string): boolean {
  return value !== '' && !/^\$[A-Za-z][\w.]*$/.test(value);
}
