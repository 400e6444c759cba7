// The question types that a row of a table can hold, by the names that people write in it.

const names = {
  'single-choice': ['single', 'mcq', 'bitta javob', 'bitta toʼgʼri javob', 'один ответ', 'бир жооп'],
  'multiple-choice': ['multiple', 'bir necha javob', 'несколько ответов', 'бир нече жооп'],
  'true-false': ['true or false', 'rost yolgʼon', 'toʼgʼri notoʼgʼri', 'верно неверно', 'туура туура эмес'],
  numeric: ['number', 'son', 'число', 'сан'],
  'short-text': ['short answer', 'qisqa javob', 'короткий ответ', 'кыска жооп'],
  essay: ['esse', 'эссе'],
  description: ['tavsif', 'описание', 'сүрөттөмө'],
} as const;

export type TableType = keyof typeof names;

/** The type of that name; null if a table cannot hold it or nobody calls it so. */
export function typeNamed(name: string): TableType | null {
  const folded = folding(name);
  for (const [type, all] of Object.entries(names)) {
    if (isTableType(type) && [type, ...all].map(folding).includes(folded)) return type;
  }
  return null;
}

function isTableType(type: string): type is TableType {
  return type in names;
}

function folding(name: string): string {
  return name
    .replace(/['`´ʹʻʼˈ‘’‛′＇]/g, 'ʼ')
    .replace(/[\s\-_/]+/g, ' ')
    .trim()
    .toLowerCase();
}
