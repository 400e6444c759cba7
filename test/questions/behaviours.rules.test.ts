// What tries at a question earn, behaviour by behaviour: tables with their source, and what holds for any tries.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import type { Certainty } from '../../src/questions/behaviours/behaviour.ts';
import { withCertainty } from '../../src/questions/behaviours/certainty.ts';
import { behaviours, type BehaviourName } from '../../src/questions/behaviours/registry.ts';
import {
  checksLeft,
  isCheckable,
  isClosed,
  markWork,
  noWork,
  wasChecked,
  type AnswerCheck,
  type QuestionWork,
} from '../../src/questions/behaviours/work.ts';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import type { QuestionType } from '../../src/questions/question-type.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';
import { answered } from '../support/work.ts';

const text = { format: 'plain', source: 'Which?' };

/** Moodle's short answer of its tests: frog is right, toad worth 0.8, anything else nothing. */
const animal = (hintCount: number, penalty?: string, right = 'frog'): Question =>
  questionSchema.parse({
    ...{ type: 'single-choice', name: 'animal', text, generalFeedback: null, points: '6', penalty },
    hints: Array.from({ length: hintCount }, (_, index) => ({
      text: { format: 'plain', source: `Hint ${index + 1}` },
    })),
    details: {
      options: ['frog', 'toad', 'bee', 'owl'].map((name) => ({
        text: { format: 'plain', source: name },
        weight: name === right ? '1' : name === 'toad' ? '4/5' : '0',
        feedback: null,
      })),
    },
  });
const animals = ['frog', 'toad', 'bee', 'owl'];
const response = (name: string) => ({ choice: animals.indexOf(name) });

/** As the product records it: the same answer is no second check, and a closed question takes none. */
function played(
  question: Question,
  behaviour: BehaviourName,
  tries: readonly { name: string; certainty?: Certainty }[],
  standing?: string,
): QuestionWork {
  const rule = { behaviour, penalty: '1/3' };
  let work: QuestionWork = noWork;
  for (const { name, certainty = null } of tries) {
    if (isClosed(question, work, rule) || wasChecked(response(name), work.checks)) continue;
    const given = { response: response(name), certainty };
    if (!isCheckable(question, rule)) {
      work = { ...noWork, saved: given };
      continue;
    }
    const fraction = markQuestion({ ...question, points: '1' }, given.response).points;
    const check: AnswerCheck = { ...given, fraction };
    work = { ...work, saved: given, checks: [...work.checks, check] };
  }
  if (standing === undefined || isClosed(question, work, rule)) return work;
  return { ...work, saved: { response: response(standing), certainty: null } };
}

const pointsOf = (question: Question, behaviour: BehaviourName, work: QuestionWork) =>
  markWork(question, work, { behaviour, penalty: '1/3' }).points.toFraction();

/** What was checked, what stood at handing in, hints, penalty, points of 6, and where that comes from. */
type TriesRow = [string[], string | undefined, number, string, string, string];

describe('Several tries', () => {
  test.each<TriesRow>([
    [['frog'], undefined, 2, '1/3', '6', 'interactive: process_submit, right at once'],
    [['bee', 'frog'], undefined, 2, '1/3', '4', 'interactive: adjust_fraction, one penalty'],
    [['bee', 'owl', 'frog'], undefined, 2, '1/3', '2', 'interactive: adjust_fraction, two penalties'],
    [['bee', 'owl', 'toad'], undefined, 2, '1/3', '4/5', 'interactive: the last try counts, 0.8 − 2/3'],
    [['bee', 'owl', 'toad', 'frog'], undefined, 2, '1/3', '4/5', 'interactive: process_submit, finished is finished'],
    [['bee', 'owl'], undefined, 1, '1/3', '0', 'interactive: hints + 1 tries, the last one wrong'],
    [['toad'], undefined, 2, '1/3', '14/5', 'interactive: process_finish after a wrong try, 0.8 − 1/3'],
    [['bee'], 'frog', 2, '1/3', '4', 'interactive: process_finish marks what stands'],
    [['bee', 'owl', 'frog'], undefined, 2, '1/2', '0', 'interactive: max(fraction, 0)'],
    [['bee', 'frog'], undefined, 2, '0', '6', 'a penalty of 0 costs nothing'],
    [[], 'toad', 2, '1/3', '24/5', 'interactive: process_finish without a try'],
    [['bee', 'bee', 'frog'], undefined, 2, '1/3', '4', 'the same answer again is no try (here; Moodle counts it)'],
    [['bee', 'owl', 'frog'], undefined, 0, '1/3', '2', 'three tries where there is no hint (here; Moodle gives one)'],
  ])('%p and then %p with %i hints at %s make %s of 6: %s', (tries, standing, hints, penalty, points) => {
    const question = animal(hints, penalty);
    const work = played(
      question,
      'several-tries',
      tries.map((name) => ({ name })),
      standing,
    );
    expect(pointsOf(question, 'several-tries', work)).toBe(points);
  });

  test('end with the first right one and the last one allowed, and say how many are left', () => {
    const rule = { behaviour: 'several-tries', penalty: '1/3' } as const;
    const question = animal(2);
    const after = (...names: string[]) =>
      played(
        question,
        'several-tries',
        names.map((name) => ({ name })),
      );
    expect(checksLeft(question, after(), rule)).toBe(3);
    expect(isClosed(question, after('bee', 'owl'), rule)).toBe(false);
    expect(checksLeft(question, after('bee', 'owl'), rule)).toBe(1);
    expect(isClosed(question, after('bee', 'owl', 'toad'), rule)).toBe(true);
    expect(isClosed(question, after('frog'), rule)).toBe(true);
  });

  test('are marked anew by a corrected key: who was right at the first one after all has all the points', () => {
    const question = animal(2);
    const work = played(question, 'several-tries', [{ name: 'bee' }, { name: 'frog' }]);
    expect(pointsOf(animal(2, undefined, 'bee'), 'several-tries', work)).toBe('6');
    expect(pointsOf(animal(2, undefined, 'owl'), 'several-tries', work)).toBe('0');
    // It stays closed, for its learner has seen what was the right answer.
    const rule = { behaviour: 'several-tries', penalty: '1/3' } as const;
    expect(isClosed(animal(2, undefined, 'owl'), work, rule)).toBe(true);
  });
});

