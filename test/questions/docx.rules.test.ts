// Word documents as teachers write them: what is read, and what they are told where it cannot be.
import { describe, expect, test } from '@jest/globals';
import { docx } from '../../src/questions/formats/docx.ts';
import { drawing, inList, paragraph, run, table, wordDocument } from '../support/word-document.ts';
import type { WordParts } from '../support/word-document.ts';
import { pictures } from './any-question.ts';

const lines = (...texts: string[]) => texts.map((text) => paragraph(text)).join('');

async function read(body: string, parts: WordParts = {}) {
  return docx.read(await wordDocument(body, parts));
}

/** Every question as its text and options, an asterisk before each that earns something. */
async function shown(body: string, parts: WordParts = {}) {
  const { questions, problems } = await read(body, parts);
  const told = problems.map(({ line, code }) => `${line}: ${code}`);
  const asked = questions.map(({ line, question }) => {
    if (question.type !== 'single-choice' && question.type !== 'multiple-choice') throw new Error(question.type);
    const options = question.details.options.map(
      ({ text, weight }) => `${weight === '0' || weight.startsWith('-') ? '' : '*'}${text.source}`,
    );
    return `${line}: ${question.text.source} | ${options.join(' | ')}`;
  });
  return [...asked, ...told];
}

const bold = (text: string) => paragraph(run(text, '<w:b/>'));

describe('The right answer is the one', () => {
  const asked = lines('1. Massa birligi?', 'A) nyuton');
  const rest = lines('C) joul');
  test.each([
    ['in bold', bold('B) kilogramm')],
    ['with its text alone in bold', paragraph(run('B) ') + run('kilogramm', '<w:b/>'))],
    ['in another colour', paragraph(run('B) kilogramm', '<w:color w:val="FF0000"/>'))],
    ['highlighted', paragraph(run('B) kilogramm', '<w:highlight w:val="yellow"/>'))],
    ['underlined', paragraph(run('B) kilogramm', '<w:u w:val="single"/>'))],
    ['shaded', paragraph(run('B) kilogramm', '<w:shd w:val="clear" w:fill="FFFF00"/>'))],
    ['with an asterisk before its letter', lines('*B) kilogramm')],
    ['with an asterisk after its letter', lines('B) *kilogramm')],
    ['with an asterisk at its end', lines('B) kilogramm *')],
    ['with a plus before its letter', lines('+B) kilogramm')],
    ['with a plus after its letter', lines('B) +kilogramm')],
    ['with a number sign, as in HEMIS', lines('#B) kilogramm')],
  ])('%s', async (_, option) => {
    expect(await shown(asked + option + rest)).toEqual(['1: Massa birligi? | nyuton | *kilogramm | joul']);
  });

  test.each(['Javob: B', 'Toʻgʻri javob: B', "To'g'ri javob: b", 'ANSWER: B', 'Ответ: В', 'Жооп: B'])(
    'named by a line: %s',
    async (key) => {
      expect(await shown(asked + lines('B) kilogramm', 'C) joul', key))).toEqual([
        '1: Massa birligi? | nyuton | *kilogramm | joul',
      ]);
    },
  );

  test('and several of them if signs or a line say so', async () => {
    const several = ['1: Skalyarlar? | *massa | kuch | *energiya'];
    expect(await shown(lines('1. Skalyarlar?', '*A) massa', 'B) kuch', '*C) energiya'))).toEqual(several);
    expect(await shown(lines('1. Skalyarlar?', 'A) massa', 'B) kuch', 'C) energiya', 'Javob: A, C'))).toEqual(several);
  });

  test('in the style of its paragraph or of its characters', async () => {
    const styles =
      '<w:style w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style><w:style w:styleId="Right"><w:basedOn w:val="Base"/></w:style>';
    const styled = paragraph('B) kilogramm', '<w:pStyle w:val="Right"/>');
    expect(await shown(asked + styled + rest, { styles })).toEqual(['1: Massa birligi? | nyuton | *kilogramm | joul']);
    const characters = paragraph(run('B) kilogramm', '<w:rStyle w:val="Right"/>'));
    expect(await shown(asked + characters + rest, { styles })).toEqual([
      '1: Massa birligi? | nyuton | *kilogramm | joul',
    ]);
  });
});

