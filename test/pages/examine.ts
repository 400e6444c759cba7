// What is looked for on one page, in a browser.
import type { Page } from 'playwright-core';
import { uncover } from './uncover.ts';

/** What a page says, and how wide it is. */
export interface Looks {
  language: string;
  /** What sticks out where the page is wider than the window. */
  tooWide: string[];
  /** Every text that people read or hear, but for what is marked as another language, code or mathematics. */
  texts: string[];
}

/** Opens everything that can be opened on the page, shows what its scripts show one day, and looks. */
export async function lookAt(page: Page): Promise<Looks> {
  await uncover(page);
  return page.evaluate(() => {
    const root = document.documentElement;
    const elsewhere = ':root [lang], [translate="no"], code, pre, samp, math, script, style, textarea, noscript';
    const texts: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(elsewhere)) texts.push(node.textContent ?? '');
    }
    const sayings = ['alt', 'title', 'placeholder', 'aria-label', 'aria-description', 'aria-valuetext', 'data-label'];
    for (const element of root.querySelectorAll(sayings.map((name) => `[${name}]`).join())) {
      if (!element.closest(elsewhere)) texts.push(...sayings.flatMap((name) => element.getAttribute(name) ?? []));
    }
    // What a script says one day stands in an attribute; no other has a space in it.
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      texts.push(
        ...Object.values(element.dataset).flatMap((said) =>
          said?.includes(' ') ? said.replaceAll(/\{\w+\}/g, '7') : [],
        ),
      );
    }
    const { clientWidth, scrollWidth } = root;
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > clientWidth + 0.5;
    const parts = scrollWidth > clientWidth ? [...document.querySelectorAll('body *')].filter(sticksOut) : [];
    return {
      language: root.lang,
      tooWide: parts.slice(0, 5).map(({ outerHTML }) => `${scrollWidth} px: ${outerHTML.slice(0, 120)}`),
      texts,
    };
  });
}

/** Puts another page of ours in the place of this one, without its scripts: a quarter of what it costs to go there. */
export async function replaceBy(page: Page, address: string): Promise<void> {
  await page.evaluate(async (at) => {
    const html = await (await fetch(at)).text();
    const next = new DOMParser().parseFromString(html, 'text/html');
    document.replaceChild(document.adoptNode(next.documentElement), document.documentElement);
    const styles = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]');
    if (styles && !styles.sheet) await new Promise((resolve) => styles.addEventListener('load', resolve));
  }, address);
}
