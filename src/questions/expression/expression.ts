// Expressions in real numbers: read from what people type, and their value where the variables have one.
import { constants, functions } from './names.ts';
import type { RealFunction } from './names.ts';
import { foldName, tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** What was read. JSON all through, so that two can be compared. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'variable'; name: string }
  | { kind: 'call'; name: string; argument: Expression }
  | { kind: 'operation'; operator: '+' | '-' | '*' | '/' | '^'; left: Expression; right: Expression };

/** Values of variables, by their folded names. */
export type Values = ReadonlyMap<string, number>;

const leftHandSide = /^\s*\p{L}[\p{L}\p{N}_]{0,9}\s*(?:\(\s*\p{L}\s*\)\s*)?=/u;

/**
 * Reads an expression: `2x`, `x^2`, `x²`, `2·x`, `2×x`, `0,5x`, `sin x`, `sin² x`, `√x`, `|x|`, `x(x+1)`, `π`, and `y = 2x` as 2x.
 * A product without a sign binds as one with it, so `1/2x` is half of x. A number after a name (`x2`, `sin⁻¹ x`) could mean two
 * things and is not read.
 *
 * @param variables their names; `e` is the constant if none is called so
 * @returns null if it cannot be read
 */
export function readExpression(text: string, variables: readonly string[]): Expression | null {
  const tokens = tokensOf(text.replace(leftHandSide, ''), variables.map(foldName));
  return tokens && new Reader(tokens).whole();
}

/** The value at a point, and the largest number on the way to it, which rounding is in proportion to. */
export type Evaluated = { value: number; scale: number };

/** Evaluates an expression in time in proportion to its length. The value is NaN or infinite where there is none. */
export function evaluate(expression: Expression, values: Values): Evaluated {
  switch (expression.kind) {
    case 'number':
      return evaluated(expression.value);
    case 'variable':
      return evaluated(values.get(expression.name) ?? NaN);
    case 'call': {
      const argument = evaluate(expression.argument, values);
      return evaluated(functionNamed(expression.name)(argument.value), argument.scale);
    }
    case 'operation': {
      const left = evaluate(expression.left, values);
      const right = evaluate(expression.right, values);
      return evaluated(operate(expression.operator, left.value, right.value), Math.max(left.scale, right.scale));
    }
  }
}

function evaluated(value: number, scaleBefore = 0): Evaluated {
  return { value, scale: Math.max(Math.abs(value), scaleBefore) };
}

function functionNamed(name: string): RealFunction {
  return functions.get(name) ?? (() => NaN);
}

function operate(operator: '+' | '-' | '*' | '/' | '^', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return left ** right;
  }
}

const of = (value: number): Expression => ({ kind: 'number', value });

/** Recursive descent over the tokens; each method answers null where what stands there cannot be read. */
class Reader {
  private readonly tokens: readonly Token[];
  private at = 0;
  private openBars = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression | null {
    const sum = this.sum();
    return this.at === this.tokens.length ? sum : null;
  }

  private sum(): Expression | null {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Expression | null {
    let left = this.signed();
    while (left) {
      const operator = this.take('*', '/');
      if (!operator && !this.startsFactor()) break;
      const right = operator ? this.signed() : this.power();
      left = right && { kind: 'operation', operator: operator ?? '*', left, right };
    }
    return left;
  }

  private chain(operators: ('+' | '-')[], next: () => Expression | null): Expression | null {
    let left = next();
    for (let operator = this.take(...operators); left && operator; operator = this.take(...operators)) {
      const right = next();
      left = right && { kind: 'operation', operator, left, right };
    }
    return left;
  }

  private signed(): Expression | null {
    const sign = this.take('+', '-');
    if (!sign) return this.power();
    const right = this.signed();
    return right && (sign === '+' ? right : { kind: 'operation', operator: '*', left: of(-1), right });
  }

  /** From the right: 2^3^2 is 2^9. A sign may stand in an exponent, as in 10^-3. */
  private power(): Expression | null {
    const left = this.primary();
    if (!left || !this.take('^')) return left;
    const right = this.signed();
    return right && { kind: 'operation', operator: '^', left, right };
  }

  private primary(): Expression | null {
    const token = this.tokens[this.at];
    if (!token) return null;
    this.at += 1;
    switch (token.kind) {
      case 'number':
        return of(token.value);
      case 'variable':
        return { kind: 'variable', name: token.name };
      case 'constant':
        return of(constants.get(token.name) ?? NaN);
      case 'function':
        return this.call(token.name);
      case 'sign':
        if (token.sign === '(') return this.closed(')');
        if (token.sign === '|') return this.absolute();
        return token.sign === '√' ? wrap('sqrt', this.primary()) : null;
    }
  }

  private closed(sign: ')' | '|'): Expression | null {
    const inner = this.sum();
    return inner && this.take(sign) ? inner : null;
  }

  private absolute(): Expression | null {
    this.openBars += 1;
    const inner = this.closed('|');
    this.openBars -= 1;
    return wrap('abs', inner);
  }

  /** `sin(x)²` is the square of the sine; so is `sin² x`. Without brackets all factors up to the next function are its argument. */
  private call(name: string): Expression | null {
    if (!this.take('^')) return wrap(name, this.argument());
    const exponent = this.primary();
    if (exponent?.kind !== 'number') return null;
    const left = wrap(name, this.argument());
    return left && { kind: 'operation', operator: '^', left, right: exponent };
  }

  private argument(): Expression | null {
    if (this.take('(')) return this.closed(')');
    let left = this.signed();
    while (left && this.startsFactor() && this.tokens[this.at]?.kind !== 'function') {
      const right = this.power();
      left = right && { kind: 'operation', operator: '*', left, right };
    }
    return left;
  }

  /** Whether a factor follows without a sign. A number does not: `x2` may mean x·2 or x². */
  private startsFactor(): boolean {
    const token = this.tokens[this.at];
    if (!token || token.kind === 'number') return false;
    if (token.kind !== 'sign') return true;
    // Inside bars another bar closes them.
    return token.sign === '(' || token.sign === '√' || (token.sign === '|' && this.openBars === 0);
  }

  private take<Sign extends string>(...signs: Sign[]): Sign | null {
    const token = this.tokens[this.at];
    const sign = signs.find((sign) => token?.kind === 'sign' && token.sign === sign);
    if (!sign) return null;
    this.at += 1;
    return sign;
  }
}

function wrap(name: string, argument: Expression | null): Expression | null {
  return argument && { kind: 'call', name, argument };
}
