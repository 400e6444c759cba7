// The words of a name, so that one person's are found alike whichever letters somebody typed them in. Good enough to propose who might be
// meant, and for nothing more.
import { foldText } from '../../questions/fold-text.ts';

const cyrillic: Record<string, string> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ё: 'yo',
    ж: 'j',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
  },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 's', ч: 'ch', ш: 'sh', щ: 'sh' },
  ...{ ъ: '', ы: 'i', ь: '', э: 'e', ю: 'yu', я: 'ya', ў: 'o', қ: 'q', ғ: 'g', ҳ: 'h', ң: 'n', ө: 'o', ү: 'u' },
};

/** Each word once, in Latin letters without signs; a hyphen parts words. */
export function nameWords(name: string): Set<string> {
  const letters = foldText(name)
    .replace(/\p{Script=Cyrillic}/gu, (letter) => cyrillic[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\p{M}\p{Lm}'’]/gu, '')
    // The same sound, written by this or that transliteration.
    .replace(/kh|x/g, 'h')
    .replace(/zh|dj/g, 'j')
    .replace(/ts/g, 's')
    .replace(/ye/g, 'e')
    .replace(/[iy]+/g, 'i');
  return new Set(letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''));
}
