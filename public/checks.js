// Enter in a field checks its question, where that can be checked. Without this script it saves the page and goes on to handing in.
const form = document.querySelector('#attempt');

form.addEventListener('keydown', (event) => {
  const { target, key, isComposing } = event;
  if (key !== 'Enter' || isComposing || !target.matches?.('input')) return;
  const field = target.name.split('.')[0];
  const button = [...form.querySelectorAll('button[name=check]')].find(({ value }) => value === field);
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});
