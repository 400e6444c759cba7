// Waiting for a thing to be so, never for a time to pass: the test's own timeout is the only limit.
import { setTimeout } from 'node:timers/promises';

/** Looks again and again until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(20);
}
