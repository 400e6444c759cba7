// A launch in our own words. No claim travels further than this file.
import type { MessageClaims, MessageName } from './claims.ts';
import { claim } from './claims.ts';
import { resolvedParameters } from './custom-parameters.ts';
import type { DeepLinkingSettings } from './deep-linking.ts';
import { isAllowedEndpoint } from './endpoints.ts';
import type { CourseRole } from './roles.ts';
import { courseRoleOf, isTestUser } from './roles.ts';

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
  /**
   * `subject` is unique within the issuer; null when the platform does not say who it is: whether strangers may come in
   * is for the caller to know. The rest is for display and may hold any characters.
   */
  person: {
    subject: string | null;
    name: string | null;
    givenName: string | null;
    familyName: string | null;
    email: string | null;
    /** What the institution calls the person; empty: it has no name for them; null: nothing was said. */
    sourcedId: string | null;
    isTestUser: boolean;
  };
  /** `id` is unique within the deployment. */
  course: { id: string; label: string | null; title: string | null } | null;
  /** `id` is unique within the deployment. The description may hold markup. */
  resourceLink: { id: string; title: string | null; description: string | null } | null;
  /** Of an anonymous launch always `guest`. */
  role: CourseRole;
  /** Whose progress a mentor may see: subjects, each once, at most 100. Empty for everybody else. */
  menteeSubjects: string[];
  /** Where the members of the course are listed; may change from launch to launch. */
  rosterUrl: string | null;
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
  /** What content is asked for; not null exactly when the message is `deep-linking`. */
  deepLinking: DeepLinkingSettings | null;
  /**
   * Whose work is to be shown, and of which gradebook column; null there means the one of `resourceLink`. Not null
   * exactly when the message is `submission-review`. That the platform signed it gives nobody the right to see it: one
   * that signs it for a student who asks for another's work was seen in November 2026.
   */
  review: { subject: string; lineItemUrl: string | null } | null;
}

type EndpointRule = Parameters<typeof isAllowedEndpoint>[1];

const maxMentees = 100;
const rosterVersion = '2.0';

const messageTypes = {
  LtiResourceLinkRequest: 'resource-link',
  LtiDeepLinkingRequest: 'deep-linking',
  LtiSubmissionReviewRequest: 'submission-review',
} as const satisfies Record<MessageName, VerifiedLaunch['messageType']>;

/** Turns parsed claims into a launch. An address of a service that breaks `rule` counts as absent. */
export function inOurWords(
  { name, claims }: { name: MessageName; claims: MessageClaims },
  origin: LaunchOrigin,
  rule: EndpointRule,
): VerifiedLaunch {
  const role = claims.sub === null ? 'guest' : courseRoleOf(claims[claim.roles]);
  const gradebook = gradebookIn(claims, rule);
  const presentation = claims[claim.launchPresentation];
  return {
    ...origin,
    messageType: messageTypes[name],
    deploymentId: claims[claim.deploymentId],
    person: personIn(claims),
    course: claims[claim.context],
    resourceLink: claims[claim.resourceLink],
    role,
    menteeSubjects: role === 'mentor' ? [...new Set(claims[claim.mentees])].slice(0, maxMentees) : [],
    rosterUrl: rosterUrlIn(claims, rule),
    gradebook,
    locale: presentation?.locale ?? null,
    returnUrl: webAddress(presentation?.return_url ?? null),
    targetLinkUri: claims[claim.targetLinkUri],
    custom: resolvedParameters(claims[claim.custom]),
    platformFamily: claims[claim.toolPlatform]?.product_family_code ?? null,
    deepLinking: name === 'LtiDeepLinkingRequest' ? claims[claim.deepLinkingSettings] : null,
    review: name === 'LtiSubmissionReviewRequest' ? reviewIn(claims, gradebook) : null,
  };
}

function personIn(claims: MessageClaims): VerifiedLaunch['person'] {
  return {
    subject: claims.sub,
    name: claims.name,
    givenName: claims.given_name,
    familyName: claims.family_name,
    email: claims.email,
    sourcedId: claims[claim.lis]?.person_sourcedid ?? null,
    isTestUser: isTestUser(claims[claim.roles]),
  };
}

function gradebookIn(claims: MessageClaims, rule: EndpointRule): VerifiedLaunch['gradebook'] {
  const endpoint = claims[claim.gradebook];
  if (endpoint === null) return null;
  return {
    scopes: endpoint.scope,
    lineItemsUrl: callable(endpoint.lineitems, rule),
    lineItemUrl: callable(endpoint.lineitem, rule),
  };
}

/** @see NRPS 2.0 §1, https://www.imsglobal.org/spec/lti-nrps/v2p0/ */
function rosterUrlIn(claims: MessageClaims, rule: EndpointRule): string | null {
  const roster = claims[claim.roster];
  const isOurVersion = roster?.service_versions?.includes(rosterVersion) ?? true;
  return roster !== null && isOurVersion ? callable(roster.context_memberships_url, rule) : null;
}

function reviewIn(claims: MessageClaims, gradebook: VerifiedLaunch['gradebook']): VerifiedLaunch['review'] {
  const student = claims[claim.forUser];
  return student && { subject: student.user_id, lineItemUrl: gradebook?.lineItemUrl ?? null };
}

function callable(url: string | null, rule: EndpointRule): string | null {
  return url !== null && isAllowedEndpoint(url, rule) ? url : null;
}

function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
}
