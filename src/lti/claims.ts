// The claims of an LTI 1.3 message: their names, and how each kind of message is parsed. What a message must have
// refuses under its own code; what it may have is null when it is absent, null, or not what it should be.
import { z } from 'zod';
import type { LaunchRefusal, RefusedLaunch } from './launch-refusals.ts';
import { launchRefusals } from './launch-refusals.ts';
import { storable } from './storable-text.ts';

const core = 'https://purl.imsglobal.org/spec/lti/claim';

export const claim = {
  version: `${core}/version`,
  messageType: `${core}/message_type`,
  deploymentId: `${core}/deployment_id`,
  targetLinkUri: `${core}/target_link_uri`,
  resourceLink: `${core}/resource_link`,
  roles: `${core}/roles`,
  context: `${core}/context`,
  custom: `${core}/custom`,
  launchPresentation: `${core}/launch_presentation`,
  toolPlatform: `${core}/tool_platform`,
  gradebook: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
} as const;

const malformed = 'claims-malformed' satisfies LaunchRefusal;

/** Names the refusal for a value that is absent or null, and the one for a value of a wrong type. */
function refuse(missing: LaunchRefusal, wrongType: LaunchRefusal = malformed) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined || input === null ? missing : wrongType) };
}

function onlyStrings(list: unknown[]): string[] {
  return list.filter((entry) => typeof entry === 'string').map(storable);
}

/** An opaque, case-sensitive name given by the platform: 1 to 255 characters, kept as it is. */
function identifier(missing: LaunchRefusal) {
  return z
    .string(refuse(missing))
    .min(1, missing)
    .max(255, malformed)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, malformed);
}

/** Words for people, of any length and in any script. */
const optionalText = z
  .string()
  .transform((text) => storable(text).trim() || null)
  .nullable()
  .catch(null);

const strings = z.array(z.unknown()).transform(onlyStrings);

const optionalResourceLink = z
  .object({ id: identifier(malformed), title: optionalText, description: optionalText })
  .nullable()
  .catch(null);

const optionalContext = z
  .object({ id: identifier(malformed), label: optionalText, title: optionalText })
  .nullable()
  .catch(null);

const optionalMessageParts = {
  [claim.targetLinkUri]: optionalText,
  [claim.resourceLink]: optionalResourceLink,
  [claim.roles]: strings.catch([]),
  name: optionalText,
  given_name: optionalText,
  family_name: optionalText,
  email: optionalText,
  [claim.context]: optionalContext,
  [claim.custom]: z.record(z.string(), z.unknown()).catch({}),
  [claim.launchPresentation]: z.object({ locale: optionalText, return_url: optionalText }).nullable().catch(null),
  [claim.toolPlatform]: z.object({ product_family_code: optionalText }).nullable().catch(null),
  [claim.gradebook]: z
    .object({ scope: strings.catch([]), lineitems: optionalText, lineitem: optionalText })
    .nullable()
    .catch(null),
};

const requiredOfEveryMessage = {
  [claim.deploymentId]: identifier('deployment-missing'),
  sub: identifier('subject-missing'),
};

const requiredOfResourceLink = {
  [claim.targetLinkUri]: z.string(refuse('target-missing')).min(1, 'target-missing').transform(storable),
  [claim.resourceLink]: z.object(
    { id: identifier('resource-link-missing'), title: optionalText, description: optionalText },
    refuse('resource-link-missing'),
  ),
  [claim.roles]: z.array(z.unknown(), refuse('roles-missing')).transform(onlyStrings),
};

const envelopeSchema = z.object({
  [claim.version]: z.literal('1.3.0', refuse('version-missing', 'version-unsupported')),
  [claim.messageType]: z.enum(
    ['LtiResourceLinkRequest', 'LtiDeepLinkingRequest', 'LtiSubmissionReviewRequest'],
    refuse('message-type-missing', 'message-type-unsupported'),
  ),
});

const otherMessageSchema = z.object({ ...requiredOfEveryMessage, ...optionalMessageParts });
const resourceLinkSchema = z.object({ ...requiredOfEveryMessage, ...optionalMessageParts, ...requiredOfResourceLink });

export type MessageName = z.infer<typeof envelopeSchema>[typeof claim.messageType];
export type MessageClaims = z.infer<typeof otherMessageSchema>;

/**
 * Parses the LTI part of an id_token whose signature has been verified. Unknown claims are left behind.
 *
 * Refuses, each under its own code, a version other than 1.3.0, an unknown kind of message, a missing or empty
 * deployment, subject and, for a resource link, target, link id and roles (which may be an empty list); and as
 * `claims-malformed` an id that is no string of at most 255 characters. The detail names the claim.
 *
 * @see LTI core 1.3 §5.3, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function parseMessage(payload: unknown): { ok: true; name: MessageName; claims: MessageClaims } | RefusedLaunch {
  const envelope = envelopeSchema.safeParse(payload);
  if (!envelope.success) return refusalIn(envelope.error);
  const name = envelope.data[claim.messageType];
  const schema = name === 'LtiResourceLinkRequest' ? resourceLinkSchema : otherMessageSchema;
  const message = schema.safeParse(payload);
  return message.success ? { ok: true, name, claims: message.data } : refusalIn(message.error);
}

/** The schemas above carry a refusal code as the message of every issue they can raise. */
function refusalIn({ issues: [first] }: z.ZodError): RefusedLaunch {
  return { ok: false, code: z.enum(launchRefusals).parse(first?.message), detail: first?.path.join('.') ?? null };
}
