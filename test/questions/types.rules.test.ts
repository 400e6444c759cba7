// The contract of every question type, run on the examples that each carries. A new type is tested by being registered.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import type { FieldReader, QuestionType } from '../../src/questions/question-type.ts';
import { asWritten, shuffled } from '../../src/questions/shuffle.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';

const types: readonly QuestionType[] = questionTypes;

const reader =
  (fields: Readonly<Record<string, readonly string[]>>): FieldReader =>
  (part) =>
    fields[part ?? ''] ?? [];

describe.each(types.map((type) => [type.name, type] as const))('A question of type %s', (_, type) => {
  for (const { about, details, otherKey, answers } of type.examples) {
    describe(about, () => {
      test('survives being stored', () => {
        const stored: unknown = JSON.parse(JSON.stringify(details));
        expect(type.details.parse(stored)).toEqual(details);
        expect(type.details.safeParse(otherKey).success).toBe(true);
      });

      test.each(answers)('$fields is answer $response worth $fraction', ({ fields, response, fraction }) => {
        expect(type.parseResponse(reader(fields), details, asWritten)).toEqual(response);
        if (response === null) return;
        expect(type.response.parse(JSON.parse(JSON.stringify(response)))).toEqual(response);
        if (type.marking !== 'automatic') return;
        expect(type.mark(details, response).fraction.toFraction()).toBe(new Fraction(fraction ?? NaN).toFraction());
      });

      test('looks the same to the student whatever its key is', () => {
        for (const { response } of answers) {
          expect(type.present(details, asWritten, response)).toEqual(type.present(otherKey, asWritten, response));
        }
      });

      test('tells its key from another one, and from what is only said to answers', () => {
        const withoutWords = JSON.parse(JSON.stringify(details), (name, value: unknown) =>
          name.startsWith('feedback') ? null : value,
        ) as unknown;
        expect(type.key(withoutWords)).toEqual(type.key(details));
        if (type.marking === 'automatic') expect(type.key(otherKey)).not.toEqual(type.key(details));
        else expect(type.key(details)).toBeNull();
      });
    });
  }

  test('takes any form body without throwing, and stores only what it can read back', () => {
    const values = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('0', '1', '99', '-1', 'true', '1e9', '\0', '\ud800')),
    );
    fc.assert(
      fc.property(fc.array(values, { minLength: 5, maxLength: 5 }), fc.string(), ([whole, ...parts], seed) => {
        for (const { details } of type.examples) {
          const fields: FieldReader = (part) => (part === null ? whole : parts[Number(part)]) ?? [];
          const response = type.parseResponse(fields, details, shuffled(seed));
          if (response === null) continue;
          const stored: unknown = JSON.parse(JSON.stringify(response));
          expect(type.response.parse(stored)).toEqual(response);
          expect(JSON.stringify(stored)).not.toMatch(/\\u0000|\\ud[89a-f]/);
          expect(type.mark(details, response).fraction.lte(1)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

test('every type is marked as something and carries an example', () => {
  expect(types.map(({ examples }) => examples.length)).not.toContain(0);
  expect(new Set(types.map(({ name }) => name)).size).toBe(types.length);
});
