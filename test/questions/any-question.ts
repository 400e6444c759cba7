// Questions of every type with everything they may hold, made up: what the tests of formats write and read back.
import { essay } from '../../src/questions/types/essay.ts';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { renderContent } from '../../src/questions/content.ts';
import type { Content } from '../../src/questions/content.ts';
import type { Asset } from '../../src/questions/formats/format.ts';
import type { Question } from '../../src/questions/question.ts';
import { readNumber } from '../../src/questions/read-number.ts';
import { orderingGradings } from '../../src/questions/types/ordering-share.ts';
import { sumOfRight } from '../../src/questions/types/multiple-choice.ts';

type Details<Type extends Question['type']> = Extract<Question, { type: Type }>['details'];

/** The smallest PNG there is, one pixel of the colour given by a number; each number makes other bytes. */
function picture(colour: number): Asset {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  );
  const bytes = new Uint8Array([...png, colour]);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType: 'image/png', bytes };
}

/** The pictures to which made-up contents refer. */
export const pictures: readonly Asset[] = [picture(1), picture(2)];

// What formats give a meaning of their own, and what fonts and encodings stumble over.
const word = fc.constantFrom(
  ...['kuch', 'Oʻzbekiston', 'gʻoya', 'maʼno', 'масса', 'ң', 'Ҳ', 'kg', '5', '9,81', '😀', 'A.', 'B)', 'T', 'FALSE'],
  ...[
    '{',
    '}',
    '=',
    '~',
    '#',
    '####',
    '::',
    '\\',
    '\\n',
    '->',
    '%50%',
    '%',
    '*',
    '//',
    '$CATEGORY:',
    '[html]',
    '_____',
  ],
  ...[
    '====',
    '++++',
    '[[[',
    ']]]',
    'ANSWER: A',
    '<',
    '>',
    '&',
    '&amp;',
    '"',
    "'",
    ']]>',
    '<b>',
    '</b>',
    '|',
    '@@',
    ';',
    ',',
  ],
  ...[
    '\\(\\frac{a}{b} = c\\)',
    '\\(a<b\\)',
    '\\(x \\neq y\\)',
    '\\[x^{2}\\]',
    '\\(',
    '\\)',
    '$$',
    '#8',
    '1.',
    '-',
    '+',
    '!',
  ],
);

const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
const escaped = line.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));

const image = fc.record({ asset: fc.constantFrom(...pictures), alt: fc.constantFrom('', 'Kuch', 'yoʻl va vaqt') });

const html = fc.oneof(
  escaped.map((text) => `<p>${text}</p>`),
  fc.tuple(escaped, escaped).map(([first, second]) => `<p>${first}</p>\n<p><b>${second}</b></p>`),
  escaped.map((text) => `<ul><li>${text}</li></ul>`),
  escaped.map((text) => `<table><tr><td>${text}</td></tr></table>`),
  escaped.map((text) => `<pre><code>${text}\n  x</code></pre>`),
  fc
    .tuple(escaped, image)
    .map(([text, { asset, alt }]) => `<p>${text} <img src="asset:${asset.sha256}" alt="${alt}"></p>`),
);

const contentOf = (format: Content['format'], source: fc.Arbitrary<string>): fc.Arbitrary<Content> =>
  source.map((text) => ({ format, source: text }));

/** A text with words in it, in any format. */
export const anyContent: fc.Arbitrary<Content> = fc.oneof(
  contentOf('plain', lines),
  contentOf('auto', lines),
  contentOf('html', html),
  contentOf('markdown', lines),
);

const feedback = fc.option(anyContent, { nil: null, freq: 2 });
const partWeight = fc.constantFrom('0', '1/2', '1/3', '-1/3', '-1', '1/4', '1/7', '-1/6', '5/6', '0.9', '1/13', '0.05');
const rightThen = <Answer extends { weight: string }>(answer: fc.Arbitrary<Answer>, least: number, most: number) =>
  fc
    .tuple(fc.array(answer, { minLength: least, maxLength: most }), fc.nat())
    .map(([answers, place]) =>
      answers.map((one, index) => (index === place % answers.length ? { ...one, weight: '1' } : one)),
    );

