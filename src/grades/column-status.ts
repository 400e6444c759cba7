// Where the gradebook column of a placement is, in the words of this house. Pages turn them into the reader's.
import { lineItemScope } from '../lti/line-items.ts';

/** Why a column is not made without the LMS being asked; stands where otherwise the LMS's own words are. */
export const ownRefusals = ['scope-not-granted', 'not-offered', 'nothing-to-grade'] as const;
export type OwnRefusal = (typeof ownRefusals)[number];

/** `said` is the LMS's answer, at most 300 characters; empty where it gave none. */
export type ColumnStatus =
  | { state: 'present' | 'possible' | 'not-offered' | 'nothing-to-grade' | 'being-made' | 'waiting' }
  /** `outdated`: there is a column, but it did not take its quiz's new name or points. */
  | { state: 'refused' | 'outdated'; said: string };

/** As much of a placement and its column as the status follows from. */
export interface ColumnFacts {
  lineItemUrl: string | null;
  lineItemsUrl: string | null;
  gradebookScopes: readonly string[];
  /** Null where nobody has asked for a column and no version changed one. */
  column: {
    isWanted: boolean;
    revision: number;
    settledRevision: number;
    lastOutcome: 'settled' | 'unavailable' | 'refused' | null;
    lastDetail: string | null;
  } | null;
}

/** @param isGradable whether a quiz with points is published at the placement */
export function columnStatus(
  { lineItemUrl, lineItemsUrl, gradebookScopes, column }: ColumnFacts,
  isGradable: boolean,
): ColumnStatus {
  const isOwed = column !== null && column.settledRevision < column.revision;
  const said = column?.lastDetail ?? '';
  const isRefused = !isOwed && column?.lastOutcome === 'refused' && !ownRefusals.some((code) => code === said);
  if (lineItemUrl !== null) return isRefused ? { state: 'outdated', said } : { state: 'present' };
  if (lineItemsUrl === null || !gradebookScopes.includes(lineItemScope)) return { state: 'not-offered' };
  if (!isGradable) return { state: 'nothing-to-grade' };
  if (!column?.isWanted) return { state: 'possible' };
  if (isOwed) return { state: column.lastOutcome === 'unavailable' ? 'waiting' : 'being-made' };
  return isRefused ? { state: 'refused', said } : { state: 'possible' };
}
