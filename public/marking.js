// Marking by keyboard: Ctrl+Enter saves, Alt with an arrow goes to the next or the previous answer. Everything works without.
const forms = [...document.querySelectorAll('[data-mark-form]')];
for (const keys of document.querySelectorAll('[data-mark-keys]')) keys.hidden = false;

/** Where typing begins: the points, or the level that is picked (else the first). */
function entry(form) {
  return form.querySelector('input[name=points], input[type=radio]:checked') ?? form.querySelector('input[type=radio]');
}

function go(form) {
  entry(form)?.focus({ preventScroll: true });
  (form.closest('article') ?? form).scrollIntoView({ block: 'start' });
}

document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('[data-mark-form]');
  if (!form || event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!event.altKey || !step) return;
  event.preventDefault();
  const next = forms[forms.indexOf(form) + step];
  if (next) go(next);
});

// After a mark was saved the address names the next answer.
const target = location.hash.startsWith('#answer-') ? document.getElementById(location.hash.slice(1)) : null;
const first = target?.querySelector('[data-mark-form]');
// A browser that goes to a place in a page takes the focus there, when the page is loaded at the latest.
if (first) {
  const begin = () => window.setTimeout(() => go(first));
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin);
}

// What was typed about one answer is not lost by saving another.
let isSending = false;
const changed = new Set();
for (const form of forms) {
  form.addEventListener('input', () => changed.add(form));
  form.addEventListener('submit', (event) => {
    changed.delete(form);
    if (changed.size > 0 && !window.confirm(form.dataset.others)) {
      changed.add(form);
      event.preventDefault();
      return;
    }
    isSending = true;
  });
}
window.addEventListener('beforeunload', (event) => {
  if (!isSending && changed.size > 0) event.preventDefault();
});
