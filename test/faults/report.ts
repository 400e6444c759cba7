// The line of JSON with which a run ends, and whether it is a good one.
import { findGrade } from '../../src/practice/directory.ts';
import type { ByHand } from './calm.ts';
import {
  judgeAnswers,
  judgeAttempts,
  judgeCells,
  type AnswerFigures,
  type AttemptFigures,
  type CellFigures,
} from './judge.ts';
import { judgePosts, type PostFigures } from './posts.ts';
import { readAttempts, readDeliveries } from './records.ts';
import type { TroubleCounts } from './saboteur.ts';
import type { Storm } from './storm.ts';
import type { World } from './world.ts';

/** What the run itself knows. */
export interface Story extends Storm {
  seed: number;
  seconds: number;
  byHand: ByHand;
}

export interface Report {
  seed: number;
  seconds: number;
  students: number;
  unfinished: number;
  answers: AnswerFigures;
  attempts: AttemptFigures;
  cells: CellFigures;
  posts: PostFigures & {
    /** How the LMS answered, by status; `cut`: not at all. */
    answered: Record<string, number>;
    perFinalGrade: number;
  };
  sentAgain: number;
  byHand: ByHand;
  /** Processes of the tool that ended without being killed. */
  deaths: number;
  troubles: TroubleCounts;
}

/** Reads the database and the gradebook, and reckons. */
export async function report({ database, faulty, workers, activityId }: World, story: Story): Promise<Report> {
  const { students, seed, seconds, unfinished, troubles, sentAgain, byHand } = story;
  const { posts, lms } = faulty;
  const recorded = await readAttempts(database.url);
  const column = lms.state.lineItems.find((item) => item.activityId === activityId);
  const cells = judgeCells(students, (personId) => {
    const points = column && findGrade(lms.state, column.id, personId)?.points;
    return column && points != null ? points / column.maximumPoints : null;
  });
  const answered: Record<string, number> = {};
  for (const { status } of posts) answered[status ?? 'cut'] = (answered[status ?? 'cut'] ?? 0) + 1;
  return {
    ...{ seed, seconds, students: students.length, unfinished },
    answers: judgeAnswers(students, recorded),
    attempts: judgeAttempts(students, recorded),
    cells,
    posts: {
      ...judgePosts(posts, await readDeliveries(database.url)),
      answered,
      perFinalGrade: Math.round((posts.length / (cells.right + cells.wrong + cells.missing)) * 100) / 100,
    },
    sentAgain,
    byHand,
    deaths: workers.deaths.length,
    troubles,
  };
}

/** Nothing lost, wrong, missing, twice or out of order, everybody done, and no process ended by itself. */
export function isGood({ unfinished, answers, attempts, cells, posts, deaths }: Report): boolean {
  const bad = [
    ...[unfinished, answers.lost, attempts.lost, attempts.surplus, cells.wrong, cells.missing],
    ...[posts.duplicate, posts.outOfOrder, deaths],
  ];
  return bad.every((count) => count === 0);
}
