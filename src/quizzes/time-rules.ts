// How long an attempt may take, and what becomes of one that is open when its time is over.

/**
 * `hand-in`: it is handed in as it is. `overtime`: it may be worked on for so many minutes more, and its teacher sees how many were
 * taken. `refuse`: what was not handed in by then counts for nothing, and has used up an attempt.
 */
export const overduePolicies = ['hand-in', 'overtime', 'refuse'] as const;
export type OverduePolicy = (typeof overduePolicies)[number];

export interface TimeRules {
  /** For one attempt; null: as long as one likes, and the other rules mean nothing. */
  timeLimitMinutes: number | null;
  overdue: OverduePolicy;
  /** Of `overtime`; null with the others. */
  overtimeMinutes: number | null;
  /** How long what was answered or handed in on time may take to reach us while its device has no network. */
  networkGraceSeconds: number;
}

/** What a new quiz has. */
export const newTimeRules: TimeRules = {
  timeLimitMinutes: null,
  overdue: 'hand-in',
  overtimeMinutes: null,
  networkGraceSeconds: 120,
};

/** Those of some settings, and nothing else of them. */
export function timeRulesOf({ timeLimitMinutes, overdue, overtimeMinutes, networkGraceSeconds }: TimeRules): TimeRules {
  return { timeLimitMinutes, overdue, overtimeMinutes, networkGraceSeconds };
}
