// What is dearer one by one than together: whatever comes while some of it is being done is done together in the next turn. Nothing
// waits for a clock: what comes alone is done at once, and the more comes, the more go together.

interface Waiting<Task, Result> {
  task: Task;
  settle: (result: Result) => void;
  fail: (error: unknown) => void;
}

/**
 * @param most so many go together at most, in the order in which they came
 * @param doTogether gives a result for each task, in their order; if it throws, that is what each of them gets
 * @returns has one task done, with others
 */
export function inBatches<Task, Result>(
  most: number,
  doTogether: (tasks: readonly Task[]) => Promise<readonly Result[]>,
): (task: Task) => Promise<Result> {
  const waiting: Waiting<Task, Result>[] = [];
  let isUnderWay = false;

  async function doAll(): Promise<void> {
    isUnderWay = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const results = await doTogether(batch.map(({ task }) => task));
        batch.forEach(({ settle, fail }, place) => {
          const [result] = results.slice(place, place + 1);
          if (result === undefined) fail(new Error(`Task ${place} of a batch has no result`));
          else settle(result);
        });
      } catch (error) {
        batch.forEach(({ fail }) => fail(error));
      }
    }
    isUnderWay = false;
  }

  return (task) =>
    new Promise((settle, fail) => {
      waiting.push({ task, settle, fail });
      if (!isUnderWay) void doAll();
    });
}
