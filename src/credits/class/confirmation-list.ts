// The list that a teacher confirms: each line says what it rests on, so that what is confirmed is what was seen.
import type Fraction from 'fraction.js';
import { z } from 'zod';
import type { ConfirmedLine } from '../confirm-credits.ts';
import { typedText } from '../../questions/typed-text.ts';
import type { CourseCredits } from '../course-credits.ts';
import { isTakenBack } from '../ledger.ts';
import { wholeCourse } from '../plan.ts';
import type { Student } from '../student.store.ts';

/** More are confirmed in several goes: a form of this many stays below what is read of a form. */
export const mostLines = 1000;

/** A line that may be confirmed. */
export interface OfferedLine extends ConfirmedLine {
  /** As its checkbox says it; `confirmedLine` reads it. */
  value: string;
  name: string | null;
  /** Of the module; null for the course as a whole. */
  title: string | null;
  points: Fraction;
  maximumPoints: Fraction;
  /** Of the course; null for a module. */
  grade: string | null;
  /** In hundredths of a credit. */
  units: number;
  /** Whether it was confirmed before, on other results. */
  isAnew: boolean;
  /** Whether somebody took it back: it is offered, and not ticked. */
  isTakenBack: boolean;
}

/** What can be confirmed now, by student: what is provisional, and what has changed since it was confirmed. */
export function offeredLines({ of }: CourseCredits, students: readonly Student[]): OfferedLine[] {
  return students.flatMap(({ personId, name }) =>
    of(personId).components.flatMap((component): OfferedLine[] => {
      const { key: componentKey, standing, evidenceHash, evidence, points, maximumPoints, units, title } = component;
      if (standing !== 'provisional' && standing !== 'changed') return [];
      const line = { personId, componentKey, evidenceHash };
      return [
        {
          ...{ ...line, value: lineValue(line), name, points, maximumPoints, units, grade: evidence.grade },
          title: componentKey === wholeCourse ? null : title,
          isAnew: standing === 'changed',
          isTakenBack: isTakenBack(component.account),
        },
      ];
    }),
  );
}

function lineValue({ personId, componentKey, evidenceHash }: ConfirmedLine): string {
  return `${personId}.${componentKey}.${evidenceHash}`;
}

const line = z
  .string()
  .regex(/^[1-9]\d{0,14}\.[\w-]{1,36}\.[0-9a-f]{64}$/)
  .transform((value): ConfirmedLine => {
    const [personId = '', componentKey = '', evidenceHash = ''] = value.split('.');
    return { personId: Number(personId), componentKey, evidenceHash };
  });

/** What a form of the list says; lines that are none are left out, one that is sent twice counts once. */
export const confirmationForm = z.object({
  key: z.uuid(),
  planId: z.coerce.number().int().positive(),
  note: z
    .string()
    .catch('')
    .transform((typed) => typedText([typed], 1000) ?? ''),
  line: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((values) => [...new Set([values].flat())].slice(0, mostLines))
    .transform((values) => values.flatMap((value) => line.safeParse(value).data ?? [])),
});
