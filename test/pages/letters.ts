// What becomes of a page's letters when its reader makes them larger, or moves them apart.
import type { Page } from 'playwright-core';

/** Of WCAG 2.2, 1.4.12: the spacing that a page has to bear. */
export const spacing = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

/** Letters that lie on others, leave the box that is drawn around them, or are cut off. */
export async function lostLetters(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Letters {
      text: string;
      of: Element;
      box: { left: number; right: number; top: number; bottom: number };
    }
    const nearPx = 3;
    const everything = [...document.querySelectorAll<HTMLElement>('body *')];
    // What stays in sight lies on what is scrolled below it, as it should.
    for (const part of everything) {
      if (['sticky', 'fixed'].includes(getComputedStyle(part).position)) part.style.position = 'static';
    }
    const unseen = everything.filter((part) => getComputedStyle(part).clipPath !== 'none');
    const scrolled = everything.filter((part) => /auto|scroll/.test(getComputedStyle(part).overflow));
    const painted = everything.filter((part) => {
      const { display, backgroundColor, borderLeftWidth } = getComputedStyle(part);
      return display !== 'inline' && (backgroundColor !== 'rgba(0, 0, 0, 0)' || borderLeftWidth !== '0px');
    });
    const around = (parts: Element[], node: Element) => {
      for (let part: Element | null = node; part; part = part.parentElement) if (parts.includes(part)) return part;
      return null;
    };

    const letters: Letters[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const of = node.parentElement;
      if (!of || !node.textContent?.trim() || !of.checkVisibility() || around(unseen, of)) continue;
      if (of.closest('math, svg, select, textarea, noscript, script')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const scroller = around(scrolled, of)?.getBoundingClientRect();
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const box = scroller
          ? {
              left: Math.max(left, scroller.left),
              right: Math.min(right, scroller.right),
              top: Math.max(top, scroller.top),
              bottom: Math.min(bottom, scroller.bottom),
            }
          : { left, right, top, bottom };
        if (box.left < box.right && box.top < box.bottom)
          letters.push({ text: node.textContent.trim().slice(0, 40), of, box });
      }
    }
    letters.sort((one, other) => one.box.top - other.box.top);

    const lost: string[] = [];
    for (const [index, { text, of, box }] of letters.entries()) {
      for (const other of letters.slice(index + 1)) {
        if (other.box.top > box.bottom - nearPx) break;
        const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        if (of !== other.of && width > nearPx) lost.push(`“${text}” lies on “${other.text}”`);
      }
      const drawn = around(painted, of);
      const edge = drawn?.getBoundingClientRect();
      if (
        edge &&
        (box.right > edge.right + nearPx || box.bottom > edge.bottom + nearPx || box.left < edge.left - nearPx)
      )
        lost.push(`“${text}” leaves ${drawn?.outerHTML.slice(0, 100)}`);
    }
    const cutting = everything.filter((part) => {
      const { overflow, clipPath, display } = getComputedStyle(part);
      const isCutting = /hidden|clip/.test(overflow) && clipPath === 'none' && display !== 'inline';
      return isCutting && part.textContent?.trim() && !part.closest('math, svg') && !around(unseen, part);
    });
    for (const part of cutting) {
      const { overflowX, overflowY } = getComputedStyle(part);
      const isCut = (how: string, inner: number, outer: number) => /hidden|clip/.test(how) && inner > outer + nearPx;
      if (
        isCut(overflowX, part.scrollWidth, part.clientWidth) ||
        isCut(overflowY, part.scrollHeight, part.clientHeight)
      )
        lost.push(`cut off: ${part.outerHTML.slice(0, 100)}`);
    }
    return [...new Set(lost)].slice(0, 8);
  });
}
