// What people do about grades that were refused or wait: they press the button. Nothing here goes past the tool.
import type { PracticeLms } from '../../src/practice/practice-lms.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { pause } from './pause.ts';
import { launch, showing } from './student.ts';

const ofAll = 'form[action$="/grades/deliveries"]';
const ofOneStudent = 'form[action*="/learners/"][action$="/deliveries"]';

/** A student asks for their own grade, where the page offers it. Says how often a button was pressed. */
export async function askAsStudent(lms: PracticeLms, personId: string, activityId: string): Promise<number> {
  const robot = await launch(lms, personId, activityId);
  return Number(await press(robot, 'form[action$="/deliveries"]'));
}

/**
 * A teacher opens the table of results and has everything sent that waits or was refused; then does what it offers for each student
 * who needs attention, as where the LMS said that it holds a newer grade, and holds none. Says how often a button was pressed.
 */
export async function askAsTeacher(lms: PracticeLms, teacherId: string, activityId: string): Promise<number> {
  const robot = await openResults(lms, teacherId, activityId);
  const table = robot.page.url;
  let pressed = Number(await press(robot, ofAll));
  showing(await robot.open(`${table}?show=attention`), 'main');
  for (let left = robot.page.$(ofOneStudent).length; left > 0; left -= 1) {
    pressed += Number(await press(robot, ofOneStudent));
  }
  return pressed;
}

/**
 * A teacher without patience, who has everything sent again every few seconds for as long as it goes on: what is asked of the LMS then
 * is more than what the tool would ask by itself. Says how often the button was pressed.
 */
export async function keepAskingAsTeacher(
  lms: PracticeLms,
  teacherId: string,
  activityId: string,
  { everyMs, isOver, signal }: { everyMs: number; isOver: () => boolean; signal: AbortSignal },
): Promise<number> {
  let pressed = 0;
  let robot: Robot | null = null;
  while (!isOver() && !signal.aborted) {
    await pause(everyMs, signal);
    try {
      robot ??= await openResults(lms, teacherId, activityId);
      showing(await robot.open(robot.page.url), 'main');
      pressed += Number(await press(robot, ofAll));
    } catch {
      // Whoever meets trouble begins again at the course.
      robot = null;
    }
  }
  return pressed;
}

async function openResults(lms: PracticeLms, teacherId: string, activityId: string): Promise<Robot> {
  const robot = await launch(lms, teacherId, activityId);
  showing(await robot.click('a[href$="/results"]'), 'main');
  return robot;
}

async function press(robot: Robot, form: string): Promise<boolean> {
  const isOffered = robot.page.$(form).length > 0;
  if (isOffered) showing(await robot.submit(form), 'main');
  return isOffered;
}
