// How it stands with the LMS's list of a course, in one word that the page has a sentence for.

/** What came of asking, as it is kept with the course. */
export const rosterOutcomes = ['read', 'not-allowed', 'unavailable', 'unreadable', 'empty'] as const;

export type AskedOutcome = (typeof rosterOutcomes)[number];

/** As the database has it. */
export interface RosterState {
  /** Whether the LMS said where its list is. */
  isOffered: boolean;
  askedAt: Date | null;
  /** Null while nobody knows yet. */
  outcome: string | null;
  /** Of when the list is that we have. */
  readAt: Date | null;
}

export type RosterStanding = 'not-offered' | 'never-asked' | 'under-way' | AskedOutcome;

/** Longer than any asking takes: the LMS has half a minute for its list, twice if it refuses our token. */
const longestMs = 2 * 60 * 1000;

/** A process that asked and was ended left no word: after two minutes that is as good as no answer. */
export function rosterStanding({ isOffered, askedAt, outcome }: RosterState, now: Date): RosterStanding {
  if (!isOffered) return 'not-offered';
  if (askedAt === null) return 'never-asked';
  const known = rosterOutcomes.find((one) => one === outcome);
  if (known) return known;
  return now.getTime() - askedAt.getTime() < longestMs ? 'under-way' : 'unavailable';
}

/** Whether the list that was read last had somebody. @param readAt of when that list is; null: none was ever read */
export function isOnList({ rosterSeenAt }: { rosterSeenAt: Date | null }, readAt: Date | null): boolean {
  return readAt !== null && rosterSeenAt?.getTime() === readAt.getTime();
}
