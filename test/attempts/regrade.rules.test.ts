// What a regrade does to whom, worked out without a database.
import { describe, expect, test } from '@jest/globals';
import { versionsWithEarlierKey } from '../../src/attempts/question-place.ts';
import { newRegradeForm, readRegradeForm, reasonProblem } from '../../src/attempts/regrade-form.ts';
import { regradedPeople } from '../../src/attempts/regrade-people.ts';
import { regradableQuestions, withOutcomes, type Gradings } from '../../src/attempts/regrade-questions.ts';
import { isIdle, planDigest, planRegrade } from '../../src/attempts/regrade.ts';
import { noWork } from '../../src/questions/behaviours/work.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { after, choice, chooseAll, gradingsOf, idOf, scoresOf, versionOf } from '../support/gradings.ts';

const essay = questionSchema.parse({
  ...{ type: 'essay', name: 'E', points: '5', details: {}, generalFeedback: null },
  text: { format: 'plain', source: 'E' },
});

/** Capital has a wrong key (0) in version 1 and the right one (1) in version 2; Sum is as it was. */
const wrongKey = versionOf(1, [choice('Capital', 0), choice('Sum', 2)]);
const rightKey = versionOf(2, [choice('Capital', 1), choice('Sum', 2)]);
/** Ada was right by the corrected key, Bek by the wrong one, Vali by neither. */
const ada = { personId: 1, versionId: 1, chosen: [1, 2] };
const bek = { personId: 2, versionId: 1, chosen: [0, 2] };
const vali = { personId: 3, versionId: 1, chosen: [null, 2] };
const class1 = gradingsOf([wrongKey, rightKey], [ada, bek, vali]);

describe.each([
  { choice: 'key', mayLower: false, scores: ['2 of 2', '2 of 2', '1 of 2'], effects: ['keeps', 'gains'] },
  { choice: 'key', mayLower: true, scores: ['2 of 2', '1 of 2', '1 of 2'], effects: ['loses', 'gains'] },
  { choice: 'full-points', mayLower: false, scores: ['2 of 2', '2 of 2', '2 of 2'], effects: ['gains', 'gains'] },
  { choice: 'dropped', mayLower: false, scores: ['1 of 1', '1 of 1', '1 of 1'], effects: ['gains', 'gains', 'same'] },
  { choice: 'as-it-is', mayLower: true, scores: ['1 of 2', '2 of 2', '1 of 2'], effects: [] },
  { choice: 'as-published', mayLower: true, scores: ['1 of 2', '2 of 2', '1 of 2'], effects: [] },
])('Choosing $choice, lowering: $mayLower', ({ choice: chosen, mayLower, scores, effects }) => {
  const plan = planRegrade(class1, { choices: new Map([[idOf(class1, 'Capital'), chosen]]), mayLower });

  test(`makes ${scores.join(', ')}`, () => {
    expect(scoresOf(after(class1, plan))).toEqual(scores);
  });

  test('shows who gains, who loses and who keeps', () => {
    const people = regradedPeople(class1.attempts, plan);
    expect(people.map(({ effect }) => effect).sort()).toEqual([...effects].sort());
    for (const { attempts, effect } of people) expect(attempts.some(({ isKept }) => isKept)).toBe(effect === 'keeps');
  });

  test('a second time changes nothing', () => {
    const again = after(class1, plan);
    expect(isIdle(planRegrade(again, { choices: new Map([[idOf(class1, 'Capital'), chosen]]), mayLower }))).toBe(true);
  });
});

