// A question without what its author says to answers, whatever its type.
import { expect, test } from '@jest/globals';
import { questionSchema } from '../../src/questions/question.ts';
import type { QuestionType } from '../../src/questions/question-type.ts';
import { silentQuestion } from '../../src/questions/silent-question.ts';
import { whatMarks } from '../../src/questions/same-question.ts';
import { asWritten } from '../../src/questions/shuffle.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';

const types: readonly QuestionType[] = questionTypes;
const secret = 'Said to an answer';

test.each(types.map((type) => [type.name, type] as const))(
  'A silent %s marks as before and says nothing',
  (name, type) => {
    for (const { details, answers, text = { format: 'plain', source: 'Text' } } of type.examples) {
      // Every feedback there is says something.
      const loud: unknown = JSON.parse(
        JSON.stringify(details, (key, value: unknown) =>
          key.startsWith('feedback') ? { format: 'plain', source: secret } : value,
        ),
      );
      const question = questionSchema.parse({
        type: name,
        name,
        text,
        generalFeedback: null,
        points: '1',
        details: loud,
      });
      const silent = silentQuestion(question);
      expect(whatMarks(silent)).toBe(whatMarks(question));
      for (const { response } of answers) {
        expect(JSON.stringify(type.review(silent.details, asWritten, response))).not.toContain(secret);
      }
    }
  },
);
