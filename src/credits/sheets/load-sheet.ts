// Everything that a course's sheet is made of, in one round of queries, whatever the number of students and activities.
import type { Database } from '../../database/database.ts';
import { loadCourseCredits, type CourseCredits } from '../course-credits.ts';
import { qaydnoma, type Qaydnoma } from './qaydnoma.ts';
import { listRetakes, loadSheetPeople } from './sheet.store.ts';

/** A sheet with what stands above it. */
export interface CourseSheet {
  plan: CourseCredits['inForce'];
  sheet: Qaydnoma;
  teachers: readonly string[];
  /** Of the students, each once. */
  groups: readonly string[];
}

/** @returns null while the course has no plan */
export async function loadSheet(db: Database, courseId: number): Promise<CourseSheet | null> {
  const credits = await loadCourseCredits(db, courseId);
  if (!credits) return null;
  const { students, teachers } = await loadSheetPeople(db, courseId);
  const sheet = qaydnoma(credits, students, await listRetakes(db, courseId));
  const groups = [...new Set(sheet.rows.map(({ groupName }) => groupName))].filter((name) => name !== '').sort();
  return { plan: credits.inForce, sheet, teachers, groups };
}
