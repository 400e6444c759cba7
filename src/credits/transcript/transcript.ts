// A transcript of records as the ECTS Users' Guide has it (credits.md §2.3): of one student, every course in which credits stand.
import Fraction from 'fraction.js';
import type { OwnAward } from '../credentials/own-awards.ts';
import { roundHalfUp } from '../grade.ts';

/** One line: a course, or a module with credits of its own. */
export interface TranscriptLine {
  entryId: number;
  code: string;
  title: string;
  courseTitle: string;
  educationYear: string;
  semester: number;
  /** Of the grade's own scale; null for what has none, such as a module or what was recognised, and while it is held back. */
  localGrade: string | null;
  /** By the institution's rounding; null for what was recognised, and while they are held back. */
  points: { earned: number; maximum: number } | null;
  /** In hundredths of a credit. */
  units: number;
  isRecognised: boolean;
  /** Whether points and grade rest on points that may not be seen yet. */
  isHeldBack: boolean;
  awardedAt: Date;
}

/** The whole of it. */
export interface Transcript {
  lines: readonly TranscriptLine[];
  /** Of all lines together, in hundredths of a credit. */
  units: number;
  /** Each scale that grades are of, once: its name and, from the best down, from how many per cent on a grade is given. */
  scales: readonly { name: string; bands: readonly { grade: string; fromPercent: string }[] }[];
}

/** @param awards all that stand, of one person */
export function transcript(awards: readonly OwnAward[]): Transcript {
  const scales = new Map(awards.map(({ policy: { name, bands } }) => [JSON.stringify([name, bands]), { name, bands }]));
  return {
    lines: awards.map(lineOf),
    units: awards.reduce((sum, { units }) => sum + units, 0),
    scales: [...scales.values()],
  };
}

function lineOf({
  kind,
  plan,
  policy,
  evidence,
  courseTitle,
  enteredAt,
  isHeldBack,
  ...award
}: OwnAward): TranscriptLine {
  const isRecognised = kind === 'transfer';
  const isSaid = !isRecognised && !isHeldBack;
  const round = (exact: string) => roundHalfUp(new Fraction(exact), policy.rounding.digits).valueOf();
  return {
    entryId: award.entryId,
    code: plan.subjectCode,
    title: award.title,
    courseTitle: courseTitle ?? '',
    educationYear: plan.educationYear,
    semester: plan.semester,
    localGrade: isSaid ? evidence.grade : null,
    points: isSaid ? { earned: round(evidence.points), maximum: round(evidence.maximumPoints) } : null,
    units: award.units,
    isRecognised,
    isHeldBack,
    awardedAt: enteredAt,
  };
}

/** For programs: the same, with credits as numbers and moments as ISO 8601. */
export function transcriptJson({ lines, units, scales }: Transcript, { name }: { name: string | null }) {
  return {
    kind: 'transcript-of-records',
    isOfficial: false,
    student: { name },
    credits: units / 100,
    entries: lines.map((line) => ({
      ...{ code: line.code, title: line.title, courseTitle: line.courseTitle },
      ...{ educationYear: line.educationYear, semester: line.semester },
      ...{ localGrade: line.localGrade, points: line.points, credits: line.units / 100 },
      ...{ isRecognised: line.isRecognised, isHeldBack: line.isHeldBack, awardedAt: line.awardedAt.toISOString() },
    })),
    scales,
  };
}
