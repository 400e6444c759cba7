// The part of the quiz editor in which its sections and draws are said: read leniently, as all of that form.
import { z } from 'zod';
import { pointsSchema } from '../questions/exact.ts';
import { foldText } from '../questions/fold-text.ts';
import { structureProblems } from './structure-problems.ts';
import {
  drawMatches,
  mostDrawn,
  mostDraws,
  mostSections,
  mostTags,
  mostTagText,
  type BuiltQuestion,
  type BuiltQuiz,
  type Draw,
  type QuizStructure,
  type Section,
} from './structure.ts';

/** Empty rows of each kind, for more. */
const emptyRows = 2;

const text = z.string().catch('');

const sectionRow = z.object({
  title: text.transform((typed) => typed.trim().slice(0, 255)),
  from: z.coerce.number().int().min(1).nullable().catch(null),
  order: z.enum(['shuffled', 'as-written']).catch('shuffled'),
});

const drawRow = z.object({
  count: z.coerce.number().int().min(1).max(mostDrawn).nullable().catch(null),
  tags: text.transform(tagsIn),
  match: z.enum(drawMatches).catch('any'),
  points: text.transform((typed) => pointsSchema.safeParse(typed.trim().replace(',', '.')).data ?? null),
});

/**
 * What stands in the form: `section.0.title`, `.from`, `.order`; `draw.0.count`, `.tags`, `.match`, `.points`. A row in which nothing
 * stands is none. A section without a number begins one question after the one before. A draw
 * without a number of questions, or of points, has one.
 */
export function readStructure(body: unknown): QuizStructure {
  const fields = new Map(Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(body)));
  const rows = (kind: string, most: number) =>
    Array.from({ length: most }, (_, index) => {
      const parts = [...fields].filter(([name]) => name.startsWith(`${kind}.${index}.`));
      return Object.fromEntries(parts.map(([name, value]) => [name.slice(`${kind}.${index}.`.length), value]));
    });
  return {
    sections: sectionsIn(rows('section', mostSections)),
    draws: rows('draw', mostDraws).flatMap((row): Draw[] => {
      const { count, tags, match, points } = drawRow.parse(row);
      return tags.length === 0 ? [] : [{ count: count ?? 1, tags, match, points: points ?? '1' }];
    }),
  };
}

/** What the partial views/quizzes/_structure.ejs is shown by. @param quiz what can be published of the draft */
export function structureChoices(structure: QuizStructure, quiz: BuiltQuiz) {
  return {
    drawMatches,
    mostDrawn,
    mostTagText: mostTags * mostTagText,
    sectionRows: withEmpty(structure.sections, mostSections),
    drawRows: withEmpty(structure.draws, mostDraws),
    tagCounts: countTags(quiz.questions),
    structureProblems: structureProblems(quiz),
  };
}

function sectionsIn(rows: readonly unknown[]): Section[] {
  const sections: Section[] = [];
  let next = 1;
  for (const row of rows) {
    const { title, from: typed, order } = sectionRow.parse(row);
    if (typed === null && title === '') continue;
    const from = typed ?? next;
    next = from + 1;
    sections.push({ title, from, isShuffled: order === 'shuffled' });
  }
  return sections.sort((one, other) => one.from - other.from);
}

/** Tags with commas between them, each once. */
function tagsIn(typed: string): string[] {
  const tags = typed.split(/[,;\n]/).map((tag) => tag.trim().slice(0, mostTagText));
  const byFolded = new Map(tags.filter((tag) => tag !== '').map((tag) => [foldText(tag), tag]));
  return [...byFolded.values()].slice(0, mostTags);
}

/** Every tag with how many questions have it, as it is written first; the most used first. */
function countTags(questions: readonly BuiltQuestion[]): { tag: string; count: number }[] {
  const byFolded = new Map<string, { tag: string; count: number }>();
  for (const tag of questions.flatMap(({ tags }) => tags ?? [])) {
    const counted = byFolded.get(foldText(tag)) ?? { tag, count: 0 };
    byFolded.set(foldText(tag), { ...counted, count: counted.count + 1 });
  }
  return [...byFolded.values()].sort((one, other) => other.count - one.count);
}

function withEmpty<Row>(rows: readonly Row[], most: number): (Row | null)[] {
  return [...rows, ...Array.from({ length: Math.min(emptyRows, most - rows.length) }, () => null)];
}
