// What a gradebook column is to us at Classroom, whichever of the two kinds it is: an attachment, or an assignment that we made.
import type { Answered, ClassroomCall } from '../../classroom/api.ts';
import type { ServiceFailure } from '../../outbound/service-failure.ts';

export type Read<Value> = { kind: 'read'; value: Value } | ServiceFailure;

/** Does something in the name of a teacher who has agreed to that scope; of several, of one after the other until one may. */
export type AsTeacher = <Value>(
  needed: string,
  act: (call: ClassroomCall) => Promise<Answered<Value>>,
) => Promise<Read<Value>>;

export interface ColumnFacts {
  title: string;
  /** Points; null where nothing is graded there. */
  maxPoints: number | null;
}

/** A learner is called by the id of their account. Points are out of `maxPoints`, to hundredths. */
export interface GradeColumn {
  read(): Promise<Read<ColumnFacts>>;
  /** What is left out stays. */
  change(change: Partial<{ title: string; maxPoints: number }>): Promise<Read<ColumnFacts>>;
  /** What Classroom has of one learner; null: nothing. */
  pointsOf(subject: string): Promise<Read<number | null>>;
  /** What it has of everybody; who is not in it has nothing. */
  points(): Promise<Read<ReadonlyMap<string, number>>>;
  /** Null takes back what is there. Refused as not there for who has no work at it. */
  send(subject: string, points: number | null): Promise<Read<unknown>>;
}

/** There is nothing of ours at an address, or nobody's work. */
export const notThere: ServiceFailure = {
  ...{ kind: 'refused', status: 404, fault: null, retryAfterSeconds: null },
  detail: 'nothing of ours at that address',
};