describe('A teacher is told of the question where', () => {
  test.each([
    ['nothing is marked', lines('1. a?', 'A) x', 'B) y'), '1: mark-missing'],
    ['everything is bold', bold('1. a?') + bold('A) x') + bold('B) y'), '1: mark-everywhere'],
    ['two options are bold', lines('1. a?') + bold('A) x') + bold('B) y') + lines('C) z'), '3: several-marked'],
    ['a key and bold disagree', lines('1. a?') + bold('A) x') + lines('B) y', 'Javob: B'), '1: marks-disagree'],
    ['the key has no such letter', lines('1. a?', 'A) x', 'B) y', 'Javob: E'), '1: key-letter-unknown'],
    ['an option has no text', lines('1. a?', '*A) x', 'B) '), '3: option-empty'],
    ['there is one option only', lines('1. a?', '*A) x'), '1: too-few-options'],
    ['there are none', lines('1. a?', '2. b?', '*A) x', 'B) y'), '1: too-few-options'],
    ['the text is missing', lines('1. A) x *B) y'), '1: question-empty'],
  ])('%s', async (_, body, told) => {
    expect(await shown(body)).toContainEqual(told);
  });

  test('and the other questions are kept', async () => {
    const body = lines('1. a?', 'A) x', 'B) y', '2. b?', '*A) x', 'B) y');
    expect(await shown(body)).toEqual(['4: b? | *x | y', '1: mark-missing']);
  });
});

describe('Numbers and letters', () => {
  const lists = [
    { id: 1, formats: ['decimal', 'upperLetter'] },
    { id: 2, formats: ['russianLower'] },
    { id: 3, formats: ['bullet'] },
  ];

  test('may be written by Word itself', async () => {
    const body =
      paragraph('Massa birligi?', inList(1)) +
      paragraph('nyuton', inList(1, 1)) +
      paragraph(run('kilogramm', '<w:b/>'), inList(1, 1)) +
      paragraph('Kuch birligi?', inList(1)) +
      paragraph(run('nyuton', '<w:b/>'), inList(1, 1)) +
      paragraph('joul', inList(1, 1));
    expect(await shown(body, { lists })).toEqual([
      '1: Massa birligi? | nyuton | *kilogramm',
      '4: Kuch birligi? | *nyuton | joul',
    ]);
  });

  test('of Word go with a key that counts them', async () => {
    const question = (text: string, restart: number) =>
      paragraph(text, inList(1)) + paragraph('ha', inList(restart, 0)) + paragraph('йўқ', inList(restart, 0));
    const body = question('Birinchi?', 2) + lines('Javoblar: ', '1-б');
    expect(await shown(body, { lists })).toEqual(['1: Birinchi? | ha | *йўқ']);
  });

  test('may be bullets for options', async () => {
    const body = lines('1. a?') + paragraph('x', inList(3)) + paragraph(run('y', '<w:b/>'), inList(3));
    expect(await shown(body, { lists })).toEqual(['1: a? | x | *y']);
  });

  test.each([
    ['Cyrillic letters', ['а) x', '*б) y', 'в) z', 'г) t']],
    ['Cyrillic letters that look Latin', ['А) x', '*В) y', 'С) z', 'D) t']],
    ['points after letters', ['A. x', '*B. y', 'C. z', 'D. t']],
    ['small letters', ['a) x', '*b) y', 'c) z', 'd) t']],
  ])('may be %s', async (_, options) => {
    expect(await shown(lines('1) Savol?', ...options))).toEqual(['1: Savol? | x | *y | z | t']);
  });

  test('may stand on one line', async () => {
    expect(await shown(lines('1. 2+2=? A) 3  *B) 4  C) 5'))).toEqual(['1: 2+2=? | 3 | *4 | 5']);
    expect(await shown(lines('1. 2+2=?', 'A) 3\tB) 4\tC) 5', 'Javob: B'))).toEqual(['1: 2+2=? | 3 | *4 | 5']);
  });

  test('may be missing before questions', async () => {
    const body = lines('Fizika', '', 'Birinchi?', '*A) x', 'B) y', 'Ikkinchi?', 'A) x', '*B) y');
    expect(await shown(body)).toEqual(['3: Birinchi? | *x | y', '6: Ikkinchi? | x | *y']);
  });

  test('of signed values are no marks', async () => {
    expect(await shown(lines('1. |x|=5?', 'A) +5', 'B) -5', '*C) ±5'))).toEqual(['1: |x|=5? | +5 | -5 | *±5']);
  });
});

describe('A key at the end', () => {
  const questions = lines('1. a?', 'A) x', 'B) y', '2. b?', 'A) x', 'B) y');
  const expected = ['1: a? | x | *y', '4: b? | *x | y'];

  test.each([
    ['on one line', lines('Javoblar', '1-B 2-A')],
    ['with a line each', lines('Kalit:', '1. B', '2. A')],
    [
      'as a table with numbers above letters',
      table([
        ['1', '2'],
        ['B', 'A'],
      ]),
    ],
    [
      'as a table with numbers beside letters',
      table([
        ['1', 'B'],
        ['2', 'A'],
      ]),
    ],
  ])('may stand %s', async (_, key) => {
    expect(await shown(questions + key)).toEqual(expected);
  });

  test('of a question that is not there is told', async () => {
    expect(await shown(questions + lines('1-B 2-A 3-C'))).toEqual([...expected, '7: key-number-unknown']);
  });
});

