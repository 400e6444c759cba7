// Sections and draws: what an attempt is given, and that it is always worth the same.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { askedVersion } from '../../src/attempts/asked.ts';
import { attemptScore } from '../../src/attempts/attempt.ts';
import type { Question } from '../../src/questions/question.ts';
import { drawQuestions } from '../../src/quizzes/draw-questions.ts';
import { askedCount, maximumPoints } from '../../src/quizzes/extent.ts';
import { isAnswerable, placedQuestions } from '../../src/quizzes/quiz.ts';
import { readStructure } from '../../src/quizzes/structure-form.ts';
import { structureProblems } from '../../src/quizzes/structure-problems.ts';
import {
  isInAnyDraw,
  isInDraw,
  noStructure,
  structureSchema,
  withoutUnready,
  type BuiltQuiz,
  type Draw,
  type QuizStructure,
} from '../../src/quizzes/structure.ts';
import { choice, versionOf } from '../support/gradings.ts';

const text = { format: 'plain' as const, source: 'Text' };
const common = { name: 'Name', text, generalFeedback: null };
const essay: Question = { ...common, type: 'essay', points: '5', details: {} };
const description: Question = { ...common, type: 'description', points: '0', details: {} };

const tags = fc.uniqueArray(fc.constantFrom('kinematika', 'dinamika', 'optika'), { maxLength: 3 });
const question = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('1', '2', '1/3').map((points) => choice('Capital', 0, points)) },
      { weight: 1, arbitrary: fc.constantFrom(essay, description) },
    ),
    tags,
  )
  .map(([one, own]): Question => ({ ...one, tags: own }));
const draw = fc.record<Draw>({
  count: fc.integer({ min: 1, max: 3 }),
  tags: fc.uniqueArray(fc.constantFrom('Kinematika', 'dinamika ', 'optika'), { minLength: 1, maxLength: 2 }),
  match: fc.constantFrom('any', 'all'),
  points: fc.constantFrom('1', '2.5', '1/3'),
});
const sections = fc
  .uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 })
  .map((starts) => starts.sort((one, other) => one - other))
  .chain((starts) =>
    fc.tuple(
      ...starts.map((from) =>
        fc.record({ title: fc.constantFrom('', 'Optika'), from: fc.constant(from), isShuffled: fc.boolean() }),
      ),
    ),
  );

/** Quizzes that can be published. */
const quizzes = fc
  .record({
    questions: fc.array(question, { minLength: 3, maxLength: 10 }),
    structure: fc.record({ sections, draws: fc.array(draw, { maxLength: 3 }) }),
    marksByHand: fc.boolean(),
  })
  .filter((quiz) => structureProblems(quiz).length === 0)
  .map(({ questions, ...built }) => ({ ...versionOf(1, questions), ...built }));

test('A draw gives as many as it says, of its tags, marked in that quiz, and no question twice', () => {
  fc.assert(
    fc.property(quizzes, fc.string(), (quiz, seed) => {
      const drawn = drawQuestions(quiz, seed);
      expect(drawn.map(({ length }) => length)).toEqual(quiz.structure.draws.map(({ count }) => count));
      expect(new Set(drawn.flat()).size).toBe(drawn.flat().length);
      for (const [index, positions] of drawn.entries()) {
        for (const position of positions) {
          expect(isInDraw(quiz.questions[position]!, quiz.structure.draws[index]!, quiz)).toBe(true);
        }
      }
    }),
  );
});

test('The same seed gives the same draw, and other seeds give every question its turn', () => {
  fc.assert(
    fc.property(quizzes, fc.string(), (quiz, seed) => {
      expect(drawQuestions(quiz, seed)).toEqual(drawQuestions(quiz, seed));
    }),
  );
  const quiz = tagged([['a'], ['a'], ['a'], ['a'], ['a']], [{ count: 2, tags: ['a'], match: 'any', points: '1' }]);
  const given = Array.from({ length: 50 }, (_, seed) => drawQuestions(quiz, String(seed))[0]);
  expect(new Set(given.flat())).toEqual(new Set([0, 1, 2, 3, 4]));
});

