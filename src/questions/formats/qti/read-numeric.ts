// Numbers that a QTI item accepts: by its rules for marking where they compare with numbers, else by what it calls right.
import Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { descendantsOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { mostOf, sharesOf, weightOf } from './item-parts.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { feedbackIn, numberIn, rulesFor } from './read-rules.ts';

type Details = Extract<Question, { type: 'numeric' }>['details'];
type Answer = Details['answers'][number];

/** The answers; null if none of them earns everything. */
export function readNumeric(declaration: Declaration, reading: ItemReading): Details | null {
  const ruled = byRules(declaration, reading);
  const answers = ruled.length > 0 ? ruled : byKeys(declaration);
  return answers.some(({ weight }) => new Fraction(weight).equals(1)) ? { answers } : null;
}

function byKeys(declaration: Declaration): Answer[] {
  const { mapping, correct } = declaration;
  const keys = mapping ? mapping.entries.map(({ key }) => key) : correct;
  const shares = sharesOf(declaration, keys, true) ?? [];
  return keys.flatMap((key, place) =>
    readNumber(key)
      ? [
          {
            accepted: { kind: 'near' as const, value: key, tolerance: '0' },
            weight: weightOf(shares[place]),
            feedback: null,
          },
        ]
      : [],
  );
}

/** Each branch that compares the response with numbers and then gives a score. */
function byRules(declaration: Declaration, reading: ItemReading): Answer[] {
  const found = rulesFor(reading, declaration).flatMap((rule) => {
    const accepted = acceptedBy(rule.test, declaration);
    return accepted && rule.score ? [{ accepted, score: rule.score, rule }] : [];
  });
  const scores = found.map(({ score }) => score);
  const most = mostOf(scores, null, true);
  if (most.lte(0)) return [];
  return found.map(({ accepted, score, rule }) => ({
    accepted,
    weight: weightOf(score.div(most)),
    feedback: feedbackIn(rule, reading),
  }));
}

function acceptedBy(test: XmlElement, { correct }: Declaration): Answer['accepted'] | null {
  const inside = (name: string) => (test.name === name ? test : descendantsOf(test, name)[0]);
  if (test.name === 'not' && inside('isNull')) return { kind: 'anything' };
  const rounded = inside('equalRounded');
  if (rounded) return significant(rounded);
  const equal = inside('equal');
  if (equal) return near(equal, correct[0] ?? '');
  const [from, to] = [numberIn(inside('gte')), numberIn(inside('lte'))];
  return from !== null && to !== null && readNumber(from) && readNumber(to) ? { kind: 'between', from, to } : null;
}

/** @param right the value where the rule names none */
function near(equal: XmlElement, right: string): Answer['accepted'] | null {
  const value = numberIn(equal) ?? right;
  const tolerance = (equal.attributes['tolerance'] ?? '0').trim().split(/\s+/)[0] ?? '0';
  const isExact = (equal.attributes['toleranceMode'] ?? 'exact') === 'exact';
  const isRelative = equal.attributes['toleranceMode'] === 'relative';
  const read = readNumber(value);
  const allowed = readNumber(isExact ? '0' : tolerance);
  if (!read || !allowed) return null;
  const absolute = isRelative ? read.abs().mul(allowed).div(100) : allowed;
  return { kind: 'near', value, tolerance: absolute.toString(12) };
}

/** Significant figures as they are, decimal places as half of the last one. */
function significant(rounded: XmlElement): Answer['accepted'] | null {
  const value = numberIn(rounded) ?? '';
  const figures = Number(rounded.attributes['figures']);
  const read = readNumber(value);
  if (!read || !Number.isInteger(figures) || figures < 0 || figures > 12) return null;
  if (rounded.attributes['roundingMode'] === 'decimalPlaces') {
    const half = new Fraction(1, 2 * 10 ** figures);
    return { kind: 'near', value, tolerance: half.toString(15) };
  }
  return figures === 0 || read.equals(0) ? null : { kind: 'significant', value, figures };
}
