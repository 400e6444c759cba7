// What is chosen in rows, put in order or sorted is kept as it was given, shown again, and marked.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { handIn, openQuiz } from '../support/people.ts';
import { publishQuestions } from '../support/publish-questions.ts';

const plain = (source: string) => ({ format: 'plain' as const, source });
const common = { generalFeedback: null, points: '4' };
let mustaqil: TestMustaqil;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publishQuestions(mustaqil, [
    {
      ...common,
      type: 'matrix',
      name: 'Rows',
      text: plain('True or false?'),
      details: {
        columns: [plain('true'), plain('false')],
        rows: ['mass', 'force', 'speed', 'momentum'].map((text, row) => ({ text: plain(text), right: row % 2 })),
        grading: 'kprim',
      },
    },
    {
      ...common,
      type: 'ordering',
      name: 'Order',
      text: plain('From light to heavy'),
      details: { items: ['gram', 'kilogram', 'tonne'].map(plain), grading: 'relative-next' },
    },
    {
      ...common,
      type: 'categorise',
      name: 'Boxes',
      text: plain('Which country?'),
      details: {
        categories: [plain('Uzbekistan'), plain('Kyrgyzstan')],
        items: [
          { text: plain('Osh'), category: 1 },
          { text: plain('Paris'), category: null },
        ],
        grading: 'per-item',
      },
    },
  ]);
});
afterAll(() => mustaqil.stop());

test('a student answers each, goes away, comes back to the same answers, and gets what they are worth', async () => {
  const robot = await openQuiz(mustaqil);
  await robot.submit('form[action$="/attempts"]');
  const given = {
    mass: 'true',
    force: 'false',
    speed: 'true',
    momentum: 'true',
    gram: '2',
    kilogram: '3',
    tonne: '1',
    Osh: 'Kyrgyzstan',
    Paris: 'None of these',
  };
  await robot.submit('button[name=later]', fieldsFor(robot, given));
  expect(givenTo(robot)).toEqual(given);

  await robot.submit('#attempt .bar button');
  await handIn(robot);
  const { $ } = robot.page;
  const states = $('.question-state')
    .toArray()
    .map((state) => $(state).text().replace(/\s+/g, ' ').trim());
  // Three of four rows; of two that follow each other one pair; both sorted.
  expect(states.sort()).toEqual(['◐ Partly right · 2 / 4', '◐ Partly right · 2 / 4', '✓ Right · 4 / 4']);
});

/** Every row on the page: what it is called, its field, and what may be chosen in it. */
function rowsOf({ page: { $ } }: Robot) {
  const radios = $('.matrix-row')
    .toArray()
    .map((row) => ({
      name: $(row).find('.matrix-text').text().trim(),
      field: $(row).find('input').attr('name') ?? '',
      choices: $(row)
        .find('label')
        .toArray()
        .map((label) => {
          const input = $(label).find('input');
          return { words: $(label).text().trim(), value: input.attr('value') ?? '', isChosen: input.is('[checked]') };
        }),
    }));
  const menus = $('select')
    .toArray()
    .map((select) => ({
      name: $(`label[for="${$(select).attr('id')}"]`)
        .text()
        .trim(),
      field: $(select).attr('name') ?? '',
      choices: $(select)
        .find('option')
        .toArray()
        .map((option) => ({
          words: $(option).text().trim(),
          value: $(option).attr('value') ?? '',
          isChosen: $(option).is('[selected]'),
        })),
    }));
  return [...radios, ...menus];
}

function fieldsFor(robot: Robot, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    rowsOf(robot).map(({ name, field, choices }) => [
      field,
      choices.find(({ words }) => words === given[name])?.value ?? '',
    ]),
  );
}

function givenTo(robot: Robot): Record<string, string | undefined> {
  return Object.fromEntries(
    rowsOf(robot).map(({ name, choices }) => [name, choices.find(({ isChosen }) => isChosen)?.words]),
  );
}
