// Brings the focus back to where one was, moves questions by dragging, and counts what is ticked. The pages work without.
// The browser goes to the place after the # once the page is there, and takes the focus away.
window.addEventListener('load', () => setTimeout(() => document.querySelector('main [autofocus]')?.focus()));

const list = document.querySelector('[data-cards]');
let dragged = null;

for (const card of list?.querySelectorAll('[data-key]') ?? []) {
  const grip = card.querySelector('[data-grip]');
  grip.hidden = false;
  grip.draggable = true;
  grip.addEventListener('dragstart', (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.dataset.key);
    event.dataTransfer.setDragImage(card, 0, 0);
  });
  grip.addEventListener('dragend', () => {
    dragged = null;
  });
  card.addEventListener('dragover', (event) => {
    if (dragged) event.preventDefault();
  });
  card.addEventListener('drop', (event) => {
    if (!dragged || dragged === card) return;
    event.preventDefault();
    const cards = [...list.children];
    const moving = dragged.querySelector('[data-move]').form;
    const place = document.createElement('input');
    place.type = 'hidden';
    place.name = 'to';
    place.value = String(Number(list.dataset.from) + cards.indexOf(card));
    moving.append(place);
    moving.submit();
  });
  // Alt and an arrow move the question one is in, as the buttons do.
  card.addEventListener('keydown', (event) => {
    const way = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
    const button = event.altKey && way && card.querySelector(`[data-move="${way}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

const chosen = document.querySelector('#chosen');
if (chosen) {
  const buttons = [...chosen.querySelectorAll('[data-add]')];
  const untold = buttons[0]?.textContent;
  const count = () => {
    const ticked = chosen.querySelectorAll('[name=item]:checked').length;
    for (const button of buttons) {
      // Other pages of a long import have their own.
      const all = ticked + Number(button.dataset.elsewhere ?? 0);
      button.textContent = all > 0 ? button.dataset.add.replace('#', String(all)) : untold;
      button.disabled = all === 0;
    }
  };
  chosen.addEventListener('change', count);
  count();
}

// A second click on a button that is working does nothing.
for (const form of document.querySelectorAll('main form[method=post]')) {
  let isSent = false;
  form.addEventListener('submit', (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
}
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
