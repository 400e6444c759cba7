// Tables with a question a row: what a teacher may call the columns and write in them, and every mistake at its row.
import { describe, expect, test } from '@jest/globals';
import { csv } from '../../src/questions/formats/csv.ts';
import { xlsx } from '../../src/questions/formats/xlsx.ts';
import { writeZip } from '../../src/questions/formats/archive/write-zip.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';

function shown(text: string) {
  const { questions, problems } = readQuestions(text, 'csv');
  const asked = questions.map(({ line, question: { type, details } }) => {
    const options = 'options' in details ? details.options : [];
    const marked = options.map(({ text: { source }, weight }) => (/^(0|-)/.test(weight) ? source : `*${source}`));
    return `${line}: ${type} ${marked.join(' | ')}`.trim();
  });
  return [...asked, ...problems.map(({ line, code }) => `${line}: ${code}`)];
}

describe('The columns', () => {
  test.each([
    ['English', 'Question,A,B,C,Right\nMassa?,N,kg,J,B'],
    ['Uzbek', "Savol;A;B;C;To'g'ri javob\nMassa?;N;kg;J;B"],
    ['Russian', 'Вопрос\tВариант 1\tВариант 2\tВариант 3\tПравильный ответ\nMassa?\tN\tkg\tJ\tB'],
    ['Kyrgyz', 'Суроо;А;Б;В;Туура жооп\nMassa?;N;kg;J;Б'],
    ['any order', 'Right,Question,Points,Option A,Option B,Option C\nB,Massa?,,N,kg,J'],
  ])('may have their names in %s', (_, text) => {
    expect(shown(text)).toEqual(['2: single-choice N | *kg | J']);
    expect(readQuestions(text, 'auto').format).toBe('csv');
  });

  test('may have none, where letters at the end of rows tell', () => {
    expect(shown('1;Massa?;N;kg;J;B\n2;Kuch?;N;kg;J;1')).toEqual([
      '1: single-choice N | *kg | J',
      '2: single-choice *N | kg | J',
    ]);
    expect(shown('Massa?;N;kg;J')).toEqual(['1: columns-unknown']);
  });

  test('may set the right answer apart from the wrong ones', () => {
    expect(shown("Savol;To'g'ri javob;Muqobil javob;Muqobil javob\nMassa?;kg;N;J")).toEqual([
      '2: single-choice *kg | N | J',
    ]);
  });
});

describe('The right answer may be', () => {
  const one = (right: string, options = 'N,kg,J') => shown(`Question,A,B,C,Right\nMassa?,${options},"${right}"`)[0];
  test.each([
    ['B', '2: single-choice N | *kg | J'],
    ['b)', '2: single-choice N | *kg | J'],
    ['2', '2: single-choice N | *kg | J'],
    ['KG', '2: single-choice N | *kg | J'],
    ['A, C', '2: multiple-choice *N | kg | *J'],
    ['AC', '2: multiple-choice *N | kg | *J'],
    ['1;3', '2: multiple-choice *N | kg | *J'],
    ['D', '2: right-unknown'],
    ['', '2: mark-missing'],
  ])('%j', (right, expected) => {
    expect(one(right)).toBe(expected);
  });

  test('a number that is an option and the place of another, and then nobody guesses', () => {
    expect(one('2', '2,3,4')).toBe('2: right-ambiguous');
    expect(one('2)', '2,3,4')).toBe('2: single-choice 2 | *3 | 4');
  });
});

test('A row without options asks for a number, a word, true or false', () => {
  expect(shown('Question,Right\na,9.8 ± 0.1\nb,nyuton | N\nc,rost\nd,')).toEqual([
    '2: numeric',
    '3: short-text',
    '4: true-false',
    '5: too-few-options',
  ]);
});

test('Every mistake is told at once, with the row that the sheet shows', () => {
  const text = 'Question,A,B,Right,Points\n\n,x,y,A,1\n"ikki\nqator",x,y,A,ko‘p\na,x,,A,1\nb,x,y,A,"1,5"\n,x,y,Z,-1\n';
  expect(shown(text)).toEqual([
    '6: single-choice *x | y',
    ...['3: question-empty', '4: points-unreadable', '5: too-few-options'],
    ...['7: question-empty', '7: points-unreadable', '7: right-unknown'],
  ]);
});

