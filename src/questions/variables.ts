// Variables of a question whose every attempt has its own numbers: drawn from a seed, then filled in wherever `{x}` or `=x+1` stands.
import { isDeepStrictEqual } from 'node:util';
import Fraction from 'fraction.js';
import { z } from 'zod';
import { evaluate, readExpression } from './expression/expression.ts';
import { functions } from './expression/names.ts';
import { foldName, maximumExpressionLength } from './expression/tokens.ts';
import { putMathsBack, setMathsAside } from './markup/maths.ts';
import { readNumber } from './read-number.ts';
import { seededNumbers } from './shuffle.ts';

type Drawn = { name: string; from: string; to: string; step: string };
type Derived = { name: string; expression: string };

export type Variables = (Drawn | Derived)[];

/** Seeds whose variants stand for all when a question is checked: few, for it is whenever one is read. */
export const checkSeeds = ['check 0', 'check 1', 'check 2', 'check 3'] as const;

const mostSteps = 1_000_000;
// An author whose formula rarely has a value is told so; a student's draw does not fail where all of the author's succeeded.
const drawsForAuthor = 20;
const drawsForStudent = 1000;
// Enough for two values to choose from: all the same once in a million times.
const drawsForOthers = 20;

const name = z
  .string()
  .regex(/^[A-Za-z]{1,8}\d{0,2}$/)
  .refine((text) => !functions.has(text.toLowerCase()), 'expected a name that no function has');

const numberText = z.string().refine((text) => readNumber(text) !== null, { error: 'expected a number', abort: true });

const drawn = z
  .strictObject({ name, from: numberText, to: numberText, step: numberText })
  .refine((range) => stepsOf(range) !== null, 'expected a step above 0 and at most a million of them up to the end');

const derived = z.strictObject({ name, expression: z.string().trim().min(1).max(maximumExpressionLength) });

/**
 * In order: each drawn as `from`, `from` + `step` … up to `to`, each as likely, or derived by a formula from those before it.
 * Nearly all draws give every formula a value.
 */
export const variablesSchema = z
  .array(z.union([drawn, derived]))
  .min(1)
  .max(30)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
    error: 'expected different names',
    abort: true,
  })
  .refine((all) => checkSeeds.every((seed) => drawValues(all, seed, drawsForAuthor) !== null), {
    error: 'expected formulas in the variables before them, which nearly always have a value',
    abort: true,
  });

/** The values of one attempt, by name. */
export type DrawnValues = ReadonlyMap<string, number>;

/**
 * Draws values, the same whenever it is asked for the same seed. What no formula has a value for is drawn again.
 *
 * @returns null if so many draws gave none
 */
export function drawValues(variables: Variables, seed: string, mostDraws = drawsForStudent): DrawnValues | null {
  for (let draw = 0; draw < mostDraws; draw += 1) {
    const numbers = seededNumbers(`${seed}/${draw}`);
    const values = new Map<string, number>();
    for (const variable of variables) {
      values.set(
        variable.name,
        'step' in variable
          ? valueIn(variable, numbers.next().value)
          : (evaluateText(variable.expression, values) ?? NaN),
      );
    }
    if ([...values.values()].every(Number.isFinite)) return values;
  }
  return null;
}

/**
 * Values for a question that is asked for the nth time anew: other ones than the time before, unless so many draws give the same.
 *
 * @param round 0 for the first time
 * @returns null as `drawValues`
 */
export function drawValuesAnew(variables: Variables, seed: string, round: number): DrawnValues | null {
  let values = drawValues(variables, seed);
  for (let again = 1; again <= round; again += 1) values = otherValues(variables, `${seed}/round ${again}`, values);
  return values;
}

function otherValues(variables: Variables, seed: string, before: DrawnValues | null): DrawnValues | null {
  let values: DrawnValues | null = null;
  for (let draw = 0; draw < drawsForOthers; draw += 1) {
    values = drawValues(variables, `${seed}/${draw}`);
    if (!isDeepStrictEqual(values, before)) break;
  }
  return values;
}

/**
 * Whatever it is given with the values filled in, all through: `{x}` in any text, keeping the brackets where it is TeX, and a text
 * that is all formula, `=2x+1`. Braces around anything else stay. Decimals are written as the author of the variables writes them.
 */
export function fillValues(value: unknown, variables: Variables, values: DrawnValues): unknown {
  const comma = /\d,\d/.test(JSON.stringify(variables));
  const written = (number: number) => (comma ? textOf(number).replace('.', ',') : textOf(number));
  const fillIn = (text: string, wrap: (written: string) => string) =>
    text.replace(/\{([A-Za-z]{1,8}\d{0,2})\}/g, (found, name: string) => {
      const number = values.get(name);
      return number === undefined ? found : wrap(written(number));
    });
  const fillText = (text: string) => {
    const result = text.startsWith('=') ? evaluateText(text.slice(1), values) : null;
    if (result !== null) return textOf(result);
    const { text: outside, formulas } = setMathsAside(text);
    const filled = fillIn(outside, (number) => number);
    return putMathsBack(filled, formulas, ({ source }) => fillIn(source, (number) => `{${number}}`));
  };
  const fill = (inner: unknown): unknown => {
    if (typeof inner === 'string') return fillText(inner);
    if (Array.isArray(inner)) return inner.map(fill);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, fill(each)]));
  };
  return fill(value);
}

/** How many steps there are from the start to the end; null if that makes no sense. */
function stepsOf({ from, to, step }: Omit<Drawn, 'name'>): number | null {
  const [first, last, width] = [readNumber(from), readNumber(to), readNumber(step)];
  if (!first || !last || !width || width.lte(0) || last.lt(first)) return null;
  const steps = last.sub(first).div(width).floor().valueOf();
  return steps <= mostSteps ? steps : null;
}

/** @param share where in the range, from 0 to below 1 */
function valueIn(range: Drawn, share: number): number {
  const step = Math.floor(share * ((stepsOf(range) ?? 0) + 1));
  const from = readNumber(range.from) ?? new Fraction(0);
  return (readNumber(range.step) ?? new Fraction(0)).mul(step).add(from).valueOf();
}

/** Null if it cannot be read, or has no value. */
function evaluateText(text: string, values: DrawnValues): number | null {
  const expression = readExpression(text, [...values.keys()]);
  if (!expression) return null;
  const byFoldedName = new Map([...values].map(([name, value]) => [foldName(name), value]));
  const { value } = evaluate(expression, byFoldedName);
  return Number.isFinite(value) ? value : null;
}

/** Twelve digits: what binary fractions add beyond them is nobody's answer. */
function textOf(value: number): string {
  return String(Number(value.toPrecision(12)));
}
