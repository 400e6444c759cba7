// Gaps, areas of pictures and formulas in QTI: items as the standard and other programs write them, and what ours say.
import { describe, expect, test } from '@jest/globals';
import { openZip } from '../../src/questions/formats/archive/read-zip.ts';
import { writeZip } from '../../src/questions/formats/archive/write-zip.ts';
import { qti, qti21 } from '../../src/questions/formats/qti.ts';
import { questionSchema } from '../../src/questions/question.ts';
import type { Question } from '../../src/questions/question.ts';
import { pictures } from './any-question.ts';

const [picture] = pictures;
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

/** What is read of a package with one item: the question, or the problem; and what was left out. */
async function read(item: string) {
  const resource = '<resource identifier="r" type="imsqti_item_xmlv2p1" href="item.xml"/>';
  const manifest = `<manifest><resources>${resource}</resources></manifest>`;
  const files = [file('imsmanifest.xml', manifest), file('item.xml', item), { name: 'map.png', bytes: picture!.bytes }];
  const { questions, problems, warnings = [] } = await qti.read(await writeZip(files));
  if (questions[0]) expect(questionSchema.safeParse(questions[0].question).error).toBeUndefined();
  return {
    question: questions[0]?.question,
    problem: problems[0],
    leftOut: warnings.map(({ params }) => params['what']),
  };
}

const item = (inner: string) => `<assessmentItem title="Savol" identifier="i">${inner}</assessmentItem>`;
const response = (name: string, type: string, inner: string, cardinality = 'single') =>
  `<responseDeclaration identifier="${name}" cardinality="${cardinality}" baseType="${type}">${inner}</responseDeclaration>`;
const right = (...keys: string[]) =>
  `<correctResponse>${keys.map((key) => `<value>${key}</value>`).join('')}</correctResponse>`;
const mapping = (entries: Record<string, string>) => {
  const written = Object.entries(entries).map(([key, value]) => `<mapEntry mapKey="${key}" mappedValue="${value}"/>`);
  return `<mapping defaultValue="0">${written.join('')}</mapping>`;
};
const menu = (name: string, ...choices: string[]) =>
  `<inlineChoiceInteraction responseIdentifier="${name}" shuffle="false">${choices
    .map((choice) => `<inlineChoice identifier="${choice}">${choice}!</inlineChoice>`)
    .join('')}</inlineChoiceInteraction>`;
const field = (name: string) => `<textEntryInteraction responseIdentifier="${name}" expectedLength="10"/>`;

