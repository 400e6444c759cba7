// Reads a state that was written to a file, also by an older practice LMS, which had one tool and no administrator.
import { z } from 'zod';
import { administrator } from './enrol.ts';
import { type State, stateSchema } from './state.ts';
import { preregisteredTool } from './tools.ts';

const older = z.looseObject({ clientId: z.string(), people: z.array(z.unknown()), tools: z.undefined().optional() });

/**
 * The state in a file's JSON, with what came later filled in.
 *
 * @throws when it is none: a gradebook is never overwritten by a guess
 */
export function readStoredState(json: unknown): State {
  const found = older.safeParse(json).data;
  return stateSchema.parse(found ? broughtUpToDate(found) : json);
}

function broughtUpToDate(stored: z.infer<typeof older>): object {
  return {
    ...stored,
    tools: [preregisteredTool(stored.clientId)],
    lastToolId: 1,
    people: [administrator(), ...stored.people],
  };
}
