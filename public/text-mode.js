// Jumps to the line that a problem speaks of, and warns before a text is left behind unsaved. The page works without.
const form = document.querySelector('#text');
const source = form?.querySelector('#source');
let isChanged = false;

for (const link of document.querySelectorAll('[data-line]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const lines = source.value.split('\n');
    const line = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
    source.focus();
    source.setSelectionRange(start, start + lines[line].length);
    source.scrollTop = (source.scrollHeight / lines.length) * Math.max(0, line - 3);
  });
}
form?.addEventListener('input', () => {
  isChanged = true;
});
form?.addEventListener('submit', () => {
  isChanged = false;
});
window.addEventListener('beforeunload', (event) => {
  if (isChanged) event.preventDefault();
});
