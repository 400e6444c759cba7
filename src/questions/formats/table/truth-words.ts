// True and false in the languages of those who keep tables of questions.
import { foldText } from '../../fold-text.ts';

const words = {
  true: ['true', 'yes', 'toʼgʼri', 'rost', 'ha', 'верно', 'да', 'правда', 'истина', 'туура', 'ооба', 'тўғри', 'ҳа'],
  false: [
    ...['false', 'no', 'notoʼgʼri', 'yolgʼon', 'yoʼq', 'неверно', 'нет', 'ложь', 'туура эмес', 'жок', 'нотўғри'],
    'йўқ',
  ],
} as const;

const truths = new Map<string, boolean>([
  ...words.true.map((word) => [word, true] as const),
  ...words.false.map((word) => [word, false] as const),
]);

/** What a cell says; null if it says neither. */
export function truthOf(text: string): boolean | null {
  return truths.get(foldText(text)) ?? null;
}
