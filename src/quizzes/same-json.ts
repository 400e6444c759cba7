// Whether two values are one once they are stored as JSON.
import { isDeepStrictEqual } from 'node:util';

/** Members that are `undefined` are no members. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(asStored(one), asStored(other));
}

function asStored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
