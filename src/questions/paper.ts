// Questions on paper: the same ones in several variants, each shuffled in its own way, with a key for whoever marks them.
import Fraction from 'fraction.js';
import type { Content } from './content.ts';
import { readablePattern } from './fold-text.ts';
import { typeOf, variantOf } from './question.ts';
import type { Question } from './question.ts';
import type { Order } from './question-type.ts';
import { permutation, shuffled } from './shuffle.ts';

/** How an answer is given on paper. Lettered and numbered things are in the order shown. */
export type PaperAnswer =
  | { kind: 'options'; options: Content[]; isSeveral: boolean }
  | { kind: 'true-false' }
  | { kind: 'match'; numbered: Content[]; lettered: Content[] }
  | { kind: 'order'; lettered: Content[] }
  | { kind: 'rows'; columns: Content[]; rows: Content[] }
  | { kind: 'line' }
  | { kind: 'lines'; count: number }
  | { kind: 'none' };

/** What the key says of a question: letters, words, or a message under `questions` in src/i18n. */
export type PaperKey =
  | { kind: 'letters'; letters: string[] }
  | { kind: 'pairs'; pairs: [number, string | null][] }
  | { kind: 'truth'; isTrue: boolean }
  | { kind: 'texts'; texts: string[] }
  | { kind: 'columns'; columns: [number, Content][] }
  | { kind: 'person' };

export type PaperQuestion = {
  /** As it is numbered in its variant; null for a text between questions. */
  number: number | null;
  text: Content;
  /** Exact, as stored. */
  points: string;
  answer: PaperAnswer;
  key: PaperKey | null;
};

export type PaperVariant = { letter: string; questions: PaperQuestion[] };

/** The most variants that have a letter of the usual four. */
export const mostVariants = 4;

const letterAt = (place: number) => String.fromCharCode(65 + place);

/**
 * The variants A, B, … of a paper, each with numbers of its own where questions have variables. The same seed gives the same papers,
 * so a key can be printed again.
 *
 * @param count     from 1 to `mostVariants`
 * @param isShuffled whether questions and what they offer are put in another order; a text between questions stays where it is
 */
export function paperVariants(
  questions: readonly Question[],
  { seed, count, isShuffled }: { seed: string; count: number; isShuffled: boolean },
): PaperVariant[] {
  return Array.from({ length: Math.min(count, mostVariants) }, (_, variant) => {
    const letter = letterAt(variant);
    const order = isShuffled ? orderOf(questions, `${seed}:${letter}`) : questions.map((__, index) => index);
    let number = 0;
    const shown = order.flatMap((index) => {
      const question = questions[index];
      if (!question) return [];
      const asks = typeOf(question).marking !== 'none';
      if (asks) number += 1;
      const seedOfPlace = `${seed}:${letter}:${index}`;
      const places: Order = isShuffled ? shuffled(seedOfPlace) : (n) => [...Array(n).keys()];
      return [paperQuestion(variantOf(question, seedOfPlace), asks ? number : null, places)];
    });
    return { letter, questions: shown };
  });
}

/** Questions change places among themselves up to the next text between them, which speaks of those after it. */
function orderOf(questions: readonly Question[], seed: string): number[] {
  const order: number[] = [];
  let run: number[] = [];
  const flush = () => {
    order.push(...permutation(`${seed}:${order.length}`, run.length).map((place) => run[place] ?? 0));
    run = [];
  };
  for (const [index, question] of questions.entries()) {
    if (typeOf(question).marking !== 'none') run.push(index);
    else {
      flush();
      order.push(index);
    }
  }
  flush();
  return order;
}

function paperQuestion(question: Question, number: number | null, order: Order): PaperQuestion {
  const { text, points } = question;
  return { number, text, points, ...onPaper(question, order) };
}

const essayLines = 14;

