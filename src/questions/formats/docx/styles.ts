// How a run looks: what stands at the run itself, or else in its styles (ECMA-376 part 1 §17.7).
import { childOf, elementsOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { plainLook } from './span.ts';
import type { Look } from './span.ts';

/** What a style or a run says; what it does not say is inherited. */
type Said = Partial<Look>;

type Style = { based: string | null; said: Said; name: string; numbering: XmlElement | undefined };

export type Styles = {
  /** The look of a run in a paragraph of that style. */
  lookOf(paragraphStyle: string | undefined, runProperties: XmlElement | undefined): Look;
  /** Whether the style is one of headings and titles. */
  isHeading(paragraphStyle: string | undefined): boolean;
  /** The list that a style puts its paragraphs into. */
  numberingOf(paragraphStyle: string | undefined): XmlElement | undefined;
};

const mostSteps = 20;

/** Reads `word/styles.xml`; without it nothing is inherited. */
export function readStyles(root: XmlElement | null): Styles {
  const styles = new Map(
    elementsOf(root ?? undefined, 'style').map((style) => [style.attributes['styleId'] ?? '', styleOf(style)]),
  );
  const chain = (id: string | undefined): Style[] => {
    const found: Style[] = [];
    for (let style = styles.get(id ?? ''); style && found.length < mostSteps; style = styles.get(style.based ?? '')) {
      found.push(style);
    }
    return found;
  };
  const inherited = (id: string | undefined): Said =>
    Object.assign(
      {},
      ...chain(id)
        .reverse()
        .map(({ said }) => said),
    ) as Said;
  return {
    lookOf: (paragraphStyle, runProperties) => ({
      ...plainLook,
      ...inherited(paragraphStyle),
      ...inherited(childOf(runProperties, 'rStyle')?.attributes['val']),
      ...saidIn(runProperties),
    }),
    isHeading: (id) => chain(id).some(({ name }) => /^(?:heading|title|subtitle)\b/i.test(name)),
    numberingOf: (id) => chain(id).find(({ numbering }) => numbering)?.numbering,
  };
}

function styleOf(style: XmlElement): Style {
  return {
    based: childOf(style, 'basedOn')?.attributes['val'] ?? null,
    said: saidIn(childOf(style, 'rPr')),
    name: childOf(style, 'name')?.attributes['val'] ?? '',
    numbering: childOf(childOf(style, 'pPr'), 'numPr'),
  };
}

function saidIn(properties: XmlElement | undefined): Said {
  const value = (name: string) => childOf(properties, name)?.attributes['val'];
  const said: Said = {};
  const bold = childOf(properties, 'b');
  const italic = childOf(properties, 'i');
  const shade = childOf(properties, 'shd')?.attributes['fill'];
  if (bold) said.bold = isOn(bold);
  if (italic) said.italic = isOn(italic);
  if (childOf(properties, 'u')) said.underline = (value('u') ?? 'single') !== 'none';
  if (childOf(properties, 'color')) said.colour = colourOf(value('color') ?? '');
  if (childOf(properties, 'highlight')) said.highlight = namedOrNone(value('highlight'));
  if (shade !== undefined) said.shade = /^(?:auto|ffffff)$/i.test(shade) ? '' : shade.toLowerCase();
  const raised = value('vertAlign');
  if (raised !== undefined) said.raised = raised === 'superscript' ? 'sup' : raised === 'subscript' ? 'sub' : '';
  return said;
}

function isOn(toggle: XmlElement): boolean {
  return !/^(?:0|false|off)$/.test(toggle.attributes['val'] ?? '');
}

/** Black is how text is, however it is written. */
function colourOf(value: string): string {
  return /^(?:auto|0{6})?$/i.test(value) ? '' : value.toLowerCase();
}

function namedOrNone(value: string | undefined): string {
  return value === undefined || value === 'none' ? '' : value;
}
