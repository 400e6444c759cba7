// What a ledger entry rests on, as people read it: which activities, what each gave, and by whose assessment.
import Fraction from 'fraction.js';
import type { Evidence } from '../evidence.ts';
import type { CreditPlan } from '../plan.ts';

/** By what an activity was assessed. `none`: it was not, but settled otherwise. */
export type EvidenceSource =
  | { kind: 'attempt'; placementId: number; number: number }
  | { kind: 'average'; placementId: number; numbers: readonly number[] }
  | { kind: 'mark' }
  | { kind: 'none' };

export interface ReadableActivity {
  /** As the plan had it; its key where the plan has it no more. */
  title: string;
  state: string;
  points: Fraction;
  /** Null where the plan does not know it. */
  maximumPoints: Fraction | null;
  source: EvidenceSource;
}

export interface ReadableEvidence {
  points: Fraction;
  maximumPoints: Fraction;
  grade: string | null;
  activities: readonly ReadableActivity[];
  /** Of a transfer: where the credits are from. */
  recognised: string | null;
}

/** @param plan under which it was entered */
export function readableEvidence(evidence: Evidence, { activities }: Pick<CreditPlan, 'activities'>): ReadableEvidence {
  return {
    points: new Fraction(evidence.points),
    maximumPoints: new Fraction(evidence.maximumPoints),
    grade: evidence.grade,
    activities: evidence.activities.map(({ key, state, points, source }) => {
      const planned = activities.find((activity) => activity.key === key);
      return {
        title: planned?.title ?? key,
        ...{ state, points: new Fraction(points), source: sourceIn(source) },
        maximumPoints: planned ? new Fraction(planned.points) : null,
      };
    }),
    recognised: evidence.recognised ?? null,
  };
}

/** As results.store.ts and counting-mark.ts write it: `attempt:12:3`, `attempt:12:1+2`, `mark:7`. */
function sourceIn(text: string | null): EvidenceSource {
  const [, placement, which = ''] = /^attempt:(\d+):(\d+(?:\+\d+)*)$/.exec(text ?? '') ?? [];
  if (placement !== undefined) {
    const placementId = Number(placement);
    const [number = 0, ...more] = which.split('+').map(Number);
    return more.length === 0
      ? { kind: 'attempt', placementId, number }
      : { kind: 'average', placementId, numbers: [number, ...more] };
  }
  return { kind: text?.startsWith('mark:') ? 'mark' : 'none' };
}
