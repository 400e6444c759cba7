// Writes down what is done on the command line, as the middleware does for routes: before the command acts, and what became of it.
import type { Command } from 'commander';
import type { Database } from '../database/database.ts';
import type { Act } from './act.ts';
import { insertEntry, insertOutcome } from './audit.store.ts';

interface Tools {
  database: () => Database | Promise<Database>;
  now: () => Date;
}

/** Which LMS, deployment or place somebody meant, as typed: codes, and no words of people. */
const named = ['issuer', 'clientId', 'deployment', 'placement'] as const;

/** More than any of these has. */
const longest = 255;

/** A command line that is watched. */
export interface WatchedCommand {
  /** To be given to the commands: the first that is asked for it is written down, for before that nothing can have been changed. */
  database: () => Promise<Database>;
  /** To be told which command it is, before it acts. */
  begins: (command: Command) => void;
  /** To be told how it ended. */
  ended: (outcome: 'done' | 'refused' | 'failed') => Promise<void>;
}

/** @param acts by the words of a command; what is not in it is not written down */
export function watchCommand({ database, now }: Tools, acts: Readonly<Record<string, Act>>): WatchedCommand {
  let running: Command | null = null;
  let entryId: number | null = null;
  return {
    database: async () => {
      const db = await database();
      const act = running && acts[wordsOf(running)];
      if (running && act && entryId === null) {
        const nothing = { courseId: null, placementId: null, attemptId: null, subjectIds: [], requestId: null };
        const begun = { act, actor: { kind: 'command-line' }, target: targetOf(running), ...nothing } as const;
        entryId = await insertEntry(db, begun, now());
      }
      return db;
    },
    begins: (command) => {
      running = command;
    },
    ended: async (outcome) => {
      if (entryId !== null) await insertOutcome(await database(), { entryId, outcome, status: null }, now());
    },
  };
}

function targetOf(command: Command): Record<string, string> {
  const options: Record<string, unknown> = command.opts();
  return Object.fromEntries(
    named.flatMap((name) => {
      const value = options[name];
      return typeof value === 'string' ? [[name, value.replaceAll('\0', '').slice(0, longest)]] : [];
    }),
  );
}

/** `platform add`, as it is typed. */
export function wordsOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${wordsOf(parent)} ${command.name()}` : command.name();
}
