// Lines after a question that say more of it: `Type: numeric`, `Points: 2`, `Tags: kuch; massa`, `Feedback: …`.

const words = {
  type: ['type', 'turi', 'savol turi', 'тип', 'тип вопроса', 'түрү', 'суроонун түрү'],
  name: ['name', 'nomi', 'название', 'аталышы'],
  points: ['points', 'ball', 'ballar', 'балл', 'баллы', 'баллов', 'упай'],
  tags: ['tags', 'teg', 'teglar', 'теги', 'тегдер'],
  feedback: ['feedback', 'izoh', 'комментарий', 'пояснение', 'түшүндүрмө', 'изоҳ'],
} as const;

export type DetailName = keyof typeof words;

const names = new Map(
  Object.entries(words).flatMap(([name, all]) => all.map((word) => [word as string, name as DetailName])),
);

/** Which detail a line says, and where what it says of it begins; null for any other line. */
export function detailOn(text: string): { name: DetailName; start: number } | null {
  const [whole = '', word = ''] = /^\s*(\p{L}[\p{L} ]{0,30}?)\s*:\s*/u.exec(text) ?? [];
  const name = names.get(word.toLowerCase());
  return name ? { name, start: whole.length } : null;
}

/** Whether a line says a detail. */
export function isDetail(text: string): boolean {
  return detailOn(text) !== null;
}
