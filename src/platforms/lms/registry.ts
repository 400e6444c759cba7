// All LMSs with a file of differences. A new one is one more file and one more line here.
import { blackboard } from './blackboard.ts';
import { brightspace } from './brightspace.ts';
import { canvas } from './canvas.ts';
import { classroom } from './classroom.ts';
import type { LmsDifferences } from './lms-differences.ts';
import { moodle } from './moodle.ts';
import { sakai } from './sakai.ts';
import { spec } from './spec.ts';

/** Those that speak LTI, in the order in which administrators choose from them; the last is for all the others. */
export const lmsChoices: readonly LmsDifferences[] = [moodle, canvas, brightspace, blackboard, sakai, spec];

/**
 * What is different with an LMS that calls itself `family` (`product_family_code`, in any case); nothing with one that says
 * none or is not known here.
 */
export function differencesOf(family: string | null): LmsDifferences {
  const said = family?.trim().toLowerCase();
  return (
    [...lmsChoices, classroom].find(({ families }) => families.some((known) => known.toLowerCase() === said)) ?? spec
  );
}

/** The file of that key; null if there is none. */
export function findLms(key: string): LmsDifferences | null {
  return lmsChoices.find((lms) => lms.key === key) ?? null;
}

/** Hosts that speak for an issuer beside its own, before it is known which LMS it is. */
export function configurationHosts(issuerHost: string): readonly string[] {
  return lmsChoices.flatMap((lms) => lms.issuerConfigurationHosts(issuerHost));
}
