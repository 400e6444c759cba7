// The order of a sheet: by surname, name and patronymic, as the alphabets of Uzbek and Kyrgyz have it.

// In the Uzbek order oʻ, gʻ, sh and ch are letters of their own after z; in Cyrillic script it has the Kyrgyz and Uzbek letters where
// both alphabets have them. ICU knows oʻ by the right sign alone.
const alphabet = new Intl.Collator('uz');
const typedApostrophe = /(?<=[og])['`´ʹʼˈ‘’‛′＇]/gi;

const patronymic =
  /^(?:.*(?:ovich|evich|ovna|evna|yevna|ович|евич|овна|евна|ична)|oʻgʻli|qizi|уулу|кызы|ўғли|қизи|ogli|kizi)$/iu;

/** Of a list the name as it is written, surname first; of an LMS, which writes the given name first, the last word before the others. */
export interface SortedName {
  name: string;
  isSurnameFirst: boolean;
}

/** For sorting. */
export function bySurname(one: SortedName, other: SortedName): number {
  return alphabet.compare(sortKey(one), sortKey(other));
}

function sortKey({ name, isSurnameFirst }: SortedName): string {
  const words = name.normalize('NFC').replace(typedApostrophe, 'ʻ').trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  // Who has the patronymic at the end wrote the whole name there, in the order of documents.
  if (isSurnameFirst || patronymic.test(last)) return words.join(' ');
  return [last, ...words.slice(0, -1)].join(' ');
}
