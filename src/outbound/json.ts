// JSON from the other side of the wire, which may be anything.

/** The value a text stands for, still to be parsed into a type; null when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
