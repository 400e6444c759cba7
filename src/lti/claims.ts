// The claims of an LTI 1.3 message: their names, and how each kind of message is parsed. What a message must have
// refuses under its own code; what it may have is null when it is absent, null, or not what it should be.
import { z } from 'zod';
import { identifier, identifiers, optionalText, refuse, sourcedId, strings } from './claim-values.ts';
import { deepLinkingSettingsClaim } from './deep-linking.ts';
import type { RefusedLaunch } from './launch-refusals.ts';
import { launchRefusals } from './launch-refusals.ts';
import { storable } from './storable-text.ts';

const core = 'https://purl.imsglobal.org/spec/lti/claim';

export const claim = {
  version: `${core}/version`,
  messageType: `${core}/message_type`,
  deploymentId: `${core}/deployment_id`,
  targetLinkUri: `${core}/target_link_uri`,
  resourceLink: `${core}/resource_link`,
  lis: `${core}/lis`,
  roles: `${core}/roles`,
  mentees: `${core}/role_scope_mentor`,
  context: `${core}/context`,
  custom: `${core}/custom`,
  launchPresentation: `${core}/launch_presentation`,
  toolPlatform: `${core}/tool_platform`,
  forUser: `${core}/for_user`,
  gradebook: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  roster: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
  deepLinkingSettings: 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings',
} as const;

const resourceLink = z.object(
  { id: identifier('resource-link-missing'), title: optionalText, description: optionalText },
  refuse('resource-link-missing'),
);
const context = z.object({ id: identifier('claims-malformed'), label: optionalText, title: optionalText });
const presentation = z.object({ locale: optionalText, return_url: optionalText });
const gradebook = z.object({ scope: strings().catch([]), lineitems: optionalText, lineitem: optionalText });
const roster = z.object({
  context_memberships_url: optionalText,
  service_versions: strings().nullable().catch(null),
});
const forUser = z.object({ user_id: identifier('for-user-missing') }, refuse('for-user-missing'));

const ofEveryMessage = {
  [claim.deploymentId]: identifier('deployment-missing'),
  sub: identifier('subject-missing')
    .nullish()
    .transform((subject) => subject ?? null),
  name: optionalText,
  given_name: optionalText,
  family_name: optionalText,
  email: optionalText,
  [claim.lis]: z.object({ person_sourcedid: sourcedId }).nullable().catch(null),
  [claim.targetLinkUri]: optionalText,
  [claim.resourceLink]: resourceLink.nullable().catch(null),
  [claim.roles]: strings().catch([]),
  [claim.mentees]: identifiers.catch([]),
  [claim.context]: context.nullable().catch(null),
  [claim.custom]: z.record(z.string(), z.unknown()).catch({}),
  [claim.launchPresentation]: presentation.nullable().catch(null),
  [claim.toolPlatform]: z.object({ product_family_code: optionalText }).nullable().catch(null),
  [claim.gradebook]: gradebook.nullable().catch(null),
  [claim.roster]: roster.nullable().catch(null),
  [claim.deepLinkingSettings]: deepLinkingSettingsClaim.nullable().catch(null),
  [claim.forUser]: forUser.nullable().catch(null),
};

export type MessageClaims = z.infer<z.ZodObject<typeof ofEveryMessage>>;

const messages = {
  LtiResourceLinkRequest: z.object({
    ...ofEveryMessage,
    [claim.targetLinkUri]: z.string(refuse('target-missing')).min(1, 'target-missing').transform(storable),
    [claim.resourceLink]: resourceLink,
    [claim.roles]: strings(refuse('roles-missing')),
  }),
  LtiDeepLinkingRequest: z.object({ ...ofEveryMessage, [claim.deepLinkingSettings]: deepLinkingSettingsClaim }),
  LtiSubmissionReviewRequest: z.object({ ...ofEveryMessage, [claim.forUser]: forUser }),
} satisfies Record<string, z.ZodType<MessageClaims>>;

const envelope = z.object({
  [claim.version]: z.literal('1.3.0', refuse('version-missing', 'version-unsupported')),
  [claim.messageType]: z.enum(
    ['LtiResourceLinkRequest', 'LtiDeepLinkingRequest', 'LtiSubmissionReviewRequest'],
    refuse('message-type-missing', 'message-type-unsupported'),
  ),
});

export type MessageName = keyof typeof messages;

/**
 * Parses the LTI part of an id_token whose signature has been verified. Unknown claims are left behind.
 *
 * Refuses, each under its own code, a version other than 1.3.0, an unknown kind of message, a missing or empty
 * deployment, an empty subject (an absent one is an anonymous launch) and, for a resource link, a missing target, link
 * id and roles (which may be an empty list), for deep linking missing settings, for a submission review a missing
 * student; and as `claims-malformed` an id that is no string of at most 255 characters. The detail names the claim.
 *
 * @see LTI core 1.3 §5.3, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function parseMessage(payload: unknown): { ok: true; name: MessageName; claims: MessageClaims } | RefusedLaunch {
  const opened = envelope.safeParse(payload);
  if (!opened.success) return refusalIn(opened.error);
  const name = opened.data[claim.messageType];
  const message = messages[name].safeParse(payload);
  return message.success ? { ok: true, name, claims: message.data } : refusalIn(message.error);
}

/** The schemas above carry a refusal code as the message of every issue they can raise. */
function refusalIn({ issues: [first] }: z.ZodError): RefusedLaunch {
  return { ok: false, code: z.enum(launchRefusals).parse(first?.message), detail: first?.path.join('.') ?? null };
}
