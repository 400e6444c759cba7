// What the tool told the LMS, read from the LMS's own record.
import { z } from 'zod';
import type { PracticeLms } from '../../src/practice/practice-lms.ts';
import type { Endpoint } from '../../src/practice/received.ts';

const scoreBody = z.strictObject({
  userId: z.string(),
  scoreGiven: z.number(),
  scoreMaximum: z.number(),
  timestamp: z.iso.datetime().transform((text) => new Date(text)),
  activityProgress: z.string(),
  gradingProgress: z.string(),
  comment: z.string(),
  submission: z.strictObject({ submittedAt: z.iso.datetime() }),
});

/** A score that arrived, and how the LMS answered it. */
export type ReceivedScore = z.infer<typeof scoreBody> & { url: string; at: Date; status: number | null };

/** The scores sent for a person, to whichever column, oldest first. */
export function scoresOf(lms: PracticeLms, personId: string): ReceivedScore[] {
  return lms.received
    .filter(({ endpoint }) => endpoint === 'score')
    .map(({ body, url, at, status }) => ({ ...scoreBody.parse(body), url, at, status }))
    .filter(({ userId }) => userId === personId);
}

/** How often a service was asked so far. */
export function timesAsked(lms: PracticeLms, asked: Endpoint): number {
  return lms.received.filter(({ endpoint }) => endpoint === asked).length;
}
