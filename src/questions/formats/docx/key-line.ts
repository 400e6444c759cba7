// Keys of a whole document: a list or a table of numbers and letters at its end (`1-B 2-A`).

// Every apostrophe of toʻgʻri that keyboards have.
const mark = String.raw`['’‘ʻʼ\x60]?`;
const words = [
  String.raw`(?:to${mark}g${mark}ri\s+)?javob(?:i|lar|lari)?`,
  String.raw`(?:тўғри\s+)?жавоб(?:и|лар|лари)?`,
  String.raw`(?:туура\s+)?жооп(?:тор|тору)?`,
  String.raw`(?:правильные\s+|правильный\s+)?ответы?`,
  String.raw`(?:correct\s+|right\s+)?answers?(?:\s+key)?`,
  ...['(?:test\\s+)?kalit(?:i|lar|lari)?', 'калит', 'ключи?', 'ачкыч(?:тар)?', 'key'],
].join('|');

const letter = 'A-Za-zА-Яа-яЁё';
const heading = new RegExp(String.raw`^[\s*]*(?:${words})[\s:.*]*$`, 'iu');
const one = String.raw`(\d{1,4})\s*[-–—.):=]?\s*([${letter}])(?![${letter}])[.)]?`;
const pairs = new RegExp(one, 'gu');
const pairsOnly = new RegExp(String.raw`^(?:\s*${one}[\s,;|]*)+$`, 'u');

/** Whether a line says that the key follows. */
export function isKeyHeading(text: string): boolean {
  return heading.test(text);
}

/** What a line of a key says, question number and letter: `1-B; 2-A`; null if it holds anything else. */
export function keyPairs(text: string): [number, string][] | null {
  if (text.length > 20_000 || !pairsOnly.test(text)) return null;
  return [...text.matchAll(pairs)].map(([, number, name]) => [Number(number), (name ?? '').toUpperCase()]);
}
