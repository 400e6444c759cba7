// What is looked for in a bank: read leniently out of the address, where all of it stands, so that a search can be kept as a link.
import { z } from 'zod';
import { questionTypeNames, type QuestionTypeName } from '../questions/question.ts';
import { difficulties, foldWords, questionLanguages, type Difficulty, type QuestionLanguage } from './bank-question.ts';

/** How many questions stand on a page. */
export const pageLength = 25;

/** What is looked for; null: anything. */
export interface BankSearch {
  /** As it was typed. */
  text: string;
  tag: string | null;
  /** Our key of a learning outcome. */
  outcome: number | null;
  type: QuestionTypeName | null;
  difficulty: Difficulty | null;
  language: QuestionLanguage | null;
  /** `unused`: in no quiz by now. */
  use: 'unused' | null;
  /** Whose: the course's own, or what others share with it. */
  from: 'own' | 'shared' | null;
  /** `archived` instead of what is offered. */
  show: 'archived' | null;
  /** Only questions older than this one, for the next page: our key. */
  before: number | null;
}

const key = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .nullable()
  .catch(null);
const word = z.string().trim().min(1).max(200).nullable().catch(null);

const query = z.object({
  text: z.string().trim().max(200).catch(''),
  tag: word,
  outcome: key,
  type: z.enum(questionTypeNames).nullable().catch(null),
  difficulty: z.enum(difficulties).nullable().catch(null),
  language: z.enum(questionLanguages).nullable().catch(null),
  use: z.literal('unused').nullable().catch(null),
  from: z.enum(['own', 'shared']).nullable().catch(null),
  show: z.literal('archived').nullable().catch(null),
  before: key,
});

/** Never throws: what cannot be read is not looked for. */
export function readBankSearch(sent: unknown): BankSearch {
  return query.parse(sent ?? {});
}

/** The same search as an address has it, without its page. */
export function searchQuery(search: BankSearch, changes: Partial<BankSearch> = {}): string {
  const asked = { ...search, before: null, ...changes };
  const fields = Object.entries(asked).filter(([, value]) => value !== null && value !== '');
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)])).toString();
}

/** Whether anything narrows the list. */
export function isNarrowed(search: BankSearch): boolean {
  return searchQuery(search) !== '';
}

/** Each word that a question must have, in the form in which its words are kept; of more than ten the first. */
export function wordsWanted({ text }: Pick<BankSearch, 'text'>): string[] {
  return foldWords(text)
    .split(' ')
    .filter((wanted) => wanted !== '')
    .slice(0, 10);
}
