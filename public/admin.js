// Copies a value by one click. Without this script it is there all the same, to be selected and copied by hand.
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.querySelector(`#${button.dataset.copy}`);
  field.addEventListener('focus', () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    const said = button.parentElement.querySelector('[role=status]');
    await navigator.clipboard.writeText(field.value);
    said.textContent = button.dataset.copied;
    setTimeout(() => {
      said.textContent = '';
    }, 3000);
  });
}

// Ticks of a list that is gone through for weeks stay in this browser.
for (const list of document.querySelectorAll('[data-keep-ticks]')) {
  const boxes = [...list.querySelectorAll('input[type=checkbox]')];
  const kept = (localStorage.getItem(list.dataset.keepTicks) ?? '').split(' ');
  for (const box of boxes) box.checked ||= kept.includes(box.id);
  list.addEventListener('change', () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.id);
    localStorage.setItem(list.dataset.keepTicks, ticked.join(' '));
  });
}
