// Reads a file that has been cut into questions, one after another, each with its own outcome.
import type { Question } from '../question.ts';
import type { Problem, ReadResult } from './format.ts';
import { trimmed } from './fragment.ts';
import type { Fragment } from './fragment.ts';

/** The most questions, good and bad together, that are read from one file. */
export const maximumQuestions = 5000;

export type BlockOutcome = { ok: true; question: Question } | { ok: false; problem: Problem };

/** Every question that `readOne` can read, and what it says of the others; what is beyond the maximum is one problem. */
export function readBlocks(blocks: readonly Fragment[], readOne: (block: Fragment) => BlockOutcome): ReadResult {
  const result: ReadResult = { questions: [], problems: [] };
  for (const block of blocks.slice(0, maximumQuestions).map(trimmed)) {
    const outcome = readOne(block);
    if (outcome.ok) result.questions.push({ line: block.line, question: outcome.question });
    else result.problems.push(outcome.problem);
  }
  const beyond = blocks[maximumQuestions];
  if (beyond) {
    const params = { maximum: maximumQuestions };
    result.problems.push({ line: trimmed(beyond).line, code: 'too-many-questions', params });
  }
  return result;
}
