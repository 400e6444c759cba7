// What was done with questions, for rules without a database.
import type { Certainty } from '../../src/questions/behaviours/behaviour.ts';
import { noWork, type AskingRule, type QuestionWork } from '../../src/questions/behaviours/work.ts';

/** Everything is marked at handing in. */
export const deferredRule: AskingRule = { behaviour: 'deferred', penalty: '1/3' };

/** An answer that stands, and was never checked; null: none. */
export function answered(response: unknown, certainty: Certainty | null = null): QuestionWork {
  return { ...noWork, saved: response === null ? null : { response, certainty } };
}

/** Answers by position, none of them checked. */
export function allAnswered(responses: ReadonlyMap<number, unknown>): Map<number, QuestionWork> {
  return new Map([...responses].map(([position, response]) => [position, answered(response)]));
}
