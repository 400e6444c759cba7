// What can still be seen of a page's controls and of where one is, in a browser that gives all colours itself.
import type { Page } from 'playwright-core';

/** Controls without an edge, and what has the focus without showing it. */
export async function unseenControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const named = (part: Element) => part.outerHTML.slice(0, 120);
    const isShown = (part: Element) => part.checkVisibility({ visibilityProperty: true });
    const isDrawn = ({ borderBottomStyle, borderBottomWidth }: CSSStyleDeclaration) =>
      borderBottomStyle !== 'none' && Number.parseFloat(borderBottomWidth) >= 1;
    const controls = 'button:not(:empty), a.button, input:not([type=hidden]), select, textarea';
    const edgeless = [...document.querySelectorAll<HTMLElement>(controls)].filter((part) => {
      const style = getComputedStyle(part);
      const isNative = ['radio', 'checkbox', 'file'].includes(part.getAttribute('type') ?? '');
      return (
        isShown(part) &&
        style.clipPath === 'none' &&
        !isNative &&
        !isDrawn(style) &&
        !style.textDecoration.includes('underline') &&
        // Where one is already: it is told by its weight.
        !part.ariaCurrent
      );
    });
    const reached =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex^="-"])';
    const ringless = [...document.querySelectorAll<HTMLElement>(reached)].filter((part) => {
      if (part.tabIndex < 0 || !isShown(part) || part.closest('[inert]')) return false;
      part.focus();
      if (document.activeElement !== part) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(part);
      return outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2;
    });
    return [
      ...edgeless.map((part) => `no edge: ${named(part)}`),
      ...ringless.map((part) => `no ring: ${named(part)}`),
    ].slice(0, 8);
  });
}

/** What moves. */
export async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((part) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(part);
        return !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth';
      })
      .map((part) => `moves: ${part.outerHTML.slice(0, 120)}`),
  );
}

/** What is chosen, open or done, on any page. */
export const marks = [
  ':is(.option, .matrix-choice, .gap-option):has(:checked)',
  '.option.is-chosen',
  '[aria-current]',
  '.tile.done',
  '.tile.is-correct',
] as const;

/**
 * What is marked and has the same edges, weight and lines as what stands beside it without the mark.
 *
 * @returns it, and the marks that the page has beside others without
 */
export async function untold(page: Page): Promise<{ wrong: string[]; seen: string[] }> {
  return page.evaluate((all) => {
    const chooseFirst = (part: Element) => part.querySelector('input')?.setAttribute('checked', '');
    for (const question of document.querySelectorAll('.question')) {
      const choice = question.querySelector('label:is(.option, .matrix-choice, .gap-option)');
      if (choice && !question.querySelector(':checked')) chooseFirst(choice);
    }
    const shapeOf = (part: Element) => {
      const style = getComputedStyle(part);
      const { outlineStyle, outlineWidth, borderStyle, borderWidth, fontWeight, textDecorationLine } = style;
      return [outlineStyle, outlineWidth, borderStyle, borderWidth, fontWeight, textDecorationLine].join(' ');
    };
    const wrong: string[] = [];
    const seen: string[] = [];
    for (const mark of all) {
      for (const part of document.querySelectorAll(mark)) {
        const like = `${part.localName}${part.classList.length > 0 ? `.${part.classList[0]}` : ''}:not(${mark})`;
        const others = [...(part.parentElement?.closest(':has(> :nth-child(2))')?.querySelectorAll(like) ?? [])];
        if (others.length > 0) seen.push(mark);
        if (others.some((other) => shapeOf(other) === shapeOf(part)))
          wrong.push(`${mark}: ${part.outerHTML.slice(0, 120)}`);
      }
    }
    return { wrong, seen };
  }, marks);
}
