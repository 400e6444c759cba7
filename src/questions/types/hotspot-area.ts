// One area of a picture: where it lies, and how it is drawn.

/** In pixels of the picture, its numbers in the order of HTML's `<area>`. */
export type Area = {
  shape: 'rectangle' | 'circle' | 'polygon';
  /** `rectangle`: left, top, right, bottom. `circle`: x, y, radius. `polygon`: x and y of each corner. */
  coordinates: readonly number[];
};

type Size = { width: number; height: number };
type Point = { x: number; y: number };

const rows = ['top', 'middle', 'bottom'] as const;
const columns = ['left', 'middle', 'right'] as const;

/** Which third of a picture's height and of its width something lies in: for who cannot see it, and no help to who may. */
export type Place = { row: (typeof rows)[number]; column: (typeof columns)[number] };

/** An element of SVG and its attributes. */
export type Drawing =
  | { element: 'rect'; x: number; y: number; width: number; height: number }
  | { element: 'circle'; cx: number; cy: number; r: number }
  | { element: 'polygon'; points: string };

/** Whether the numbers are those of the shape: as many as it has, and with something inside. */
export function hasItsNumbers({ shape, coordinates }: Area): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = coordinates;
  switch (shape) {
    case 'rectangle':
      return coordinates.length === 4 && first < third && second < fourth;
    case 'circle':
      return coordinates.length === 3 && third > 0;
    case 'polygon':
      return coordinates.length >= 6 && coordinates.length % 2 === 0;
  }
}

/** The middle of an area; of a polygon, that of its corners. */
export function centreOf({ shape, coordinates }: Area): Point {
  const [first = 0, second = 0] = coordinates;
  if (shape === 'circle') return { x: first, y: second };
  return { x: mean(coordinates, 0), y: mean(coordinates, 1) };
}

/** Whether the middle of an area is in the picture. */
export function isInside(area: Area, { width, height }: Size): boolean {
  const { x, y } = centreOf(area);
  return x <= width && y <= height;
}

/** Where in the picture an area lies. */
export function placeOf(area: Area, { width, height }: Size): Place {
  const { x, y } = centreOf(area);
  return { row: rows[third(y, height)] ?? 'middle', column: columns[third(x, width)] ?? 'middle' };
}

/** Sorts areas as one reads a page: by thirds from the top, and in each from the left. */
export function byPlace(one: Area, other: Area, { height }: Size): number {
  const [here, there] = [centreOf(one), centreOf(other)];
  return third(here.y, height) - third(there.y, height) || here.x - there.x || here.y - there.y;
}

/** How SVG draws an area. */
export function drawingOf({ shape, coordinates }: Area): Drawing {
  const [first = 0, second = 0, third = 0, fourth = 0] = coordinates;
  switch (shape) {
    case 'rectangle':
      return { element: 'rect', x: first, y: second, width: third - first, height: fourth - second };
    case 'circle':
      return { element: 'circle', cx: first, cy: second, r: third };
    case 'polygon':
      return { element: 'polygon', points: coordinates.join(' ') };
  }
}

function third(value: number, whole: number): number {
  return Math.min(Math.floor((value / whole) * 3), 2);
}

/** The mean of every second number, from `offset` on. */
function mean(numbers: readonly number[], offset: number): number {
  const chosen = numbers.filter((_, index) => index % 2 === offset);
  return chosen.reduce((sum, number) => sum + number, 0) / chosen.length;
}
