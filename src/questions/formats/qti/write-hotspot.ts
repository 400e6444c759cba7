// Areas of a picture as a QTI item. What is at an area is said when it was chosen, for as its label it would say the answer.
import Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { escapeXml } from '../archive/xml-text.ts';
import { pictureTypeOf } from '../media-type.ts';
import { withFeedback } from './write-feedback.ts';
import { declared, mappedScore } from './write-response.ts';
import type { Parts, Pen } from './write-response.ts';

type Details = Extract<Question, { type: 'hotspot' }>['details'];
type Picture = Details['picture'];

/** QTI's names of the shapes, whose numbers are in the same order as ours. */
export const shapeNames = { rectangle: 'rect', circle: 'circle', polygon: 'poly' } as const;

/** The item's parts; null if the picture is not at hand. */
export function hotspot({ picture, regions, choose }: Details, pen: Pen): Parts | null {
  const { el, slot } = pen;
  const path = pen.pathOf(picture.asset);
  if (path === null) return null;
  const named = regions.map((region, place) => ({ ...region, key: `${slot.prefix}h${place}` }));
  const right = named.filter(({ isRight }) => isRight).map(({ key }) => key);
  const share = new Fraction(1, choose === 'one' ? 1 : right.length).toFraction();
  const cost = choose === 'one' || right.length === named.length ? '0' : `-1/${named.length - right.length}`;
  const entries = named.map(({ key, isRight }) => ({ key, weight: isRight ? share : cost }));
  const type = { cardinality: choose === 'one' ? 'single' : 'multiple', baseType: 'identifier' };
  const parts = {
    // What each earns follows from which are right, and is read so: no digit of a share is ever lost.
    declaration: declared(
      { ...pen, lose: () => undefined },
      type,
      entries,
      choose === 'one' ? right.slice(0, 1) : right,
    ),
    body: el(
      'hotspotInteraction',
      { responseIdentifier: slot.response, maxChoices: choose === 'one' ? 1 : 0 },
      pictureAt(path, picture, pen),
      ...named.map(({ key, shape, coordinates }) =>
        el('hotspotChoice', { identifier: key, shape: shapeNames[shape], coords: coordinates.join(',') }),
      ),
    ),
    processing: mappedScore(pen),
  };
  const told = named.map(({ key, label }) => ({ identifier: key, feedback: label === '' ? null : escapeXml(label) }));
  if ([picture.alt, ...regions.map(({ label }) => label)].some((words) => words !== oneLine(words))) pen.lose('markup');
  return withFeedback(pen, parts, told, choose === 'one' ? 'single' : 'multiple');
}

/** Words as they are read back. */
export function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

/** Version 2.1 shows pictures as objects, version 3.0 may as HTML does; the elements of HTML keep their names in both. */
function pictureAt(path: string, { alt, width, height }: Picture, { version }: Pen): string {
  const [at, words] = [escapeXml(path), escapeXml(alt)];
  const size = `width="${width}" height="${height}"`;
  return version === '3.0'
    ? `<img src="${at}" alt="${words}" ${size}/>`
    : `<object data="${at}" type="${pictureTypeOf(path)}" ${size}>${words}</object>`;
}
