// The functions and constants that an expression may name, as they are written in schools from Tashkent to London.

/** One real number to another; NaN or infinite where it is not defined. */
export type RealFunction = (x: number) => number;

/** By name, in small letters: names of functions are read in either case. `log` and `lg` are decimal, as on calculators. */
export const functions: ReadonlyMap<string, RealFunction> = new Map([
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['tg', Math.tan],
  ['cot', (x) => 1 / Math.tan(x)],
  ['ctg', (x) => 1 / Math.tan(x)],
  ['sec', (x) => 1 / Math.cos(x)],
  ['csc', (x) => 1 / Math.sin(x)],
  ['arcsin', Math.asin],
  ['asin', Math.asin],
  ['arccos', Math.acos],
  ['acos', Math.acos],
  ['arctan', Math.atan],
  ['atan', Math.atan],
  ['arctg', Math.atan],
  ['arcctg', (x) => Math.PI / 2 - Math.atan(x)],
  ['sinh', Math.sinh],
  ['sh', Math.sinh],
  ['cosh', Math.cosh],
  ['ch', Math.cosh],
  ['tanh', Math.tanh],
  ['th', Math.tanh],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['lg', Math.log10],
  ['log', Math.log10],
  ['sqrt', Math.sqrt],
  ['cbrt', Math.cbrt],
  ['abs', Math.abs],
]);

/** Unless a question has a variable of that name. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['Pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
]);
