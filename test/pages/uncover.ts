// What a page has in store: parts that its scripts show one day, and what they say then.
import type { Page } from 'playwright-core';

/**
 * Opens and shows all of it at once, by rules of which none names a page: what is closed, `hidden` or in a template, and in every
 * place that scripts speak in the longest that the part around it can say.
 */
export async function uncover(page: Page): Promise<void> {
  await page.evaluate(() => {
    const all = <T extends HTMLElement>(selector: string) => document.querySelectorAll<T>(selector);
    const filled = (words = '') => words.replaceAll(/\{\w+\}/g, '7');
    for (const part of all<HTMLDetailsElement | HTMLDialogElement>('details, dialog')) part.open = true;
    for (const template of all('template')) template.outerHTML = template.innerHTML.replaceAll(/__\w+__/g, '99');
    // A button without a name is what the Enter key presses; nobody ever sees it.
    for (const part of all('body [hidden]:not(button:empty, iframe)')) part.hidden = false;
    for (const place of all('[data-text]')) place.textContent = filled(place.dataset.text);
    for (const place of all(':is([role=status], [role=alert], [data-said]):not(:has(*))')) {
      for (let part = place.parentElement; part; part = part.parentElement) {
        const sayings = Object.entries(part.dataset).filter(([, words]) => words?.includes(' '));
        const [longest] = sayings.sort(([, one = ''], [, other = '']) => other.length - one.length);
        if (!longest) continue;
        [place.dataset.state] = longest;
        place.textContent = filled(longest[1]);
        break;
      }
    }
  });
}
