// Reads a Moodle question file: what every question has, and then what its type has.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Asset, Problem, ReadResult } from '../format.ts';
import { shareOfPercent } from '../percent.ts';
import { nameFrom } from '../question-name.ts';
import { maximumQuestions } from '../read-blocks.ts';
import type { BlockOutcome } from '../read-blocks.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { readCloze } from './cloze.ts';
import type { ClozeRead } from './cloze.ts';
import { readEssay } from './essay.ts';
import { readGapSelect } from './gapselect.ts';
import { readKprime } from './kprime.ts';
import { readMatching } from './matching.ts';
import { readMultichoice } from './multichoice.ts';
import { readNumerical } from './numerical.ts';
import { readOrdering } from './ordering.ts';
import { childOf, childrenOf, contentOf, feedbackOf, leftOut, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { readShortAnswer } from './shortanswer.ts';
import { readTries } from './tries.ts';
import { readTrueFalse } from './truefalse.ts';

type ReadType = (question: XmlElement, reading: Reading, inherited: Content['format']) => MoodleAnswers;

/** Moodle's types that are understood, by its names for them. */
const types: ReadonlyMap<string, ReadType> = new Map<string, ReadType>([
  ['multichoice', readMultichoice],
  ['multichoiceset', readMultichoice],
  ['truefalse', readTrueFalse],
  ['shortanswer', readShortAnswer],
  ['numerical', readNumerical],
  ['matching', readMatching],
  ['match', readMatching],
  ['ordering', readOrdering],
  ['kprime', readKprime],
  ['mtf', readKprime],
  ['essay', readEssay],
  ['description', () => ({ ok: true, answers: { type: 'description', details: {} } })],
]);

/** Types whose text is not what students see: the gaps stand in it. */
const gapTypes: ReadonlyMap<string, (question: XmlElement, reading: Reading) => ClozeRead> = new Map([
  ['cloze', readCloze],
  ['multianswer', readCloze],
  ['gapselect', readGapSelect],
  ['ddwtos', readGapSelect],
]);

/** Types of Moodle itself that cannot be kept whole: places on a picture, values drawn from data sets. */
const notWhole = ['ddmarker', 'ddimageortext', 'calculated', 'calculatedmulti', 'calculatedsimple', 'randomsamatch'];

// What Moodle's form has in these fields until somebody writes something else.
const usualFeedback = /^(?:<p[^>]*>)?Your answer is (?:partially )?(?:in)?correct\.(?:<\/p>)?$/;

/** Every question of a file that is understood, the pictures they show, and what is wrong with the others. */
export function readMoodleXml(text: string): ReadResult {
  const { root, problem } = parseXml(text);
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const assets = new Map<string, Asset>();
  const questions: ReadResult['questions'] = [];
  const isQuiz = root?.name === 'quiz';
  if (root && !isQuiz) problems.push({ line: root.line, code: 'xml-root', params: { found: root.name.slice(0, 80) } });

  const all = isQuiz ? childrenOf(root, 'question').filter((one) => one.attributes['type'] !== 'category') : [];
  for (const element of all.slice(0, maximumQuestions)) {
    const outcome = questionOf(element, warnings, assets);
    if (outcome.ok) questions.push({ line: element.line, question: outcome.question });
    else problems.push(outcome.problem);
  }
  const beyond = all[maximumQuestions];
  const params = { maximum: maximumQuestions };
  if (beyond) problems.push({ line: beyond.line, code: 'too-many-questions', params });
  if (problem) problems.push(problem);
  return { questions, problems, warnings, assets: [...assets.values()] };
}

function questionOf(element: XmlElement, warnings: Problem[], assets: Map<string, Asset>): BlockOutcome {
  const given = textOf(childOf(element, 'name')).replace(/\s+/g, ' ').slice(0, 255).trim();
  const type = element.attributes['type'] ?? '';
  const reading: Reading = { name: given, line: element.line, warnings: [], assets };
  const text = contentOf(childOf(element, 'questiontext'), reading, 'html');
  const name = given || nameFrom(text);
  reading.name = name;

  const tags = taggedText(element);
  if (tags) return refused(tags, 'xml-tags-in-text', { name });
  const readType = types.get(type);
  const readGaps = gapTypes.get(type);
  const code = notWhole.includes(type) ? 'type-not-whole' : 'type-unknown';
  if (!readType && !readGaps) return refused(element, code, { name, type: type.slice(0, 80) });
  if (text.source === '') return refused(element, 'question-empty');
  const gaps = readGaps?.(element, { ...reading, warnings: [] });
  const read = gaps?.answers ?? readType?.(element, reading, text.format);
  if (!read?.ok) return read ?? refused(element, code, { name, type: type.slice(0, 80) });

  const generalFeedback = feedbackOf(childOf(element, 'generalfeedback'), reading, text.format);
  leftOut(reading, combinedFeedback(element));
  const tries = readTries(element, read.answers.type, reading, text.format);
  warnings.push(...reading.warnings);
  // Moodle gives a text with gaps no points of its own in its export.
  const points = childOf(element, 'defaultgrade') || !gaps ? pointsOf(element) : gaps.points;
  const common = { name, text: gaps?.text ?? text, generalFeedback, points, ...tagsOf(element), ...tries };
  return { ok: true, question: { ...common, ...read.answers } };
}

/** A text with tags in it that nobody escaped. */
function taggedText(element: XmlElement): XmlElement | null {
  if (element.name === 'text') return element.children[0] ?? null;
  for (const child of element.children) {
    const found = taggedText(child);
    if (found) return found;
  }
  return null;
}

function combinedFeedback(element: XmlElement): XmlElement[] {
  return ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback']
    .flatMap((name) => childrenOf(element, name))
    .filter((feedback) => !usualFeedback.test(textOf(feedback)));
}

/** Moodle keeps seven decimals: 0.3333333 is a third. */
function pointsOf(element: XmlElement): string {
  const written = textOf(childOf(element, 'defaultgrade')) || '1';
  if (!/^\d{1,6}(?:\.\d{1,12})?$/.test(written)) return '1';
  const points = new Fraction(written);
  const isRounded = /\.\d{6}[1-9]/.test(written);
  return isRounded ? shareOfPercent(points.mul(100).toString()).toFraction() : points.toString();
}

function tagsOf(element: XmlElement): { tags?: string[] } {
  const written = childrenOf(element, 'tags').flatMap((tags) => childrenOf(tags, 'tag').map(textOf));
  const tags = [...new Set(written.map((tag) => tag.slice(0, 100).trim()))].filter((tag) => tag !== '').slice(0, 50);
  return tags.length > 0 ? { tags } : {};
}
