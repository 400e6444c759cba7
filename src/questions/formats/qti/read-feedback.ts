// What a QTI item says to answers, and to everybody.
import type { Content } from '../../content.ts';
import { childOf, descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { feedbackIn, rulesFor } from './read-rules.ts';

/** What is said to everybody: feedback whose outcome has from the start the value that shows it. */
export function generalFeedback({ item, read, told }: ItemReading): Content | null {
  for (const feedback of elementsOf(item, 'modalFeedback')) {
    const outcome = elementsOf(item, 'outcomeDeclaration').find(
      ({ attributes }) => attributes['identifier'] === feedback.attributes['outcomeIdentifier'],
    );
    const value = textOf(childOf(childOf(outcome, 'defaultValue'), 'value')).trim();
    if (value === '' || value !== feedback.attributes['identifier']) continue;
    told.add(feedback);
    return read(feedback.children);
  }
  return null;
}

/** The element that is shown to who chose this: inside the choice, or after the item under the choice's own name. */
export function feedbackElement(
  choice: XmlElement,
  { identifier }: Declaration,
  { item, isAlone, told }: ItemReading,
): XmlElement | null {
  const name = choice.attributes['identifier'] ?? '';
  const named = (element: XmlElement) => element.attributes['identifier'] === name;
  // Of several interactions each may have an A: then the outcome tells which.
  const outcomes = new Set(
    descendantsOf(childOf(item, 'responseProcessing'), 'setOutcomeValue').flatMap((set) =>
      elementsOf(set, 'variable').some(({ attributes }) => attributes['identifier'] === identifier)
        ? [set.attributes['identifier']]
        : [],
    ),
  );
  const after = elementsOf(item, 'modalFeedback').filter(
    ({ attributes }) => isAlone || outcomes.has(attributes['outcomeIdentifier']),
  );
  const found = descendantsOf(choice, 'feedbackInline').find(named) ?? after.find(named) ?? null;
  if (found) told.add(found);
  return found;
}

/** What is said to the answer whose value is `key` by a rule of its own. */
export function feedbackByRule(key: string, declaration: Declaration, reading: ItemReading): Content | null {
  const rule = rulesFor(reading, declaration).find(({ test }) =>
    descendantsOf(test, 'baseValue').some((value) => textOf(value) === key),
  );
  return rule ? feedbackIn(rule, reading) : null;
}

/** Whether feedback is left for cases that have no place here, such as "partly right". */
export function isFeedbackLeft({ item, told }: ItemReading): boolean {
  return elementsOf(item, 'modalFeedback').some((feedback) => !told.has(feedback));
}
