// QTI packages of other programs, and what ours say to those programs.
import { describe, expect, test } from '@jest/globals';
import { readXml } from '../../src/questions/formats/archive/read-xml.ts';
import { openZip } from '../../src/questions/formats/archive/read-zip.ts';
import { writeZip } from '../../src/questions/formats/archive/write-zip.ts';
import { qti, qti21 } from '../../src/questions/formats/qti.ts';
import type { Question } from '../../src/questions/question.ts';
import { pictures } from './any-question.ts';

const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

function packageOf(items: readonly string[], more: { name: string; bytes: Uint8Array }[] = []) {
  const resources = items.map(
    (_, at) => `<resource identifier="r${at}" type="imsqti_item_xmlv3p0" href="items/${at}.xml"/>`,
  );
  return writeZip([
    file('imsmanifest.xml', `<manifest><resources>${resources.join('')}</resources></manifest>`),
    ...items.map((item, at) => file(`items/${at}.xml`, item)),
    ...more,
  ]);
}

async function one(item: string, more: { name: string; bytes: Uint8Array }[] = []) {
  const { questions, problems } = await qti.read(await packageOf([item], more));
  return problems[0] ?? questions[0]?.question;
}

const item3 = (inner: string) => `<qti-assessment-item title="Savol" identifier="i">${inner}</qti-assessment-item>`;
const choice3 = (declaration: string, cardinality = 'single', most = 1) =>
  item3(
    `<qti-response-declaration identifier="RESPONSE" cardinality="${cardinality}" base-type="identifier">${declaration}</qti-response-declaration>
    <qti-item-body><p>Birlik?</p><qti-choice-interaction response-identifier="RESPONSE" max-choices="${most}">
    <qti-prompt>Tanlang.</qti-prompt>
    <qti-simple-choice identifier="A">kg</qti-simple-choice><qti-simple-choice identifier="B">N</qti-simple-choice>
    <qti-simple-choice identifier="C">J</qti-simple-choice></qti-choice-interaction></qti-item-body>`,
  );
const correct = (...keys: string[]) =>
  `<qti-correct-response>${keys.map((key) => `<qti-value>${key}</qti-value>`).join('')}</qti-correct-response>`;
const weights = (question: unknown) =>
  (question as { details: { options: { weight: string }[] } }).details.options.map(({ weight }) => weight);

describe('A choice', () => {
  test('has one right answer by its key, and its prompt after its text', async () => {
    const question = await one(choice3(correct('B')));
    expect(question).toMatchObject({ type: 'single-choice', name: 'Savol', points: '1' });
    expect(question).toMatchObject({ text: { source: '<p>Birlik?</p><p>Tanlang.</p>' } });
    expect(weights(question)).toEqual(['0', '1', '0']);
  });

  test('of several counts as a whole if nothing is mapped', async () => {
    const question = await one(choice3(correct('A', 'C'), 'multiple', 0));
    expect(question).toMatchObject({ type: 'multiple-choice', details: { grading: 'all-or-nothing' } });
    expect(weights(question)).toEqual(['1/2', '0', '1/2']);
  });

  test('has shares of the most that its mapping gives, and that many points', async () => {
    const mapping =
      '<qti-mapping default-value="-1"><qti-map-entry map-key="A" mapped-value="2"/><qti-map-entry map-key="B" mapped-value="1"/></qti-mapping>';
    expect(await one(choice3(mapping, 'multiple', 0))).toMatchObject({ type: 'multiple-choice', points: '3' });
    expect(weights(await one(choice3(mapping, 'multiple', 0)))).toEqual(['2/3', '1/3', '-1/3']);
    expect(weights(await one(choice3(mapping)))).toEqual(['1', '1/2', '-1/2']);
  });

  test('without a key is told', async () => {
    expect(await one(choice3(''))).toMatchObject({ line: 1, code: 'qti-without-key', params: { name: 'items/0.xml' } });
  });
});

