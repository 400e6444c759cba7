// A line item in JSON: how it is read, what a change makes of a column, how it is written.
import { z } from 'zod';
import { addresses } from './addresses.ts';
import type { LineItem } from './state.ts';

const review = z
  .object({ url: z.string().nullish(), custom: z.record(z.string(), z.string()).nullish() })
  .transform(({ url, custom }) => ({ url: url ?? null, custom: custom ?? {} }));

const lineItem = z.looseObject({
  label: z.string().trim().min(1),
  scoreMaximum: z.number(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
  submissionReview: review.optional(),
});

/** A line item as sent, with whatever else was in it. */
export type SentLineItem = z.infer<typeof lineItem>;

/** The line item in a body; null if there is none. A maximum of zero is taken, as Moodle takes it. */
export function parseLineItem(body: unknown): SentLineItem | null {
  return lineItem.safeParse(body).data ?? null;
}

type Changeable = 'activityId' | 'label' | 'maximumPoints' | 'resourceId' | 'tag' | 'submissionReview';

/**
 * What a column becomes: what is not mentioned is wiped, or stays. The column of an activity stays with it.
 *
 * @param column as it is
 */
export function changedLineItem(
  column: Pick<LineItem, 'activityId' | 'isCoupled'> & Partial<Pick<LineItem, Changeable>>,
  sent: SentLineItem,
  { isOmittedWiped }: { isOmittedWiped: boolean },
): Pick<LineItem, Changeable> {
  const kept: Partial<typeof column> = isOmittedWiped ? {} : column;
  return {
    activityId: column.isCoupled ? column.activityId : (sent.resourceLinkId ?? kept.activityId ?? null),
    label: sent.label,
    maximumPoints: sent.scoreMaximum,
    resourceId: sent.resourceId ?? kept.resourceId ?? '',
    tag: sent.tag ?? kept.tag ?? '',
    submissionReview: sent.submissionReview ?? kept.submissionReview ?? null,
  };
}

/** A column as the service shows it. */
export function lineItemJson(url: string, item: LineItem): object {
  const { submissionReview } = item;
  return {
    id: addresses(url).lineItem(item),
    label: item.label,
    scoreMaximum: item.maximumPoints,
    resourceId: item.resourceId,
    tag: item.tag,
    ...(item.activityId !== null && { resourceLinkId: item.activityId, ltiLinkId: item.activityId }),
    ...(submissionReview && {
      submissionReview: {
        ...(submissionReview.url !== null && { url: submissionReview.url }),
        ...(Object.keys(submissionReview.custom).length > 0 && { custom: submissionReview.custom }),
      },
    }),
  };
}
