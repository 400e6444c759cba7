// `cloze`: a text with gaps, each as Moodle writes it in the text itself.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { escapeHtml } from '../../markup/escape-html.ts';
import { withoutGaps } from '../../markup/gaps.ts';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { asNear, withoutFigures } from '../accepted-numbers.ts';
import { asHtml } from '../content-losses.ts';
import { isWritable, shareOfPercent, writtenPercent } from '../percent.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { clozeParts, gapText } from './gap-text.ts';
import type { GapText } from './gap-text.ts';
import { contentOf, childOf, refused } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import type { Writing } from './writing.ts';

type Cloze = Extract<Question, { type: 'cloze' }>;
type Gap = Cloze['details']['gaps'][number];
type Layout = Extract<Gap, { kind: 'choice' }>['layout'];

/** A cloze question that was read: its text has `[[1]]` where the gap stood, and it is worth what its gaps are. */
export type ClozeRead = { text: Content; points: string; answers: MoodleAnswers };

const texts: Readonly<Record<string, boolean>> = {
  ...{ SHORTANSWER: false, SA: false, MW: false },
  ...{ SHORTANSWER_C: true, SAC: true, MWC: true },
};
const numbers = ['NUMERICAL', 'NM'];
const layouts: Readonly<Record<string, Layout>> = {
  ...{ MULTICHOICE: 'menu', MC: 'menu', MULTICHOICE_S: 'menu', MCS: 'menu' },
  ...{ MULTICHOICE_V: 'vertical', MCV: 'vertical', MULTICHOICE_VS: 'vertical', MCVS: 'vertical' },
  ...{ MULTICHOICE_H: 'horizontal', MCH: 'horizontal', MULTICHOICE_HS: 'horizontal', MCHS: 'horizontal' },
};
const written: Readonly<Record<Layout, string>> = {
  menu: 'MULTICHOICE_S',
  vertical: 'MULTICHOICE_VS',
  horizontal: 'MULTICHOICE_HS',
};
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** Reads text and gaps; a gap of another kind, such as one in which several options are ticked, refuses the whole. */
export function readCloze(question: XmlElement, reading: Reading): ClozeRead {
  const whole = contentOf(childOf(question, 'questiontext'), reading, 'html');
  const gaps: Gap[] = [];
  let source = '';
  let refusal: MoodleAnswers | null = null;
  for (const part of clozeParts(whole.source)) {
    if ('text' in part) source += withoutGaps(part.text);
    else {
      const gap = gapOf(part.gap, whole.format);
      if (!gap) refusal ??= refused(reading, 'type-not-whole', { name: reading.name, type: `cloze ${part.gap.kind}` });
      else gaps.push(gap);
      source += `[[${gaps.length}]]`;
    }
  }
  if (gaps.length === 0) refusal ??= refused(reading, 'no-right-answer');
  const points = gaps.reduce((sum, gap) => sum.add(gap.points), new Fraction(0));
  const text = { ...whole, source };
  const answers: MoodleAnswers = refusal ?? { ok: true, answers: { type: 'cloze', details: { gaps } } };
  return { text, points: points.toString(), answers };
}

/**
 * The text with its gaps in it, as HTML; null if a gap of the question does not stand in its text. Moodle counts a gap's points in
 * whole numbers, and the question is worth their sum.
 */
export function clozeText({ text, points, details }: Cloze, writing: Writing): Content | null {
  const wholes = wholePoints(details.gaps);
  const sum = wholes.reduce((total, each) => total.add(each), new Fraction(0));
  if (!sum.equals(points)) writing.losses.push('points');
  const standing = new Set<number>();
  const source = html(text, writing).replace(/\[\[(\d{1,2})\]\]/g, (marker, digits: string) => {
    const place = Number(digits) - 1;
    const gap = details.gaps[place];
    if (!gap || standing.has(place)) return marker;
    standing.add(place);
    return gapText(textOfGap(gap, wholes[place]?.toString() ?? '1', writing));
  });
  return standing.size === details.gaps.length ? { format: 'html', source } : null;
}