describe('What a question holds', () => {
  test('keeps bold words, raised and lowered letters, and less-than signs', async () => {
    const body =
      paragraph(
        run('1. Suv ') +
          run('emas', '<w:b/>') +
          run(': H') +
          run('2', '<w:vertAlign w:val="subscript"/>') +
          run('O, a<b'),
      ) + lines('*A) x', 'B) y');
    expect(await shown(body)).toEqual(['1: Suv <strong>emas</strong>: H<sub>2</sub>O, a&lt;b | *x | y']);
  });

  test('may go on over several paragraphs and a table', async () => {
    const body =
      lines('1. Jadvalga qarang.') +
      table([
        ['t', 'v'],
        ['1', '2<3'],
      ]) +
      lines('Tezlik?', '*A) x', 'B) y');
    expect(await shown(body)).toEqual([
      '1: <p>Jadvalga qarang.</p><table><tr><td>t</td><td>v</td></tr><tr><td>1</td><td>2&lt;3</td></tr></table><p>Tezlik?</p> | *x | y',
    ]);
  });

  test('may have its options in a table', async () => {
    const body =
      lines('1. a?') +
      table([
        ['A) x', '*B) y'],
        ['C) z', 'D) t'],
      ]);
    expect(await shown(body)).toEqual(['1: a? | x | *y | z | t']);
  });

  test('brings its pictures along', async () => {
    const [picture] = pictures;
    const body = paragraph(run('1. Rasmda? ') + drawing('rId5', 'Kuch')) + lines('*A) x', 'B) y');
    const result = await read(body, { pictures: { rId5: { name: 'image1.png', bytes: picture!.bytes } } });
    expect(result.questions[0]?.question.text.source).toBe(`Rasmda? <img src="asset:${picture!.sha256}" alt="Kuch">`);
    expect(result.assets).toEqual([{ ...picture, bytes: Buffer.from(picture!.bytes) }]);
  });

  test('is not taken without a picture that cannot be read', async () => {
    const body = paragraph(run('1. Rasmda? ') + drawing('rId5')) + lines('*A) x', 'B) y', '2. b?', '*A) x', 'B) y');
    const emf = { name: 'image1.emf', bytes: new Uint8Array(40).fill(1) };
    expect(await shown(body, { pictures: { rId5: emf } })).toEqual(['4: b? | *x | y', '1: archive-picture-unknown']);
    expect(await shown(body)).toEqual(['4: b? | *x | y', '1: archive-picture-missing']);
  });

  test('leaves out what was deleted while changes were tracked', async () => {
    const deleted = '<w:del><w:r><w:delText>yolgʻon </w:delText></w:r></w:del>';
    const inserted = `<w:ins>${run('rost ')}</w:ins>`;
    expect(await shown(paragraph(run('1. ') + deleted + inserted + run('gap')) + lines('*A) x', 'B) y'))).toEqual([
      '1: rost gap | *x | y',
    ]);
  });
});

describe('A formula of Word', () => {
  const r = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
  const e = (name: string, text: string) => `<m:${name}>${r(text)}</m:${name}>`;
  test.each([
    ['a fraction', `<m:f>${e('num', 'a')}${e('den', 'b')}</m:f>`, '\\frac{a}{b}'],
    ['a power', `<m:sSup>${e('e', 'x')}${e('sup', '2')}</m:sSup>`, '{x}^{2}'],
    ['an index', `<m:sSub>${e('e', 'x')}${e('sub', '0')}</m:sSub>`, '{x}_{0}'],
    ['a root', `<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>${e('e', 'x')}</m:rad>`, '\\sqrt{x}'],
    ['a third root', `<m:rad>${e('deg', '3')}${e('e', 'x')}</m:rad>`, '\\sqrt[3]{x}'],
    [
      'a sum',
      `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>${e('sub', 'i=1')}${e('sup', 'n')}${e('e', 'i')}</m:nary>`,
      '\\sum_{i=1}^{n} i',
    ],
    ['brackets', `<m:d>${e('e', 'x')}</m:d>`, '\\left( x \\right)'],
    ['a function', `<m:func>${e('fName', 'sin')}${e('e', 'α')}</m:func>`, '\\sin α'],
    ['a vector', `<m:acc><m:accPr><m:chr m:val="⃗"/></m:accPr>${e('e', 'F')}</m:acc>`, '\\vec{F}'],
    ['a logarithm', `<m:sSub>${e('e', 'log')}${e('sub', '2')}</m:sSub>${r('8')}`, '\\log_{2} 8'],
    ['degrees', `<m:sSup>${e('e', '90')}${e('sup', '∘')}</m:sSup>`, '{90}^\\circ'],
    ['a derivative', `<m:sSup>${e('e', 'f')}${e('sup', '′')}</m:sSup>`, '{f}&#39;'],
    ['upright letters', '<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>kg</m:t></m:r>', '\\mathrm{kg}'],
    ['signs of its own', '<m:r><m:t>a≤b·c</m:t></m:r>', 'a\\le b\\cdot c'],
  ])('may be %s', async (_, omml, tex) => {
    const body = paragraph(run('1. Toping: ') + `<m:oMath>${omml}</m:oMath>`) + lines('*A) x', 'B) y');
    const { questions, warnings } = await read(body);
    expect(questions[0]?.question.text.source).toBe(`Toping: \\(${tex}\\)`);
    expect(warnings).toEqual([]);
  });

  test('is kept, with a warning, where a part of it is not understood', async () => {
    const body =
      paragraph(run('1. ') + `<m:oMath><m:strange>${e('e', 'x')}</m:strange></m:oMath>`) + lines('*A) x', 'B) y');
    const { questions, warnings } = await read(body);
    expect(questions[0]?.question.text.source).toBe('\\(x\\)');
    expect(warnings).toEqual([{ line: 1, code: 'formula-part-unknown', params: { name: 'strange' } }]);
  });
});

