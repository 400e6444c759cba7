// Formulas: how they are read, and which count as the same.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isEquivalent, probes } from '../../src/questions/expression/equivalent.ts';
import { evaluate, readExpression } from '../../src/questions/expression/expression.ts';
import type { Expression } from '../../src/questions/expression/expression.ts';
import { formula } from '../../src/questions/types/formula.ts';

const valueAt = (text: string, values: Record<string, number> = {}) => {
  const expression = readExpression(text, Object.keys(values));
  return expression && evaluate(expression, new Map(Object.entries(values))).value;
};

describe('A formula is read as people write it', () => {
  const at3: [string, number][] = [
    ['2x', 6],
    ['2 x', 6],
    ['2·x', 6],
    ['2×x', 6],
    ['2*х', 6], // A Cyrillic х.
    ['2X', 6],
    ['x^2', 9],
    ['x²', 9],
    ['x**2', 9],
    ['x⁻¹', 1 / 3],
    ['2^3^2', 512],
    ['-x^2', -9],
    ['(-x)^2', 9],
    ['−x', -3],
    ['2-x-1', -2],
    ['12/x/2', 2],
    ['12:x', 4],
    ['1/2x', 1.5],
    ['1/(2x)', 1 / 6],
    ['0,5x', 1.5],
    ['.5x', 1.5],
    ['x(x+1)', 12],
    ['(x+1)(x−1)', 8],
    ['[x+1]{x-1}', 8],
    ['|x-5|', 2],
    ['2|x-5|x', 12],
    ['||x-5|-4|', 2],
    ['√x', Math.sqrt(3)],
    ['2√(x+1)', 4],
    ['sqrt(x+1)', 2],
    ['cbrt(9x)', 3],
    ['sin x', Math.sin(3)],
    ['Sin(x)', Math.sin(3)],
    ['sin2x', Math.sin(6)],
    ['sin x cos x', Math.sin(3) * Math.cos(3)],
    ['xsin(x)', 3 * Math.sin(3)],
    ['sin²x', Math.sin(3) ** 2],
    ['sin(x)^2', Math.sin(3) ** 2],
    ['sin x^2', Math.sin(9)],
    ['sin(-x)', Math.sin(-3)],
    ['sin -x', Math.sin(-3)],
    ['tg x + ctg x', Math.tan(3) + 1 / Math.tan(3)],
    ['2πx', 6 * Math.PI],
    ['2 pi x', 6 * Math.PI],
    ['e^x', Math.exp(3)],
    ['е^х', Math.exp(3)], // Both letters Cyrillic.
    ['exp(-x/2)', Math.exp(-1.5)],
    ['ln x', Math.log(3)],
    ['lg 100x', Math.log10(300)],
    ['y = 2x', 6],
    ['f(x) = 2x', 6],
    ['3', 3],
  ];
  test.each(at3)('%s at x = 3', (text, value) => {
    expect(valueAt(text, { x: 3 })).toBeCloseTo(value, 12);
  });

  test('with names of several letters, and with letters that together would be a function', () => {
    expect(valueAt('v_0 t + at²/2', { v0: 2, t: 3, a: 4 })).toBe(24);
    expect(valueAt('v₀t', { v0: 2, t: 3 })).toBe(6);
    expect(valueAt('tg', { t: 2, g: 10 })).toBe(20);
    expect(valueAt('e', { e: 7 })).toBe(7);
    expect(valueAt('Xx', { X: 2, x: 5 })).toBe(10);
  });

  test.each([
    '',
    ' ',
    '(x',
    'x)',
    'x+',
    '*x',
    'x x2',
    'x2',
    '(x+1)2',
    '2 3',
    '1.2.3',
    'z',
    'x y',
    'sin',
    'sin⁻¹x',
    'sin^x x',
    'x^',
    '|x',
    'x = 2 = 3',
    'x; 2',
    '2e3',
    '½x',
    'constructor',
    'x.constructor("return process")()',
    '__proto__',
    'x'.repeat(201),
  ])('%j cannot be read', (text) => {
    expect(readExpression(text, ['x'])).toBeNull();
  });

  test('in a short time, whatever is typed', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'x2(|)^√-+*/ sinlge.,π²='), maxLength: 200 });
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'binary' })), (text) => {
        const expression = readExpression(text, ['x']);
        if (expression) expect(typeof evaluate(expression, new Map([['x', 2]])).value).toBe('number');
      }),
    );
    for (const deep of ['(', '|', '-', '√', 'sin', 'x^']) expect(readExpression(deep.repeat(60), ['x'])).toBeNull();
    expect(readExpression(`${'('.repeat(99)}x${')'.repeat(99)}`, ['x'])).toEqual({ kind: 'variable', name: 'x' });
  });
});