function gapOf({ points, kind, answers }: GapText, format: Content['format']): Gap | null {
  const content = (source: string): Content => ({ format, source });
  const weighted = answers.map(({ percent, text, feedback }) => ({
    text,
    weight: shareOfPercent(percent).toFraction(),
    feedback: feedback === '' ? null : content(feedback),
  }));
  const isSound = weighted.some(({ weight }) => weight === '1') && weighted.every(({ text }) => text !== '');
  if (!isSound || Number(points) === 0) return null;

  const layout = layouts[kind];
  if (layout) {
    const options = weighted.map((answer) => ({ ...answer, text: content(answer.text) }));
    return options.length < 2 ? null : { points, kind: 'choice', layout, details: { options } };
  }
  if (numbers.includes(kind)) {
    const read = weighted.map(({ text, ...rest }) => ({ accepted: acceptedOf(withoutEntities(text)), ...rest }));
    const whole = read.flatMap(({ accepted, ...rest }) => (accepted ? [{ accepted, ...rest }] : []));
    return whole.length < read.length ? null : { points, kind: 'number', details: { answers: whole } };
  }
  const isCaseSensitive = texts[kind];
  if (isCaseSensitive === undefined) return null;
  const byPattern = weighted.map(({ text, ...rest }) => ({ pattern: withoutEntities(text), ...rest }));
  return { points, kind: 'text', details: { answers: byPattern, ...(isCaseSensitive ? { isCaseSensitive } : {}) } };
}

function acceptedOf(text: string) {
  if (text === '*') return { kind: 'anything' as const };
  const [value = '', tolerance = '0'] = text.split(':').map((part) => part.trim());
  const isWhole = readNumber(value) !== null && readNumber(tolerance) !== null;
  return isWhole ? { kind: 'near' as const, value, tolerance } : null;
}

function textOfGap(gap: Gap, points: string, writing: Writing): GapText {
  const answer = (text: string, { weight, feedback }: { weight: string; feedback: Content | null }) => {
    const share = new Fraction(weight);
    if (!isWritable(share)) writing.losses.push('weights');
    return { percent: writtenPercent(share), text, feedback: feedback ? html(feedback, writing) : '' };
  };
  switch (gap.kind) {
    case 'choice': {
      const answers = gap.details.options.map((option) => answer(html(option.text, writing), option));
      return { points, kind: written[gap.layout], answers };
    }
    case 'text': {
      const { isCaseSensitive, foldsLookAlikes } = gap.details;
      if (foldsLookAlikes) writing.losses.push('grading');
      const answers = gap.details.answers.map((each) => answer(escapeHtml(each.pattern), each));
      return { points, kind: isCaseSensitive ? 'SHORTANSWER_C' : 'SHORTANSWER', answers };
    }
    case 'number': {
      if (gap.details.units) writing.losses.push('units');
      const answers = gap.details.answers.map((each) => {
        const { accepted, losses } = withoutFigures(each.accepted);
        writing.losses.push(...losses);
        const near = asNear(accepted);
        return answer(near ? `${near.value}:${near.tolerance}` : '*', each);
      });
      return { points, kind: 'NUMERICAL', answers };
    }
  }
}

function html(content: Content, writing: Writing): string {
  const { said, losses } = asHtml(content);
  writing.losses.push(...losses);
  return said;
}

/** The smallest whole numbers that are to each other as the gaps' points are. */
function wholePoints(gaps: readonly Gap[]): Fraction[] {
  const points = gaps.map((gap) => new Fraction(gap.points));
  const unit = points.reduce((divisor, each) => divisor.gcd(each));
  const whole = points.every(({ d }) => d === 1n);
  return whole ? points : points.map((each) => each.div(unit));
}

function withoutEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity, name: string) => entities[name] ?? entity);
}
