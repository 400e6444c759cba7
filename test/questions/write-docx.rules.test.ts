// Word documents as we write them: what a teacher who opens one sees, and what Word needs to open it.
import { expect, test } from '@jest/globals';
import { openZip } from '../../src/questions/formats/archive/read-zip.ts';
import { descendantsOf, readXml, textOf } from '../../src/questions/formats/archive/read-xml.ts';
import type { XmlElement } from '../../src/questions/formats/archive/read-xml.ts';
import { docx } from '../../src/questions/formats/docx.ts';
import type { Content } from '../../src/questions/content.ts';
import type { Question } from '../../src/questions/question.ts';
import { pictures } from './any-question.ts';

const html = (source: string): Content => ({ format: 'html', source });
const common = { name: 'Savol', generalFeedback: null, points: '1' };

function choice(text: string, [right, ...wrong]: string[]): Question {
  const options = [right ?? '', ...wrong].map((source, place) => ({
    text: html(source),
    weight: place === 0 ? '1' : '0',
    feedback: null,
  }));
  return { ...common, type: 'single-choice', text: html(text), details: { options } };
}

async function written(questions: readonly Question[], title = '') {
  const { body, losses } = await docx.write(questions, pictures, title);
  const archive = await openZip(body);
  const part = async (name: string): Promise<XmlElement> => readXml((await archive.read(name))!, name);
  return { body, losses, names: archive.names, part };
}

/** Every paragraph with its style before it. */
const paragraphsOf = (root: XmlElement) =>
  descendantsOf(root, 'p').map((paragraph) => {
    const style = descendantsOf(paragraph, 'pStyle')[0]?.attributes['val'];
    const words = descendantsOf(paragraph, 't').map(textOf).join('');
    return `${style}: ${words}`;
  });

test('A teacher sees the question, its options, the right one in bold, and its letter below', async () => {
  const { part, losses } = await written([{ ...choice('Massa birligi?', ['kg', 'N']), points: '2', tags: ['kuch'] }]);
  const lines = ['Question: Massa birligi?', 'RightOption: kg', 'Option: N', 'Detail: Answer: A'];
  const details = ['Detail: Name: Savol', 'Detail: Points: 2', 'Detail: Tags: kuch'];
  expect(paragraphsOf(await part('word/document.xml'))).toEqual([...lines, ...details]);
  expect(losses).toEqual([]);
});

test('Bold words of the right option stay its own, and the letter alone says that it is right', async () => {
  const { part, losses } = await written([choice('Qaysi?', ['suv <b>emas</b>', 'suv'])]);
  expect(paragraphsOf(await part('word/document.xml'))[1]).toBe('Option: suv emas');
  expect(losses).toEqual([]);
});

test.each([
  ['\\(\\frac{at^2}{2}\\)', 'f'],
  ['\\(\\sqrt{2gh}\\)', 'rad'],
  ['\\(\\vec F = m \\vec a\\)', 'acc'],
  ['\\(\\left(\\frac{1}{2}\\right)^2\\)', 'd'],
  ['\\(\\log_2 8\\)', 'sSub'],
  ['\\(90^\\circ\\)', 'sSup'],
  ['\\[\\sum_{i=1}^{n} i\\]', 'oMathPara'],
])('The formula %s is one of Word, and the same when it comes back', async (tex, element) => {
  const { part, body, losses } = await written([choice(tex, ['x', 'y'])]);
  expect(descendantsOf(await part('word/document.xml'), element)).not.toEqual([]);
  expect(losses).toEqual([]);
  expect((await docx.read(body)).questions).toHaveLength(1);
});

test('A formula that Word has no words for stays TeX', async () => {
  const { part, losses } = await written([choice('\\(\\overline{AB}\\)', ['x', 'y'])]);
  expect(paragraphsOf(await part('word/document.xml'))[0]).toBe('Question: \\(\\overline{AB}\\)');
  expect(losses).toEqual([]);
});

test('A document names every part that it has, and has every part that it names', async () => {
  const image = `<p>Bu nima? <img src="asset:${pictures[0]!.sha256}" alt="a &quot;b&quot;"></p>`;
  const { part, names } = await written(
    [choice(image, ['x', `<img src="asset:${pictures[1]!.sha256}" alt="">`])],
    'A & B',
  );
  const targets = descendantsOf(await part('word/_rels/document.xml.rels'), 'Relationship');
  for (const { attributes } of targets) expect(names).toContain(`word/${attributes['Target']}`);
  const blips = descendantsOf(await part('word/document.xml'), 'blip').map(({ attributes }) => attributes['embed']);
  expect(targets.map(({ attributes }) => attributes['Id'])).toEqual(expect.arrayContaining(blips));
  const typed = descendantsOf(await part('[Content_Types].xml'), 'Override').map(
    ({ attributes }) => attributes['PartName'],
  );
  for (const name of typed) expect(names).toContain(name!.slice(1));
  expect(textOf(await part('word/header1.xml'))).toBe('A & B');
});

test('The same questions make the same bytes, whatever characters they hold', async () => {
  const odd = {
    ...choice('a', ['x', 'y']),
    text: { format: 'plain' as const, source: 'Ңүқ \u200F\u202Bعربي\u202C \u0001 & <b> ]]>' },
  };
  const [one, other] = [await written([odd], '\u0001 <'), await written([odd], '\u0001 <')];
  expect(one.body).toEqual(other.body);
  const { questions } = await docx.read(one.body);
  expect(questions[0]?.question.text.source).toBe('Ңүқ \u200F\u202Bعربي\u202C &amp; &lt;b&gt; ]]&gt;');
  expect(one.losses).toEqual([]);
});

test('What looks like a label, a key, a sign or another format is text again', async () => {
  const lines = [
    'Toping:',
    '1. bir',
    'A) ikki B) uch',
    'Answer: C',
    'Javoblar',
    '1-A 2-B',
    'Turi: son',
    '====',
    '#8',
    '',
  ];
  const odd = {
    ...choice('a', ['*x*', '+y', '√2']),
    text: { format: 'plain' as const, source: lines.join('\n') + '!' },
  };
  const { body, losses } = await written([odd, { ...common, type: 'essay', text: html('{=a ~b}'), details: {} }]);
  const { questions, problems } = await docx.read(body);
  expect({ losses, problems }).toEqual({ losses: [], problems: [] });
  expect(questions.map(({ question }) => question.text.source)).toEqual([lines.join('<br>') + '!', '{=a ~b}']);
  expect(questions[0]?.question.details).toMatchObject({
    options: [{ text: html('*x*'), weight: '1' }, { text: html('+y') }, { text: html('√2') }],
  });
});