describe('Interactions among words are gaps,', () => {
  test('each worth the most that its mapping gives, and the question worth their sum', async () => {
    const body = `<itemBody><p>Kuch ${menu('R1', 'N', 'kg')}, massa ${field('R2')} [[9]].</p></itemBody>`;
    const sum = '<sum><mapResponse identifier="R1"/><mapResponse identifier="R2"/></sum>';
    const { question } = await read(
      item(
        response('R1', 'identifier', right('N') + mapping({ N: '2', kg: '-1' })) +
          response('R2', 'string', mapping({ kg: '1', g: '0.5' })) +
          body +
          `<responseProcessing><setOutcomeValue identifier="SCORE">${sum}</setOutcomeValue></responseProcessing>`,
      ),
    );
    expect(question).toMatchObject({
      type: 'cloze',
      points: '3',
      text: { source: '<p>Kuch [[1]], massa [[2]] [<span></span>[9]].</p>' },
      details: {
        gaps: [
          { kind: 'choice', layout: 'menu', points: '2', details: { options: [{ weight: '1' }, { weight: '-1/2' }] } },
          { kind: 'text', points: '1', details: { answers: [{ pattern: 'kg' }, { pattern: 'g', weight: '1/2' }] } },
        ],
      },
    });
  });

  test('or what a rule gives for the right answer, with what that says', async () => {
    const rule = (name: string, test: string, score: string) =>
      `<responseCondition><responseIf>${test}<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><baseValue baseType="float">${score}</baseValue></sum></setOutcomeValue><setOutcomeValue identifier="F${name}"><baseValue baseType="identifier">good</baseValue></setOutcomeValue></responseIf></responseCondition>`;
    const equal =
      '<equal toleranceMode="relative" tolerance="10 10"><variable identifier="R1"/><correct identifier="R1"/></equal>';
    const match = '<match><variable identifier="R2"/><baseValue baseType="identifier">b</baseValue></match>';
    const { question, leftOut } = await read(
      item(
        response('R1', 'float', right('50')) +
          response('R2', 'identifier', right('b')) +
          `<itemBody><p>${field('R1')} va ${menu('R2', 'a', 'b')}</p></itemBody>` +
          `<responseProcessing>${rule('1', equal, '3')}${rule('2', match, '1')}</responseProcessing>` +
          '<modalFeedback outcomeIdentifier="F1" identifier="good" showHide="show">Ellik!</modalFeedback>' +
          '<modalFeedback outcomeIdentifier="F2" identifier="good" showHide="show">Ha, b.</modalFeedback>',
      ),
    );
    expect(question).toMatchObject({
      points: '4',
      details: {
        gaps: [
          {
            kind: 'number',
            points: '3',
            details: {
              answers: [{ accepted: { kind: 'near', value: '50', tolerance: '5' }, feedback: { source: 'Ellik!' } }],
            },
          },
          { points: '1', details: { options: [{ feedback: null }, { weight: '1', feedback: { source: 'Ha, b.' } }] } },
        ],
      },
    });
    expect(leftOut).toEqual([]);
  });

  test('and so are lists of options between paragraphs, each with its prompt', async () => {
    const list = (name: string, prompt: string, more: string) =>
      `<choiceInteraction responseIdentifier="${name}" maxChoices="1" ${more}><prompt>${prompt}</prompt><simpleChoice identifier="A">ha</simpleChoice><simpleChoice identifier="B">yoʻq</simpleChoice></choiceInteraction>`;
    const { question } = await read(
      item(
        response('P', 'identifier', right('A')) +
          response('Q', 'identifier', right('B')) +
          `<itemBody><p>Oʻqing.</p>${list('P', 'Nima?', '')}${list('Q', 'Nega?', 'orientation="horizontal"')}</itemBody>`,
      ),
    );
    expect(question).toMatchObject({
      type: 'cloze',
      text: { source: '<p>Oʻqing.</p><div><p>Nima?</p>[[1]]</div><div><p>Nega?</p>[[2]]</div>' },
      details: {
        gaps: [
          { layout: 'vertical', details: { options: [{ weight: '1' }, { weight: '0' }] } },
          { layout: 'horizontal', details: { options: [{ weight: '0' }, { weight: '1' }] } },
        ],
      },
    });
  });

  test('unless one of them is nothing that a gap can be, or has no key', async () => {
    const two = (other: string) => `<itemBody><p>${field('R1')} ${other}</p></itemBody>`;
    const word = response('R1', 'string', right('kg'));
    const essay = '<extendedTextInteraction responseIdentifier="R2"/>';
    expect((await read(item(word + two(essay)))).problem).toMatchObject({
      code: 'qti-part-unknown',
      params: { part: 'textEntryInteraction, extendedTextInteraction' },
    });
    expect((await read(item(word + two(field('R2'))))).problem).toMatchObject({ code: 'qti-without-key' });
  });
});

