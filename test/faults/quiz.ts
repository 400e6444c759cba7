// The quiz of the run: five questions worth a point each, whose answers the database keeps in a form that is known here.
import { oneOf, type Random } from './seeded-random.ts';

/** `options` in the order of the source; null where the answer is typed. */
interface AskedQuestion {
  right: string;
  wrong: readonly string[];
  options: readonly string[] | null;
}

/** As a teacher pastes it. */
export const source = `::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh ~Naryn}

::Sum::2 + 3 {#5}

::Product::6 × 7 {#42}

::Square::The square of 12 {#144}

::River::The longer of the two great rivers of Uzbekistan {=Sirdaryo =Syr Darya}
`;

const asked: readonly AskedQuestion[] = [
  { right: 'Bishkek', wrong: ['Osh', 'Naryn'], options: ['Bishkek', 'Osh', 'Naryn'] },
  { right: '5', wrong: ['4', '6'], options: null },
  { right: '42', wrong: ['13', '48'], options: null },
  { right: '144', wrong: ['24', '122'], options: null },
  { right: 'Sirdaryo', wrong: ['Zarafshon', 'Chirchiq'], options: null },
];

/** Every place in the quiz, from 0. */
export const positions: readonly number[] = asked.map((_question, position) => position);

/** Something to answer: right with the given likelihood. */
export function someAnswer(position: number, random: Random, likelihood: number): string {
  const { right, wrong } = questionAt(position);
  return random() < likelihood ? right : oneOf(random, wrong);
}

/** What the database should hold for an answer. */
export function storedAs(position: number, answer: string): unknown {
  const { options } = questionAt(position);
  return options ? { choice: options.indexOf(answer) } : { text: answer };
}

/** What answers earn, by place: a point for each that is right. */
export function pointsOf(answers: ReadonlyMap<number, string>): number {
  return [...answers].filter(([position, answer]) => questionAt(position).right === answer).length;
}

function questionAt(position: number): AskedQuestion {
  const question = asked[position];
  if (!question) throw new Error(`There is no question ${position}`);
  return question;
}
