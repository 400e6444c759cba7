// Every question type there is, in the order in which a teacher is offered them. To add one: its file here, its view in
// views/questions/types, its line below, its words under `questions` in src/i18n.
import { categorise } from './categorise.ts';

import { cloze } from './cloze.ts';
import { description } from './description.ts';
import { essay } from './essay.ts';
import { formula } from './formula.ts';
import { matching } from './matching.ts';
import { matrix } from './matrix.ts';
import { multipleChoice } from './multiple-choice.ts';
import { numeric } from './numeric.ts';
import { ordering } from './ordering.ts';
import { shortText } from './short-text.ts';
import { singleChoice } from './single-choice.ts';
import { trueFalse } from './true-false.ts';

export const questionTypes = [
  singleChoice,
  multipleChoice,
  trueFalse,
  numeric,
  shortText,
  formula,
  cloze,
  matching,
  matrix,
  ordering,
  categorise,
  essay,
  description,
] as const;