describe('Two formulas', () => {
  const ranges = [
    { name: 'x', from: -3, to: 3 },
    { name: 'y', from: 1, to: 2 },
  ];
  const names = ranges.map(({ name }) => name);
  const same = (one: string, other: string, tolerance = 0) =>
    isEquivalent(readExpression(one, names)!, readExpression(other, names)!, ranges, tolerance);

  test.each([
    ['(x+1)^2', 'x²+2x+1'],
    ['sin(2x)', '2 sin x cos x'],
    ['0', 'sin²x + cos²x - 1'],
    ['1', 'sin²x + cos²x'],
    ['(x-1)^7', 'x^7-7x^6+21x^5-35x^4+35x^3-21x^2+7x-1'],
    ['x/y', 'x·y⁻¹'],
    ['√x', 'x^0,5'],
    ['ln(x)', '2ln(√x)'],
    ['1,6e', '1.6·e'],
    ['0,00000000000000000016x', '1.6·10^-19·x'],
    ['10^30 x', 'x/10^-30'],
  ])('%s and %s are the same', (one, other) => {
    expect(same(one, other)).toBe(true);
  });

  test.each([
    ['x', 'x+0,000001'],
    ['x', '|x|'],
    ['x', 'x+10^-8'],
    ['x', '√x²y'],
    ['√x', 'ln x'],
    ['x', 'ln(e^x/0)'],
    ['1', '10^30-10^30'],
    ['x', '2x+10^30-10^30'],
    ['0,00000000000000000016x', '0'],
    ['e^(10x)', 'e^(10x)+x'],
    ['x', '√x·√x'],
  ])('%s and %s are different', (one, other) => {
    expect(same(one, other)).toBe(false);
  });

  test.each([
    ['3', '3,01', 0.01, true],
    ['3', '3,04', 0.01, false],
    ['πx', '3,14x', 0.001, true],
    ['πx', '3,1x', 0.001, false],
  ])('%s and %s within %d of the value: %s', (one, other, tolerance, isSame) => {
    expect(same(one, other, tolerance)).toBe(isSame);
  });

  const written: fc.Arbitrary<string> = fc.letrec<{ sum: string; leaf: string }>((tie) => ({
    leaf: fc.oneof(fc.constantFrom('x', 'y', 'π', '2'), fc.nat(99).map(String)),
    sum: fc.oneof(
      { maxDepth: 4 },
      tie('leaf'),
      fc
        .tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/'), tie('sum'))
        .map(([a, sign, b]) => `(${a})${sign}(${b})`),
      fc.tuple(fc.constantFrom('sin', '√', '-'), tie('sum')).map(([name, a]) => `${name}(${a})`),
    ),
  })).sum;

  test('that are one are the same, and the same as with another sign or other brackets', () => {
    fc.assert(
      fc.property(written, (text) => {
        fc.pre(text.length < 90);
        const expression = readExpression(text, names)!;
        fc.pre(probes(expression, ranges).length > 0);
        expect(same(text, text)).toBe(true);
        expect(same(text, `((${text}))`)).toBe(true);
        expect(same(text, text.replaceAll('*', '·').replaceAll('-', '−').replaceAll('/', ' : '))).toBe(true);
        expect(same(text, `-(${text})·(-1)`)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('are compared at the same points every time, and at none where the first has no value', () => {
    const root = readExpression('√x', names) as Expression;
    expect(probes(root, ranges)).toEqual(probes(root, ranges));
    expect(probes(root, ranges).length).toBe(20);
    expect(probes(root, ranges).every((point) => (point.get('x') ?? -1) >= 0)).toBe(true);
    expect(probes(readExpression('ln(-y)', names) as Expression, ranges)).toEqual([]);
  });
});

describe('Whoever asks for a formula is told', () => {
  const x = { name: 'x', from: '1', to: '2' };
  const plain = { variables: [x], answers: [{ expression: '2x', weight: '1', feedback: null }], tolerance: '0' };
  const answer = (expression: string) => ({ answers: [{ expression, weight: '1', feedback: null }] });
  test.each([
    ['that it cannot be read', answer('2x+'), ['answers', 0, 'expression']],
    ['that it has another letter', answer('2z'), ['answers', 0, 'expression']],
    ['that it has a value nowhere', answer('ln(-x)'), ['answers', 0, 'expression']],
    ['that a range is reversed', { variables: [{ ...x, from: '3' }] }, ['variables', 0]],
    ['that two letters are one', { variables: [x, { ...x, name: 'х' }] }, ['variables']],
    ['that a letter is a function', { variables: [{ ...x, name: 'Sin' }], ...answer('1') }, ['variables', 0, 'name']],
    ['that a tolerance is no share', { tolerance: '-1' }, ['tolerance']],
  ])('%s', (_, change, path) => {
    expect(formula.details.safeParse(plain).success).toBe(true);
    expect(formula.details.safeParse({ ...plain, ...change }).error?.issues[0]?.path).toEqual(path);
  });
});
