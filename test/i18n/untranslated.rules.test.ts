// Every word that people read or hear comes from a language's file: none stands in a view or in a script of a page.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { load } from 'cheerio';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** Two letters in a row are a word, or the beginning of one. */
const word = /\p{L}{2}/u;
/** What has the same name in every language; and beginnings of addresses. */
const names = /^(?:Google Classroom(?: :)?|https:\/\/)$/;
/** What is said of an element, beside its text. */
const sayings = ['alt', 'title', 'placeholder', 'label', 'aria-label', 'aria-description', 'aria-valuetext', 'summary'];
/** In words of its own language is what other companies call their pages; code is nobody's language. */
const foreign = '[lang]:not(html), code, script, style, noscript';

const isWords = (text: string) => word.test(text) && !names.test(text.trim());

/** Files of ours, the practice LMS left out: another company's, with languages of its own. */
function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.startsWith('practice'))
    .map((file) => join(folder, file))
    .sort();
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The words between the tags of a view, and in what is said of its elements. */
function wordsInView(view: string): string[] {
  const html = view
    // A tag whose name is filled in, and attributes that are for a tag of another view.
    .replace(/<<%.*?%>/gs, '<x')
    .replace(/<%.*?%>/gs, ' ')
    .replace(/(?:^|\s)[\w-]+ ?=" "/gm, '');
  const $ = load(html, null, false);
  const ours = [
    $.root(),
    ...$('*')
      .toArray()
      .map((element) => $(element)),
  ].filter((one) => one.closest(foreign).length === 0);
  const texts = ours
    .flatMap((one) => one.contents().toArray())
    .flatMap((node) => ('data' in node && node.nodeType === 3 ? node.data : []));
  const said = ours.flatMap((one) => sayings.map((name) => one.attr(name) ?? ''));
  return [...texts, ...said].map((text) => text.trim().replace(/\s+/g, ' ')).filter(isWords);
}

/** The words that a view prints, or hands to another one, by way of code. */
function wordsInTags(view: string): string[] {
  const printed = [...view.replace(/class="[^"<]*<%.*?%>/gs, '').matchAll(/<%=(.*?)%>/gs)];
  const handed = [...view.matchAll(/<%-\s*include\((.*?)\) *%>/gs)].filter(
    ([, code = '']) => !code.includes("lang: 'en'"),
  );
  return [
    ...printed.flatMap(([, code = '']) => literalsIn(code)),
    ...handed.flatMap(([, code = '']) =>
      [...code.matchAll(/\b(?:title|text|label|hint): (['`])(.*?)\1/g)].map(([, , text = '']) => text),
    ),
  ].filter((text) => /\p{L}{2,} \p{L}|^\p{Lu}\p{Ll}/u.test(text));
}

/** The texts that code says as they stand; what it calls something with or compares something with is said to nobody. */
function literalsIn(code: string): string[] {
  // Most code looks up a message and says nothing more; to parse it would take its time.
  if (!/['`]/.test(code.replace(/\bt\('[\w.]+'/g, ''))) return [];
  const source = ts.createSourceFile('code.js', `(${code})`, ts.ScriptTarget.Latest);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isElementAccessExpression(node)) return;
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText(source))) return;
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const sets = /\.(?:textContent|innerText|innerHTML|title|alt|placeholder|label|aria\w+)$/;
const asks = /^(?:alert|confirm|prompt|setCustomValidity|createTextNode)$/;
const isOfForm = /^(?:body|data)\./;
const adds = /^(?:append|prepend|before|after|replaceChildren)$/;

/** What scripts say: whatever they make the text or the name of something, or ask people by a dialog. */
function wordsInScript(script: string): string[] {
  const source = ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest);
  const said: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && sets.test(node.left.getText(source))) said.push(node.right);
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText(source).split('.').at(-1) ?? '';
      const [first, second] = node.arguments;
      // What is appended to the data of a form has a name first.
      if (asks.test(called) || (adds.test(called) && !isOfForm.test(node.expression.getText(source)))) {
        said.push(...node.arguments);
      }
      if (
        called === 'setAttribute' &&
        first &&
        second &&
        literalsIn(first.getText(source)).some((name) => sayings.includes(name))
      ) {
        said.push(second);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return said.flatMap((node) => literalsIn(node.getText(source))).filter(isWords);
}

test.each([
  ['<p>Hand in</p>', ['Hand in']],
  ['<p title="Hand in"><%= t(\'attempts.submit\') %> <b>now</b></p>', ['now', 'Hand in']],
  ['Now <%= name %>', ['Now']],
  ['<<%= box %> class="question"><img alt="A picture"></<%= box %>>', ['A picture']],
  ['<p><%= t(\'x.y\') %>: <code>unknown-code</code> <i lang="en">Add-ons</i> · 5 %</p>', []],
])('in a view, %j', (view, words) => {
  expect(wordsInView(view)).toEqual(words);
});

test.each([
  ["said.textContent = isOn ? 'Saved now' : form.dataset.saving", ['Saved now']],
  ['row.append(`Question ${number}`)', ['Question …']],
  ["button.setAttribute('aria-label', 'Move up')", ['Move up']],
  ["window.confirm('Leave?')", ['Leave?']],
  ["body.append('question', question); said.textContent = said.dataset.done; row.append(' ')", []],
])('in a script, %j', (script, words) => {
  expect(wordsInScript(script)).toEqual(words);
});

test('no view says anything in words of its own', () => {
  const found = filesOf('views', '.ejs').flatMap((file) => {
    const view = read(file);
    return [...wordsInView(view), ...wordsInTags(view)].map((words) => `${file}: ${words}`);
  });
  expect(found).toEqual([]);
});

test('no script of a page does either', () => {
  const scripts = filesOf('public', '.js');
  expect(scripts.length).toBeGreaterThan(20);
  expect(scripts.flatMap((file) => wordsInScript(read(file)).map((words) => `${file}: ${words}`))).toEqual([]);
});
