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
