// Writes questions as Moodle's own export has them, down to the order of elements and the spaces before them.
import type { Question } from '../../question.ts';
import type { Asset, Written } from '../format.ts';
import { notWritten, writeEach } from '../write-each.ts';
import { xmlText } from '../xml/write-xml.ts';
import { clozeText } from './cloze.ts';
import { writeEssay } from './essay.ts';
import { isKprime, kprimeType, writeKprime } from './kprime.ts';
import { writeMatching } from './matching.ts';
import { writeMultichoice } from './multichoice.ts';
import { writeNumerical } from './numerical.ts';
import { writeOrdering } from './ordering.ts';
import { writeShortAnswer } from './shortanswer.ts';
import { hintLines, penaltyText } from './tries.ts';
import { writeTrueFalse } from './truefalse.ts';
import { contentLines, feedbackLines, gradeText, valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

/** A Moodle question file. */
export function writeMoodleXml(questions: readonly Question[], assets: readonly Asset[]): Written<string> {
  const byKey = new Map(assets.map((asset) => [asset.sha256, asset]));
  let number = 0;
  const { body, losses } = writeEach(
    questions,
    (question) => {
      const writing: Writing = { assets: byKey, losses: [] };
      const text = question.type === 'cloze' ? clozeText(question, writing) : question.text;
      const own = linesOfType(question, writing);
      if (!own || !text || text.source.trim() === '') return notWritten;
      number += 1;
      return { text: questionLines({ ...question, text }, own, writing, number).join('\n'), losses: writing.losses };
    },
    '\n',
  );
  return { body: `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${body}</quiz>`, losses };
}

function questionLines(question: Question, own: MoodleLines, writing: Writing, number: number): string[] {
  const { name, text, generalFeedback, points, tags = [] } = question;
  return [
    `<!-- question: ${number}  -->`,
    `  <question type="${own.type}">`,
    '    <name>',
    `      <text>${xmlText(name)}</text>`,
    '    </name>',
    ...contentLines('questiontext', text, writing),
    ...feedbackLines('generalfeedback', generalFeedback, text.format, writing),
    ...(own.type === 'cloze' ? [] : [valueLine('defaultgrade', gradeText(points))]),
    valueLine('penalty', penaltyText(question, writing)),
    valueLine('hidden', '0'),
    valueLine('idnumber', ''),
    ...own.lines,
    ...hintLines(question, writing),
    ...(tags.length > 0 ? ['    <tags>', ...tags.map(tagLine), '    </tags>'] : []),
    '  </question>',
    '',
  ];
}

type MoodleLines = { type: string; lines: string[] };

/** Moodle's name of the type, and what only this type has; null if Moodle has no such question. */
function linesOfType(question: Question, writing: Writing): MoodleLines | null {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return { type: 'multichoice', lines: writeMultichoice(question, writing) };
    case 'true-false':
      return { type: 'truefalse', lines: writeTrueFalse(question, writing) };
    case 'numeric':
      return { type: 'numerical', lines: writeNumerical(question, writing) };
    case 'short-text':
      return { type: 'shortanswer', lines: writeShortAnswer(question, writing) };
    case 'matching':
      return { type: 'matching', lines: writeMatching(question, writing) };
    case 'essay':
      return { type: 'essay', lines: writeEssay(question.details, writing) };
    case 'description':
      return { type: 'description', lines: [] };
    case 'cloze':
      return { type: 'cloze', lines: [] };
    case 'ordering':
      return { type: 'ordering', lines: writeOrdering(question, writing) };
    case 'matrix':
      return isKprime(question) ? { type: kprimeType(question), lines: writeKprime(question, writing) } : null;
    case 'categorise':
    case 'formula':
    case 'hotspot':
      return null;
  }
}

function tagLine(tag: string): string {
  return `      <tag><text>${xmlText(tag)}</text></tag>`;
}
