// Which options of a question in Word are right, by whatever marks them: a key, a sign, or a look that no other option has.
import type { Problem } from '../format.ts';
import { letterAt, placeOf } from '../aiken/labels.ts';
import { allLook } from './span.ts';
import type { Look } from './span.ts';
import type { ReadOption } from './line-label.ts';

export type RightOptions = { ok: true; places: number[] } | { ok: false; problem: Problem };

/** The looks by which people mark; each names itself in the message if it does not tell which one is meant. */
const looks: readonly { name: string; has: (look: Look) => boolean }[] = [
  { name: 'bold', has: ({ bold }) => bold },
  { name: 'underlined', has: ({ underline }) => underline },
  { name: 'highlighted', has: ({ highlight }) => highlight !== '' },
  { name: 'shaded', has: ({ shade }) => shade !== '' },
  { name: 'coloured', has: ({ colour }) => colour !== '' },
  { name: 'italic', has: ({ italic }) => italic },
];

/**
 * The places of the right options. Signs and a key may name several; a look marks exactly one, for two bold options are as
 * likely a slip. If several things mark, they have to agree.
 *
 * @param paragraph where the question begins, for the problem if nothing or too much is marked
 * @param key the letters that a key gives, null if there is none
 */
export function rightOptions(
  options: readonly ReadOption[],
  paragraph: number,
  key: readonly string[] | null,
): RightOptions {
  const refuse = (code: Problem['code'], params: Problem['params'] = {}, line = paragraph): RightOptions => ({
    ok: false,
    problem: { line, code, params },
  });
  const letters = options.map(({ letter }, place) => (letter ?? letterAt(place)).toUpperCase());
  const keyed = key?.map((name) => placeOf(name, letters));
  const unknown = keyed?.indexOf(null) ?? -1;
  if (unknown >= 0) return refuse('key-letter-unknown', { letter: key?.[unknown] ?? '' });

  const signed = placesWhere(options, ({ isMarked }) => isMarked);
  if (signed.length === options.length) return refuse('mark-everywhere');
  const looked = looks.map(({ name, has }) => ({
    name,
    places: placesWhere(options, ({ spans }) => allLook(spans, has)),
  }));
  const telling = looked.filter(({ places }) => places.length > 0 && places.length < options.length);
  const named = [keyed?.filter((place) => place !== null) ?? [], signed].filter((places) => places.length > 0);
  const [first] = named;
  if (first) {
    const others = [...named.slice(1), ...telling.map(({ places }) => places).filter(({ length }) => length === 1)];
    return others.every((places) => isSame(places, first)) ? { ok: true, places: first } : refuse('marks-disagree');
  }
  return byLook(options, telling, looked, refuse);
}

type Looked = { name: string; places: number[] };

function byLook(
  options: readonly ReadOption[],
  telling: readonly Looked[],
  looked: readonly Looked[],
  refuse: (code: Problem['code'], params?: Problem['params'], line?: number) => RightOptions,
): RightOptions {
  const single = telling.filter(({ places }) => places.length === 1);
  const [chosen] = single;
  if (chosen) {
    return single.every(({ places }) => isSame(places, chosen.places))
      ? { ok: true, places: chosen.places }
      : refuse('marks-disagree');
  }
  // All but one look alike: the one that does not is no mark that anybody would make.
  const several = telling[0];
  if (several) {
    const second = options[several.places[1] ?? 0]?.paragraph;
    return refuse('several-marked', { count: several.places.length }, second);
  }
  return looked.some(({ places }) => places.length === options.length)
    ? refuse('mark-everywhere')
    : refuse('mark-missing');
}

function placesWhere(options: readonly ReadOption[], fits: (option: ReadOption) => boolean): number[] {
  return options.flatMap((option, place) => (fits(option) ? [place] : []));
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
}
