// QTI's hotspots as questions of ours.
import type { Question } from '../../question.ts';
import { descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { sharesOf } from './item-parts.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { feedbackElement } from './read-feedback.ts';
import { oneLine, shapeNames } from './write-hotspot.ts';

type Details = Extract<Question, { type: 'hotspot' }>['details'];
type Region = Details['regions'][number];

/** A picture with its areas, or why it is none: no area is right, or a part of it is nothing that we have. */
export type HotspotRead = Details | 'without-key' | { unknown: string };

/** @returns what is worth a part only counts as wrong, and is left out */
export function readHotspot(interaction: XmlElement, declaration: Declaration, reading: ItemReading): HotspotRead {
  const choices = elementsOf(interaction, 'hotspotChoice');
  const keys = choices.map(({ attributes }) => attributes['identifier'] ?? '');
  const isSingle = declaration.cardinality === 'single';
  const shares = sharesOf(declaration, keys, isSingle);
  if (!shares) return 'without-key';
  const picture = pictureIn(interaction, reading);
  if (!picture) return { unknown: 'object' };
  const regions: Region[] = [];
  for (const [place, choice] of choices.entries()) {
    const share = shares[place];
    const area = areaOf(choice);
    if (!area) return { unknown: choice.attributes['shape'] ?? 'shape' };
    const isRight = (isSingle ? share?.equals(1) : share?.gt(0)) ?? false;
    if (isSingle && !isRight && share?.gt(0)) reading.leftOut.add('mappedValue');
    regions.push({ ...area, label: labelOf(choice, declaration, reading), isRight });
  }
  return { picture, regions, choose: isSingle ? 'one' : 'any' };
}

/** Where it says no size, there is nothing that its areas could be measured in. */
function pictureIn(interaction: XmlElement, { pictures }: ItemReading): Details['picture'] | null {
  const [shown] = [...descendantsOf(interaction, 'img'), ...descendantsOf(interaction, 'object')];
  if (!shown) return null;
  const { src, data, alt = textOf(shown), width, height } = shown.attributes;
  const asset = pictures.get(src ?? data ?? '');
  const [wide, high] = [width, height].map((text) => Math.round(Number.parseFloat(text ?? '')));
  if (!asset || !wide || !high) return null;
  return { asset: asset.sha256, alt: oneLine(alt).slice(0, 1000), width: wide, height: high };
}

function areaOf({ attributes }: XmlElement): Pick<Region, 'shape' | 'coordinates'> | null {
  const [shape] = (['rectangle', 'circle', 'polygon'] as const).filter(
    (one) => shapeNames[one] === attributes['shape'],
  );
  const coordinates = (attributes['coords'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (!shape || coordinates.some(Number.isNaN)) return null;
  if (shape !== 'rectangle' || coordinates.length !== 4) return { shape, coordinates };
  const [left = 0, top = 0, right = 0, bottom = 0] = coordinates;
  // Some draw them from the corner at the bottom.
  return {
    shape,
    coordinates: [Math.min(left, right), Math.min(top, bottom), Math.max(left, right), Math.max(top, bottom)],
  };
}

/** What is said to who chose it, else what it is called. */
function labelOf(choice: XmlElement, declaration: Declaration, reading: ItemReading): string {
  const feedback = feedbackElement(choice, declaration, reading);
  return oneLine(feedback ? textOf(feedback) : (choice.attributes['hotspotLabel'] ?? '')).slice(0, 1000);
}
