// What authors write, as markup that is safe to print.
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import fc from 'fast-check';
import { plainText, renderContent } from '../../src/questions/content.ts';
import type { Content } from '../../src/questions/content.ts';

const html = (source: string) => renderContent({ format: 'html', source });
const auto = (source: string) => renderContent({ format: 'auto', source });
const plain = (source: string) => renderContent({ format: 'plain', source });

describe('HTML', () => {
  test('keeps what a text needs', () => {
    const source = '<p>F<sub>1</sub> <strong>va</strong></p><table><tbody><tr><td>1</td></tr></tbody></table>';
    expect(html(source)).toBe(source);
  });

  test.each([
    ['<script>alert(1)</script>ok', 'ok'],
    ['<p style="color:red" class="x" onclick="x()">a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<a rel="noopener" target="_blank">a</a>'],
    ['<img src="javascript:alert(1)">', ''],
    ['<img src="data:image/svg+xml;base64,AAAA">', ''],
    ['<img src="//example.org/a.png">', ''],
    ['<iframe src="https://example.org"></iframe>', ''],
    ['<math><mtext><img src=x onerror=alert(1)></mtext></math>', ''],
    ['<!-- a --><o:p>b</o:p>', 'b'],
  ])('%s becomes %s', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  test('keeps links, and pictures that come with the text', () => {
    expect(html('<a href="https://example.org/?a=1&amp;b=2">a</a>')).toBe(
      '<a href="https://example.org/?a=1&amp;b=2" rel="noopener" target="_blank">a</a>',
    );
    expect(html('<img src="data:image/png;base64,AAAA" alt="">')).toBe(
      '<img src="data:image/png;base64,AAAA" alt="" loading="lazy" />',
    );
  });

  test('loses the paragraph around it inside a label, but only if there is one', () => {
    const inline = (source: string) => renderContent({ format: 'html', source }, 'inline');
    expect(inline('<p>a <b>b</b></p>')).toBe('a <b>b</b>');
    expect(inline('<p>a</p><p>b</p>')).toBe('<p>a</p><p>b</p>');
    expect(inline('a')).toBe('a');
  });
});

describe('Text with and without tags', () => {
  test.each([
    ['a\nb', 'a<br />b'],
    ['agar a<b va c>d', 'agar a&lt;b va c&gt;d'],
    ['#include <stdio.h>', '#include &lt;stdio.h&gt;'],
    ['m&deg; va &lt;', 'm° va &lt;'],
    ['a <B>b</B> c', 'a <b>b</b> c'],
    ['<ul>\n  <li>a</li>\n</ul>', '<ul> <li>a</li> </ul>'],
    ['x<script>alert(1)</script>y', 'xy'],
  ])('in auto format %j becomes %j', (source, expected) => {
    expect(auto(source)).toBe(expected);
  });

  test('in plain format every character stands for itself', () => {
    expect(plain('<b>a</b> &amp;\n"b"')).toBe('&lt;b&gt;a&lt;/b&gt; &amp;amp;<br />"b"');
  });
});

describe('TeX', () => {
  const { format } = { format: 'html' } as const;

  test('becomes MathML without style, class or script', () => {
    const $ = load(html('<p>Energiya \\(\\frac{mv^2}{2}\\) va $$\\vec F = m \\vec a$$</p>'));
    expect($('p > math').length).toBe(2);
    expect($('math[display=block]').length).toBe(1);
    expect($('mfrac').length).toBe(1);
    expect($('[style], [class], script').length).toBe(0);
  });

  test('may hold a less-than sign in any format', () => {
    for (const write of [html, auto, plain]) {
      expect(load(write('agar \\(a<b\\) va \\[b>a\\] bo‘lsa'))('math').length).toBe(2);
      expect(load(write('agar \\(a<b\\) bo‘lsa'))('math').text()).toBe('a<b');
    }
    expect(load(html('\\(a &lt; b\\)'))('math').text()).toBe('a<b');
  });

  test.each([
    '\\(\\frac{\\)',
    '\\(\\nosuchcommand x\\)',
    '\\(\\href{javascript:alert(1)}{x}\\)',
    '\\(\\def\\a{\\a\\a}\\a\\)',
  ])('that makes no sense is shown as it was written: %s', (source) => {
    expect(load(html(source))('code').text()).toBe(source);
    expect(load(html(source))('a, math').length).toBe(0);
  });

  test('too long to be meant is shown as it was written', () => {
    expect(html(`\\(${'x'.repeat(3000)}\\)`)).toMatch(/^<code>\\\(x+\\\)<\/code>$/);
  });

  test('in code and in attributes stays as it was written', () => {
    expect(html('<code>\\(x\\)</code>')).toBe('<code>\\(x\\)</code>');
    const picture = html('<img src="data:image/png;base64,AAAA" alt="\\(a &lt; \\text{&quot; onerror=alert(1) }\\)">');
    const $ = load(picture);
    expect($('img').attr('alt')).toBe('\\(a < \\text{" onerror=alert(1) }\\)');
    expect($('[onerror], math').length).toBe(0);
  });

  test('cannot carry markup in', () => {
    const $ = load(html('\\(\\text{<script>alert(1)</script><img src=x onerror=alert(1)>}\\)'));
    expect($('script, img').length).toBe(0);
    expect($('mtext').text()).toContain('<script>');
  });

  test('that is never closed is text', () => {
    expect(renderContent({ format, source: 'a \\( b' })).toBe('a \\( b');
    expect(plain('5$$ va 6$')).toBe('5$$ va 6$');
  });
});

test('The words of a text come on one line without tags', () => {
  expect(plainText({ format: 'html', source: '<p>H<sub>2</sub>O</p><p>a &lt; b &amp; \\(c<d\\)</p>' })).toBe(
    'H2O a < b & \\(c<d\\)',
  );
  expect(plainText({ format: 'plain', source: ' <b>\n a ' })).toBe('<b> a');
  expect(plainText({ format: 'auto', source: 'a<b\nc' })).toBe('a<b c');
});

test('No text of any kind can throw or smuggle an element in', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('<', '>', '"', "'", '\\(', '\\)', '\\[', '\\]', '$$', '<img src=', '<a href="', 'onerror=x', '<b>'),
    fc.constantFrom(
      '<script>',
      '</script',
      '<style>',
      '\\text{',
      '}',
      '<svg/onload=x>',
      '\uFDD00\uFDD1',
      '&lt;',
      '<!--',
    ),
    fc.constantFrom(
      '![a](',
      '[a](javascript:x',
      ')',
      '"video")',
      '`',
      '```\n',
      '\n| a |\n|:-:|\n',
      '<video src=',
      '<audio>',
    ),
  );
  const content: fc.Arbitrary<Content> = fc.record({
    format: fc.constantFrom('html', 'auto', 'plain', 'markdown'),
    source: fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  });
  fc.assert(
    fc.property(content, (any) => {
      const $ = load(renderContent(any));
      expect($('script, style, svg, iframe, [style], [class]').length).toBe(0);
      const names = $('*')
        .toArray()
        .flatMap((element) => Object.keys($(element).attr() ?? {}));
      expect(names.filter((name) => name.startsWith('on'))).toEqual([]);
      expect(plainText(any)).not.toContain('\n');
    }),
    { numRuns: 300 },
  );
});
