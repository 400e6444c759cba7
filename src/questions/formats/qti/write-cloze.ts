// A text with gaps as a QTI item with an interaction in the place of each: fields and menus stand among words, a list of options is a
// block and stands between paragraphs. What a gap earns is an outcome of its own, below nothing where it costs; SCORE is their share of MAXSCORE.
import Fraction from 'fraction.js';
import { renderContent } from '../../content.ts';
import type { Question } from '../../question.ts';
import { escapeXml } from '../archive/xml-text.ts';
import { onOneLine } from '../content-losses.ts';
import { decimalOf, isWritable } from './shares.ts';
import { choiceInteraction, singleChoice } from './write-choice.ts';
import type { NamedOption } from './write-choice.ts';
import type { Parts, Pen } from './write-response.ts';
import { numeric, shortText } from './write-typed.ts';

type Cloze = Extract<Question, { type: 'cloze' }>;
type Gap = Cloze['details']['gaps'][number];
type ChoiceGap = Extract<Gap, { kind: 'choice' }>;

/** The class of a text with gaps, which tells one with a single gap from a question that has its field below it. */
export const gapsClass = 'gaps';

/** How the options of a gap are laid out: the vocabulary of QTI 3.0; `menu` is for options that only a list can show. */
export const layoutClasses = {
  menu: 'menu qti-orientation-horizontal',
  vertical: 'qti-orientation-vertical',
  horizontal: 'qti-orientation-horizontal',
} as const;

/** The item's parts; null if one of the gaps cannot be said, or does not stand in the text as it is written. */
export function cloze({ text, details: { gaps } }: Cloze, pen: Pen): Parts | null {
  const { el } = pen;
  if (gaps.some(({ points }) => !isWritable(new Fraction(points)))) pen.lose('points');
  const parts = gaps.map((gap, place) => gapParts(gap, penFor(gap, place, pen)));
  const written = parts.filter((part) => part !== null);
  const filled = withInteractions(
    pen.say(text),
    gaps.map((gap, place) => ({ body: parts[place]?.body ?? '', isBlock: gap.kind === 'choice' && !isMenu(gap) })),
  );
  if (written.length < gaps.length || !filled) return null;
  if (filled.isSplit) pen.lose('markup');

  const sum = gaps.reduce((total, { points }) => total.add(points), new Fraction(0));
  const earned = el('sum', {}, ...gaps.map((_, place) => el('variable', { identifier: scoreOf(place) })));
  const share = el('max', {}, float(pen, '0'), el('divide', {}, earned, float(pen, decimalOf(sum))));
  const all = (name: 'declaration' | 'outcomes' | 'processing' | 'feedback') =>
    written.map((part) => part[name] ?? '').join('');
  const scores = gaps.map((_, place) =>
    el('outcomeDeclaration', { identifier: scoreOf(place), cardinality: 'single', baseType: 'float' }),
  );
  return {
    declaration: all('declaration'),
    outcomes: scores.join('') + all('outcomes'),
    text: filled.xhtml,
    body: '',
    processing:
      all('processing') +
      el('setOutcomeValue', { identifier: pen.slot.score }, el('product', {}, share, pen.slot.worth)),
    feedback: all('feedback'),
  };
}

const float = ({ el }: Pen, value: string) => el('baseValue', { baseType: 'float' }, value);
const scoreOf = (place: number) => `SCORE${place + 1}`;

function penFor({ points }: Gap, place: number, pen: Pen): Pen {
  const number = place + 1;
  return {
    ...pen,
    slot: {
      response: `RESPONSE${number}`,
      score: scoreOf(place),
      feedback: `FEEDBACK${number}`,
      prefix: `g${number}`,
      worth: float(pen, decimalOf(new Fraction(points))),
      least: null,
    },
  };
}

function gapParts(gap: Gap, pen: Pen): Parts | null {
  switch (gap.kind) {
    case 'text':
      return shortText(gap.details, pen);
    case 'number':
      return numeric(gap.details, pen);
    case 'choice':
      return singleChoice(gap.details, pen, (options) =>
        isMenu(gap) ? inlineChoice(options, pen) : choiceInteraction(options, pen, 1, layoutClasses[gap.layout]),
      );
  }
}

/** Whether the options are a menu, which has room for a run of text in each. */
function isMenu({ layout, details }: ChoiceGap): boolean {
  return (
    layout === 'menu' &&
    details.options.every(({ text }) => {
      const { said, losses } = onOneLine(text);
      return said !== '' && losses.length === 0 && !renderContent(text, 'inline').includes('<math');
    })
  );
}

function inlineChoice(options: readonly NamedOption[], { el, slot }: Pen): string {
  return el(
    'inlineChoiceInteraction',
    { responseIdentifier: slot.response, shuffle: 'true' },
    ...options.map(({ key, text }) => el('inlineChoice', { identifier: key }, escapeXml(onOneLine(text).said))),
  );
}

/** Elements in which a block may stand beside words. */
const flows = /^(?:div|li|td|th|blockquote)$/;

type Interaction = { body: string; isBlock: boolean };

/**
 * The XHTML with the interactions in place of `[[1]]`, `[[2]]` … For a block the paragraph around it is split. Null unless each has
 * its one place.
 */
function withInteractions(
  xhtml: string,
  interactions: readonly Interaction[],
): { xhtml: string; isSplit: boolean } | null {
  const left = new Set(interactions.keys());
  const open: { name: string; tag: string }[] = [];
  let isSplit = false;
  let isSound = true;
  const filled = xhtml.replace(
    /<(\/?)([\w:]+)[^>]*?(\/?)>|\[\[(\d{1,3})\]\]/g,
    (found, ...groups: (string | undefined)[]) => {
      const [end, name = '', empty, number] = groups;
      if (number === undefined) {
        if (end) open.pop();
        else if (!empty) open.push({ name, tag: found });
        return found;
      }
      const place = Number(number) - 1;
      const interaction = interactions[place];
      isSound &&= interaction !== undefined && left.delete(place);
      if (!interaction?.isBlock) return interaction?.body ?? found;
      const around = open.slice(open.findLastIndex((element) => flows.test(element.name)) + 1);
      isSplit ||= around.length > 0;
      const ends = around.map((element) => `</${element.name}>`).reverse();
      return [...ends, interaction.body, ...around.map(({ tag }) => tag)].join('');
    },
  );
  return isSound && left.size === 0 ? { xhtml: filled.replace(/<p>\s*<\/p>/g, ''), isSplit } : null;
}
