// Finding people by what somebody types of their names.

/**
 * Whether a name has every word of `wanted` in it. Neither case nor accents nor apostrophes count: who types Gaybullayev
 * finds Gʻaybullayev, whichever sign the LMS has for ʻ.
 */
export function hasWords(name: string, wanted: string): boolean {
  const plainName = plain(name);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => plainName.includes(word));
}

function plain(text: string) {
  return text
    .normalize('NFD')
    .replace(/[\p{M}\p{Lm}\p{P}\p{S}]/gu, '')
    .toLowerCase()
    .trim();
}
