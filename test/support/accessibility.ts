// What axe has against a page that stands in the frame of an LMS.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';

const axeSource = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

/** The one frame of the LMS's page. @throws if there is none */
export function frameOf(page: Page): Frame {
  const frame = page.frames().find((one) => one !== page.mainFrame());
  if (!frame) throw new Error('The LMS shows no frame');
  return frame;
}

/** What axe has against the page in the frame. */
export async function violations(page: Page): Promise<string[]> {
  return violationsIn(frameOf(page));
}

/**
 * What axe has against a page that stands alone, or in a frame.
 *
 * @param only the rules of axe to go by, by their ids; all that are on unless told, and the size of targets (WCAG 2.5.8)
 */
export async function violationsIn(frame: Frame, only?: readonly string[]): Promise<string[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource);
  const choice = only ? { runOnly: [...only] } : { rules: { 'target-size': { enabled: true } } };
  return frame.evaluate(async (rules) => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // Of what is as it should be nothing is told; to tell it takes longer than to find it. No rule that we go by reads styles.
    const { violations: found } = await axe.run({ resultTypes: ['violations'], preload: false, ...rules });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, choice);
}
