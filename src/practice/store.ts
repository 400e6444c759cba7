// Where a practice platform keeps its state between two starts: nowhere, or in one JSON file.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { State } from './state.ts';
import { readStoredState } from './stored-state.ts';

/** Loads the state of the last save; null before the first one. */
export interface Store<Kept = State> {
  load(): Kept | null;
  save(state: Kept): void;
}

/** Remembers for as long as the process lives: a second LMS on the same store goes on where the first one stopped. */
export function memoryStore(): Store {
  let saved: State | null = null;
  return {
    load: () => saved,
    save: (state) => {
      saved = state;
    },
  };
}

/** The file of a practice LMS. */
export function fileStore(path: string): Store {
  return jsonFile(path, readStoredState);
}

/**
 * One JSON file, written beside and renamed, so that a crash leaves the old state or the new one.
 *
 * @param read throws when it is given what is not a state: a gradebook is never overwritten by a guess
 */
export function jsonFile<Kept>(path: string, read: (json: unknown) => Kept): Store<Kept> {
  return {
    load: () => (existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : null),
    save: (state) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(state, null, 1), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}
