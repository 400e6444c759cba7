// A question whose author says nothing to answers, for who may see the key but not that.
import { questionSchema, type Question } from './question.ts';

/** The same question without the feedback to single answers, whatever its type: every member that is called `feedback…` is null. */
export function silentQuestion(question: Question): Question {
  const details: unknown = JSON.parse(
    JSON.stringify(question.details, (name, value: unknown) => (name.startsWith('feedback') ? null : value)),
  );
  return questionSchema.parse({ ...question, details });
}
