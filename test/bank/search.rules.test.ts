// What is looked for in a bank, and how outcomes are written down.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { traitsOf } from '../../src/bank/bank-question.ts';
import { isNarrowed, readBankSearch, searchQuery, wordsWanted } from '../../src/bank/bank-search.ts';
import { readOutcomes, writeOutcomes } from '../../src/bank/outcomes.ts';
import type { Question } from '../../src/questions/question.ts';
import { anyQuestion } from '../questions/any-question.ts';

const plain = (source: string) => ({ format: 'plain' as const, source });
const isFound = (question: Question, text: string) => {
  const { words } = traitsOf(question);
  return wordsWanted({ text }).every((word) => words.includes(word));
};

const matching: Question = {
  type: 'matching',
  name: 'Birliklar',
  text: { format: 'html', source: '<p>Kattalik va <b>oʻlchov</b> birligini moslang</p>' },
  generalFeedback: plain('СИ системаси'),
  points: '2',
  tags: ['SI', 'Mexanika'],
  details: {
    pairs: [
      { left: plain('Kuch'), right: 'Nyuton' },
      { left: plain('Ish'), right: 'Joul' },
    ],
    distractors: ['Gʻalvir'],
  },
};

describe('A question is found', () => {
  test.each([
    ['by a word of its text, without the markup', 'oʻlchov'],
    ['by another apostrophe', "o'lchov"],
    ['by none', 'olchov'],
    ['in capitals', 'KATTALIK'],
    ['by part of a word', 'kattal'],
    ['by several words in any order', 'moslang kuch birliklar'],
    ['by the right side of a pair', 'nyuton'],
    ['by a choice that belongs to nothing', 'galvir'],
    ['by a tag', 'mexanika'],
    ['by Cyrillic feedback', 'система'],
    ['by Cyrillic letters typed for the Latin ones that they look like', 'Кuсh'],
    ['when nothing is typed', '   '],
  ])('%s', (_, text) => {
    expect(isFound(matching, text)).toBe(true);
  });

  test.each(['<b>', 'energiya', 'kuch energiya', '%', '_'])('not by what it does not say: %s', (text) => {
    expect(isFound(matching, text)).toBe(false);
  });

  test('by Kyrgyz letters as a Russian keyboard has them', () => {
    expect(isFound({ ...matching, text: plain('Өлкөнүн борбору') }, 'олконун')).toBe(true);
  });

  test('by its own name, whatever its type', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        expect(isFound(question, question.name)).toBe(true);
        expect(traitsOf(question).asked).toMatch(/^[0-9a-f]{64}$/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('A search', () => {
  test('can be kept as a link, page apart', () => {
    const search = readBankSearch({
      text: ' kuch ',
      tag: 'SI',
      type: 'numeric',
      difficulty: 'hard',
      use: 'unused',
      before: '9',
    });
    expect(search).toMatchObject({ text: 'kuch', tag: 'SI', before: 9 });
    expect(readBankSearch(Object.fromEntries(new URLSearchParams(searchQuery(search))))).toEqual({
      ...search,
      before: null,
    });
    expect(isNarrowed(search)).toBe(true);
    expect(isNarrowed(readBankSearch({ before: '9' }))).toBe(false);
  });

  test('never fails, whatever the address says', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('text', 'tag', 'type', 'before', 'outcome', 'x'), fc.anything()),
        (sent) => {
          expect(wordsWanted(readBankSearch(sent)).length).toBeLessThanOrEqual(10);
        },
      ),
    );
    expect(isNarrowed(readBankSearch(undefined))).toBe(false);
  });
});

describe('Outcomes', () => {
  test('are read a line each, the code first', () => {
    expect(
      readOutcomes(
        'LO1 Solves problems\r\n\n  LO2: Explains energy\nON3) Impuls\nLO4\tUnits\nLO5\n1.2. Measures – with care',
      ),
    ).toEqual([
      { code: 'LO1', text: 'Solves problems' },
      { code: 'LO2', text: 'Explains energy' },
      { code: 'ON3', text: 'Impuls' },
      { code: 'LO4', text: 'Units' },
      { code: 'LO5', text: '' },
      { code: '1.2', text: 'Measures – with care' },
    ]);
  });

  test('come back as they were written', () => {
    const typed = 'LO1 Solves problems\nLO2 Explains energy\nLO3';
    expect(writeOutcomes(readOutcomes(typed))).toBe(typed);
    expect(readOutcomes('A one\nA two')).toEqual([{ code: 'A', text: 'two' }]);
    fc.assert(
      fc.property(fc.string(), (anything) => {
        const once = readOutcomes(anything);
        expect(readOutcomes(writeOutcomes(once)).map(({ code }) => code)).toEqual(once.map(({ code }) => code));
      }),
    );
  });
});
