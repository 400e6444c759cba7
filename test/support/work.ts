// What was done with questions, for rules without a database.
import Fraction from 'fraction.js';
import type { Certainty } from '../../src/questions/behaviours/behaviour.ts';
import type { AskingRule, QuestionWork } from '../../src/questions/behaviours/work.ts';

/** Everything is marked at handing in. */
export const deferredRule: AskingRule = { behaviour: 'deferred', penalty: '1/3' };

/** An answer that stands, and was never checked; null: none. */
export function answered(response: unknown, certainty: Certainty | null = null): QuestionWork {
  return { saved: response === null ? null : { response, certainty }, checks: [] };
}

/** Answers by position, none of them checked. */
export function allAnswered(responses: ReadonlyMap<number, unknown>): Map<number, QuestionWork> {
  return new Map([...responses].map(([position, response]) => [position, answered(response)]));
}

/** Answers that were checked in this order, the last of which stands; what was told of them is left open. */
export function checkedInTurn(responses: readonly unknown[], certainty: Certainty | null = null): QuestionWork {
  const checks = responses.map((response) => ({ response, certainty, fraction: new Fraction(0) }));
  return { saved: checks.at(-1) ?? null, checks };
}
