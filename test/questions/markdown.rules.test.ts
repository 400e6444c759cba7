// What Markdown becomes: text, tables, lists, code, and TeX that its own escapes and stars leave alone.
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { plainText, renderContent } from '../../src/questions/content.ts';

const sha256 = 'ab'.repeat(32);
const markdown = (source: string) => renderContent({ format: 'markdown', source }).trim();
const page = (source: string) => load(markdown(source));

test.each([
  ['**va** *yoki* ~~emas~~', '<p><strong>va</strong> <em>yoki</em> <s>emas</s></p>'],
  ['a\nb\n\nc', '<p>a\nb</p>\n<p>c</p>'],
  ['# Bob\n\n##### Band', '<h3>Bob</h3>\n<h6>Band</h6>'],
  ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
  ['1. a\n2. b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>'],
  ['a\n\n---\n\nb', '<p>a</p>\n<hr />\n<p>b</p>'],
  ['    x = 1', '<p>x = 1</p>'],
  ['`a < b`', '<p><code>a &lt; b</code></p>'],
  ['```python\nif a < b:\n    pass\n```', '<pre><code>if a &lt; b:\n    pass\n</code></pre>'],
  ['<b>a</b> & "b"', '<p>&lt;b&gt;a&lt;/b&gt; &amp; "b"</p>'],
  ['https://example.org', '<p>https://example.org</p>'],
  ['[a](https://example.org "b")', '<p><a href="https://example.org" rel="noopener" target="_blank">a</a></p>'],
])('%j becomes %s', (source, expected) => {
  expect(markdown(source)).toBe(expected);
});

test('A table keeps its head and which way its columns are set', () => {
  const $ = page('| a | b |\n|:--|--:|\n| 1 | \\(x\\) |');
  expect($('thead th').length).toBe(2);
  expect($('td[align=right] math').length).toBe(1);
  expect($('[style]').length).toBe(0);
});

describe('TeX in Markdown', () => {
  test.each([
    ['\\(a_1*b*c\\)', 'a1∗b∗c'],
    ['\\(x_1\\) va \\(x_2\\)', 'x1'],
    ['**\\(a<b\\)**', 'a<b'],
    ['\\(\\{1, 2\\}\\)', '{1,2}'],
  ])('%s is read as it stands, without emphasis or escapes', (source, text) => {
    const $ = page(source);
    expect($('em').length).toBe(0);
    expect($('math').first().text().replace(/\s/g, '')).toBe(text);
  });

  test('of several lines is no list and no heading', () => {
    const $ = page('$$\na\n- b\n= c\n$$');
    expect($('math[display=block]').length).toBe(1);
    expect($('li, h3, h4').length).toBe(0);
  });

  test('is shown as written in code, and code around a delimiter swallows nothing', () => {
    const $ = page('`\\(a\\)` and `$$`, then \\(b\\) and `$$`.\n\n```\n\\[c\\]\n```\n\n~~~\n$$d$$\n~~~');
    expect($('math').length).toBe(1);
    expect(
      $('code')
        .toArray()
        .map((code) => $(code).text().trim()),
    ).toEqual(['\\(a\\)', '$$', '$$', '\\[c\\]', '$$d$$']);
  });

  test('may stand in the description of a picture', () => {
    expect(page(`![\\(a_1\\)](asset:${sha256})`)('img').attr('alt')).toBe('\\(a_1\\)');
  });
});

test('A picture, a sound, a film and a file of ours are shown, played or offered', () => {
  const $ = page(
    `![Rasm](asset:${sha256}) ![Maʼruza](asset:${sha256} "audio") ![Tajriba](asset:${sha256} "video") [Jadval](asset:${sha256})`,
  );
  const address = `/assets/${sha256}`;
  expect($('img').attr()).toEqual({ src: address, alt: 'Rasm', loading: 'lazy' });
  expect($('audio').attr()).toEqual({ controls: '', preload: 'none', src: address, 'aria-label': 'Maʼruza' });
  expect($('video').attr()).toEqual({ controls: '', preload: 'none', src: address, 'aria-label': 'Tajriba' });
  expect($('a').attr()).toEqual({ href: address, download: sha256.slice(0, 12) });
});

test('The words of a Markdown text come without its marks', () => {
  expect(plainText({ format: 'markdown', source: '# A\n\n**b** `c`\n\n- \\(d_1*e*f\\)\n- &lt;' })).toBe(
    'A b c \\(d_1*e*f\\) <',
  );
});

test.each([
  ['brackets', '['.repeat(100_000)],
  ['pictures never closed', '![a]('.repeat(50_000)],
  ['stars', '*a **b'.repeat(50_000)],
  ['quotes', '>'.repeat(100_000)],
  ['backticks of every length', Array.from({ length: 600 }, (_, length) => '`'.repeat(length)).join(' ')],
  ['lists in lists', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n')],
  ['a wide table', `${'|a'.repeat(5000)}\n${'|-'.repeat(5000)}\n${'|b'.repeat(50)}`],
  ['delimiters', '\\($$\\['.repeat(30_000)],
])('A text of %s is rendered all the same', (_, source) => {
  const started = performance.now();
  expect(typeof markdown(source)).toBe('string');
  expect(performance.now() - started).toBeLessThan(20_000);
});