describe('Of a question the page says', () => {
  const questions = (gradings: Gradings) =>
    withOutcomes(regradableQuestions(gradings), gradings).map(
      ({ question, choices, marking, answeredCount, fullCount }) => [
        question.name,
        choices.join(' '),
        marking,
        answeredCount,
        fullCount,
      ],
    );

  test('once for all versions, how often it was answered and with full points; corrected ones come first', () => {
    const turned = gradingsOf(
      [versionOf(1, wrongKey.questions.toReversed()), versionOf(2, rightKey.questions.toReversed())],
      [
        { ...ada, chosen: [2, 1] },
        { personId: 2, versionId: 2, chosen: [2, 1] },
      ],
    );
    expect(questions(turned)).toEqual([
      ['Capital', 'as-it-is key full-points dropped', 'as-published', 2, 1],
      ['Sum', 'as-it-is full-points dropped', 'as-published', 2, 2],
    ]);
  });

  test('how it is marked since it was decided, and what else may be chosen', () => {
    const dropped = after(class1, planRegrade(class1, { choices: chooseAll(class1, 'full-points'), mayLower: false }));
    expect(questions(dropped)).toEqual([
      ['Capital', 'as-it-is key dropped as-published', 'full-points', 2, 3],
      ['Sum', 'as-it-is dropped as-published', 'full-points', 3, 3],
    ]);
    const key = after(class1, planRegrade(class1, { choices: chooseAll(class1, 'key'), mayLower: false }));
    expect(questions(key)[0]).toEqual(['Capital', 'as-it-is full-points dropped as-published', 'key', 2, 1]);
  });

  test('nothing, where it is an essay that nobody marks, or only in versions that nobody handed in', () => {
    expect(questions(gradingsOf([versionOf(1, [essay])], [{ personId: 1, versionId: 1, chosen: [null] }]))).toEqual([]);
    expect(questions(gradingsOf([wrongKey, rightKey], []))).toEqual([]);
  });

  test('no corrected key, where the question reads otherwise now', () => {
    const other = versionOf(2, [choice('Capital of Kyrgyzstan', 1)]);
    expect(regradableQuestions(gradingsOf([wrongKey, other], [ada]))[0]?.choices).not.toContain('key');
  });

  test('the corrected key, chosen beforehand; and nothing else', () => {
    const { choices, mayLower } = newRegradeForm(regradableQuestions(class1));
    expect([...choices]).toEqual([[idOf(class1, 'Capital'), 'key']]);
    expect(mayLower).toBe(false);
  });
});

test('Of two questions that read the same, each is marked by the one that stands in its place now', () => {
  const before = versionOf(1, [choice('Twin', 0), choice('Twin', 0)]);
  const now = versionOf(2, [choice('Twin', 1), choice('Twin', 2)]);
  const gradings = gradingsOf([before, now], [{ personId: 1, versionId: 1, chosen: [1, 2] }]);
  const plan = planRegrade(gradings, { choices: chooseAll(gradings, 'key'), mayLower: false });
  expect(scoresOf(after(gradings, plan))).toEqual(['2 of 2']);
});

test('A question keeps the points that it had, whatever it is worth now', () => {
  const gradings = gradingsOf([wrongKey, versionOf(2, [choice('Capital', 1, '10')])], [ada]);
  const plan = planRegrade(gradings, { choices: chooseAll(gradings, 'key'), mayLower: false });
  expect(scoresOf(after(gradings, plan))).toEqual(['2 of 2']);
});

test('A decision holds for attempts that are still to be handed in, also at the version that stands there now', () => {
  const plan = planRegrade(class1, { choices: new Map([[idOf(class1, 'Capital'), 'dropped']]), mayLower: false });
  expect(plan.corrections.map(({ quizVersionId, position }) => [quizVersionId, position])).toEqual([
    [2, 0],
    [1, 0],
  ]);
});

test('What is decided already in one version is not decided again there', () => {
  const half: Gradings = { ...class1, corrections: new Map([[1, new Map([[0, { kind: 'dropped' }]])]]) };
  const plan = planRegrade(half, { choices: new Map([[idOf(half, 'Capital'), 'dropped']]), mayLower: false });
  expect(regradableQuestions(half).map(({ marking }) => marking)).toEqual(['several-ways', 'as-published']);
  expect(plan.corrections.map(({ quizVersionId }) => quizVersionId)).toEqual([2]);
});

test('Dropping the last question that counts cannot be accepted', () => {
  const all = planRegrade(class1, { choices: chooseAll(class1, 'dropped'), mayLower: true });
  const one = planRegrade(class1, { choices: new Map([[idOf(class1, 'Sum'), 'dropped']]), mayLower: true });
  expect([all.leavesNothing, one.leavesNothing]).toEqual([true, false]);
});

test('Attempts marked by an earlier key are told from those marked by a corrected one', () => {
  expect([...versionsWithEarlierKey(class1)]).toEqual([1]);
  const key = planRegrade(class1, { choices: chooseAll(class1, 'key'), mayLower: false });
  const credited = planRegrade(class1, { choices: chooseAll(class1, 'full-points'), mayLower: false });
  for (const plan of [key, credited]) expect([...versionsWithEarlierKey(after(class1, plan))]).toEqual([]);
});

