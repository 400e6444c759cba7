// What a platform asks for when a teacher is to choose content for a course (deep linking), in our own words.
import { z } from 'zod';
import { optionalText, refuse, strings } from './claim-values.ts';
import type { LaunchRefusal } from './launch-refusals.ts';
import { storable } from './storable-text.ts';

const maxDataLength = 64 * 1024;

/** Also for whoever kept the settings as JSON and reads them back. */
export const deepLinkingSettingsSchema = z.object({
  /** Where the answer goes, and nowhere else. May hold a session key of the platform: not for logs. */
  returnUrl: z.string(),
  acceptsResourceLinks: z.boolean(),
  /** Whether the answer may hold more than one item. */
  acceptsMultiple: z.boolean(),
  /** Whether an item may come with a gradebook column; null when the platform does not say. */
  acceptsLineItem: z.boolean().nullable(),
  /** What the platform proposes for a single item. */
  title: z.string().nullable(),
  text: z.string().nullable(),
  /** To be given back to the letter; null when there is nothing to give back. */
  data: z.string().nullable(),
});

export type DeepLinkingSettings = z.infer<typeof deepLinkingSettingsSchema>;

const missing = 'deep-linking-settings-missing' satisfies LaunchRefusal;
const malformed = 'claims-malformed' satisfies LaunchRefusal;

/** Some platforms send booleans as text (seen in the reports of other tools' users). */
const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** What cannot be given back as it came must not be lost on the way: the platform would not know its own request. */
const data = z
  .string(malformed)
  .max(maxDataLength, malformed)
  .refine((text) => storable(text) === text, malformed)
  .nullish();

/**
 * Parses the claim `deep_linking_settings`. Document targets and media types are ignored, and so are types of content
 * other than `ltiResourceLink`.
 *
 * Refuses as `deep-linking-settings-missing` settings or a return address that are absent, and as `claims-malformed`
 * settings that are no object, a return address that is no text, and `data` that is no text, longer than 64 kB, or not
 * to be stored. Whether the return address may be used is for the caller to know.
 *
 * @see LTI deep linking 2.0 §4.4.1, https://www.imsglobal.org/spec/lti-dl/v2p0/
 */
export const deepLinkingSettingsClaim = z
  .object(
    {
      deep_link_return_url: z.string(refuse(missing)).min(1, missing).transform(storable),
      accept_types: strings().catch([]),
      accept_multiple: z.unknown().optional(),
      accept_lineitem: z.unknown().optional(),
      title: optionalText,
      text: optionalText,
      data,
    },
    refuse(missing),
  )
  .transform((settings): DeepLinkingSettings => ({
    returnUrl: settings.deep_link_return_url,
    acceptsResourceLinks: settings.accept_types.includes('ltiResourceLink'),
    acceptsMultiple: isTrue(settings.accept_multiple),
    acceptsLineItem: (settings.accept_lineitem ?? null) === null ? null : isTrue(settings.accept_lineitem),
    title: settings.title,
    text: settings.text,
    data: settings.data ?? null,
  }));