test('Unseen questions come first: no way to fill the draws has fewer that were seen', () => {
  fc.assert(
    fc.property(quizzes, fc.string(), fc.array(fc.boolean(), { maxLength: 10 }), (quiz, seed, seen) => {
      const isSeen = (position: number) => seen[position] ?? false;
      const drawn = drawQuestions(quiz, seed, (position) => Number(isSeen(position))).flat();
      const fewest = fewestSeen(quiz, isSeen);
      expect(drawn.filter(isSeen)).toHaveLength(fewest);
    }),
  );
});

test('Every attempt asks as many questions as the quiz says, for as many points, whatever is drawn', () => {
  fc.assert(
    fc.property(quizzes, fc.string(), (quiz, seed) => {
      const attempt = { seed, drawn: quiz.structure.draws.length > 0 ? drawQuestions(quiz, seed) : null };
      const asked = askedVersion(attempt, quiz, new Map());
      expect(asked.questions.filter((one) => isAnswerable(one.question))).toHaveLength(askedCount(quiz));
      const { maximumPoints: most } = attemptScore(asked, new Map(), new Map());
      expect(most.equals(maximumPoints(quiz))).toBe(true);
      // What is in no draw is asked always; of what is, only what was drawn.
      const drawn = new Set(attempt.drawn?.flat());
      const positions = quiz.questions.flatMap((one, position) =>
        !isInAnyDraw(one, quiz) || drawn.has(position) ? [position] : [],
      );
      expect(asked.questions.map(({ position }) => position)).toEqual(positions);
    }),
  );
});

test('Two draws share what has the tags of both, as far as each needs it', () => {
  const draws: Draw[] = [
    { count: 2, tags: ['a'], match: 'any', points: '1' },
    { count: 1, tags: ['b'], match: 'any', points: '1' },
  ];
  const quiz = tagged([['a'], ['a', 'b'], ['a']], draws);
  for (let seed = 0; seed < 20; seed += 1) expect(drawQuestions(quiz, String(seed))).toEqual([[0, 2], [1]]);
});

test('No question leaves its section, and each heading stands once, before what is asked of its section', () => {
  fc.assert(
    fc.property(quizzes, fc.string(), (quiz, seed) => {
      const attempt = { seed, drawn: drawQuestions(quiz, seed) };
      const asked = askedVersion(attempt, quiz, new Map());
      const placed = placedQuestions(asked, seed);
      const sectionOf = (position: number) => asked.sections.findLastIndex(({ first }) => first <= position);
      const inSections = placed.map(({ position }) => sectionOf(position));
      expect(inSections).toEqual(inSections.toSorted((one, other) => one - other));
      placed.forEach(({ position, heading }, place) => {
        const section = asked.sections[sectionOf(position)]!;
        const isFirst = place === 0 || inSections[place - 1] !== inSections[place];
        expect(heading).toBe(isFirst && section.title !== '' ? section.title : null);
        const next = placed[place + 1];
        if (!section.isShuffled && next && inSections[place + 1] === inSections[place]) {
          expect(next.position).toBeGreaterThan(position);
        }
      });
    }),
  );
});

test('A section begins with what informs of its first question', () => {
  const questions = [choice('A', 0), description, choice('B', 0), description];
  const structure = { sections: [{ title: 'Second', from: 2, isShuffled: true }], draws: [] };
  const asked = askedVersion({ seed: 's', drawn: null }, { ...versionOf(1, questions), structure }, new Map());
  const headings = placedQuestions(asked, 's').map(({ heading }) => heading);
  expect(headings).toEqual([null, 'Second', null, null]);
});

