// A list of bank questions with everything its filters offer, as the bank's page and the quiz editor's show it.
import type { Database } from '../database/database.ts';
import { questionTypeNames } from '../questions/question.ts';
import { difficulties, excerptOf, questionLanguages } from './bank-question.ts';
import { isNarrowed, searchQuery, type BankSearch } from './bank-search.ts';
import { hasBankQuestions, listTags, searchBank } from './bank.store.ts';
import { listOutcomes, outcomesOf } from './outcome.store.ts';
import { countUses } from './usage.store.ts';

/** What the partials views/bank/_filters.ejs, _facts.ejs and _pages.ejs are shown by. */
export async function bankList(db: Database, courseId: number, search: BankSearch) {
  const page = await searchBank(db, courseId, search);
  const ids = page.questions.map(({ id }) => id);
  const [uses, about] = [await countUses(db, ids), await outcomesOf(db, ids)];
  return {
    search,
    isNarrowed: isNarrowed(search),
    hasAny: page.total > 0 || (await hasBankQuestions(db, courseId)),
    total: page.total,
    nextPage: page.next === null ? null : searchQuery(search, { before: page.next }),
    firstPage: search.before === null ? null : searchQuery(search),
    bankCards: page.questions.map((found) => ({
      ...found,
      type: found.question.type,
      tags: found.question.tags ?? [],
      excerpt: excerptOf(found.question),
      uses: uses.get(found.id) ?? 0,
      outcomes: about.get(found.id) ?? [],
      isOwn: found.courseId === courseId,
    })),
    choices: {
      tags: await listTags(db, courseId),
      outcomes: await listOutcomes(db, courseId),
      types: questionTypeNames,
      difficulties,
      languages: questionLanguages,
    },
  };
}
