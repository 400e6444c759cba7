// What every test is called, read from its source: groups, tests, and the rows of their tables.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const testFolder = join(import.meta.dirname, '..');

/** The files with tests, as `lti/login.rules`: below `test/`, without `.test.ts`. */
export const testFiles = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.replace(/\.test\.ts$/, '').replaceAll('\\', '/'))
  .sort();

const titles = new Map<string, readonly string[]>();

/**
 * The titles in a file with tests: of `describe` and `test`, skipped ones left out, and what a row of a table is called (its
 * `what`, or its first text), wherever that stands: in the file, or beside it in one that it imports.
 */
export function titlesOf(testFile: string): readonly string[] {
  const known = titles.get(testFile);
  if (known) return known;
  const path = join(testFolder, `${testFile}.test.ts`);
  const found = existsSync(path) ? titlesIn(path) : [];
  titles.set(testFile, found);
  return found;
}

function titlesIn(path: string): string[] {
  const found: string[] = [];
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return found;

  function visit(node: ts.Node): void {
    const title = titleAt(node);
    if (title && ts.isStringLiteralLike(title)) found.push(title.text);
    const beside = ts.isImportDeclaration(node) ? textOf(node.moduleSpecifier) : null;
    if (beside?.startsWith('./')) found.push(...titlesIn(join(dirname(path), beside)));
    ts.forEachChild(node, visit);
  }
}

function titleAt(node: ts.Node): ts.Node | undefined {
  if (ts.isCallExpression(node)) return isTest(node.expression) ? node.arguments[0] : undefined;
  if (ts.isPropertyAssignment(node)) return textOf(node.name) === 'what' ? node.initializer : undefined;
  return ts.isArrayLiteralExpression(node) ? node.elements[0] : undefined;
}

/** `test(…)`, `describe(…)`, or one of them with `.each(…)` or `.each` and a template before the call. */
function isTest(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return ['test', 'describe'].includes(called.text);
  const each = ts.isCallExpression(called)
    ? called.expression
    : ts.isTaggedTemplateExpression(called)
      ? called.tag
      : null;
  return each !== null && ts.isPropertyAccessExpression(each) && each.name.text === 'each' && isTest(each.expression);
}

function textOf(node: ts.Node): string | null {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : null;
}