describe('The adaptive behaviour', () => {
  test.each([
    [['bee', 'frog'], undefined, '1/3', '4', 'test_adaptive_multichoice: 3 × (1 − penalty)'],
    [['toad'], undefined, '1/3', '24/5', 'test_adaptive_shortanswer_partially_right: 0.8'],
    [
      ['toad', 'bee'],
      undefined,
      '1/3',
      '24/5',
      'test_adaptive_shortanswer_partially_right: a worse one takes nothing back',
    ],
    [
      ['toad', 'bee', 'frog'],
      undefined,
      '1/3',
      '24/5',
      'test_adaptive_shortanswer_partially_right: 1 − 2/3 is less than 0.8',
    ],
    [
      ['bee', 'bee', 'frog'],
      undefined,
      '1/3',
      '4',
      'test_adaptive_shortanswer_wrong_right_wrong: the same again changes nothing',
    ],
    [
      ['bee', 'owl', 'bee', 'frog'],
      undefined,
      '1/3',
      '2',
      'also where another was between (here; Moodle looks at the one before)',
    ],
    [['bee'], 'frog', '1/3', '4', 'process_finish: an unchecked answer is a new try'],
    [['toad'], 'toad', '1/3', '24/5', 'process_finish: the last try again is none'],
    [['bee', 'owl'], 'frog', '1/2', '0', 'never below 0'],
    [[], 'frog', '1/3', '6', 'process_finish without a try'],
  ])('with %p and then %p at %s makes %s of 6: %s', (...row) => {
    const [tries, standing, penalty, points] = row;
    const question = animal(0, penalty);
    const work = played(
      question,
      'adaptive',
      tries.map((name) => ({ name })),
      standing,
    );
    expect(pointsOf(question, 'adaptive', work)).toBe(points);
  });
});

describe('The immediate behaviour', () => {
  test('counts what was checked, and what stands where nothing was', () => {
    const question = animal(0);
    const checked = played(question, 'immediate', [{ name: 'toad' }, { name: 'frog' }], 'frog');
    expect(pointsOf(question, 'immediate', checked)).toBe('24/5');
    expect(pointsOf(question, 'immediate', answered(response('frog')))).toBe('6');
    expect(pointsOf(question, 'immediate', noWork)).toBe('0');
  });
});

describe('Certainty', () => {
  // Moodle: question/behaviour/deferredcbm/tests/question_cbm_test.php, every row of it.
  test.each([
    ['1', 1, '1'],
    ['1', 2, '2'],
    ['1', 3, '3'],
    ['0', 1, '0'],
    ['0', 2, '-2'],
    ['0', 3, '-6'],
    ['1/2', 1, '1/2'],
    ['1/2', 2, '1'],
    ['1/2', 3, '3/2'],
    ['-1/4', 1, '0'],
    ['-1/4', 2, '-2'],
    ['-1/4', 3, '-6'],
  ] as const)('makes of %s at %i %s', (share, certainty, expected) => {
    expect(withCertainty(new Fraction(share), certainty).toFraction()).toBe(expected);
  });

  test('counts as the lowest where none was chosen (Moodle: default_certainty), and nothing where nothing was answered', () => {
    const question = animal(0);
    for (const behaviour of ['deferred-certainty', 'immediate-certainty'] as const) {
      expect(pointsOf(question, behaviour, answered(response('frog')))).toBe('6');
      expect(pointsOf(question, behaviour, answered(response('bee')))).toBe('0');
      expect(pointsOf(question, behaviour, answered(response('bee'), 3))).toBe('-36');
      expect(pointsOf(question, behaviour, noWork)).toBe('0');
    }
  });

  test('pays most where one says it honestly: from two thirds on the second, from four fifths on the third', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (perMille) => {
        const expected = ([1, 2, 3] as const).map((certainty) => {
          const [right, wrong] = [new Fraction(1), new Fraction(0)].map((share) => withCertainty(share, certainty));
          return ((right?.valueOf() ?? 0) * perMille + (wrong?.valueOf() ?? 0) * (1000 - perMille)) / 1000;
        });
        const honest = perMille * 3 < 2000 ? 1 : perMille < 800 ? 2 : 3;
        expect(expected[honest - 1]).toBeGreaterThanOrEqual(Math.max(...expected) - 1e-9);
      }),
    );
  });
});

