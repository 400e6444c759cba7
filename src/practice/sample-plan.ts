// Gives the sample course a credit plan as its teacher would: from the rules of Uzbekistan, with the sample quiz and what people mark.
import type { Robot } from './robot.ts';

const modules = ['Kinematika', 'Dinamika', 'Energiya va impuls', 'Tebranishlar'];

/** Points of the controls are those of the rules: current 20, midterm 20, independent work 10, final 50. */
const activities = [
  { title: 'Mexanika: oʻzini tekshirish', form: 'quiz', module: 0, control: 0, points: 10, hours: 2 },
  { title: 'Laboratoriya ishi', form: 'lab', module: 1, control: 0, points: 10, hours: 6 },
  { title: 'Oraliq nazorat', form: 'written', module: 2, control: 1, points: 20, hours: 10 },
  { title: 'Esse: kundalik hayotdagi fizika', form: 'written', module: 3, control: 2, points: 10, hours: 12 },
  { title: 'Yakuniy imtihon', form: 'written', module: 3, control: 3, points: 50, hours: 20 },
];

/** Publishes the plan. @param robot the teacher, who has just published the quiz and is on its page */
export async function fillSamplePlan(robot: Robot): Promise<void> {
  const [, placementId = ''] = /placements\/(\d+)/.exec(robot.page.url) ?? [];
  const course = robot.page.$('a[href^="/courses/"]').attr('href') ?? '';
  await robot.open(`${course}/credits/plan`);
  await robot.submit('button[formaction$="/beginnings"]', { from: 'preset:uz' });
  const keyOf = (list: string, index: number) => robot.page.$(`[name="${list}.${index}.key"]`).attr('value') ?? '';
  const typed = [
    ...modules.map((title, index) => [`modules.${index}.title`, title] as const),
    ...activities.flatMap(({ title, form, module, control, points, hours }, index) => {
      const field = (name: string, value: string) => [`activities.${index}.${name}`, value] as const;
      return [
        ...[field('title', title), field('form', form), field('placement', form === 'quiz' ? placementId : '')],
        ...[field('module', keyOf('modules', module)), field('control', keyOf('controls', control))],
        ...[field('points', `${points}`), field('workload', `${hours}`)],
      ];
    }),
  ];
  await robot.submit('button[formaction$="/versions"]', Object.fromEntries(typed));
}