describe('Version 2.1 is read too:', () => {
  const item = (declaration: string, body: string) =>
    `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" title="Savol" identifier="i"><responseDeclaration identifier="R" ${declaration}</responseDeclaration><itemBody>${body}</itemBody></assessmentItem>`;

  test('a match', async () => {
    const set = (names: string[], prefix: string) =>
      `<simpleMatchSet>${names.map((name, at) => `<simpleAssociableChoice identifier="${prefix}${at}" matchMax="4">${name}</simpleAssociableChoice>`).join('')}</simpleMatchSet>`;
    const key = '<correctResponse><value>L0 R1</value><value>L1 R0</value></correctResponse>';
    const body = `<matchInteraction responseIdentifier="R"><prompt>Moslang</prompt>${set(['kuch', 'massa'], 'L')}${set(['kg', 'N', 'J'], 'R')}</matchInteraction>`;
    expect(await one(item(`cardinality="multiple" baseType="directedPair">${key}`, body))).toMatchObject({
      type: 'matching',
      text: { source: 'Moslang' },
      details: { pairs: [{ right: 'N' }, { right: 'kg' }], distractors: ['J'] },
    });
  });

  test('a word among words, which leaves a gap', async () => {
    const mapping =
      '<mapping><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york" mappedValue="0.5"/></mapping>';
    const body = '<p>Now is the winter by this sun of <textEntryInteraction responseIdentifier="R"/>;</p>';
    expect(await one(item(`cardinality="single" baseType="string">${mapping}`, body))).toMatchObject({
      type: 'short-text',
      text: { source: '<p>Now is the winter by this sun of _____;</p>' },
      details: {
        answers: [
          { pattern: 'York', weight: '1' },
          { pattern: 'york', weight: '1/2' },
        ],
      },
    });
  });

  test('an order', async () => {
    const choices = ['a', 'b', 'c']
      .map((name) => `<simpleChoice identifier="${name}">${name}!</simpleChoice>`)
      .join('');
    const key = '<correctResponse><value>c</value><value>a</value><value>b</value></correctResponse>';
    const body = `<p>Tartib</p><orderInteraction responseIdentifier="R">${choices}</orderInteraction>`;
    expect(await one(item(`cardinality="ordered" baseType="identifier">${key}`, body))).toMatchObject({
      type: 'ordering',
      details: { items: [{ source: 'c!' }, { source: 'a!' }, { source: 'b!' }] },
    });
  });

  test('what has no place here is named', async () => {
    const body = '<p>Chizing</p><drawingInteraction responseIdentifier="R"/>';
    expect(await one(item('cardinality="single" baseType="file">', body))).toMatchObject({
      code: 'qti-part-unknown',
      params: { name: 'items/0.xml', part: 'drawingInteraction' },
    });
  });
});

describe('What stands in an item', () => {
  const described = (inner: string) => item3(`<qti-item-body>${inner}</qti-item-body>`);

  test('keeps its formulas, from the TeX beside them or from the MathML itself', async () => {
    const math = (inner: string) => `<m:math xmlns:m="http://www.w3.org/1998/Math/MathML">${inner}</m:math>`;
    const annotated = math(
      '<m:semantics><m:mi>x</m:mi><m:annotation encoding="application/x-tex">\\xi</m:annotation></m:semantics>',
    );
    const bare = math('<m:mfrac><m:mi>a</m:mi><m:mi>b</m:mi></m:mfrac>');
    expect(await one(described(`<p>${annotated} ${bare}</p>`))).toMatchObject({
      text: { source: '<p>\\(\\xi\\) \\(\\frac{a}{b}\\)</p>' },
    });
  });

  test('brings its pictures, and is not taken without one', async () => {
    const [picture] = pictures;
    const shown = described('<p><img src="../rasm%201.png" alt="Kuch"/></p>');
    expect(await one(shown, [{ name: 'rasm 1.png', bytes: picture!.bytes }])).toMatchObject({
      text: { source: `<p><img src="asset:${picture!.sha256}" alt="Kuch"></p>` },
    });
    expect(await one(shown)).toMatchObject({ code: 'archive-picture-missing', params: { name: 'rasm 1.png' } });
    const outside = described('<p><img src="../../../../etc/passwd"/></p>');
    expect(await one(outside)).toMatchObject({ code: 'archive-picture-missing', params: { name: 'etc/passwd' } });
  });

  test('costs only its own question if it is bad', async () => {
    const broken = '<qti-assessment-item>';
    const entities = `<!DOCTYPE x [<!ENTITY a "b">]>${described('<p>&a;</p>')}`;
    const { questions, problems } = await qti.read(await packageOf([broken, described('<p>Matn</p>'), entities]));
    expect(questions.map(({ line }) => line)).toEqual([2]);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [1, 'archive-xml-broken'],
      [3, 'archive-xml-entities'],
    ]);
  });
});