const anyTries = fc.record({
  behaviour: fc.constantFrom(...behaviours.map(({ name }) => name)),
  hints: fc.nat(4),
  penalty: fc.constantFrom('0', '1/10', '1/3', '1/2', '1'),
  tries: fc.array(fc.record({ name: fc.constantFrom(...animals), certainty: fc.constantFrom<Certainty>(1, 2, 3) }), {
    maxLength: 8,
  }),
  standing: fc.constantFrom(...animals),
});

describe('Whatever is tried', () => {
  test('points stay within the bounds of the behaviour', () => {
    fc.assert(
      fc.property(anyTries, ({ behaviour, hints, penalty, tries, standing }) => {
        const question = animal(hints, penalty);
        const asks = behaviours.find(({ name }) => name === behaviour)?.asksCertainty === true;
        const { points, maximum } = markWork(question, played(question, behaviour, tries, standing), {
          behaviour,
          penalty: '1/3',
        });
        expect(points.gte(asks ? maximum.mul(-6) : 0) && points.lte(asks ? maximum.mul(3) : maximum)).toBe(true);
      }),
    );
  });

  test('another try never earns more than the right answer at once, less a penalty for every wrong one before', () => {
    fc.assert(
      fc.property(anyTries, ({ hints, penalty, tries, standing }) => {
        for (const behaviour of ['several-tries', 'adaptive'] as const) {
          const question = animal(hints, penalty);
          const work = played(question, behaviour, tries, standing);
          const firstPartly = work.checks.findIndex(({ fraction }) => fraction.gt(0));
          const before = firstPartly === -1 ? work.checks.length : firstPartly;
          const most = new Fraction(1).sub(new Fraction(penalty).mul(before));
          const bound = most.lt(0) ? new Fraction(0) : most;
          expect(new Fraction(pointsOf(question, behaviour, work)).lte(bound.mul(6))).toBe(true);
        }
      }),
    );
  });

  test('recorded tries give the same points again, whatever was told of them', () => {
    fc.assert(
      fc.property(anyTries, ({ behaviour, hints, penalty, tries, standing }) => {
        const question = animal(hints, penalty);
        const work = played(question, behaviour, tries, standing);
        const retold = { ...work, checks: work.checks.map((check) => ({ ...check, fraction: new Fraction(1, 7) })) };
        expect(pointsOf(question, behaviour, retold)).toBe(pointsOf(question, behaviour, work));
      }),
    );
  });

  test('a question that is closed takes no more tries, and the number of tries is never more than allowed', () => {
    fc.assert(
      fc.property(anyTries, ({ behaviour, hints, penalty, tries }) => {
        const question = animal(hints, penalty);
        const { checks } = played(question, behaviour, tries);
        const most = checksLeft(question, noWork, { behaviour, penalty });
        expect(most === null || checks.length <= most).toBe(true);
        expect(checks.slice(0, -1).some(({ fraction }) => fraction.equals(1))).toBe(false);
      }),
    );
  });
});

const types: readonly QuestionType[] = questionTypes;
describe.each(types.map((type) => [type.name, type] as const))('A question of the type %s', (name, type) => {
  const cases = type.examples.flatMap(({ details, answers, text: own = text }) =>
    answers.map(({ response: given }) => ({
      question: questionSchema.parse({ type: name, name, text: own, generalFeedback: null, points: '3', details }),
      given,
    })),
  );

  test('is asked in every behaviour as in any, or in none differently', () => {
    for (const { question, given } of cases) {
      const deferred = markQuestion(question, given);
      for (const { name: behaviour, hasChecks, asksCertainty } of behaviours) {
        const rule = { behaviour, penalty: '1/3' };
        expect(isCheckable(question, rule)).toBe(hasChecks && type.marking === 'automatic');
        const marked = markWork(question, answered(given), rule);
        expect(marked.state).toBe(deferred.state);
        if (!asksCertainty) expect(marked.points.equals(deferred.points)).toBe(true);
      }
    }
  });
});
