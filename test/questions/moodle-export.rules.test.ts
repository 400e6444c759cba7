// The same GIFT file read by us and by a real Moodle 5.1, whose export of it is the XML beside this test.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import Fraction from 'fraction.js';
import type { Content } from '../../src/questions/content.ts';
import { shareOfPercent } from '../../src/questions/formats/percent.ts';
import type { Question } from '../../src/questions/question.ts';
import { readNumber } from '../../src/questions/read-number.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';

const sample = join(import.meta.dirname, '../../src/practice/sample/mexanika.gift');
const read = readQuestions(readFileSync(sample, 'utf8'), 'auto');
const xml = load(readFileSync(join(import.meta.dirname, 'mexanika-moodle-export.xml'), 'utf8'), { xmlMode: true });

type Exported = {
  type: string;
  name: string;
  text: [string, string];
  generalFeedback: string;
  points: string;
  answers: (string | null)[][];
};

/** Moodle's own words for our types. */
const typeNames: Readonly<Partial<Record<Question['type'], string>>> = {
  'single-choice': 'multichoice single',
  'multiple-choice': 'multichoice',
  'true-false': 'truefalse',
  numeric: 'numerical',
  'short-text': 'shortanswer',
  matching: 'matching',
  essay: 'essay',
  description: 'description',
};

const formatNames: Readonly<Record<Content['format'], string>> = {
  html: 'html',
  auto: 'moodle_auto_format',
  plain: 'plain_text',
};

const exported: Exported[] = xml('question')
  .toArray()
  .filter((element) => xml(element).attr('type') !== 'category')
  .map((element) => {
    const question = xml(element);
    const single = question.children('single').text() === 'true' ? ' single' : '';
    const answers = question
      .children('answer')
      .toArray()
      .map((answer) => [
        xml(answer).children('text').text(),
        shareOfPercent(xml(answer).attr('fraction') ?? '').toFraction(),
        xml(answer).find('feedback > text').text(),
        ...xml(answer)
          .children('tolerance')
          .toArray()
          .map((tolerance) => rounded(xml(tolerance).text())),
      ]);
    const pairs = question
      .children('subquestion')
      .toArray()
      .map((pair) => [xml(pair).children('text').text(), xml(pair).find('answer > text').text()]);
    return {
      type: `${question.attr('type') ?? ''}${single}`,
      name: question.find('name > text').text(),
      text: [question.children('questiontext').attr('format') ?? '', question.find('questiontext > text').text()],
      generalFeedback: question.find('generalfeedback > text').text(),
      points: question.children('defaultgrade').text(),
      answers: [...answers, ...pairs],
    };
  });

/** Moodle computes a range's middle and width in floating point: 0.030000000000001. */
function rounded(text: string): string {
  return new Fraction(Number(text).toFixed(12)).toFraction();
}

const words = (content: Content | null) => content?.source ?? '';
const share = (weight: string) => new Fraction(weight).toFraction();

function answersOf(question: Question): (string | null)[][] {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return question.details.options.map(({ text, weight, feedback }) => [
        text.source,
        share(weight),
        words(feedback),
      ]);
    case 'true-false': {
      const { isTrue, feedbackToTrue, feedbackToFalse } = question.details;
      return [
        ['true', isTrue ? '1' : '0', words(feedbackToTrue)],
        ['false', isTrue ? '0' : '1', words(feedbackToFalse)],
      ];
    }
    case 'short-text':
      return question.details.answers.map(({ pattern, weight, feedback }) => [pattern, share(weight), words(feedback)]);
    case 'numeric':
      return question.details.answers.map(({ accepted, weight, feedback }) => {
        const [middle, width] = accepted.kind === 'near' ? [accepted.value, accepted.tolerance] : middleOf(accepted);
        return [middle, share(weight), words(feedback), rounded(width)];
      });
    case 'matching':
      return [
        ...question.details.pairs.map(({ left, right }) => [left.source, right]),
        ...question.details.distractors.map((right) => ['', right]),
      ];
    // The others have no answers, or are not in the sample.
    default:
      return [];
  }
}

function middleOf(
  accepted: { kind: 'anything' | 'significant' } | { kind: 'between'; from: string; to: string },
): [string, string] {
  if (accepted.kind !== 'between') return ['*', '0'];
  const [from, to] = [readNumber(accepted.from)!, readNumber(accepted.to)!];
  return [from.add(to).div(2).toString(), to.sub(from).div(2).toString()];
}

test('The sample is read as GIFT, twelve questions, without a problem', () => {
  expect([read.format, read.questions.length, read.problems]).toEqual(['gift', 12, []]);
  expect(exported.length).toBe(12);
});

describe.each(exported.map((item, index) => [item.name, item, index] as const))('%s', (_, item, index) => {
  test('is the question that Moodle made of it', () => {
    const question = read.questions[index]!.question;
    expect({
      type: typeNames[question.type],
      name: question.name,
      text: [formatNames[question.text.format], question.text.source],
      generalFeedback: words(question.generalFeedback),
      points: question.points,
      answers: answersOf(question),
    }).toEqual(item);
  });
});

test('Each question is said to be on the line where an editor shows it', () => {
  expect(read.questions.map(({ line }) => line)).toEqual([4, 12, 14, 16, 24, 26, 34, 38, 45, 47, 49, 51]);
});