describe('It cannot be published', () => {
  const one = (match: Draw['match'], count: number, ...own: string[]): Draw => ({
    count,
    tags: own,
    match,
    points: '1',
  });
  test.each<[string, Draw[], unknown[]]>([
    ['where a draw finds too few', [one('any', 4, 'a')], [{ code: 'too-few', there: 3 }]],
    ['where none has all the tags', [one('all', 1, 'a', 'c')], [{ code: 'too-few', there: 0 }]],
    ['where essays are counted on that nobody marks', [one('any', 1, 'essays')], [{ code: 'too-few', there: 0 }]],
    ['where draws want the same questions', [one('any', 3, 'a'), one('any', 2, 'b')], [{ code: 'shared', missing: 1 }]],
  ])('%s', (_what, draws, expected) => {
    const quiz = tagged([['a'], ['a', 'b'], ['a'], ['b']], draws);
    const withEssay = { ...quiz, questions: [...quiz.questions, { ...essay, tags: ['essays'] }] };
    expect(structureProblems(withEssay)).toMatchObject(expected);
    expect(structureProblems(withEssay)).toHaveLength(expected.length);
  });

  test('but where people mark, essays can be drawn', () => {
    const quiz = { ...tagged([['a']], [one('any', 1, 'essays')]), marksByHand: true };
    expect(structureProblems({ ...quiz, questions: [...quiz.questions, { ...essay, tags: ['essays'] }] })).toEqual([]);
  });

  test('where a section begins behind the last question', () => {
    const quiz = tagged([['a'], []], []);
    const at = (from: number) => ({ ...noStructure, sections: [{ title: 'Late', from, isShuffled: true }] });
    expect(structureProblems({ ...quiz, structure: at(2) })).toEqual([]);
    expect(structureProblems({ ...quiz, structure: at(3) })).toEqual([
      { code: 'no-such-question', title: 'Late', from: 3 },
    ]);
  });
});

test('A section keeps its questions where unfinished ones are left out of what is published', () => {
  const starts = (...froms: number[]): QuizStructure => ({
    sections: froms.map((from) => ({ title: `From ${from}`, from, isShuffled: true })),
    draws: [],
  });
  const published = (structure: QuizStructure, ready: boolean[]) =>
    withoutUnready(structure, ready).sections.map(({ title, from }) => [title, from]);
  expect(published(starts(1, 3), [true, false, true])).toEqual([
    ['From 1', 1],
    ['From 3', 2],
  ]);
  // A section of nothing but unfinished questions is none.
  expect(published(starts(1, 3), [false, false, true])).toEqual([['From 3', 1]]);
});

describe('The form is read leniently', () => {
  test('empty rows are none, and gaps in the numbering do not matter', () => {
    expect(readStructure({})).toEqual(noStructure);
    expect(readStructure(undefined)).toEqual(noStructure);
    const sent = {
      'section.0.title': '',
      'section.0.from': '',
      'section.0.order': 'shuffled',
      'section.2.title': ' Optika ',
      'section.2.from': '4',
      'section.2.order': 'as-written',
      'section.1.from': '1',
      'draw.0.tags': '',
      'draw.0.match': 'any',
      'draw.3.tags': 'kinematika, Kinematika ,dinamika',
      'draw.3.match': 'all',
      'draw.3.count': '3',
      'draw.3.points': '2,5',
    };
    expect(readStructure(sent)).toEqual({
      sections: [
        { title: '', from: 1, isShuffled: true },
        { title: 'Optika', from: 4, isShuffled: false },
      ],
      draws: [{ count: 3, tags: ['Kinematika', 'dinamika'], match: 'all', points: '2.5' }],
    });
  });

  test('whatever is sent, what is kept can be stored', () => {
    const name = fc.tuple(
      fc.constantFrom('section', 'draw'),
      fc.nat(4),
      fc.constantFrom('title', 'from', 'order', 'count', 'tags', 'match', 'points'),
    );
    const value = fc.oneof(fc.string(), fc.nat(12).map(String), fc.constant('a, b'), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (fields) => {
        const structure = readStructure(Object.fromEntries(fields.map(([parts, sent]) => [parts.join('.'), sent])));
        expect(structureSchema.parse(structure)).toEqual(structure);
      }),
    );
  });
});

function tagged(all: string[][], draws: Draw[]) {
  const questions = all.map((own, index): Question => ({ ...choice(`Question ${index}`, 0), tags: own }));
  return { ...versionOf(1, questions), structure: { sections: [], draws } };
}

/** By trying every way. */
function fewestSeen(quiz: BuiltQuiz, isSeen: (position: number) => boolean): number {
  const { questions } = quiz;
  const slots = quiz.structure.draws.flatMap((one) => Array.from({ length: one.count }, () => one));
  const best = (slot: number, taken: ReadonlySet<number>): number => {
    const one = slots[slot];
    if (!one) return 0;
    const ways = questions.flatMap((own, position) =>
      !taken.has(position) && isInDraw(own, one, quiz)
        ? [Number(isSeen(position)) + best(slot + 1, new Set([...taken, position]))]
        : [],
    );
    return Math.min(Infinity, ...ways);
  };
  return best(0, new Set());
}
