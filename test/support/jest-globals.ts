// What tests import from `@jest/globals` in the processes of jest-light-runner. It has no time limit of its own, so a test or hook
// that hangs would hang the whole run; and of jest's timers it has only a part.
import { ModernFakeTimers } from '@jest/fake-timers';
import type * as jestGlobals from '@jest/globals';

type Body = (...given: never[]) => unknown;
type Define = (...words: unknown[]) => unknown;

/** Milliseconds, for each test and each hook. */
const timeoutMs = 120_000;

/** Those of the clock, whatever a test puts in their place. */
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** `test`, and all that hangs on it (`test.each(…)`, `test.skip`), with every function given to it limited in time. */
function limited<Definer extends Define>(define: Definer): Definer {
  return new Proxy(define, {
    apply: (target, self, words: unknown[]) => {
      const made = Reflect.apply(target, self, words.map(limitedBody));
      return typeof made === 'function' ? limited(made as Define) : made;
    },
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? limited(member as Define) : member;
    },
  });
}

function limitedBody(word: unknown): unknown {
  if (typeof word !== 'function') return word;
  // Rest parameters: a function that seems to take none is not given a callback.
  return async (...given: never[]) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_resolve, reject) => {
      timer = startTimer(() => reject(new Error(`Not done after ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      await Promise.race([(word as Body)(...given), late]);
    } finally {
      stopTimer(timer);
    }
  };
}

type Globals = typeof jestGlobals;
const globals = globalThis as unknown as Globals;

export const { describe, expect } = globals;
export const test = limited(globals.test as unknown as Define) as unknown as Globals['test'];
export const beforeAll = limited(globals.beforeAll as unknown as Define);
export const afterAll = limited(globals.afterAll as unknown as Define);
export const beforeEach = limited(globals.beforeEach as unknown as Define);
export const afterEach = limited(globals.afterEach as unknown as Define);

/** Timers that a test moves. */
export const jest = new ModernFakeTimers({
  config: { fakeTimers: {}, rootDir: '' } as ConstructorParameters<typeof ModernFakeTimers>[0]['config'],
  global: globalThis,
});
