// `gapselect` and `ddwtos`: words to be chosen for, or dragged into, the gaps of a text. `[[3]]` names the third word, which is right
// there; what else may be chosen are the words of its group.
import type { Content } from '../../content.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import type { ClozeRead } from './cloze.ts';
import { childOf, childrenOf, contentOf, refused, textOf } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads either as a text with menus, each gap worth the same. */
export function readGapSelect(question: XmlElement, reading: Reading): ClozeRead {
  const whole = contentOf(childOf(question, 'questiontext'), reading, 'html');
  const words = [...childrenOf(question, 'selectoption'), ...childrenOf(question, 'dragbox')].map((element) => ({
    text: textOf(element),
    group: textOf(childOf(element, 'group')) || '1',
  }));
  const rights: number[] = [];
  const source = whole.source.replace(/\[\[(\d{1,3})\]\]/g, (_, digits: string) => {
    rights.push(Number(digits) - 1);
    return `[[${rights.length}]]`;
  });
  const gaps = rights.map((right) => {
    const options = words.flatMap(({ text, group }, place) =>
      group === words[right]?.group
        ? [{ text: wordOf(text), weight: place === right ? '1' : '0', feedback: null }]
        : [],
    );
    return { points: '1', kind: 'choice' as const, layout: 'menu' as const, details: { options } };
  });
  const isWhole = gaps.length > 0 && gaps.every(({ details }) => details.options.length > 1);
  return {
    text: { ...whole, source },
    points: '1',
    answers: isWhole
      ? { ok: true, answers: { type: 'cloze', details: { gaps } } }
      : refused(reading, 'too-few-options', { count: Math.min(words.length, 1) }),
  };
}

function wordOf(source: string): Content {
  return { format: 'html', source };
}