const option = fc.record({ text: anyContent, weight: partWeight, feedback });
const oneRight = fc.record({ options: rightThen(option, 2, 6) });
const simplyRight = fc.record({
  options: rightThen(fc.record({ text: anyContent, weight: fc.constant('0'), feedback: fc.constant(null) }), 2, 6),
});
const severalRight = fc
  .array(option, { minLength: 2, maxLength: 6 })
  .chain((options) =>
    fc.constantFrom(...[1, 2, 3, 7].filter((count) => count <= options.length)).map((count) => ({
      options: options.map((one, index) => (index < count ? { ...one, weight: `1/${count}` } : one)),
    })),
  )
  .filter(({ options }) => sumOfRight(options).gte(1));

const number = fc.constantFrom('5', '-0.5', '9.81', '9,81', '1e-3', '1.5·10^3', '0', '12 345,67', '1000000');
const positive = fc.constantFrom('0', '0.01', '0,5', '2', '1e-2');
const accepted: fc.Arbitrary<Details<'numeric'>['answers'][number]['accepted']> = fc.oneof(
  fc.record({ kind: fc.constant('near' as const), value: number, tolerance: positive }),
  fc.record({
    kind: fc.constant('between' as const),
    from: fc.constantFrom('-3', '9.78', '0'),
    to: fc.constantFrom('9.84', '12', '1e2'),
  }),
  fc.record({
    kind: fc.constant('significant' as const),
    value: fc.constantFrom('9.81', '0,00450', '1500', '-6.02·10^23', '999.5'),
    figures: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ kind: fc.constant('anything' as const) }),
);

const units = fc.constantFrom<Pick<Details<'numeric'>, 'units' | 'unitRule' | 'unitPenalty'>>(
  {},
  {},
  { units: [{ unit: 'm', factor: '1' }] },
  {
    units: [
      { unit: 'm', factor: '1' },
      { unit: 'km', factor: '1000' },
    ],
    unitRule: 'required' as const,
    unitPenalty: '0.5',
  },
  {
    units: [
      { unit: 'm/s', factor: '1' },
      { unit: 'km/soat', factor: '5/18' },
    ],
    unitRule: 'optional' as const,
  },
  {
    units: [
      { unit: 'kg', factor: '1' },
      { unit: 'pud', factor: '16.3807' },
    ],
    unitPenalty: '1/3',
  },
);
const pattern = fc.constantFrom(
  ...[
    'nyuton',
    'N',
    '*egri*',
    'to‘g‘ri \\*',
    'ньютон',
    'T',
    'a = b',
    '{x}',
    '%5%',
    'a~b',
    '#',
    '3:4',
    'a->b',
    '<b>',
    '&',
    '\\(x\\)',
  ],
);
const folding = fc.constantFrom<{ isCaseSensitive?: boolean; foldsLookAlikes?: boolean }>(
  {},
  {},
  { isCaseSensitive: true },
  { foldsLookAlikes: true },
);
const rightSide = fc.constantFrom(
  ...['N', 'Pa', 'J', 'kg·m/s²', 'a = b', '<i>', '&amp;', '1 -> 2', '{', '#', '~x', '[plain]'],
);

const typed = {
  numbers: fc
    .tuple(rightThen(fc.record({ accepted, weight: partWeight, feedback }), 1, 4), units)
    .map(([answers, inUnits]) => ({ answers, ...inUnits })),
  texts: fc
    .tuple(rightThen(fc.record({ pattern, weight: partWeight, feedback }), 1, 4), folding)
    .map(([answers, how]) => ({ answers, ...how })),
};

const gap: fc.Arbitrary<Details<'cloze'>['gaps'][number]> = fc
  .tuple(
    fc.constantFrom('1', '2', '0.5', '1/3'),
    fc.oneof(
      typed.numbers.map((own) => ({ kind: 'number' as const, details: own })),
      typed.texts.map((own) => ({ kind: 'text' as const, details: own })),
      fc.record({
        kind: fc.constant('choice' as const),
        layout: fc.constantFrom('menu' as const, 'vertical' as const, 'horizontal' as const),
        details: oneRight,
      }),
    ),
  )
  .map(([worth, own]) => ({ points: worth, ...own }));

/** An area in a picture of 200 by 100. */
const region = fc
  .record({
    shape: fc.constantFrom('rectangle' as const, 'circle' as const, 'polygon' as const),
    x: fc.integer({ min: 20, max: 150 }),
    y: fc.integer({ min: 20, max: 70 }),
    label: fc.constantFrom('', 'yurak', 'өпкө'),
  })
  .map(({ shape, x, y, label }) => {
    const coordinates = {
      rectangle: [x, y, x + 20, y + 10],
      circle: [x, y, 10],
      polygon: [x, y, x + 20, y, x, y + 20],
    };
    return { shape, label, coordinates: coordinates[shape] };
  });

