// How big a run is.

/** In milliseconds where it is time; of a pair, the least and the most. */
export interface Size {
  students: number;
  /** Over which the visits are spread. */
  crowdMs: number;
  /** As long as one trouble of the LMS lasts, and between two. */
  lmsMs: readonly [number, number];
  lmsPauseMs: readonly [number, number];
  /** Between two troubles of the tool. */
  toolPauseMs: readonly [number, number];
  /** Between two looks of an impatient teacher. */
  teacherMs: number;
  /** As long as the grades have to arrive once all is well; more than a lease of half a minute. */
  calmMs: number;
  hardStopMs: number;
}

export const full: Size = {
  ...{ students: 200, crowdMs: 150_000, calmMs: 120_000, teacherMs: 5_000, hardStopMs: 8 * 60_000 },
  ...{ lmsMs: [2_000, 6_000], lmsPauseMs: [500, 3_000], toolPauseMs: [4_000, 9_000] },
};

export const short: Size = {
  ...{ students: 40, crowdMs: 28_000, calmMs: 60_000, teacherMs: 1_500, hardStopMs: 3 * 60_000 },
  ...{ lmsMs: [1_000, 1_600], lmsPauseMs: [600, 1_200], toolPauseMs: [2_500, 4_500] },
};
