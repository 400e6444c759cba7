import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { questionSchema } from '../../src/questions/question.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';
import { anyQuestionOf, everyType, meaningOf } from './any-question.ts';

test('Questions are made up of every type there is', () => {
  expect(everyType.toSorted()).toEqual(questionTypes.map(({ name }) => name).toSorted());
});

test.each(everyType.map((type) => [type]))('Whatever is made up of type %s can be stored', (type) => {
  fc.assert(
    fc.property(anyQuestionOf(type), (question) => {
      expect(questionSchema.parse(JSON.parse(JSON.stringify(question)))).toEqual(question);
    }),
    { numRuns: 50 },
  );
});

test('A question means the same however its numbers are written, and another if it is shown otherwise', () => {
  const asked = { text: { format: 'plain', source: 'a < b' }, points: '0.5', value: '9,81' };
  expect(meaningOf(asked)).toEqual(
    meaningOf({ text: { format: 'html', source: '<p>a &lt; b</p>' }, points: '1/2', value: '9.81' }),
  );
  expect(meaningOf(asked)).not.toEqual(meaningOf({ ...asked, text: { format: 'html', source: '<b>a &lt; b</b>' } }));
});
