// The body of a score POST, read as Moodle's scores.php reads it: what it insists on, and nothing else.
import { z } from 'zod';
import type { Score } from './grade.ts';

const numeric = z.union([z.number(), z.string().trim().min(1).transform(Number).pipe(z.number())]);

const message = z
  .object({
    userId: z.union([z.string(), z.number().transform(String)]),
    timestamp: z.string().transform(isoSeconds).pipe(z.number()),
    activityProgress: z.unknown().refine((value) => value !== null && value !== undefined),
    gradingProgress: z.unknown().refine((value) => value !== null && value !== undefined),
    scoreGiven: numeric.nullish(),
    scoreMaximum: numeric.nullish(),
    comment: z.string().nullish(),
  })
  .refine(({ scoreGiven, scoreMaximum }) => scoreGiven == null || scoreMaximum != null);

/**
 * Whose score it is and what it says; null when Moodle would call it an "Incorrect score". Only `FullyGraded`, spelled
 * so, carries points; any other progress means "no score", which erases the one there is. `activityProgress` must be
 * there and may say anything. `isReset`: the attempt was taken back (AGS §4.7).
 */
export function parseScore(body: unknown): { personId: string; score: Score; isReset: boolean } | null {
  const { success, data } = message.safeParse(body);
  if (!success) return null;
  const givenPoints = data.gradingProgress === 'FullyGraded' ? (data.scoreGiven ?? null) : null;
  return {
    personId: data.userId,
    isReset: data.activityProgress === 'Initialized' && data.gradingProgress === 'NotReady',
    score: { givenPoints, maximumPoints: data.scoreMaximum ?? 1, comment: data.comment ?? null, at: data.timestamp },
  };
}

/** Unix seconds of an ISO 8601 time; without a zone it is taken as UTC. NaN if it is none. */
function isoSeconds(text: string): number {
  const isIso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text);
  const hasZone = !text.includes('T') || /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  return isIso ? Math.floor(Date.parse(`${text.replace(',', '.')}${hasZone ? '' : 'Z'}`) / 1000) : NaN;
}
