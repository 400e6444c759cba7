// Where the practice LMS keeps its state between two starts: nowhere, or in one JSON file.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { State } from './state.ts';
import { readStoredState } from './stored-state.ts';

/** Loads the state of the last save; null before the first one. */
export interface Store {
  load(): State | null;
  save(state: State): void;
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

/**
 * One JSON file, written beside and renamed, so that a crash leaves the old state or the new one.
 *
 * @throws when there is a file that is not a state: a gradebook is never overwritten by a guess
 */
export function fileStore(path: string): Store {
  return {
    load: () => (existsSync(path) ? readStoredState(JSON.parse(readFileSync(path, 'utf8'))) : null),
    save: (state) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(state, null, 1), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}