describe('An essay that waits for a mark', () => {
  const version = { ...versionOf(1, [choice('Capital', 0), choice('Sum', 2), essay]), marksByHand: true };
  /** Ada was right once, wrong once, and wrote. */
  const { attempts, work, ...others } = gradingsOf([version], [{ personId: 1, versionId: 1, chosen: [0, 0] }]);
  const written = { ...noWork, saved: { response: { text: 'Ala-Too' }, certainty: null } };
  const gradings: Gradings = {
    ...others,
    work: new Map([[1, new Map([...(work.get(1) ?? []), [2, written]])]]),
    attempts: attempts.map((attempt) => ({ ...attempt, unmarked: 1 })),
  };
  const plan = (choices: Record<string, string>, from = gradings, mayLower = false) =>
    planRegrade(from, {
      choices: new Map(Object.entries(choices).map(([name, chosen]) => [idOf(from, name), chosen])),
      mayLower,
    });

  test('may be credited or dropped, and has no key', () => {
    const found = regradableQuestions(gradings).find(({ question }) => question.name === 'E');
    expect(found?.choices).toEqual(['as-it-is', 'full-points', 'dropped']);
  });

  test.each([
    [{ E: 'dropped' }, '1 of 2', 0],
    [{ E: 'full-points' }, '6 of 7', 0],
    [{ Sum: 'dropped' }, '1 of 6', 1],
    // Without Capital it would be none of one: the score is kept, and nobody has to mark what was dropped.
    [{ E: 'dropped', Capital: 'dropped' }, '1 of 7', 0],
  ])('%j: %s, and %i answers wait', (choices, score, unmarked) => {
    const regraded = after(gradings, plan(choices));
    expect([scoresOf(regraded), regraded.attempts.map((attempt) => attempt.unmarked)]).toEqual([[score], [unmarked]]);
    expect(isIdle(plan(choices, regraded))).toBe(true);
    const effects = regradedPeople(gradings.attempts, plan(choices)).map(({ effect }) => effect);
    expect(effects).toEqual([unmarked === 0 ? 'gains' : 'same']);
  });

  test('waits again once that is undone, if scores may become lower', () => {
    const credited = after(gradings, plan({ E: 'full-points' }));
    const undone = { E: 'as-published' };
    expect(scoresOf(after(credited, plan(undone, credited)))).toEqual(['6 of 7']);
    const lower = plan(undone, credited, true);
    expect(after(credited, lower)).toEqual({ ...gradings, corrections: expect.anything() });
    expect(regradedPeople(credited.attempts, lower).map(({ effect }) => effect)).toEqual(['waits']);
  });
});

describe('The digest of a preview', () => {
  const choices = new Map([[idOf(class1, 'Capital'), 'key']]);
  const digest = (gradings: Gradings, mayLower = false) =>
    planDigest(planRegrade(gradings, { choices, mayLower }), { choices, mayLower });

  const shuffled = (gradings: Gradings): Gradings => ({ ...gradings, attempts: [...gradings.attempts].reverse() });

  test('is the same while nothing changes, and for what changes without being touched', () => {
    expect(digest(class1)).toBe(digest(gradingsOf([wrongKey, rightKey], [ada, bek, vali])));
    expect(digest(class1)).toBe(digest(gradingsOf([wrongKey, rightKey], [ada, bek, vali, { ...vali, personId: 4 }])));
  });

  test('is the same in whatever order the database gives the attempts', () => {
    const people = [ada, bek, vali, { ...ada, personId: 4 }];
    expect(digest(gradingsOf([wrongKey, rightKey], people))).toBe(
      digest(shuffled(gradingsOf([wrongKey, rightKey], people))),
    );
  });

  test('is another once another attempt would change, would be kept, or lowering is allowed', () => {
    const first = digest(class1);
    expect(digest(gradingsOf([wrongKey, rightKey], [ada, bek, vali, { ...ada, personId: 4 }]))).not.toBe(first);
    expect(digest(gradingsOf([wrongKey, rightKey], [ada, bek, vali, { ...bek, personId: 4 }]))).not.toBe(first);
    expect(digest(class1, true)).not.toBe(first);
  });
});

describe('What a teacher sends', () => {
  test('is read field by field, and what makes no sense is as if it were not there', () => {
    const form = {
      'choice.a': 'dropped',
      'choice.b': ['x', 'y'],
      mayLower: 'yes',
      reason: ' Wrong\r\nkey\0 ',
      previewed: ['z'],
    };
    const { choices, ...rest } = readRegradeForm(form);
    expect([...choices]).toEqual([['a', 'dropped']]);
    expect(rest).toEqual({ mayLower: true, reason: 'Wrong\nkey', previewed: '' });
    expect(readRegradeForm(undefined)).toEqual({ choices: new Map(), mayLower: false, reason: '', previewed: '' });
  });

  test.each([
    ['', 'reason-missing'],
    ['Wrong key', null],
    ['x'.repeat(500), null],
    ['x'.repeat(501), 'reason-too-long'],
  ])('the reason %s: %s', (reason, problem) => {
    expect(reasonProblem(reason)).toBe(problem);
  });
});
