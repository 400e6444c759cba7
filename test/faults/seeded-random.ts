// Chance that can be repeated: the same seed gives the same plan, though never the same interleaving of processes.

/** Numbers from 0 up to 1, as `Math.random` gives, by the mulberry32 generator. */
export type Random = () => number;

/** @param seed a whole number; `strand` tells apart those who draw from the same one, whatever order they draw in */
export function seededRandom(seed: number, strand: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(strand + 1, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** From `least` up to `most`. */
export function between(random: Random, [least, most]: readonly [number, number]): number {
  return least + random() * (most - least);
}

/** One of a list. @throws if it is empty */
export function oneOf<Item>(random: Random, list: readonly Item[]): Item {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('Nothing to choose from');
  return item;
}

/** The same items in another order. */
export function shuffled<Item>(random: Random, list: readonly Item[]): Item[] {
  return list
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
