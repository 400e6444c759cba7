// The line that says which option is right: `ANSWER: B`, and the same in the languages of those who write it.

const words = [
  ...['ANSWERS?', 'ANS', 'CORRECT(?: ANSWER)?'],
  ...['ОТВЕТЫ?', 'ПРАВИЛЬНЫЙ ОТВЕТ'],
  ...["(?:TO['`ʻ‘’ʼ]G['`ʻ‘’ʼ]RI )?JAVOB(?:I|LAR)?", '(?:ТЎҒРИ )?ЖАВОБ(?:И|ЛАР)?'],
  ...['(?:ТУУРА )?(?:ЖООП|ЖООБУ|ЖООПТОР)'],
];
const key = new RegExp(String.raw`^(?:${words.join('|')})\s*[:：=]\s*(.*)$`, 'iu');

/**
 * What stands after `ANSWER:` or one of its translations; null for any other line.
 *
 * @returns the letters in upper case, or none if it is not a list of single letters; and what was written
 */
export function keyLine(line: string): { letters: string[]; written: string } | null {
  const written = key.exec(line)?.[1]?.trim();
  if (written === undefined) return null;
  const parts = written.split(/[\s,;.()]+/).filter((part) => part !== '');
  const areLetters = parts.every((part) => /^[A-Za-zА-Яа-яЁё]$/.test(part));
  return { letters: areLetters ? parts.map((part) => part.toUpperCase()) : [], written };
}
