// The teacher's page of a course with its list of people, as tests go there and read it.
import type { Robot } from '../../src/practice/robot.ts';
import type { TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher } from '../support/people.ts';

/** By the LMS's ids. */
export interface NewCourse {
  id: string;
  teacher: string;
  activity: string;
}

/** A course of its own, with a teacher and an activity; nobody has been there. */
export function newCourse({ lms }: TestMustaqil): NewCourse {
  const { id } = lms.addCourse({ shortName: `C${lms.state.courses.length}`, title: 'Yangi kurs' });
  const teacher = lms.addPerson({ givenName: 'Nodira', familyName: `Teacher ${id}` }).id;
  lms.enrol(teacher, id, 'teacher');
  return { id, teacher, activity: lms.addActivity({ courseId: id, title: 'Mashq' }).id };
}

/** The teacher opens an activity, and then the course page when the list that this asks for has come. */
export async function openCourse(
  mustaqil: TestMustaqil,
  { teacher, activity }: Pick<NewCourse, 'teacher' | 'activity'>,
): Promise<Robot> {
  const robot = await openAsTeacher(mustaqil, { teacher, activity });
  await mustaqil.roster.settled();
  await robot.click('.crumb a');
  return robot;
}

export const refreshButton = 'form[action$="/roster"] button';

/** The teacher waits for ten seconds and presses the button. */
export async function refresh({ clock }: TestMustaqil, robot: Robot): Promise<Robot> {
  clock.advance(10_000);
  await robot.submit(refreshButton);
  return robot;
}

/** Everybody on the page by name: their role, whether they ever came, and whether they stand among those who left. */
export function peopleOf({ page: { $ } }: Robot): Record<string, string[]> {
  const rows = $('tbody tr').toArray();
  return Object.fromEntries(
    rows.map((row) => {
      const [role = '', seen = ''] = $(row)
        .find('td')
        .toArray()
        .map((cell) => $(cell).text());
      const came = seen === 'not yet' ? seen : 'came';
      return [$(row).find('th').text(), [role, came, ...($(row).closest('details').length > 0 ? ['left'] : [])]];
    }),
  );
}

/** What the page says of the list itself. */
export function standing({ page: { $ } }: Robot): string {
  return $('#roster').text();
}