test('A quotation mark that never closes is named by the row where it opens', () => {
  expect(shown('Question,A,B,Right\na,x,y,A\nb,"x,y,A\nc,x,y,A')).toEqual([
    '2: single-choice *x | y',
    '3: quote-not-closed',
  ]);
});

test('A first line for spreadsheets that names the separator is no row', () => {
  expect(shown('sep=;\nQuestion;A;B;Right\na, b;x;y;A')).toEqual(['2: single-choice *x | y']);
});

describe('What is written', () => {
  const plain = (source: string) => ({ format: 'plain' as const, source });
  const question = {
    type: 'single-choice' as const,
    name: '=HYPERLINK("http://a.b")',
    text: plain('@SUM(A1)'),
    generalFeedback: plain('-2+3'),
    points: '1',
    details: {
      options: ['+1', '-5', "'=x"].map((text, at) => ({
        text: plain(text),
        weight: at === 0 ? '1' : '0',
        feedback: null,
      })),
    },
  };

  test('starts no formula in a spreadsheet', () => {
    const { body } = csv.write([question]);
    const cells = body.split('\r\n')[1]?.split(',') ?? [];
    expect(cells.filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
    expect(body).toContain("'@SUM(A1),'+1,-5,''=x,A,1,,'-2+3");
  });

  test('is read back as it was, from text and from a workbook', async () => {
    const fromText = readQuestions(csv.write([question]).body, 'auto').questions[0]?.question;
    const fromBook = (await xlsx.read((await xlsx.write([question])).body)).questions[0]?.question;
    for (const again of [fromText, fromBook]) {
      expect(again).toMatchObject({
        name: question.name,
        text: { source: '@SUM(A1)' },
        generalFeedback: { source: '-2+3' },
      });
      expect(again?.type === 'single-choice' && again.details.options.map(({ text }) => text.source)).toEqual([
        '+1',
        '-5',
        "'=x",
      ]);
    }
  });
});

describe('A workbook', () => {
  const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
  const book = (rows: string, more: string[] = []) =>
    writeZip([
      file(
        'xl/workbook.xml',
        `<workbook xmlns:r="r"><sheets><sheet name="Bir" r:id="s0"/>${more.map((_, at) => `<sheet name="Varaq ${at}" r:id="s${at + 1}"/>`).join('')}</sheets></workbook>`,
      ),
      file(
        'xl/_rels/workbook.xml.rels',
        `<Relationships>${['', ...more].map((_, at) => `<Relationship Id="s${at}" Target="worksheets/${at}.xml"/>`).join('')}</Relationships>`,
      ),
      file('xl/sharedStrings.xml', '<sst><si><t>Savol</t></si><si><r><t>Mas</t></r><r><t>sa?</t></r></si></sst>'),
      file('xl/styles.xml', '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
      ...[sheetOf(rows), ...more].map((sheet, at) => file(`xl/worksheets/${at}.xml`, sheet)),
    ]);
  const header =
    '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="inlineStr"><is><t>A</t></is></c><c r="D3" t="str"><v>B</v></c><c r="E3" t="str"><v>Right</v></c></row>';

  test('is read from shared, inline and counted cells, at the rows people see', async () => {
    const row =
      '<row r="5"><c r="B5" t="s"><v>1</v></c><c r="C5"><v>0.30000000000000004</v></c><c r="D5"><f>1+1</f><v>2</v></c><c r="E5" t="str"><v>A</v></c></row>';
    const { questions, problems } = await xlsx.read(await book(header + row));
    expect(problems).toEqual([]);
    expect(questions).toMatchObject([
      {
        line: 5,
        question: {
          text: { source: 'Massa?' },
          details: { options: [{ text: { source: '0.3' } }, { text: { source: '2' } }] },
        },
      },
    ]);
  });

  test('says which cell became a date, which shows an error, and which sheets were left out', async () => {
    const row =
      '<row r="5"><c r="B5" t="s"><v>1</v></c><c r="C5" s="1"><v>46023</v></c><c r="D5" t="e"><v>#REF!</v></c><c r="E5" t="str"><v>A</v></c></row>';
    const { questions, problems } = await xlsx.read(await book(header + row, [sheetOf(header)]));
    expect(questions).toEqual([]);
    expect(problems.map(({ line, code, params }) => [line, code, Object.values(params)[0]])).toEqual([
      [1, 'sheet-left-out', 'Varaq 0'],
      [5, 'cell-is-date', 'C5'],
      [5, 'cell-is-error', 'D5'],
    ]);
  });
});
