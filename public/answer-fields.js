// The answers in the form of an attempt, as what its browser would send: `q7`, `q7.2` and `q7.certainty` are fields of question `q7`.

/** What the page says of itself in a question's fields, which is no answer: what it first showed, which round, how many checks. */
const ownParts = ['shown', 'round', 'checks'];

/** The question that a control belongs to; undefined for any other, and for files, which are kept by themselves (answer-files.js). */
export function questionOf({ name, type }) {
  const [, question, part] = /^(q\d+)(?:\.(.+))?$/.exec(name ?? '') ?? [];
  return type === 'file' || ownParts.includes(part) ? undefined : question;
}

/** Pairs of name and value, also where the page only reads by now. */
export function valuesOf(form, question) {
  return controlsOf(form, question)
    .filter(isGiven)
    .map(({ name, value }) => [name, value]);
}

export function roundOf(form, question) {
  return Number(form.elements[`${question}.round`]?.value ?? 0);
}

/** Whether the page asks a question in the round that something was said about. */
export function isAsked(form, { field, round }) {
  return controlsOf(form, field).length > 0 && roundOf(form, field) === round;
}

/** Questions that are answered otherwise than the page came. */
export function changedQuestions(form) {
  return new Set([...form.elements].filter(isChanged).map(questionOf).filter(Boolean));
}

/** Puts an answer into the form; whoever listens for changes hears of it. */
export function fill(form, question, values) {
  for (const control of controlsOf(form, question)) {
    if (isChoice(control)) control.checked = values.some((pair) => isOf(control, pair));
  }
  // By what is in them: rows that are put in order take their places from the first on (ordering.js).
  for (const pair of [...values].sort(([, one], [, other]) => Number(one) - Number(other))) {
    const control = controlsOf(form, question).find((one) => (isChoice(one) ? isOf(one, pair) : one.name === pair[0]));
    if (!control) continue;
    if (!isChoice(control)) control.value = pair[1];
    control.dispatchEvent(new window.Event('change', { bubbles: true }));
  }
}

/** The questions that have an answer. */
export function answeredQuestions(form) {
  const given = new Set();
  for (const control of [...form.elements].filter(isGiven)) {
    // How sure one is (`q7.certainty`) is no answer.
    if (/^q\d+(\.\d+)?$/.test(control.name) && control.value.trim() !== '') given.add(questionOf(control));
  }
  for (const box of form.querySelectorAll('[data-files]')) {
    if (box.querySelector('[data-list] > li')) given.add(box.dataset.files);
  }
  return given;
}

function controlsOf(form, question) {
  return [...form.elements].filter((control) => questionOf(control) === question);
}

function isGiven(control) {
  return isChoice(control) ? control.checked : true;
}

function isChoice({ type }) {
  return type === 'radio' || type === 'checkbox';
}

function isOf(control, [name, value]) {
  return control.name === name && control.value === value;
}

function isChanged(control) {
  if (isChoice(control)) return control.checked !== control.defaultChecked;
  if (control.type !== 'select-one') return 'defaultValue' in control && control.value !== control.defaultValue;
  const options = [...control.options];
  return (
    control.selectedIndex !==
    Math.max(
      0,
      options.findIndex(({ defaultSelected }) => defaultSelected),
    )
  );
}
