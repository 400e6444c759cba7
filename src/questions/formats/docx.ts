// Word documents (.docx, ECMA-376): numbered questions with lettered options, tables with a question a row, and the text formats
// typed into Word. Read from the XML itself: converters to HTML lose the numbers Word writes, the colours and the marks.
import { readQuestions } from '../read-questions.ts';
import { childOf, elementsOf, readXml } from './archive/read-xml.ts';
import type { XmlElement } from './archive/read-xml.ts';
import { readPicture } from './archive/read-picture.ts';
import { ArchiveError, mentions, openZip } from './archive/read-zip.ts';
import type { Archive } from './archive/read-zip.ts';
import { readNumbering } from './docx/numbering.ts';
import { outlineOf } from './docx/outline.ts';
import { readBody } from './docx/paragraph.ts';
import type { Block, DocumentTools, Line } from './docx/paragraph.ts';
import { questionsOf } from './docx/questions.ts';
import { spansToText } from './docx/span.ts';
import { readStyles } from './docx/styles.ts';
import { writeDocument } from './docx/write-document.ts';
import { cellToHtml } from './docx/blocks-html.ts';
import type { Asset, FileFormat, Problem, ReadResult } from './format.ts';
import { hemis } from './hemis.ts';
import { readTable, hasHeader } from './table/read-table.ts';

const main = 'word/document.xml';

async function read(bytes: Uint8Array): Promise<ReadResult> {
  try {
    const archive = await openZip(bytes);
    const tools = await toolsFor(archive);
    const body = childOf((await part(archive, main)) ?? undefined, 'body');
    if (!body) throw new ArchiveError('archive-xml-broken', { name: main, row: 1 });
    const blocks = await readBody(body, tools);
    const { questions, problems } = questionsIn(blocks, tools.problems);
    return { questions, problems, warnings: tools.warnings, assets: usedIn(questions, tools.assets) };
  } catch (error) {
    if (error instanceof ArchiveError) return { questions: [], problems: [error.problem] };
    throw error;
  }
}

/** HEMIS has separators that nothing else has; another text format is tried only where nothing is numbered and lettered. */
function questionsIn(blocks: readonly Block[], before: readonly Problem[]): ReadResult {
  const text = textOf(blocks);
  if (hemis.looksLike(text.text)) return asText(text, before);
  const tables = blocks.flatMap((block) => (block.kind === 'table' ? tableRows(block) : []));
  const rest = blocks.filter((block) => block.kind === 'line' || tableRows(block).length === 0);
  const outline = outlineOf(rest);
  const typed = questionsOf(outline.questions, [...before, ...outline.problems]);
  if (tables.length > 0) return joined([typed, ...tables]);
  const hasAnswers = outline.questions.some(({ options, type }) => options.length > 0 || type !== null);
  const other = hasAnswers ? null : asText(text, before);
  return other && other.questions.length > 0 ? other : typed;
}

/** The questions of a table whose first row names its columns, each with the paragraph of its row. */
function tableRows(table: Extract<Block, { kind: 'table' }>): ReadResult[] {
  const rows = table.rows.map((row) => row.map(cellToHtml));
  if (!hasHeader(rows)) return [];
  const { questions, problems } = readTable(rows, 'html');
  const paragraphOf = (row: number) => table.rows[row - 1]?.[0]?.[0]?.paragraph ?? table.paragraph;
  return [
    {
      questions: questions.map(({ line, question }) => ({ line: paragraphOf(line), question })),
      problems: problems.map((problem) => ({ ...problem, line: paragraphOf(problem.line) })),
    },
  ];
}

function joined(results: readonly ReadResult[]): ReadResult {
  return {
    questions: results.flatMap(({ questions }) => questions).sort((one, other) => one.line - other.line),
    problems: results.flatMap(({ problems }) => problems).sort((one, other) => one.line - other.line),
  };
}

type DocumentText = { text: string; paragraphs: number[] };

function textOf(blocks: readonly Block[]): DocumentText {
  const lines: Line[] = blocks.flatMap((block) => (block.kind === 'line' ? [block] : block.rows.flat(2)));
  return {
    text: lines.map(({ spans }) => spansToText(spans)).join('\n'),
    paragraphs: lines.map(({ paragraph }) => paragraph),
  };
}

function asText({ text, paragraphs }: DocumentText, before: readonly Problem[]): ReadResult {
  const { questions, problems } = readQuestions(text, 'auto');
  const paragraphOf = (line: number) => paragraphs[line - 1] ?? 1;
  return {
    questions: questions.map((item) => ({ ...item, line: paragraphOf(item.line) })),
    problems: [...before, ...problems.map((problem) => ({ ...problem, line: paragraphOf(problem.line) }))].sort(
      (one, other) => one.line - other.line,
    ),
  };
}

async function toolsFor(archive: Archive): Promise<DocumentTools> {
  const relations = await part(archive, 'word/_rels/document.xml.rels');
  const targets = new Map(
    elementsOf(relations ?? undefined, 'Relationship').map(({ attributes }) => [
      attributes['Id'],
      attributes['Target'] ?? '',
    ]),
  );
  return {
    styles: readStyles(await part(archive, 'word/styles.xml')),
    numbering: readNumbering(await part(archive, 'word/numbering.xml')),
    picture: (relationship) => {
      const target = targets.get(relationship) ?? relationship;
      return readPicture(archive, target.startsWith('/') ? target.slice(1) : `word/${target}`);
    },
    assets: new Map(),
    problems: [],
    warnings: [],
  };
}

async function part(archive: Archive, name: string): Promise<XmlElement | null> {
  const bytes = await archive.read(name);
  return bytes && readXml(bytes, name);
}

/** Pictures of headings and of questions that were not taken are left behind. */
function usedIn(questions: ReadResult['questions'], assets: ReadonlyMap<string, Asset>): Asset[] {
  const stored = JSON.stringify(questions);
  return [...assets.values()].filter(({ sha256 }) => stored.includes(`asset:${sha256}`));
}

export const docx = {
  name: 'docx',
  kind: 'file',
  label: 'Word',
  extension: '.docx',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  looksLike: (bytes: Uint8Array) => mentions(bytes, main),
  read,
  write: (questions, assets, title = '') => writeDocument(questions, assets, title),
} as const satisfies FileFormat;
