// The tool's processes on one database: each is started again whenever it is gone, as a service manager does.
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../support/start-postgres.ts';
import { pause } from './pause.ts';
import { startTool, type ToolProcess } from '../support/tool-process.ts';

export interface Workers {
  /** Where those listen that live now. */
  livingPorts(): number[];
  /** Waits until all live; not a moment longer once `signal` is given. */
  allAlive(signal: AbortSignal): Promise<void>;
  /** `kill -9` of one that lives; says whether there was one. */
  killOne(): Promise<boolean>;
  /** The last words of those that ended without being killed: there should be none. */
  readonly deaths: readonly string[];
  stop(): Promise<void>;
}

interface Living {
  port: number;
  process: ToolProcess;
}

const betweenStartsMs = 200;

/** @throws if one does not start the first time */
export async function startWorkers(count: number, settings: Record<string, string>): Promise<Workers> {
  const living = new Set<Living>();
  const deaths: string[] = [];
  const killed = new WeakSet<ToolProcess>();
  let isStopped = false;

  const startOne = async () => {
    const port = await freePort();
    const worker = { port, process: await startTool({ ...settings, PORT: String(port) }) };
    living.add(worker);
    return worker;
  };

  const kill = async (worker: Living) => {
    killed.add(worker.process);
    living.delete(worker);
    await worker.process.kill();
  };

  const keepAlive = async (first: Living) => {
    for (let worker: Living | null = first; !isStopped; worker = await startOne().catch(() => null)) {
      if (worker) {
        const lastWords = await worker.process.over;
        living.delete(worker);
        if (!killed.has(worker.process)) deaths.push(lastWords);
      }
      // PostgreSQL may be away just now.
      await setTimeout(betweenStartsMs);
    }
  };

  const first = await Promise.all(Array.from({ length: count }, startOne));
  const keeping = first.map(keepAlive);
  return {
    livingPorts: () => [...living].map(({ port }) => port),
    allAlive: async (signal) => {
      while (living.size < count && !signal.aborted) await pause(50, signal);
    },
    killOne: async () => {
      const [worker] = living;
      if (worker) await kill(worker);
      return worker !== undefined;
    },
    deaths,
    stop: async () => {
      isStopped = true;
      await Promise.all([...living].map(kill));
      await Promise.all(keeping);
      await Promise.all([...living].map(kill));
    },
  };
}