describe('Areas of a picture', () => {
  const areas =
    '<hotspotChoice identifier="A" shape="circle" coords="77,115,8"/><hotspotChoice identifier="B" shape="rect" coords="60, 50, 10, 20" hotspotLabel="Toshkent"/><hotspotChoice identifier="C" shape="poly" coords="0,0,9,0,0,9"/>';
  const spots = (inner: string, declaration: string, most = 1) =>
    item(
      `${declaration}<itemBody><p>Xarita</p><hotspotInteraction responseIdentifier="R" maxChoices="${most}"><prompt>Qayerda?</prompt><object type="image/png" data="map.png" width="206" height="280">Oʻzbekiston\n xaritasi</object>${inner}</hotspotInteraction></itemBody>`,
    );
  const image = '<img src="map.png" alt="Oʻzbekiston" width="206" height="280"/>';

  test('are read with their picture, its size and the words for it', async () => {
    const { question } = await read(spots(areas, response('R', 'identifier', right('B'))));
    expect(question).toMatchObject({
      type: 'hotspot',
      text: { source: '<p>Xarita</p><p>Qayerda?</p>' },
      details: {
        picture: { asset: picture!.sha256, alt: 'Oʻzbekiston xaritasi', width: 206, height: 280 },
        regions: [
          { shape: 'circle', coordinates: [77, 115, 8], label: '', isRight: false },
          { shape: 'rectangle', coordinates: [10, 20, 60, 50], label: 'Toshkent', isRight: true },
          { shape: 'polygon', isRight: false },
        ],
        choose: 'one',
      },
    });
  });

  test('of version 3.0, of which several are right', async () => {
    const { question } = await read(`<qti-assessment-item title="S" identifier="i">
      <qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier"><qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
      <qti-item-body><p>Qayerda?</p><qti-hotspot-interaction response-identifier="R" max-choices="0">${image}
      <qti-hotspot-choice identifier="A" shape="circle" coords="7,11,8" hotspot-label="bir"/><qti-hotspot-choice identifier="B" shape="circle" coords="17,11,8"/><qti-hotspot-choice identifier="C" shape="circle" coords="27,11,8"/>
      </qti-hotspot-interaction></qti-item-body></qti-assessment-item>`);
    expect(question).toMatchObject({
      details: {
        picture: { alt: 'Oʻzbekiston', width: 206 },
        regions: [{ label: 'bir', isRight: true }, { isRight: true }, { isRight: false }],
        choose: 'any',
      },
    });
  });

  test('that are worth a part only count as wrong, which is told', async () => {
    const { question, leftOut } = await read(spots(areas, response('R', 'identifier', mapping({ A: '0.5', B: '1' }))));
    expect(question).toMatchObject({ details: { regions: [{ isRight: false }, { isRight: true }, {}] } });
    expect(leftOut).toEqual(['mappedValue']);
  });

  test('of a shape that we cannot draw, without a size or without a key are told', async () => {
    const key = response('R', 'identifier', right('A'));
    const ellipse = '<hotspotChoice identifier="A" shape="ellipse" coords="77,115,8,9"/>';
    expect((await read(spots(ellipse, key))).problem).toMatchObject({ params: { part: 'ellipse' } });
    const unsized = spots(areas, key).replace('width="206"', '');
    expect((await read(unsized)).problem).toMatchObject({ code: 'qti-part-unknown', params: { part: 'object' } });
    expect((await read(spots(areas, response('R', 'identifier', '')))).problem).toMatchObject({
      code: 'qti-without-key',
    });
  });
});

test('Numbers may be compared by their figures or decimal places, and anything may be taken for some of the points', async () => {
  const branch = (name: string, test: string, score: string) =>
    `<${name}>${test}<setOutcomeValue identifier="SCORE"><baseValue baseType="float">${score}</baseValue></setOutcomeValue></${name}>`;
  const rounded = (mode: string, figures: number) =>
    `<equalRounded roundingMode="${mode}" figures="${figures}"><variable identifier="R"/><baseValue baseType="float">9.81</baseValue></equalRounded>`;
  const { question } = await read(
    item(
      `${response('R', 'float', right('9.81'))}<itemBody><p>g?</p><p>${field('R')}</p></itemBody><responseProcessing><responseCondition>` +
        branch('responseIf', rounded('significantFigures', 3), '2') +
        branch('responseElseIf', rounded('decimalPlaces', 1), '1') +
        branch('responseElseIf', '<not><isNull><variable identifier="R"/></isNull></not>', '0.5') +
        '</responseCondition></responseProcessing>',
    ),
  );
  expect(question).toMatchObject({
    type: 'numeric',
    points: '2',
    details: {
      answers: [
        { accepted: { kind: 'significant', value: '9.81', figures: 3 }, weight: '1' },
        { accepted: { kind: 'near', value: '9.81', tolerance: '0.05' }, weight: '1/2' },
        { accepted: { kind: 'anything' }, weight: '1/4' },
      ],
    },
  });
});

