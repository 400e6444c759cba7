// The network between the tool and the LMS, for tests in which it loses or holds what passes.

/** Passes everything on, until a test says otherwise. */
export interface TestNetwork {
  fetch: typeof fetch;
  /**
   * The next answer to a request whose address holds `part` is lost: the LMS has acted, and the tool never learns of it.
   *
   * @param method of this one only; of any unless told
   */
  loseAnswerTo(part: string, method?: string): void;
  /**
   * Holds the next request whose address holds `part` until `release`.
   *
   * @returns `held` comes true when the request is in hand
   */
  hold(part: string): { held: Promise<void>; release: () => void };
  /** Holds every request whose address holds `part` until `release`; `held` says how many there are now. */
  holdAll(part: string): { held: () => number; release: () => void };
}

export function createNetwork(): TestNetwork {
  let lost: { part: string; method: string | undefined } | null = null;
  let holding: { part: string; caught: () => void; released: Promise<void> } | null = null;
  let dam: { part: string; held: number; released: Promise<void> } | null = null;

  return {
    fetch: async (input, init) => {
      const address = input instanceof Request ? input.url : input.toString();
      if (holding && address.includes(holding.part)) {
        const { caught, released } = holding;
        holding = null;
        caught();
        await released;
      }
      if (dam && address.includes(dam.part)) {
        dam.held += 1;
        await dam.released;
      }
      const answer = await fetch(input, init);
      const isLost = lost && address.includes(lost.part) && [undefined, init?.method].includes(lost.method);
      if (!isLost) return answer;
      lost = null;
      await answer.arrayBuffer();
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('lost'), { code: 'ECONNRESET' }) });
    },
    loseAnswerTo: (part, method) => {
      lost = { part, method };
    },
    hold: (part) => {
      let caught = () => {};
      let release = () => {};
      const held = new Promise<void>((resolve) => (caught = resolve));
      const released = new Promise<void>((resolve) => (release = resolve));
      holding = { part, caught, released };
      return { held, release };
    },
    holdAll: (part) => {
      let open = () => {};
      const released = new Promise<void>((resolve) => (open = resolve));
      const own = { part, held: 0, released };
      dam = own;
      const release = () => {
        dam = null;
        own.held = 0;
        open();
      };
      return { held: () => own.held, release };
    },
  };
}
