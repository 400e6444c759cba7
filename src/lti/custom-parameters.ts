// The custom claim: set by administrators and teachers, who can write anything there.
import { storable } from './storable-text.ts';

/**
 * Those parameters that have a value. A value like `$ResourceLink.id.history` is a variable the platform does not
 * know, and an empty one has no value.
 *
 * @see LTI core 1.3 appendix B, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function resolvedParameters(custom: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(custom).flatMap(([name, value]) =>
      typeof value === 'string' && isResolved(value) ? [[storable(name), storable(value)]] : [],
    ),
  );
}

function isResolved(value: string): boolean {
  return value !== '' && !/^\$[A-Za-z][\w.]*$/.test(value);
}