test('A manifest without its item is told', async () => {
  const manifest = '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="yoq.xml"/></resources></manifest>';
  const { problems } = await qti.read(await writeZip([file('imsmanifest.xml', manifest)]));
  expect(problems).toEqual([{ line: 1, code: 'qti-file-missing', params: { name: 'yoq.xml' } }]);
});

describe('What is written', () => {
  const plain = (source: string) => ({ format: 'plain' as const, source });
  const question: Question = {
    type: 'single-choice',
    name: 'Massa',
    text: plain('a<b?'),
    generalFeedback: plain('Hammaga'),
    points: '2.5',
    tags: ['mexanika'],
    details: {
      options: [
        { text: plain('ha'), weight: '1', feedback: plain('Barakalla') },
        { text: plain('yoʻq'), weight: '-1/3', feedback: null },
      ],
    },
  };

  test.each([
    ['2.1', qti21, 'assessmentItem', 'mapEntry', 'mappedValue'],
    ['3.0', qti, 'qti-assessment-item', 'qti-map-entry', 'mapped-value'],
  ])('speaks version %s', async (_, format, root, entry, attribute) => {
    const archive = await openZip((await format.write([question], [])).body);
    expect(archive.names).toEqual(['imsmanifest.xml', 'items/q00001.xml']);
    const bytes = await archive.read('items/q00001.xml');
    expect(readXml(bytes!, '').name).toBe(root);
    const xml = Buffer.from(bytes!).toString();
    expect(xml).toContain(
      `<${entry} ${entry.startsWith('qti') ? 'map-key' : 'mapKey'}="c1" ${attribute}="-0.333333333"/>`,
    );
    expect(xml).toContain('<div>a&lt;b?</div>');
    expect(xml).toContain('>2.5<');
  });

  test.each([
    ['2.1', qti21],
    ['3.0', qti],
  ])('names in a manifest of version %s the pictures that each item needs', async (_, format) => {
    const [first, second] = pictures.map(({ sha256 }) => `<img src="asset:${sha256}" alt="">`);
    const shows = (...images: (string | undefined)[]): Question => ({
      ...question,
      text: { format: 'html', source: `<p>a ${images.join(' b ')}</p>` },
    });
    const { body } = await format.write([shows(second, second), question, shows(first, second)], pictures);
    const manifest = Buffer.from((await (await openZip(body)).read('imsmanifest.xml'))!).toString();
    const hrefs = new Map(
      [...manifest.matchAll(/identifier="(p\d+)" type="webcontent" href="([^"]+)"/g)].map(([, id, href]) => [id, href]),
    );
    const needed = [...manifest.matchAll(/<file href="items[^>]+>((?:<dependency [^>]+>)*)<\/resource>/g)].map(
      ([, all = '']) => [...all.matchAll(/identifierref="([^"]+)"/g)].map(([, id]) => hrefs.get(id)),
    );
    const [one, two] = pictures.map(({ sha256 }) => `pictures/${sha256}.png`);
    expect(needed).toEqual([[two], [], [one, two]]);
  });
});