/** How each type's details are made up; a type without an entry does not compile. */
/** Words, files, a rubric and what is said to who marks, each of them or not. */
const essays: fc.Arbitrary<Extract<Question, { type: 'essay' }>['details']> = fc
  .oneof(
    fc.constant({}),
    fc.record(
      {
        expectedWords: fc.constantFrom({ least: 50, most: null }, { least: null, most: 300 }, { least: 50, most: 300 }),
        files: fc.record({
          most: fc.integer({ min: 1, max: 5 }),
          kinds: fc.constantFrom(['picture'], ['pdf'], ['picture', 'pdf'], ['any']),
        }),
        rubric: fc.constant([
          {
            criterion: 'Misol keltirilgan',
            levels: [
              { text: 'yoʻq', share: '0' },
              { text: 'bor', share: '1' },
            ],
          },
        ]),
        guidance: anyContent,
      },
      { requiredKeys: [] },
    ),
    fc.constant({ takesText: false, files: { most: 1, kinds: ['picture'] } }),
  )
  .map((details) => essay.details.parse(details));

const details: { [Type in Question['type']]: fc.Arbitrary<Details<Type>> } = {
  'single-choice': fc.oneof(oneRight, simplyRight),
  'multiple-choice': fc
    .tuple(severalRight, fc.constantFrom('weights' as const, 'all-or-nothing' as const, 'right-minus-wrong' as const))
    .map(([{ options }, grading]) => {
      const isMarkedSo = options.some(({ weight }) => new Fraction(weight).lte(0));
      return isMarkedSo && grading !== 'weights' ? { options, grading } : { options };
    }),
  'true-false': fc.record({ isTrue: fc.boolean(), feedbackToTrue: feedback, feedbackToFalse: feedback }),
  numeric: typed.numbers,
  'short-text': typed.texts,
  cloze: fc.record({ gaps: fc.array(gap, { minLength: 1, maxLength: 4 }) }),
  matching: fc.record({
    pairs: fc.array(fc.record({ left: anyContent, right: rightSide }), { minLength: 2, maxLength: 5 }),
    distractors: fc.array(rightSide, { maxLength: 2 }),
  }),
  matrix: fc.record({
    columns: fc.array(anyContent, { minLength: 2, maxLength: 3 }),
    rows: fc.array(fc.record({ text: anyContent, right: fc.constantFrom(0, 1) }), { minLength: 1, maxLength: 5 }),
    grading: fc.constantFrom('per-row', 'all-or-nothing', 'kprim'),
  }),
  ordering: fc.record({
    items: fc.uniqueArray(anyContent, { minLength: 2, maxLength: 6, selector: ({ source }) => source }),
    grading: fc.constantFrom(...orderingGradings),
  }),
  categorise: fc.record({
    categories: fc.array(anyContent, { minLength: 2, maxLength: 4 }),
    items: fc.array(fc.record({ text: anyContent, category: fc.constantFrom(0, 1, null) }), {
      minLength: 2,
      maxLength: 6,
    }),
    grading: fc.constantFrom('per-item', 'all-or-nothing'),
  }),
  formula: fc.record({
    variables: fc.constant([{ name: 'x', from: '-2', to: '2' }]),
    answers: rightThen(
      fc.record({ expression: fc.constantFrom('2x', 'x^2 + 1', 'sin(x)'), weight: partWeight, feedback }),
      1,
      3,
    ),
    tolerance: fc.constantFrom('0', '0.01'),
  }),
  hotspot: fc.record({
    picture: fc
      .record({ asset: fc.constantFrom(...pictures), alt: fc.constantFrom('', 'yurak') })
      .map(({ asset, alt }) => ({ asset: asset.sha256, alt, width: 200, height: 100 })),
    regions: fc
      .array(region, { minLength: 1, maxLength: 4 })
      .map((regions) => regions.map((own, index) => ({ ...own, isRight: index % 2 === 0 }))),
    choose: fc.constantFrom('one', 'any'),
  }),
  essay: essays,
  description: fc.constant({}),
};

const name = fc.oneof(line, fc.constantFrom('Inersiya', 'A: b = c', '{1}', '::'));
const points = fc.constantFrom('1', '2', '2.5', '1/3', '10');
const tags = fc.option(fc.uniqueArray(fc.constantFrom('mexanika', 'oʻrta', 'a b', 'x]y', 'кыйын'), { maxLength: 3 }), {
  nil: undefined,
});

