// Warns before questions that were typed are left behind unsaved. The page works without.
const form = document.querySelector('#quiz');
let isChanged = false;

form.addEventListener('input', () => {
  isChanged = true;
});
form.addEventListener('submit', () => {
  isChanged = false;
});
window.addEventListener('beforeunload', (event) => {
  if (isChanged) event.preventDefault();
});
