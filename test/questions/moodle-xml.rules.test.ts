// Moodle XML beside what a real Moodle 5.1 wrote, and what damaged or hostile files do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import type { Cheerio } from 'cheerio';
import fc from 'fast-check';
import { renderContent } from '../../src/questions/content.ts';
import { moodleXml } from '../../src/questions/formats/moodle-xml.ts';
import type { Question } from '../../src/questions/question.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';
import { anyQuestionOf, everyType, meaningOf, pictures } from './any-question.ts';

const export51 = readFileSync(join(import.meta.dirname, 'mexanika-moodle-export.xml'), 'utf8');
const gift = readFileSync(join(import.meta.dirname, '../../src/practice/sample/mexanika.gift'), 'utf8');

const read = (text: string) => readQuestions(text, 'moodle-xml');
const quiz = (...questions: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${questions.join('\n')}\n</quiz>`;
const problemsOf = (text: string) => read(text).problems.map(({ line, code, params }) => [line, code, params]);

/** A question of a Moodle type with a name and a text. */
function asked(type: string, inside: string, text = 'Savol', files = ''): string {
  return `<question type="${type}"><name><text>Ism</text></name><questiontext format="html"><text><![CDATA[${text}]]></text>${files}</questiontext>${inside}</question>`;
}

function one(text: string): Question {
  const { questions, problems } = read(text);
  expect(problems).toEqual([]);
  expect(questions).toHaveLength(1);
  return questions[0]!.question;
}

describe('The sample', () => {
  test('is read as the GIFT file from which that Moodle made it', () => {
    const { questions, problems, warnings } = readQuestions(export51, 'auto');
    expect([problems, warnings]).toEqual([[], undefined]);
    const expected = readQuestions(gift, 'gift').questions.map(({ question }) => question);
    expect(questions.map(({ question }) => meaningOf(question))).toEqual(
      expected.map((question) => meaningOf(question)),
    );
    expect(questions[0]?.line).toBe(37);
  });

  test('is written letter for letter as that Moodle wrote it, but for its categories and what it computes in floating point', () => {
    const { body, losses } = moodleXml.write(
      readQuestions(gift, 'gift').questions.map(({ question }) => question),
      [],
    );
    const theirs = export51
      .replaceAll(/<!-- question: 0 {2}-->\n {2}<question type="category">[^]*?<\/question>\n\n/g, '')
      .replace('0.030000000000001', '0.03');
    const unnumbered = (xml: string) => xml.replaceAll(/question: \d+/g, 'question');
    expect(unnumbered(body)).toBe(unnumbered(theirs));
    expect(losses).toEqual([]);
  });
});

/** Elements with their attributes in order, each run of alike ones once: `answer@fraction@format(text,feedback@format(text))`. */
function shapeOf(element: Cheerio<never>, $: ReturnType<typeof load>): string {
  const { name, attribs } = element.get(0)! as { name: string; attribs: Record<string, string> };
  const children = element
    .children()
    .toArray()
    // What Moodle adds where there is any: pictures, tags, units, hints.
    .filter((child) => !['file', 'tags', 'units', 'hint'].includes((child as { name: string }).name))
    .map((child) => shapeOf($(child) as unknown as Cheerio<never>, $));
  const inside = children.filter((shape, index) => shape !== children[index - 1]);
  const attributes = Object.keys(attribs).map((key) => `@${key}`);
  return name + attributes.join('') + (inside.length > 0 ? `(${inside.join(',')})` : '');
}

function shapes(xml: string): Map<string, string> {
  const $ = load(xml, { xmlMode: true });
  return new Map(
    $('question')
      .toArray()
      .map((element) => [element.attribs['type'] ?? '', shapeOf($(element) as unknown as Cheerio<never>, $)]),
  );
}

describe('Every type', () => {
  const known = shapes(export51);

  test.each(everyType.map((type) => [type]))('%s is written in the structure that Moodle writes', (type) => {
    fc.assert(
      fc.property(anyQuestionOf(type), (question) => {
        const { body } = moodleXml.write([question], pictures);
        for (const [moodleType, shape] of shapes(body)) {
          // Of what the sample does not hold, the part that all types share.
          const shared = known.get('description')!.slice(0, -1);
          const expected = known.get(moodleType) ?? (type === 'cloze' ? shared.replace(',defaultgrade', '') : shared);
          expect(known.has(moodleType) ? shape : shape.slice(0, expected.length)).toBe(expected);
        }
        for (const [, fraction = ''] of body.matchAll(/ fraction="([^"]*)"/g))
          expect(fraction).toMatch(/^-?\d{1,3}(\.\d{1,5})?$/);
      }),
      { numRuns: 30 },
    );
  });
});

describe('Shares', () => {
  test.each([
    ['33.33333', '1/3'],
    ['33.3333333', '1/3'],
    ['-16.66667', '-1/6'],
    ['14.2857143', '1/7'],
    ['83.33333', '5/6'],
    ['12.5', '1/8'],
    ['0', '0'],
  ])('of %s %% are read as %s', (written, weight) => {
    const question = one(
      quiz(
        asked(
          'multichoice',
          `<single>true</single><answer fraction="100"><text>a</text></answer><answer fraction="${written}"><text>b</text></answer>`,
        ),
      ),
    );
    expect(question).toMatchObject({ type: 'single-choice', details: { options: [{}, { weight }] } });
  });
});

test('Points of seven decimals are read as the fractions they stand for', () => {
  const points = (grade: string) => one(quiz(asked('essay', `<defaultgrade>${grade}</defaultgrade>`))).points;
  expect(['1.0000000', '2.5000000', '0.3333333', '2.3333333', '1.25', ''].map(points)).toEqual([
    '1',
    '2.5',
    '1/3',
    '7/3',
    '1.25',
    '1',
  ]);
});

describe('Pictures', () => {
  const [picture] = pictures;
  const base64 = Buffer.from(picture!.bytes).toString('base64');
  const file = (name: string, body = base64) => `<file name="${name}" path="/" encoding="base64">${body}</file>`;

  test('come with their question, whatever their names', () => {
    const text =
      '<p><img src="@@PLUGINFILE@@/a%20b.png" alt="kuch"> va <img src="@@PLUGINFILE@@/a%20b.png?time=1"></p>';
    const { questions, assets } = read(quiz(asked('essay', '', text, file('a b.png'))));
    expect(questions[0]?.question.text.source).toBe(
      `<p><img src="asset:${picture!.sha256}" alt="kuch"> va <img src="asset:${picture!.sha256}"></p>`,
    );
    expect(assets).toEqual([picture]);
  });

  test.each([
    ['that are not in the file', '', 'picture-missing', {}],
    ['that are none', file('x.png', 'bm8='), 'picture-broken', {}],
    [
      'that could run script',
      file('x.png', Buffer.from('<svg onload="alert(1)"/>').toString('base64')),
      'picture-broken',
      {},
    ],
    ['that are too large', file('x.png', 'A'.repeat(14_000_000)), 'picture-too-large', { megabytes: 10 }],
  ])('%s are left out, and it is said which', (_, files, code, params) => {
    const { questions, assets, warnings } = read(quiz(asked('essay', '', '<img src="@@PLUGINFILE@@/x.png">', files)));
    expect(questions).toHaveLength(1);
    expect(assets).toBeUndefined();
    expect(warnings).toEqual([{ line: 3, code, params: { name: 'Ism', file: 'x.png', ...params } }]);
  });
});

test('What has no place here is left out aloud, and what Moodle’s form has by itself is not', () => {
  const feedback = (name: string, text: string) => `<${name} format="html"><text>${text}</text></${name}>`;
  const inside = [
    '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>',
    feedback('correctfeedback', 'Your answer is correct.'),
    feedback('incorrectfeedback', 'Qaytadan oʻqing.'),
    '<hint format="html"><text>Birinchi maslahat</text><shownumcorrect/><clearwrong/></hint>',
  ];
  const { warnings } = read(quiz(asked('multichoice', inside.join('\n'))));
  expect(warnings).toEqual([
    { line: 5, code: 'left-out', params: { name: 'Ism', what: '<incorrectfeedback>' } },
    { line: 6, code: 'left-out', params: { name: 'Ism', what: '<shownumcorrect>, <clearwrong>' } },
  ]);
});

const twoOptions =
  '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer><single>true</single>';

const statement = '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>';

test('Hints are read in their order, and an empty one is none', () => {
  const inside = `${twoOptions}
    <hint format="html"><text><![CDATA[Birinchi <b>maslahat</b>]]></text></hint>
    <hint format="html"><text></text></hint>
    <hint format="plain_text"><text>Ikkinchi</text></hint>`;
  const { questions, warnings } = read(quiz(asked('multichoice', inside)));
  expect(questions[0]?.question.hints).toEqual([
    { text: { format: 'html', source: 'Birinchi <b>maslahat</b>' } },
    { text: { format: 'plain', source: 'Ikkinchi' } },
  ]);
  expect(warnings).toBeUndefined();
});

test.each([
  ['multichoice', twoOptions, '0.3333333', undefined],
  ['multichoice', twoOptions, '0.1000000', '1/10'],
  ['multichoice', twoOptions, '0.1666667', '1/6'],
  ['multichoice', twoOptions, '0', '0'],
  ['multichoice', twoOptions, '1', '1'],
  ['multichoice', twoOptions, '1.5', undefined],
  ['multichoice', twoOptions, '-0.1', undefined],
  ['multichoice', twoOptions, 'koʻp', undefined],
  ['truefalse', statement, '1.0000000', undefined],
  ['essay', '', '0', undefined],
])('Of a %s %s with the penalty %s the question keeps %s', (type, inside, written, penalty) => {
  const { questions } = read(quiz(asked(type, `${inside}<penalty>${written}</penalty>`)));
  expect(questions).toHaveLength(1);
  expect(questions[0]?.question.penalty).toBe(penalty);
});

test('Hints and the penalty are written where Moodle’s own export has them, and a price that Moodle puts there by itself is named', () => {
  const [read1] = read(quiz(asked('multichoice', `${twoOptions}<penalty>0.25</penalty>`))).questions;
  const own = { ...read1!.question, tags: ['a'], hints: [{ text: { format: 'html' as const, source: 'Shimolda' } }] };
  const { body, losses } = moodleXml.write([own], []);
  expect(losses).toEqual([]);
  expect(body).toContain('<penalty>0.25</penalty>');
  expect(body).toContain('    <hint format="html">\n      <text>Shimolda</text>\n    </hint>\n    <tags>');
  expect(moodleXml.write([{ ...own, penalty: '1/3' }], []).losses).toEqual([{ index: 0, code: 'penalty' }]);
});

describe('A file that is damaged or hostile', () => {
  const good = asked('essay', '');

  test('is kept up to where it breaks off', () => {
    const { questions, problems } = read(`${quiz(good, good).replace('</quiz>', '')}<question type="essay"><name>`);
    expect(questions).toHaveLength(2);
    expect(problems).toEqual([{ line: 5, code: 'xml-broken', params: {} }]);
  });

  test.each([
    ['an entity that expands', '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">', '&b;'],
    ['an entity that points outside', '<!ENTITY a SYSTEM "file:///etc/passwd">', '&a;'],
  ])('with %s is not read', (_, declaration, use) => {
    const xml = `<?xml version="1.0"?>\n<!DOCTYPE quiz [${declaration}]>\n<quiz>${good.replace('Ism', use)}</quiz>`;
    expect(readQuestions(xml, 'auto')).toMatchObject({
      format: 'moodle-xml',
      questions: [],
      problems: [{ line: 2, code: 'xml-doctype' }],
    });
  });

  test.each([
    [
      'a document type that points outside',
      '<!DOCTYPE quiz SYSTEM "http://127.0.0.1/x.dtd"><quiz></quiz>',
      1,
      'xml-doctype',
    ],
    ['an entity nobody declared', quiz(good.replace('Ism', '&x;')), 3, 'xml-broken'],
    ['elements inside each other without end', `<quiz>${'<question>\n'.repeat(100_000)}`, 60, 'xml-too-deep'],
    ['another kind of XML', '<questestinterop/>', 1, 'xml-root'],
    ['nothing in it', '<quiz></quiz>', 1, 'no-questions'],
  ])('with %s is refused with its line', (_, xml, line, code) => {
    expect(read(xml)).toMatchObject({ questions: [], problems: [{ line, code }] });
  });

  test('larger than forty million characters is refused', () => {
    expect(readQuestions(`<quiz>${' '.repeat(40_000_000)}`, 'auto').problems).toEqual([
      { line: 1, code: 'too-large', params: { megabytes: 40 } },
    ]);
  });
});

describe('A question that is wrong costs only itself', () => {
  const answers = (...fractions: string[]) =>
    fractions.map((fraction) => `<answer fraction="${fraction}"><text>a</text></answer>`).join('');

  test.each([
    [asked('multichoice', answers('100')), 'too-few-options', { count: 1 }],
    [asked('multichoice', answers('50', '0')), 'no-right-answer', {}],
    [asked('multichoice', `<single>false</single>${answers('50', '25')}`), 'weights-below-hundred', { sum: '75' }],
    [asked('multichoice', answers('200', '0')), 'weight-out-of-range', { weight: '200' }],
    [asked('multichoice', answers('x', '0')), 'weight-out-of-range', { weight: 'x' }],
    [asked('multichoice', '<answer fraction="100"><text/></answer>' + answers('0')), 'option-empty', {}],
    [asked('truefalse', answers('100', '0')), 'no-right-answer', {}],
    [asked('shortanswer', answers('50')), 'no-right-answer', {}],
    [asked('numerical', answers('100')), 'not-a-number', { value: 'a' }],
    [
      asked('matching', '<subquestion><text>a</text><answer><text>b</text></answer></subquestion>'),
      'too-few-pairs',
      { count: 1 },
    ],
    [asked('essay', '', ' '), 'question-empty', {}],
    [asked('ddmarker', ''), 'type-not-whole', { name: 'Ism', type: 'ddmarker' }],
    [asked('calculated', ''), 'type-not-whole', { name: 'Ism', type: 'calculated' }],
    [asked('coderunner', ''), 'type-unknown', { name: 'Ism', type: 'coderunner' }],
    [asked('essay', '<generalfeedback><text><p>a</p></text></generalfeedback>'), 'xml-tags-in-text', { name: 'Ism' }],
  ])('%s', (bad, code, params) => {
    const good = asked('essay', '');
    expect(problemsOf(quiz(good, bad, good))).toEqual([[4, code, params]]);
    expect(read(quiz(good, bad, good)).questions).toHaveLength(2);
  });
});

test('Tags are read, each once', () => {
  const tags = ['mexanika', ' a  b ', 'mexanika', ''].map((tag) => `<tag><text>${tag}</text></tag>`).join('');
  expect(one(quiz(asked('essay', `<tags>${tags}</tags>`))).tags).toEqual(['mexanika', 'a  b']);
});

describe('A text with gaps', () => {
  const cloze = (text: string) => one(quiz(asked('cloze', '', text)));

  test('is read with words, numbers and choices, and is worth what they are', () => {
    const text =
      'Kuch {2:MULTICHOICE_V:=\\(\\frac{a\\}{b\\}\\)#ha~%50%\\~x\\#~yoʻq}, son {:NM:=5:0.1~%33.33333%*}, soʻz {1:SAC:=a &amp; b}.';
    expect(cloze(text)).toMatchObject({
      points: '4',
      text: { format: 'html', source: 'Kuch [[1]], son [[2]], soʻz [[3]].' },
      details: {
        gaps: [
          {
            points: '2',
            kind: 'choice',
            layout: 'vertical',
            details: {
              options: [
                { text: { source: '\\(\\frac{a}{b}\\)' }, weight: '1', feedback: { source: 'ha' } },
                { text: { source: '~x#' }, weight: '1/2' },
                { text: { source: 'yoʻq' }, weight: '0' },
              ],
            },
          },
          {
            kind: 'number',
            details: {
              answers: [
                { accepted: { kind: 'near', value: '5', tolerance: '0.1' }, weight: '1' },
                { accepted: { kind: 'anything' }, weight: '1/3' },
              ],
            },
          },
          { kind: 'text', details: { isCaseSensitive: true, answers: [{ pattern: 'a & b' }] } },
        ],
      },
    });
  });

  test('are the only ones, whatever else in the text looks like one', () => {
    const { text } = cloze('a [[7]] {1:SHORTANSWER:=b} [[1]]');
    expect(renderContent(text, 'inline', (gap) => `(${gap})`)).toBe('a [<span></span>[7]] (1) [<span></span>[1]]');
  });

  test('in which several options are ticked cannot be kept whole', () => {
    expect(problemsOf(quiz(asked('cloze', '', 'a {1:MULTIRESPONSE:=b~=c}')))).toEqual([
      [3, 'type-not-whole', { name: 'Ism', type: 'cloze MULTIRESPONSE' }],
    ]);
  });

  test('takes any length of unclosed gaps', () => {
    for (const piece of ['{1:SA:=', '{1:SA:=a~', '\\', '{1:SA:=a}']) {
      read(quiz(asked('cloze', '', piece.repeat(300_000 / piece.length))));
    }
  });

  test('whose words are dragged or selected has a menu of the group in each gap', () => {
    const word = (text: string, group: string) => `<dragbox><text>${text}</text><group>${group}</group></dragbox>`;
    const words = word('kuch', '1') + word('massa', '1') + word('N', '2') + word('kg', '2');
    expect(one(quiz(asked('ddwtos', words, '[[2]] birligi [[4]]')))).toMatchObject({
      text: { source: '[[1]] birligi [[2]]' },
      details: {
        gaps: [
          {
            details: {
              options: [
                { text: { source: 'kuch' }, weight: '0' },
                { text: { source: 'massa' }, weight: '1' },
              ],
            },
          },
          {
            details: {
              options: [
                { text: { source: 'N' }, weight: '0' },
                { text: { source: 'kg' }, weight: '1' },
              ],
            },
          },
        ],
      },
    });
  });
});

test('Units are read with what one of each is of the first, and what a wrong one costs', () => {
  const unit = (name: string, multiplier: string) =>
    `<unit><multiplier>${multiplier}</multiplier><unit_name>${name}</unit_name></unit>`;
  const inside = [
    '<answer fraction="100"><text>5500</text><tolerance>0</tolerance></answer>',
    `<units>${unit('kW', '0.001')}${unit('W', '1')}</units>`,
    '<unitgradingtype>1</unitgradingtype><unitpenalty>0.1000000</unitpenalty>',
  ].join('');
  expect(one(quiz(asked('numerical', inside))).details).toMatchObject({
    units: [
      { unit: 'W', factor: '1' },
      { unit: 'kW', factor: '1000' },
    ],
    unitRule: 'required',
    unitPenalty: '0.1',
  });
});

test('All or nothing is read from the plugin that has it', () => {
  const answers = ['100', '100', '0']
    .map((fraction) => `<answer fraction="${fraction}"><text>a</text></answer>`)
    .join('');
  expect(one(quiz(asked('multichoiceset', answers))).details).toMatchObject({
    grading: 'all-or-nothing',
    options: [{ weight: '1/2' }, { weight: '1/2' }, { weight: '0' }],
  });
});

test('K-prim is read with its way of marking', () => {
  const row = (number: number, right: number) =>
    `<row number="${number}"><optiontext format="html"><text>q${number}</text></optiontext></row>` +
    [1, 2]
      .map(
        (column) =>
          `<weight rownumber="${number}" columnnumber="${column}"><value>${column === right ? '1.000' : '0.000'}</value></weight>`,
      )
      .join('');
  const column = (number: number, text: string) =>
    `<column number="${number}"><responsetext format="html"><text>${text}</text></responsetext></column>`;
  const inside = `<scoringmethod><text>kprime</text></scoringmethod>${row(1, 2)}${row(2, 1)}${column(1, 'ha')}${column(2, 'yoʻq')}`;
  expect(one(quiz(asked('kprime', inside))).details).toMatchObject({
    grading: 'kprim',
    columns: [{ source: 'ha' }, { source: 'yoʻq' }],
    rows: [
      { text: { source: 'q1' }, right: 1 },
      { text: { source: 'q2' }, right: 0 },
    ],
  });
});
