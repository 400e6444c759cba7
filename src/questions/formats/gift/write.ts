// One question as GIFT.
import { lossesOfEssay } from '../essay-losses.ts';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { LossCode } from '../format.ts';
import { lossesOfTries } from '../tries-losses.ts';
import { isWorth, notWritten } from '../write-each.ts';
import type { WrittenQuestion } from '../write-each.ts';
import { tagsLine } from './tags.ts';
import { writeChoice, writeMatching, writeNumeric, writeShortText, writeTrueFalse } from './write-answers.ts';
import type { GiftBraces } from './write-answers.ts';
import { escapeGift, writeContent, writeFeedback } from './write-text.ts';

/** Writes one question with its name, tags and feedback; how many points it is worth, hints and penalty GIFT cannot say. */
export function writeGift(question: Question): WrittenQuestion {
  const { name, text, generalFeedback, points, tags = [] } = question;
  const asked = writeContent(text, 'auto');
  const braces = bracesOf(question, text.format);
  if (!braces || text.source.trim() === '' || asked.said === '') return notWritten;

  const general = writeFeedback(generalFeedback, text.format, '####');
  const isText = question.type === 'description';
  const answers = [...braces.answers, ...(general.said === '' ? [] : [general.said])];
  const isLong = answers.length > 1;
  const between = isLong ? `\n${answers.map((answer) => `\t${answer}`).join('\n')}\n` : answers.join('');
  const head = tags.length > 0 ? `${tagsLine(tags)}\n` : '';
  const losses: LossCode[] = [...asked.losses, ...braces.losses, ...lossesOfTries(question)];
  if (!isText) losses.push(...general.losses);
  else if (generalFeedback) losses.push('feedback');
  if (!isWorth(points, isText ? 0 : 1)) losses.push('points');
  return { text: `${head}::${escapeGift(name)}::${asked.said}${isText ? '' : `{${between}}`}`, losses };
}

function bracesOf(question: Question, inherited: Content['format']): GiftBraces {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return writeChoice(question, inherited);
    case 'true-false':
      return writeTrueFalse(question.details, inherited);
    case 'numeric':
      return writeNumeric(question.details, inherited);
    case 'short-text':
      return writeShortText(question.details, inherited);
    case 'matching':
      return writeMatching(question.details, inherited);
    case 'essay':
      return { answers: [], losses: lossesOfEssay(question.details) };
    case 'description':
      return { answers: [], losses: [] };
    case 'matrix':
    case 'ordering':
    case 'categorise':
    case 'formula':
    case 'cloze':
    case 'hotspot':
      return null;
  }
}
