// An expression as people type it, cut into its signs, numbers and names.
import { latinLookAlikes } from '../fold-text.ts';
import { constants, functions } from './names.ts';

/** Longer than anything a student means; what follows from an expression takes time in proportion to its length. */
export const maximumExpressionLength = 200;

export type Token =
  | { kind: 'number'; value: number }
  | { kind: 'variable' | 'function' | 'constant'; name: string }
  | { kind: 'sign'; sign: '+' | '-' | '*' | '/' | '^' | '(' | ')' | '|' | '√' };

const number = /^(?:\d+(?:[.,]\d+)?|[.,]\d+)/;
const signs = ['+', '-', '*', '/', '^', '(', ')', '|', '√'] as const;
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺';
const lowered = '0123456789-+';

/** A name as it is compared: a Cyrillic х is the x that it looks like, and x₁ and x_1 are x1. */
export function foldName(name: string): string {
  return latinLookAlikes(name.normalize('NFKC')).replaceAll('_', '');
}

/**
 * Cuts an expression. Letters that stand together are the longest names that they can be: `xsin` is x and sin, `xy` is x and y
 * unless there is a variable xy. Names of variables and functions
 * that are none in their own case are tried in any.
 *
 * @param variables folded by `foldName`
 * @returns null at the first thing that is none of it
 */
export function tokensOf(text: string, variables: readonly string[]): Token[] | null {
  if (text.length > maximumExpressionLength) return null;
  const tokens: Token[] = [];
  let rest = tidy(text);
  while (rest !== '') {
    const [length, token] = numberAt(rest) ?? nameAt(rest, variables) ?? signAt(rest) ?? [0, null];
    if (!token) return null;
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

type Found = [length: number, token: Token] | null;

function numberAt(text: string): Found {
  const digits = number.exec(text)?.[0];
  return digits === undefined ? null : [digits.length, { kind: 'number', value: Number(digits.replace(',', '.')) }];
}

function signAt(text: string): Found {
  const sign = signs.find((sign) => text.startsWith(sign));
  return sign ? [1, { kind: 'sign', sign }] : null;
}

function nameAt(text: string, variables: readonly string[]): Found {
  const ours = [
    ...variables.map((name) => ({ kind: 'variable' as const, name })),
    ...[...functions.keys()].map((name) => ({ kind: 'function' as const, name })),
    ...[...constants.keys()].map((name) => ({ kind: 'constant' as const, name })),
  ].filter(({ kind, name }) => kind === 'variable' || !isProductOf(name, variables));
  const inAnyCase = ours.filter(({ kind, name }) => {
    return kind !== 'constant' && text.toLowerCase().startsWith(name.toLowerCase());
  });
  const token = longest(ours.filter(({ name }) => text.startsWith(name))) ?? longest(inAnyCase);
  return token && [token.name.length, token];
}

/** Whether a name reads as variables side by side: where t and g are variables, `tg` is their product. */
function isProductOf(name: string, variables: readonly string[]): boolean {
  if (name === '') return true;
  return variables.some((variable) => name.startsWith(variable) && isProductOf(name.slice(variable.length), variables));
}

/** Of two that are as long the first: a variable goes before a constant of its name. */
function longest<Named extends { name: string }>(names: readonly Named[]): Named | null {
  return names.reduce<Named | null>((best, each) => (best && best.name.length >= each.name.length ? best : each), null);
}

function tidy(text: string): string {
  const inOneLine = text
    .replace(
      /[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+/g,
      (power) => `^(${[...power].map((sign) => lowered.charAt(raised.indexOf(sign))).join('')})`,
    )
    .replace(/[·⋅∙•×]/g, '*')
    .replace(/[÷∶:]/g, '/')
    .replace(/[\u2212\u2012\u2013\uFE63\uFF0D]/g, '-')
    .replace(/[[{]/g, '(')
    .replace(/[\]}]/g, ')')
    .replaceAll('**', '^');
  return foldName(inOneLine).trim();
}
