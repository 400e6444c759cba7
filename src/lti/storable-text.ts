// Text from a platform, made fit to be kept.

/**
 * `text` without the two things JSON can carry and a database cannot: NUL characters and halves of surrogate pairs.
 * Everything else stays, markup and direction marks included: whoever shows it escapes it.
 */
export function storable(text: string): string {
  return text.replace(/\0|\p{Cs}/gu, '');
}
