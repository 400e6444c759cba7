// Every behaviour there is, in the order in which a teacher is offered them. To add one: its file here, its line below, its name in
// the tables of quizzes, its words under `behaviours` in src/i18n.
import { adaptive } from './adaptive.ts';
import type { Behaviour } from './behaviour.ts';
import { deferredCertainty, immediateCertainty } from './certainty.ts';
import { deferred } from './deferred.ts';
import { immediate } from './immediate.ts';
import { severalTries } from './several-tries.ts';

export const behaviours = [deferred, immediate, severalTries, adaptive, deferredCertainty, immediateCertainty] as const;

/** A behaviour's name, as it is kept with quizzes. */
export type BehaviourName = (typeof behaviours)[number]['name'];

/** @throws for a name of none: a fault of ours */
export function behaviourOf(name: BehaviourName): Behaviour<BehaviourName> {
  const behaviour = behaviours.find((one) => one.name === name);
  if (!behaviour) throw new Error(`No behaviour is called ${name}`);
  return behaviour;
}
