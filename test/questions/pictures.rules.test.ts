// Which pictures a question has, and which of them say nothing to who cannot see them.
import { describe, expect, test } from '@jest/globals';
import type { Content } from '../../src/questions/content.ts';
import { assetKeysOf, contentsOf } from '../../src/questions/contents-of.ts';
import { picturesWithoutAlt } from '../../src/questions/pictures-without-alt.ts';
import { questionSchema } from '../../src/questions/question.ts';

const [one, two, three, four] = ['1', '2', '3', '4'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];
const html = (source: string): Content => ({ format: 'html', source });
const markdown = (source: string): Content => ({ format: 'markdown', source });

const choice = questionSchema.parse({
  type: 'single-choice',
  name: 'Rasmlar',
  text: markdown(`![](asset:${one}) ![Richag](asset:${two})`),
  generalFeedback: html(`<img src="asset:${one}"><img src="https://example.org/a.png">`),
  points: '1',
  details: {
    options: [
      {
        text: html(`<img src="asset:${three}" alt=" ">`),
        weight: '1',
        feedback: html('<img src="data:image/png;base64,AA==">'),
      },
      { text: markdown(`![a](asset:${four} "audio")`), weight: '0', feedback: null },
    ],
  },
});

const heart = (alt: string) =>
  questionSchema.parse({
    type: 'hotspot',
    name: 'Yurak',
    text: html('Qayerda?'),
    generalFeedback: null,
    points: '1',
    details: {
      picture: { asset: two, alt, width: 100, height: 80 },
      regions: [{ shape: 'circle', coordinates: [50, 40, 10], label: '', isRight: true }],
      choose: 'one',
    },
  });

describe('Of a question', () => {
  test('every text is found, wherever its type keeps it', () => {
    expect(contentsOf(choice).map(({ source }) => source.slice(0, 12))).toEqual([
      '![](asset:11',
      '<img src="as',
      '<img src="da',
      '![a](asset:4',
      '<img src="as',
    ]);
  });

  test('every asset is found once', () => {
    expect(assetKeysOf(choice)).toEqual([one, two, three, four]);
    expect(assetKeysOf(heart('Yurak'))).toEqual([two]);
  });

  test('the pictures without a description are named, and what is no picture of ours is not', () => {
    expect(picturesWithoutAlt(choice)).toEqual([`/assets/${one}`, `/assets/${three}`, 'data:image/png;base64,AA==']);
    expect(picturesWithoutAlt(heart(' '))).toEqual([`/assets/${two}`]);
    expect(picturesWithoutAlt(heart('Yurak'))).toEqual([]);
  });
});