describe('Lines after a question', () => {
  test('say its points, its tags and what is said to it, in the languages of teachers', async () => {
    const body = lines(
      '1. a?',
      '*A) x',
      'B) y',
      'Ball: 2,5',
      'Teglar: kuch; massa',
      'Izoh: chunki',
      'shunday',
      '2. b?',
    );
    const { questions } = await read(body + lines('*A) x', 'B) y', 'Points: 3'));
    expect(questions.map(({ question: { points, tags, generalFeedback } }) => [points, tags, generalFeedback])).toEqual(
      [
        ['2.5', ['kuch', 'massa'], { format: 'html', source: '<p>chunki</p><p>shunday</p>' }],
        ['3', undefined, null],
      ],
    );
  });

  test('say its type and its answer', async () => {
    const body = lines(
      '1. g?',
      'Turi: son',
      'Javob: 9,8 ± 0,1',
      '2. Rostmi?',
      'Type: true-false',
      'Answer: false',
      '3. Yozing.',
    );
    const { questions, problems } = await read(body + lines('Тип: эссе', '4. h?', 'Type: numeric', 'Javob: ?'));
    expect(questions.map(({ question: { type, details } }) => [type, details])).toEqual([
      [
        'numeric',
        { answers: [{ accepted: { kind: 'near', value: '9,8', tolerance: '0,1' }, weight: '1', feedback: null }] },
      ],
      ['true-false', { isTrue: false, feedbackToTrue: null, feedbackToFalse: null }],
      ['essay', {}],
    ]);
    expect(problems).toMatchObject([{ line: 9, code: 'not-a-number' }]);
  });

  test('are part of the text where no type and no option stands before them', async () => {
    expect(await shown(lines('1. Toping.', 'Ball: 5', 'Turi: qizil', '*A) x', 'B) y'))).toEqual([
      '1: <p>Toping.</p><p>Ball: 5</p><p>Turi: qizil</p> | *x | y',
    ]);
  });

  test('give a question with points that are no number back', async () => {
    expect(await shown(lines('1. a?', '*A) x', 'B) y', 'Ball: koʻp'))).toEqual(['1: points-unreadable']);
  });
});

test('A line break in an option that Word lettered is in the option', async () => {
  const lists = [{ id: 1, formats: ['decimal', 'upperLetter'] }];
  const body =
    paragraph('Qaysi?', inList(1)) +
    paragraph(run('bir', '<w:b/>') + '<w:r><w:br/></w:r>' + run('ikki', '<w:b/>'), inList(1, 1)) +
    paragraph('uch', inList(1, 1));
  expect(await shown(body, { lists })).toEqual(['1: Qaysi? | *bir<br>ikki | uch']);
});

describe('Questions in a table', () => {
  test('are read by the names of its columns', async () => {
    const body = table([
      ['№', 'Savol', 'Toʻgʻri javob', 'Muqobil javob', 'Muqobil javob'],
      ['1', 'Massa birligi?', 'kg', 'N', 'J'],
      ['2', 'Kuch birligi?', '', 'kg', 'J'],
    ]);
    expect(await shown(body)).toEqual(['6: Massa birligi? | *kg | N | J', '11: mark-missing']);
  });
});

describe('A text format typed into Word', () => {
  test('is read as what it is, by paragraph', async () => {
    const hemis = lines('Massa?', '====', '#kg', '====', 'N', '++++', 'Kuch?', '====', 'kg', '====', '#N');
    expect(await shown(hemis)).toEqual(['1: Massa? | *kg | N', '7: Kuch? | kg | *N']);
    expect(await shown(lines('Massa? {', '=kg', '~N', '}'))).toEqual(['1: Massa? | *kg | N']);
  });
});
