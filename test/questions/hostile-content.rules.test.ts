// Every known place for a script in a text, in every format: none survives, and nothing is asked of another site.
import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { contentSchema, renderContent } from '../../src/questions/content.ts';
import type { Content } from '../../src/questions/content.ts';

const formats = contentSchema.shape.format.options;
const sha256 = '0f'.repeat(32);

const attacks = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script src="https://evil.example/x.js"></script>',
  '<script\n>alert(1)</script\n>',
  '<img src=x onerror=alert(1)>',
  '<img src="asset:x" onerror=alert(1)>',
  `<img src="asset:${sha256}" onload="alert(1)" srcset="https://evil.example/x 2x" style="background:url(https://evil.example)">`,
  `<img src="asset:${sha256}" alt="&quot; onerror=&quot;alert(1)">`,
  `<img src="asset:${sha256}" width="1&quot; onload=&quot;alert(1)" height="2">`,
  `<img src="asset:${sha256}/../../attempts">`,
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<img src="data:text/html;base64,PHNjcmlwdD4=">',
  '<img src="https://evil.example/pixel.png" alt="<script>alert(1)</script>">',
  '<img src="https://evil.example/&quot;onerror=alert(1) x=&quot;">',
  '<img src="//evil.example/pixel.png">',
  '<img src="/attempts/1/submission">',
  '<a href="javascript:alert(1)">a</a>',
  '<a href="JaVaScRiPt:alert(1)">a</a>',
  '<a href=" java\tscript:alert(1)">a</a>',
  '<a href="&#106;avascript&colon;alert(1)">a</a>',
  '<a href="\u0001javascript:alert(1)">a</a>',
  '<a href="vbscript:x">a</a>',
  '<a href="data:text/html,<script>alert(1)</script>">a</a>',
  '<a href="blob:https://evil.example/x">a</a>',
  '<a href="https://example.org" onclick="alert(1)" style="position:fixed;inset:0">a</a>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>',
  '<svg><style><img src="</style><img src=x onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<math href="javascript:alert(1)">a</math>',
  '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">a</maction></math>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<p style="background:url(https://evil.example/x)">a</p>',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<link rel="prefetch" href="https://evil.example/x">',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<applet code="x"></applet>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<form action="https://evil.example/"><input name="_csrf"><button formaction="javascript:alert(1)">a</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)><summary>a</summary></details>',
  '<body onload=alert(1)>',
  '<video src="https://evil.example/x.mp4" autoplay></video>',
  `<video src="asset:${sha256}" onerror="alert(1)" poster="https://evil.example/x.png" autoplay></video>`,
  '<video><source src=x onerror=alert(1)></video>',
  '<video><source src="https://evil.example/x.mp4"><track src="https://evil.example/x.vtt"></video>',
  '<audio><audio src="https://evil.example/x.mp3"></audio></audio>',
  '<audio src="javascript:alert(1)" onerror=alert(1)>',
  '<source src="https://evil.example/x.mp4">',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<title><img src=x onerror=alert(1)></title>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<plaintext><img src=x onerror=alert(1)>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[><img src=x onerror=alert(1)>]]>',
  '<p title="<img src=x onerror=alert(1)>">a</p>',
  '<td colspan="2&quot; onclick=&quot;alert(1)" style="x" align="left;x">a</td>',
  '\\(\\href{javascript:alert(1)}{a}\\)',
  '\\(\\text{<img src=x onerror=alert(1)>}\\)',
  '\\(\\includegraphics{https://evil.example/x.png}\\)',
  '\\(\\style{background:url(https://evil.example)}{a}\\)',
  '<img src="\\(" onerror="alert(1)" alt="\\)">',
  '<img alt="\\(" src="asset:\\)" onerror=alert(1) x="\\(\\)">',
  '[a](javascript:alert(1))',
  '[a](JAVASCRIPT&colon;alert(1))',
  '[a](<javascript:alert(1)>)',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a]: javascript:alert(1)\n\n[a]',
  '<javascript:alert(1)>',
  '![a](javascript:alert(1))',
  '![a](https://evil.example/x.png)',
  '![a](https://evil.example/x.mp4 "video")',
  '![" onerror="alert(1)](asset:x "audio")',
  `!["><script>alert(1)</script>](asset:${sha256} "audio")`,
  '![a](x"onerror="alert(1) "video")',
  '[a](https://example.org "onclick=alert(1)")',
  '```"><script>alert(1)</script>\na\n```',
  '`<img src=x onerror=alert(1)>`',
  '| a |\n|---|\n| <script>alert(1)</script> |',
];

