// Papers to be printed: what a student gets, what the key says, and that the two belong together in every variant.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import ejs from 'ejs';
import fc from 'fast-check';
import { translator } from '../../src/i18n/i18n.ts';
import { renderContent } from '../../src/questions/content.ts';
import { paperVariants } from '../../src/questions/paper.ts';
import { questionSchema, sampleVariantOf, typeOf } from '../../src/questions/question.ts';
import type { Question } from '../../src/questions/question.ts';
import { anyQuestion as anyVaried, anyQuestionOf } from './any-question.ts';

// What is printed is what was written, where there are no variables.
const anyQuestion = anyVaried.map(sampleVariantOf);
const anyChoice = anyQuestionOf('single-choice').filter(({ variables }) => !variables);

const template = join(import.meta.dirname, '../../views/questions/paper.ejs');
const t = translator('en');

async function printed(questions: readonly Question[], count = 2) {
  const variants = paperVariants(questions, { seed: 'urugʻ', count, isShuffled: true });
  const page = await ejs.renderFile(template, { t, html: renderContent, number: String, title: 'Mexanika', variants });
  return load(page);
}

const letters = (places: readonly number[]) => places.map((place) => String.fromCharCode(65 + place));

describe('Every variant', () => {
  test('has every question once, numbered in its own order, and the same the next time', () => {
    fc.assert(
      fc.property(fc.array(anyQuestion, { maxLength: 6 }), (questions) => {
        const options = { seed: 'a', count: 4, isShuffled: true };
        const variants = paperVariants(questions, options);
        expect(variants.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', 'D']);
        const texts = questions.map(({ text }) => JSON.stringify(text)).toSorted();
        const asked = questions.filter((question) => typeOf(question).marking !== 'none').length;
        for (const variant of variants) {
          expect(variant.questions.map(({ text }) => JSON.stringify(text)).toSorted()).toEqual(texts);
          const numbers = variant.questions.flatMap(({ number }) => number ?? []);
          expect(numbers).toEqual(Array.from({ length: asked }, (_, at) => at + 1));
        }
        expect(paperVariants(questions, options)).toEqual(variants);
      }),
      { numRuns: 50 },
    );
  });

  test('has a key whose letters stand before the right options', () => {
    fc.assert(
      fc.property(anyChoice, fc.string(), (question, seed) => {
        const [variant] = paperVariants([question], { seed, count: 1, isShuffled: true });
        const shown = variant?.questions[0];
        if (shown?.answer.kind !== 'options') throw new Error('These are options');
        const right = question.details.options.filter(({ weight }) => weight === '1').map(({ text }) => text);
        const places = shown.answer.options.flatMap((option, place) => (right.includes(option) ? [place] : []));
        expect(shown.key).toEqual({ kind: 'letters', letters: letters(places) });
      }),
    );
  });

  test('keeps a text between questions before those that it speaks of', () => {
    const description = fc.sample(anyQuestionOf('description'), { numRuns: 1, seed: 1 })[0]!;
    const asked = fc.sample(anyQuestionOf('essay'), { numRuns: 6, seed: 2 });
    const questions = [...asked.slice(0, 3), description, ...asked.slice(3)];
    for (const { questions: shown } of paperVariants(questions, { seed: 'b', count: 4, isShuffled: true })) {
      expect(shown.map(({ number }) => number)).toEqual([1, 2, 3, null, 4, 5, 6]);
    }
  });

  test('stands as it was written where nothing is to be shuffled', () => {
    const questions = fc.sample(anyChoice, { numRuns: 5, seed: 3 });
    const [variant] = paperVariants(questions, { seed: 'c', count: 1, isShuffled: false });
    expect(variant?.questions.map(({ text }) => text)).toEqual(questions.map(({ text }) => text));
  });
});

test('Numbers that differ from student to student are printed with the key that fits them, others in each variant', async () => {
  const area = questionSchema.parse({
    type: 'numeric',
    name: 'Yuza',
    text: { format: 'plain', source: '{a} m, {b} m?' },
    generalFeedback: null,
    points: '1',
    variables: ['a', 'b'].map((name) => ({ name, from: '2', to: '99', step: '1' })),
    details: {
      answers: [{ accepted: { kind: 'near', value: '=a*b', tolerance: '0' }, weight: '1', feedback: null }],
    },
  });
  const variants = paperVariants([area], { seed: 'd', count: 4, isShuffled: false });
  const asked = variants.map(({ questions }) => questions[0]?.text.source ?? '');
  for (const [place, text] of asked.entries()) {
    const [, a, b] = /^(\d+) m, (\d+) m\?$/.exec(text) ?? [];
    const key = variants[place]?.questions[0]?.key;
    expect(key).toEqual({ kind: 'texts', texts: [String(Number(a) * Number(b))] });
  }
  expect(new Set(asked).size).toBe(4);
  expect((await printed([area], 1))('.paper-text').text()).toMatch(/\d+ m, \d+ m/);
});

describe('On paper', () => {
  test('there is room for a name, and the key is on a page of its own', async () => {
    const $ = await printed(fc.sample(anyQuestion, { numRuns: 8, seed: 4 }));
    expect($('.paper').length).toBe(3);
    expect($('.paper-who').first().text()).toBe('NameGroupDate');
    expect($('.paper').last().hasClass('paper-key')).toBe(true);
    expect($('.paper:not(.paper-key) .paper-keys').length).toBe(0);
  });

  test('formulas are MathML and essays have lines to write on', async () => {
    const [essay] = fc.sample(anyQuestionOf('essay'), { numRuns: 1, seed: 5 });
    const $ = await printed([{ ...essay!, text: { format: 'plain', source: 'Isbotlang: \\(a^2\\)' } }], 1);
    expect($('.paper-text math').length).toBe(1);
    expect($('.paper-lines .paper-line').length).toBeGreaterThan(10);
    expect($('.paper-keys').text()).toContain(t('paper.person'));
  });

  test('every question of every type is shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyVaried, { minLength: 1, maxLength: 4 }), async (questions) => {
        const $ = await printed(questions, 1);
        expect($('.paper-question').length).toBe(questions.length);
      }),
      { numRuns: 30 },
    );
  });
});
