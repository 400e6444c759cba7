// A tap on an area of a picture chooses it, as the control below the picture does, and the picture shows what is chosen.

const areas = [...document.querySelectorAll('[data-choice]')];

const controlOf = ({ dataset: { choice, value } }) =>
  [...document.getElementsByName(choice)].find((control) => control.value === value);

function show() {
  for (const area of areas) area.classList.toggle('is-chosen', controlOf(area)?.checked ?? false);
}

for (const area of areas) area.addEventListener('click', () => controlOf(area)?.click());
document.addEventListener('change', show);
show();