const penalty = fc.option(fc.constantFrom('0', '1/10', '1/3', '1/6', '0.25', '1', '1/7000000'), { nil: undefined });
const hints = fc.option(fc.array(fc.record({ text: anyContent }), { maxLength: 3 }), { nil: undefined });

/** A question of the type named. */
export function anyQuestionOf<Type extends Question['type']>(
  type: Type,
): fc.Arbitrary<Extract<Question, { type: Type }>> {
  const common = fc.record({ name, text: anyContent, generalFeedback: feedback, points, tags, penalty, hints });
  return fc.tuple(common, details[type]).map(([{ tags: given, penalty: cost, hints: told, ...shared }, own]) => {
    const words = given && given.length > 0 ? { tags: given } : {};
    const tries = { ...(cost !== undefined && { penalty: cost }), ...(told && told.length > 0 && { hints: told }) };
    const worth = type === 'description' ? { points: '0' } : {};
    if ('gaps' in own) shared.text = withGaps(shared.text, own.gaps.length);
    // The two belong together: `details` has its entry by the type's name.
    return { type, ...shared, ...words, ...tries, ...worth, details: own } as unknown as Extract<
      Question,
      { type: Type }
    >;
  });
}

/** The text with a mark for each gap. */
function withGaps({ format, source }: Content, count: number): Content {
  const marks = [...Array(count).keys()].map((place) => `[[${place + 1}]]`).join(', ');
  return { format, source: format === 'html' ? `${source}<p>${marks}</p>` : `${source} ${marks}` };
}

/** Every type there is. */
export const everyType = Object.keys(details) as Question['type'][];

/** A question of any type. Its pictures are among `pictures`. */
export const anyQuestion: fc.Arbitrary<Question> = fc.oneof(...everyType.map((type) => anyQuestionOf(type)));

/** What is meant where nothing is said. */
const usual: Readonly<Record<string, unknown>> = {
  unitRule: 'optional',
  isCaseSensitive: false,
  foldsLookAlikes: false,
};

const exactKeys = new Set(['weight', 'points', 'value', 'tolerance', 'from', 'to', 'factor', 'unitPenalty', 'penalty']);

/**
 * What a question says, however it is written: contents as they are shown, numbers as what they are worth. Two questions with the
 * same are one to everybody who sees, answers or marks them.
 */
export function meaningOf(value: unknown, key = ''): unknown {
  if (typeof value === 'string' && exactKeys.has(key)) return exactly(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => meaningOf(item));
  if (isContent(value)) return shown(value);
  if (isRange(value)) return rangeOf(value);
  if (key === 'details' && 'gaps' in value) return { gaps: gapsByShare((value as Details<'cloze'>).gaps) };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== undefined && member !== usual[name])
      .map(([name, member]) => [name, meaningOf(member, name)]),
  );
}

function exactly(text: string): string {
  return (text.includes('/') ? new Fraction(text) : readNumber(text))?.toFraction() ?? text;
}

/** A gap's points count beside the others' alone. */
function gapsByShare(gaps: Details<'cloze'>['gaps']): unknown[] {
  const sum = gaps.reduce((total, each) => total.add(each.points), new Fraction(0));
  return gaps.map((each) => meaningOf({ ...each, points: new Fraction(each.points).div(sum).toFraction() }));
}

type Range = Extract<Details<'numeric'>['answers'][number]['accepted'], { kind: 'near' | 'between' }>;

function isRange(value: object): value is Range {
  return 'kind' in value && ((value.kind === 'near' && 'tolerance' in value) || value.kind === 'between');
}

/** A middle with a tolerance is as good as two ends. */
function rangeOf(range: Range): { from: string; to: string } {
  if (range.kind === 'between') return { from: exactly(range.from), to: exactly(range.to) };
  const [value, tolerance] = [readNumber(range.value)!, readNumber(range.tolerance)!];
  return { from: value.sub(tolerance).toFraction(), to: value.add(tolerance).toFraction() };
}

function isContent(value: object): value is Content {
  return 'format' in value && 'source' in value;
}

/** Pictures of ours are named, for rendering takes out what it cannot show; spaces at the ends of lines show nowhere; bold is bold. */
function shown({ format, source }: Content): string {
  const named = source.replace(/<img src="asset:([0-9a-f]{64})" alt="([^"]*)">/g, '⟦$1 $2⟧');
  const rendered = renderContent({ format, source: named }, 'inline').replace(/<(\/?)b>/g, '<$1strong>');
  return rendered.replace(/\s+/g, ' ').trim();
}