describe('What is written', () => {
  const plain = (source: string) => ({ format: 'plain' as const, source });
  const common = { name: 'Savol', generalFeedback: null, points: '3' };
  const options = ['eriydi', 'qaynaydi'].map((source, place) => ({
    text: plain(source),
    weight: place === 1 ? '1' : '-1/2',
    feedback: null,
  }));
  const choice = { kind: 'choice' as const, points: '1', details: { options } };
  const gaps: Question = {
    type: 'cloze',
    ...common,
    text: { format: 'html', source: '<p>Suv [[1]].</p><ul><li><i>Spirt [[2]]!</i></li></ul>' },
    details: {
      gaps: [
        { ...choice, layout: 'menu' },
        { ...choice, layout: 'vertical' },
      ],
    },
  };
  const areas: Question = {
    type: 'hotspot',
    ...common,
    text: plain('Qayerda?'),
    details: {
      picture: { asset: picture!.sha256, alt: 'Yurak', width: 200, height: 100 },
      regions: [
        { shape: 'rectangle', coordinates: [0, 0, 10, 10], label: 'qorincha', isRight: true },
        { shape: 'circle', coordinates: [50, 50, 10], label: '', isRight: false },
      ],
      choose: 'any',
    },
  };

  async function written(question: Question, format: typeof qti | typeof qti21) {
    const { body, losses } = await format.write([question], pictures);
    const bytes = await (await openZip(body)).read('items/q00001.xml');
    return { xml: Buffer.from(bytes!).toString(), losses: losses.map(({ code }) => code) };
  }

  test('puts a menu among the words, and a list of options beside the paragraph that it splits', async () => {
    const { xml, losses } = await written(gaps, qti21);
    expect(xml).toContain('<p>Suv <inlineChoiceInteraction responseIdentifier="RESPONSE1"');
    expect(xml).toContain('<li><i>Spirt </i><choiceInteraction responseIdentifier="RESPONSE2"');
    expect(xml).toContain('</choiceInteraction><i>!</i></li>');
    // What a wrong option costs is taken from the other gaps too, so nothing holds its mapping above 0.
    expect(xml).toContain('<mapping upperBound="1" defaultValue="0"><mapEntry mapKey="g1c0" mappedValue="-0.5"/>');
    expect(losses).toEqual(['markup']);
  });

  test('shows areas in the way of each version, and says what is there only to who chose it', async () => {
    const old = await written(areas, qti21);
    expect(old.xml).toContain(`type="image/png" width="200" height="100">Yurak</object>`);
    expect(old.xml).toContain('<hotspotChoice identifier="h0" shape="rect" coords="0,0,10,10"/>');
    const { xml, losses } = await written(areas, qti);
    expect(xml).toContain('alt="Yurak" width="200" height="100"/>');
    expect(xml).toContain('<qti-hotspot-choice identifier="h0" shape="rect" coords="0,0,10,10"/>');
    expect(xml).toContain('<qti-content-body>qorincha</qti-content-body>');
    expect(losses).toEqual([]);
  });

  test('leaves areas out whose picture is not at hand', async () => {
    expect((await qti.write([areas], [])).losses).toEqual([{ index: 0, code: 'type' }]);
  });
});