function onPaper(question: Question, order: Order): { answer: PaperAnswer; key: PaperKey | null } {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return choice(question, order);
    case 'true-false':
      return { answer: { kind: 'true-false' }, key: { kind: 'truth', isTrue: question.details.isTrue } };
    case 'matching':
      return matching(question.details, order);
    case 'ordering': {
      const places = order(question.details.items.length);
      const lettered = places.flatMap((index) => question.details.items[index] ?? []);
      const letters = question.details.items.map((_, index) => letterAt(places.indexOf(index)));
      return { answer: { kind: 'order', lettered }, key: { kind: 'letters', letters } };
    }
    case 'matrix': {
      const { columns, rows } = question.details;
      const shown = order(rows.length).flatMap((index) => rows[index] ?? []);
      const right = shown.flatMap((row, place): [number, Content][] => {
        const column = columns[row.right];
        return column ? [[place + 1, column]] : [];
      });
      return {
        answer: { kind: 'rows', columns, rows: shown.map((row) => row.text) },
        key: { kind: 'columns', columns: right },
      };
    }
    case 'categorise': {
      const { categories, items } = question.details;
      const shown = order(items.length).flatMap((index) => items[index] ?? []);
      const pairs = shown.map(({ category }, place): [number, string | null] => [
        place + 1,
        category === null ? null : letterAt(category),
      ]);
      return {
        answer: { kind: 'match', numbered: shown.map((item) => item.text), lettered: categories },
        key: { kind: 'pairs', pairs },
      };
    }
    case 'numeric':
      return { answer: { kind: 'line' }, key: { kind: 'texts', texts: numbersOf(question.details.answers) } };
    case 'short-text':
      return {
        answer: { kind: 'line' },
        key: { kind: 'texts', texts: whole(question.details.answers).map(({ pattern }) => readablePattern(pattern)) },
      };
    case 'description':
      return { answer: { kind: 'none' }, key: null };
    case 'essay':
      return { answer: { kind: 'lines', count: essayLines }, key: { kind: 'person' } };
    default:
      // What has no form of its own on paper is written on a line and marked by a person.
      return { answer: { kind: 'line' }, key: { kind: 'person' } };
  }
}

function choice(
  question: Extract<Question, { type: 'single-choice' | 'multiple-choice' }>,
  order: Order,
): { answer: PaperAnswer; key: PaperKey } {
  const isSeveral = question.type === 'multiple-choice';
  const options = order(question.details.options.length).flatMap((index) => question.details.options[index] ?? []);
  const isRight = (weight: string) => (isSeveral ? new Fraction(weight).gt(0) : new Fraction(weight).equals(1));
  const letters = options.flatMap(({ weight }, place) => (isRight(weight) ? [letterAt(place)] : []));
  return {
    answer: { kind: 'options', options: options.map(({ text }) => text), isSeveral },
    key: { kind: 'letters', letters },
  };
}

function matching(
  { pairs, distractors }: Extract<Question, { type: 'matching' }>['details'],
  order: Order,
): { answer: PaperAnswer; key: PaperKey } {
  const choices = [...new Set([...pairs.map(({ right }) => right), ...distractors])].sort();
  const shown = order(choices.length).flatMap((index) => choices[index] ?? []);
  return {
    answer: {
      kind: 'match',
      numbered: pairs.map(({ left }) => left),
      lettered: shown.map((source) => ({ format: 'plain', source })),
    },
    key: { kind: 'pairs', pairs: pairs.map(({ right }, place) => [place + 1, letterAt(shown.indexOf(right))]) },
  };
}

function whole<Answer extends { weight: string }>(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ weight }) => new Fraction(weight).equals(1));
}

function numbersOf(answers: Extract<Question, { type: 'numeric' }>['details']['answers']): string[] {
  return whole(answers).map(({ accepted }) => {
    switch (accepted.kind) {
      case 'near':
        return accepted.tolerance === '0' ? accepted.value : `${accepted.value} ± ${accepted.tolerance}`;
      case 'between':
        return `${accepted.from} … ${accepted.to}`;
      case 'significant':
        return accepted.value;
      case 'anything':
        return '…';
    }
  });
}
