// What a behaviour is: when the answer to a question is marked, how often it may be, and what its marks make together. It knows
// shares, not types: whatever a machine marks can be asked in any of them.
import type Fraction from 'fraction.js';

/** How sure a learner says to be: 1 not very, 2 fairly, 3 very. */
export const certainties = [1, 2, 3] as const;
export type Certainty = (typeof certainties)[number];

/** One answer as it counts. */
export interface MarkedTry {
  /** Exact share of the question's points, from 0 to 1, before the behaviour has its say. */
  share: Fraction;
  /** Null where nobody asked, or nothing was chosen. */
  certainty: Certainty | null;
}

/** What a question earns in the end. */
export interface Settled {
  /** Exact share of its points. From 0 to 1, but from -6 to 3 where certainty counts. */
  share: Fraction;
  /** That of the answer which decided, before penalties and certainty: whether that was right. */
  answerShare: Fraction;
}

/** All that was done with one question. */
export interface Tries {
  /** In order, each different from all before it. */
  checked: readonly MarkedTry[];
  /** What stands in the form; null for nothing. `isChecked`: one of the checked ones is the same answer. */
  saved: (MarkedTry & { isChecked: boolean }) | null;
}

export interface Behaviour<Name extends string = string> {
  name: Name;
  /** Whether each question is checked by itself while the attempt is open. */
  hasChecks: boolean;
  asksCertainty: boolean;
  /** Whether a wrong try costs something. */
  hasPenalty: boolean;
  /** How often a question may be checked; null: as often as one likes. @param hintCount how many hints its author gave */
  mostChecks(hintCount: number): number | null;
  /**
   * What a question earns, by the key of the marks that are handed in: recorded tries, marked again, give the same.
   *
   * @param rule.penalty exact share that a wrong try costs
   * @param rule.mostChecks as above
   */
  settle(tries: Tries, rule: { penalty: Fraction; mostChecks: number | null }): Settled;
}
