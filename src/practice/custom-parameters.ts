// The custom claim: the tool's parameters and the activity's, with variables replaced, each name twice.
import type { LmsContext } from './context.ts';
import type { Recipient } from './shared-claims.ts';
import type { Activity } from './state.ts';
import { variablesFor } from './variables.ts';

/**
 * The parameters that a launch carries; those of the tool stand against those of the activity. A value that is a known
 * variable as a whole is replaced, any other stays as it is (lti.md §2.9).
 */
export function customClaim(lms: LmsContext, recipient: Recipient, activity: Activity | null): Record<string, string> {
  const known = variablesFor(lms, recipient, activity);
  const given = Object.entries({ ...activity?.custom, ...recipient.tool.custom });
  return doubled(Object.fromEntries(given.map(([name, value]) => [name, known.get(value) ?? value])));
}

/** Moodle sends every custom parameter under its own name and again in lower case. */
export function doubled(custom: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(custom).flatMap(([name, value]) => [
      [name, value],
      [name.toLowerCase(), value],
    ]),
  );
}

/** Custom values as Moodle stores them, one `name=value` a line: a line end inside a value begins a new parameter. */
export function splitAtLineEnds(custom: Record<string, string>): Record<string, string> {
  const lines = Object.entries(custom).flatMap(([name, value]) => `${name}=${value}`.split(/\r\n|\r|\n/));
  return Object.fromEntries(
    lines
      .filter((line) => line.indexOf('=') > 0)
      .map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]),
  );
}
