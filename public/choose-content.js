// Finds among many: shows the choices that hold what is typed, and those that are ticked. Without it, all are shown.
const choices = [...document.querySelectorAll('.choice')];
const search = document.querySelector('#search');
const few = 8;

const textOf = (choice) =>
  [...choice.querySelectorAll('.choice-title, .choice-facts')]
    .map(({ textContent }) => textContent.toLocaleLowerCase())
    .join(' ');
const isTicked = (choice) => choice.querySelector('[name=chosen]').checked;

search.addEventListener('input', () => {
  const wanted = search.value.trim().toLocaleLowerCase();
  for (const choice of choices) choice.hidden = !isTicked(choice) && !textOf(choice).includes(wanted);
  document.querySelector('#search-nothing').hidden = choices.some((choice) => !choice.hidden);
});
// Who looks for something has not chosen yet: Enter would send the form.
search.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') event.preventDefault();
});
document.querySelector('#search-field').hidden = choices.length <= few;
