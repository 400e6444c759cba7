// What a deep linking response says, and the activities that this LMS makes of it (lti.md §2.5).
import { z } from 'zod';
import { splitAtLineEnds } from './custom-parameters.ts';
import type { NewActivity } from './enrol.ts';
import type { Quirks } from './quirks/quirks.ts';
import type { Tool } from './state.ts';

const dl = 'https://purl.imsglobal.org/spec/lti-dl/claim';
const lti = 'https://purl.imsglobal.org/spec/lti/claim';

const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const parameters = z.record(z.string(), text);
const dates = z
  .object({ startDateTime: z.string().nullish(), endDateTime: z.string().nullish() })
  .transform(({ startDateTime, endDateTime }) => ({ start: startDateTime ?? null, end: endDateTime ?? null }));

const contentItem = z.object({
  type: z.string(),
  title: z.string().nullish(),
  text: z.string().nullish(),
  url: z.string().nullish(),
  custom: parameters.nullish(),
  available: dates.nullish(),
  submission: dates.nullish(),
  lineItem: z
    .object({
      label: z.string().nullish(),
      scoreMaximum: z.coerce.number().nullish(),
      resourceId: text.nullish(),
      tag: text.nullish(),
      submissionReview: z.object({ url: z.string().nullish(), custom: parameters.nullish() }).nullish(),
    })
    .nullish(),
});

export type ContentItem = z.infer<typeof contentItem>;

const response = z.object({
  [`${lti}/message_type`]: z.literal('LtiDeepLinkingResponse'),
  [`${lti}/version`]: z.literal('1.3.0'),
});

const content = z.object({
  deploymentId: z.string().nullish(),
  items: z.array(contentItem).nullish(),
  message: z.string().nullish(),
  error: z.string().nullish(),
  data: z.unknown(),
});

export type DeepLinkingContent = z.infer<typeof content>;

/** What the claims of a verified response say; null if they are no deep linking response. */
export function readContent(claims: Record<string, unknown>): DeepLinkingContent | null {
  if (!response.safeParse(claims).success) return null;
  const parsed = content.safeParse({
    deploymentId: claims[`${lti}/deployment_id`],
    items: claims[`${dl}/content_items`],
    message: claims[`${dl}/msg`],
    error: claims[`${dl}/errormsg`],
    data: claims[`${dl}/data`],
  });
  return parsed.data ?? null;
}

export type ActivityOutcome =
  | { ok: true; activity: Omit<NewActivity, 'courseId'> }
  /** The form that a teacher confirms takes a whole number from 1 to 100 and nothing else. */
  | { ok: false; code: 'content-maximum' };

/**
 * The activity that an item becomes. Moodle: a `url` means that the tool is looked up by it at launch; anything but
 * ltiResourceLink becomes an activity that launches nothing; label and dates are lost; maximum 100 unless told.
 *
 * @param columnToolId the tool that will see the column
 */
export function activityFrom(item: ContentItem, tool: Tool, columnToolId: string, quirks: Quirks): ActivityOutcome {
  const isLink = item.type === 'ltiResourceLink';
  const maximumPoints = maximumOf(item, quirks);
  if (maximumPoints !== null && quirks.isDeepLinkingPlain && (maximumPoints < 1 || maximumPoints > 100)) {
    return { ok: false, code: 'content-maximum' };
  }
  const title = item.title || tool.name;
  const custom = item.custom ?? {};
  return {
    ok: true,
    activity: {
      title,
      description: item.text ?? '',
      toolId: isLink && !item.url ? tool.id : null,
      url: isLink && item.url ? item.url : null,
      custom: quirks.isCustomSplitAtLineEnds ? splitAtLineEnds(custom) : custom,
      ...(!quirks.isDeepLinkingPlain && { available: item.available ?? null, submission: item.submission ?? null }),
      maximumPoints,
      column: {
        toolId: columnToolId,
        label: quirks.isDeepLinkingPlain ? title : item.lineItem?.label || title,
        resourceId: item.lineItem?.resourceId ?? '',
        tag: item.lineItem?.tag ?? '',
        submissionReview: reviewOf(item),
      },
    },
  };
}

/** Null without a line item. Moodle's `lti.grade` is a whole number. */
function maximumOf({ lineItem }: ContentItem, quirks: Quirks): number | null {
  if (!lineItem) return null;
  const maximum = lineItem.scoreMaximum ?? 100;
  return quirks.isDeepLinkingPlain ? Math.round(maximum) : maximum;
}

function reviewOf({ lineItem }: ContentItem): { url: string | null; custom: Record<string, string> } | null {
  const review = lineItem?.submissionReview;
  return review ? { url: review.url ?? null, custom: review.custom ?? {} } : null;
}
