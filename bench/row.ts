// One line of the report: a figure, and what is known to compare it with.

export interface Row {
  name: string;
  figure: number;
  unit: string;
  /** The same figure of another tool, taken in the same run; null: nobody to compare with. */
  peer: number | null;
  /** How many times the peer's figure ours is. */
  ratio: number | null;
  /** What it is to be at least or at most; null: nobody has said. */
  budget: number | null;
  met: boolean | null;
}

/** A figure that is only to be known. */
export function figureRow(name: string, figure: number, unit: string): Row {
  return { name, figure, unit, peer: null, ratio: null, budget: null, met: null };
}

/** A figure that must be exactly so. */
export function exactRow(name: string, figure: number, unit: string, budget: number): Row {
  return { ...figureRow(name, figure, unit), budget, met: figure === budget };
}

/** A figure that may be no more than that. */
export function atMostRow(name: string, figure: number, unit: string, budget: number): Row {
  return { ...figureRow(name, figure, unit), budget, met: figure <= budget };
}

/** A figure that must be that or more. */
export function atLeastRow(name: string, figure: number, unit: string, budget: number): Row {
  return { ...figureRow(name, figure, unit), budget, met: figure >= budget };
}

/** A figure that must be so many times the peer's. */
export function timesPeerRow(name: string, figure: number, unit: string, peer: number, budget: number): Row {
  const ratio = Math.round((figure / peer) * 100) / 100;
  return { name, figure, unit, peer, ratio, budget, met: ratio >= budget };
}

/** Of so few a figure says nothing, and is held against nobody. */
const tooFew = 200;

/** The row, without its budget where it was measured with too few for that. */
export function ifEnough(row: Row, count: number): Row {
  return count < tooFew ? { ...row, budget: null, met: null } : row;
}

/** For people. */
export function inWords({ name, figure, unit, peer, ratio, budget, met }: Row): string {
  return [
    `${name}: ${figure} ${unit}`,
    ...(peer === null ? [] : [`peer ${peer}, ratio ${ratio}`]),
    ...(budget === null ? [] : [`budget ${budget}: ${met ? 'met' : 'NOT MET'}`]),
  ].join(', ');
}