const allowed = [
  ...['html', 'head', 'body', 'p', 'br', 'strong', 'em', 'b', 'i', 'u', 's', 'sub', 'sup', 'span', 'div', 'a', 'img'],
  ...['code', 'pre', 'blockquote', 'hr', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'h3', 'h4'],
  ...['h5', 'h6', 'audio', 'video', 'math', 'mrow', 'mi', 'mn', 'mo', 'mtext', 'mspace', 'mstyle', 'merror'],
];
const attributes = [
  ...[
    'src',
    'alt',
    'width',
    'height',
    'loading',
    'href',
    'rel',
    'target',
    'download',
    'controls',
    'preload',
    'aria-label',
  ],
  ...[
    'colspan',
    'rowspan',
    'align',
    'display',
    'mathvariant',
    'scriptlevel',
    'displaystyle',
    'fence',
    'form',
    'stretchy',
  ],
  ...['lspace', 'rspace'],
];
const sources = /^(?:\/assets\/[0-9a-f]{64}|data:image\/(?:png|jpeg|gif|webp);base64,.*)$/;

describe.each(formats.map((format) => [format] as const))('In a text of format %s', (format: Content['format']) => {
  test.each(attacks)('%j does nothing', (attack) => {
    for (const source of [attack, `a ${attack} b`, `<b>${attack}`, `**${attack}**`]) {
      const $ = load(renderContent({ format, source }));
      const elements = $('*')
        .toArray()
        .map((element) => $(element));
      const names = elements.map((element) => element.prop('tagName')?.toLowerCase() ?? '');
      expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
      for (const element of elements) {
        const found = element.attr() ?? {};
        expect(Object.keys(found).filter((name) => !attributes.includes(name))).toEqual([]);
        if (found['src'] !== undefined) expect(found['src']).toMatch(sources);
        if (found['href'] !== undefined) expect(found['href']).toMatch(/^(?:https?:\/\/|\/assets\/|mailto:)/);
      }
    }
  });
});

describe('What stands at another address', () => {
  const html = (source: string) => renderContent({ format: 'html', source });
  const link = (address: string, text: string) => `<a href="${address}" rel="noopener" target="_blank">${text}</a>`;

  test.each([
    ['<img src="https://a.example/b.png" alt="Rasm">', link('https://a.example/b.png', 'Rasm (a.example)')],
    ['<img src="http://a.example/b.png">', link('http://a.example/b.png', 'http://a.example/b.png')],
    [
      '<audio controls src="https://a.example/b.mp3"></audio>',
      link('https://a.example/b.mp3', 'https://a.example/b.mp3'),
    ],
    [
      '<video title="Tajriba"><source src="https://a.example/b.mp4?c=1&amp;d=2">Film</video>',
      link('https://a.example/b.mp4?c=1&amp;d=2', 'Tajriba (a.example)'),
    ],
    ['<img src="b.png" alt="Rasm">', ''],
    ['<img src="" alt="">a', 'a'],
  ])('%s is linked to, or left out', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  test('A film of ours is played, as other systems write it too', () => {
    const source = `<video controls="true"><source src="asset:${sha256}">Film</video>`;
    expect(html(source)).toBe(`<video controls preload="none" src="/assets/${sha256}"></video>`);
  });

  test('A picture keeps the measures that its author gave it, so that the page does not jump', () => {
    expect(html(`<img src="asset:${sha256}" alt="a" width="640" height="480">`)).toBe(
      `<img src="/assets/${sha256}" alt="a" width="640" height="480" loading="lazy" />`,
    );
    expect(html(`<img src="asset:${sha256}" alt="a" width="100%" height="480">`)).not.toContain('480');
  });

  test('A table keeps cells that span others', () => {
    const source = '<table><tbody><tr><td colspan="2" align="center">a</td></tr></tbody></table>';
    expect(html(source)).toBe(source);
  });
});
