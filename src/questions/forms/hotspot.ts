// A picture and the areas on it, each by its numbers, in pixels of the picture. What is drawn on it is written into the same fields.
import type { z } from 'zod';
import { unescapeHtml } from '../markup/escape-html.ts';
import { readNumber } from '../read-number.ts';
import { hasItsNumbers, isInside, type Area } from '../types/hotspot-area.ts';
import { hotspot } from '../types/hotspot.ts';
import { oneOf } from './fields.ts';
import { filledRows, questionForm, type Report } from './question-form.ts';
import type { TypedForm, TypedRow } from './typed-form.ts';

type Picture = z.infer<typeof hotspot.details>['picture'];

const shapes = ['rectangle', 'circle', 'polygon'] as const;
const choices = ['one', 'any'] as const;

/** The fields of a shape in the order of its coordinates; a polygon's corners are one text. */
const fieldsOf = {
  rectangle: ['left', 'top', 'right', 'bottom'],
  circle: ['x', 'y', 'radius'],
} as const;

const mostPixels = 20_000;
const mostRegions = 26;
const mostCorners = 100;
const longestText = 1000;

/** What the student's view is drawn on until there is a picture. */
const unknownSize = { width: 400, height: 300 };

const blankRegion: TypedRow = {
  shape: 'rectangle',
  left: '',
  top: '',
  right: '',
  bottom: '',
  x: '',
  y: '',
  radius: '',
  corners: '',
  label: '',
};

export const hotspotForm = questionForm({
  type: hotspot,
  script: 'hotspot-form',
  blank: { picture: '', alt: '', width: '', height: '', choose: 'one' },
  lists: { regions: { least: 1, most: mostRegions, first: 2, blank: blankRegion } },

  toForm({ picture: { asset, alt, width, height }, regions, choose }) {
    return {
      values: { picture: `asset:${asset}`, alt, width: String(width), height: String(height), choose },
      rows: {
        regions: regions.map(({ shape, coordinates, label, isRight }) => ({
          ...blankRegion,
          shape,
          ...numbersToForm({ shape, coordinates }),
          label,
          ...(isRight && { isRight: 'on' }),
        })),
      },
    };
  },

  fromForm(form, report) {
    const picture = pictureIn(form, report);
    const rows = filledRows(form, 'regions');
    if (rows.length < 1) report('regions', 'too-few-rows', { count: 0, least: 1 });
    if (rows.length > mostRegions) report('regions', 'too-many-rows', { count: rows.length, most: mostRegions });
    const regions = rows.map(({ row, at }) => {
      const label = (row.label ?? '').trim();
      if (label.length > longestText) report(`${at}.label`, 'too-long', { most: longestText });
      return { ...areaIn(row, at, picture, report), label, isRight: row.isRight !== undefined };
    });
    if (rows.length > 0 && !regions.some(({ isRight }) => isRight)) report('regions', 'no-right-area');
    return { picture, regions, choose: oneOf(choices, form.values.choose) };
  },
});

/** The picture, by its key, its address, or the line of HTML that an upload gives, which says its size and what it shows as well. */
function pictureIn({ values }: TypedForm, report: Report): Picture {
  const typed = (values.picture ?? '').trim();
  const asset = /(?:^|asset:|\/assets\/)([0-9a-f]{64})(?![0-9a-f])/.exec(typed)?.[1] ?? '';
  if (typed === '') report('picture', 'empty');
  else if (asset === '') report('picture', 'not-a-picture');
  const said = (name: string) => unescapeHtml(new RegExp(` ${name}="([^"]*)"`).exec(typed)?.[1] ?? '');
  const alt = ((values.alt ?? '').trim() || said('alt')).trim();
  if (alt.length > longestText) report('alt', 'too-long', { most: longestText });
  const size = (name: 'width' | 'height') => {
    const pixels = (values[name] ?? '').trim() || said(name);
    // Without a picture there is nothing to be measured yet.
    if (pixels === '' && asset === '') return unknownSize[name];
    const read = pixelsIn(pixels, name, report, { least: 1 });
    if (read !== null && !Number.isInteger(read))
      report(name, 'not-pixels', { value: pixels, least: 1, most: mostPixels });
    return read ?? unknownSize[name];
  };
  return { asset, alt, width: size('width'), height: size('height') };
}

function areaIn(row: TypedRow, at: string, picture: Picture, report: Report) {
  const shape = oneOf(shapes, row.shape);
  let isWrong = false;
  const told: Report = (...problem) => {
    isWrong = true;
    report(...problem);
  };
  const coordinates =
    shape === 'polygon'
      ? cornersIn(row.corners ?? '', `${at}.corners`, told)
      : fieldsOf[shape].map((name) => pixelsIn(row[name] ?? '', `${at}.${name}`, told) ?? 0);
  const area: Area = { shape, coordinates };
  if (!isWrong && !hasItsNumbers(area)) tellEmptiness(area, at, told);
  if (!isWrong && picture.asset !== '' && !isInside(area, picture)) {
    const { width, height } = picture;
    told(`${at}.${shape === 'polygon' ? 'corners' : fieldsOf[shape][0]}`, 'outside', { width, height });
  }
  return { shape, coordinates };
}

/** Why nothing is inside an area, at the field that makes it so. */
function tellEmptiness({ shape, coordinates }: Area, at: string, report: Report): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = coordinates;
  if (shape === 'circle') report(`${at}.radius`, 'not-greater', { than: 0 });
  if (shape !== 'rectangle') return;
  if (right <= left) report(`${at}.right`, 'not-greater', { than: left });
  if (bottom <= top) report(`${at}.bottom`, 'not-greater', { than: top });
}

/** A number of pixels, not always a whole one; null for anything else, which is reported. */
function pixelsIn(typed: string, field: string, report: Report, { least = 0 } = {}): number | null {
  const text = typed.trim();
  const read = readNumber(text)?.valueOf() ?? null;
  if (text === '') report(field, 'empty');
  else if (read === null || read < least || read > mostPixels)
    report(field, 'not-pixels', { value: text, least, most: mostPixels });
  else return read;
  return null;
}

/** The corners of a polygon, `250 200, 350 200, 300 290`, with any signs between the numbers; at least one, even if none are there. */
function cornersIn(typed: string, field: string, report: Report): number[] {
  const numbers = typed
    .split(/[\s,;()]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d{1,5}(\.\d{1,9})?$/.test(part) ? Number(part) : NaN));
  const isRead = numbers.every((number) => number <= mostPixels);
  const count = numbers.length / 2;
  if (numbers.length === 0) report(field, 'empty');
  else if (!isRead || !Number.isInteger(count) || count < 3 || count > mostCorners)
    report(field, 'not-corners', { most: mostCorners });
  return isRead && numbers.length > 1 ? numbers : [0, 0];
}

function numbersToForm({ shape, coordinates }: Area): TypedRow {
  if (shape !== 'polygon')
    return Object.fromEntries(fieldsOf[shape].map((name, place) => [name, String(coordinates[place])]));
  const corners = coordinates.flatMap((x, place) => (place % 2 === 0 ? [`${x} ${coordinates[place + 1]}`] : []));
  return { corners: corners.join(', ') };
}
