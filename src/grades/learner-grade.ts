// What a learner is told of where their grade is.
import { gradeStatus, needsAttention, type CellState, type GradeStatus } from './grade-status.ts';

/**
 * `stuck`: under way for longer than it takes to heal, or only once somebody does something. `overridden-unseen`: by something that
 * we could not read.
 */
export type LearnerWord = GradeStatus['state'] | 'stuck' | 'overridden-unseen';

export interface LearnerGrade {
  status: GradeStatus;
  /** Which sentence says it: `grades.toLearner.<word>`, in a list `grades.inList.<word>`. */
  word: LearnerWord;
  /** Of how many points the zero is that a teacher has given for nothing handed in; null: there is none. */
  zeroOf: number | null;
  /** Whether the learner may ask for another try. */
  mayAskAgain: boolean;
}

/** @param cell null where no score was ever wanted */
export function learnerGrade(cell: CellState | null, hasColumn: boolean, now: Date): LearnerGrade {
  const status = gradeStatus(cell, hasColumn);
  const word = wordFor(status, now);
  return {
    status,
    word,
    zeroOf: cell?.basis === 'zero' && cell.wanted ? cell.wanted.maximumPoints : null,
    mayAskAgain: word === 'waiting' || word === 'stuck' || word === 'refused',
  };
}

/** Where the grade is, without how many points somebody else gave in the gradebook. */
export function gradeWithoutPoints(grade: LearnerGrade): LearnerGrade {
  if (grade.status.state !== 'overridden') return grade;
  return { ...grade, word: 'overridden-unseen', status: { ...grade.status, there: null } };
}

function wordFor(status: GradeStatus, now: Date): LearnerWord {
  const isUnderWay = status.state === 'on-its-way' || status.state === 'waiting';
  if (isUnderWay && needsAttention(status, now)) return 'stuck';
  if (status.state === 'overridden') return status.there === null ? 'overridden-unseen' : 'overridden';
  return status.state;
}
