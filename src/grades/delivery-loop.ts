// Work that comes and is due at its time: a few hands that take it up when woken and at every turn, until stopped.

/** Work that goes on by itself. */
export interface Loop {
  /** Something may be due: look at once instead of at the next turn. */
  wake(): void;
  /** Finishes what is in hand and ends. */
  stop(): Promise<void>;
}

/**
 * Begins what is due from now on, whenever woken and every `turnMs`. What takes long keeps only its own hand busy: the others
 * take up what is next.
 *
 * @param given.begin takes up at most so much, and gives one promise for each piece; none of them rejects
 * @param given.onFault told when `begin` fails; it is tried again at the next turn
 */
export function startLoop(given: {
  begin: (limit: number) => Promise<Promise<void>[]>;
  onFault: (error: unknown) => void;
  mostInHand: number;
  turnMs: number;
}): Loop {
  const { begin, onFault, mostInHand, turnMs } = given;
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let isAwaited = false;
  let wakeSleeper = () => {};
  const wake = () => {
    isAwaited = true;
    wakeSleeper();
  };

  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, turnMs);
      wakeSleeper = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const takeUp = async (limit: number) => {
    if (limit <= 0) return;
    for (const work of await begin(limit)) {
      inHand.add(work);
      // Each free hand looks for more: there may be more due than there were hands.
      void work.then(() => inHand.delete(work)).then(wake);
    }
  };

  const run = async () => {
    while (!isStopped) {
      isAwaited = false;
      await takeUp(mostInHand - inHand.size).catch(onFault);
      if (!isAwaited && !isStopped) await sleep();
    }
    await Promise.all(inHand);
  };
  const running = run();

  return {
    wake,
    stop: async () => {
      isStopped = true;
      wakeSleeper();
      await running;
    },
  };
}
