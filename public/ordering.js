// Makes a list of items with a menu of places each into one whose items are moved: by buttons, by dragging with a mouse or a
// finger, or still by the menus. The menus hold the answer, whichever way it was made, and the page saves it from there.

/** How near to the window's edge, in pixels, the page begins to scroll while something is dragged; below is the page's bar. */
const edge = { top: 48, bottom: 112 };
const scrollStep = 16;

for (const question of document.querySelectorAll('[data-ordering]')) arrange(question);

function arrange(question) {
  const list = question.querySelector('ol');
  const keep = question.querySelector('.order-keep');
  const status = question.querySelector('[role=status]');
  const rowsNow = () => [...list.children];
  const menus = () => rowsNow().map((row) => row.querySelector('select'));

  // The menus may have been filled before this script came.
  if (menus().every(({ value }) => value !== ''))
    list.append(...rowsNow().sort((one, other) => placeOf(one) - placeOf(other)));
  for (const row of rowsNow()) equip(row);
  question.classList.add('is-movable');
  keep.hidden = menus().some(({ value }) => value !== '');
  showEnds();

  list.addEventListener('change', ({ target }) => {
    const row = target.closest('li');
    const place = Number(target.value) - 1;
    if (place >= 0 && place !== rowsNow().indexOf(row)) {
      moveTo(row, place);
      row.scrollIntoView({ block: 'nearest' });
    }
    number();
  });
  keep.addEventListener('click', () => {
    menus()[0].focus();
    settle(menus()[0], question.dataset.kept);
  });

  function equip(row) {
    const handle = document.createElement('span');
    handle.className = 'order-handle';
    handle.setAttribute('aria-hidden', 'true');
    row.prepend(handle);
    row.append(button(row, 'up', -1), button(row, 'down', 1));
    dragBy(handle, row);
  }

  function button(row, direction, step) {
    const made = document.createElement('button');
    const text = row.querySelector('.order-text');
    made.type = 'button';
    made.className = `order-${direction}`;
    made.id = text.id.replace(/text$/, direction);
    // "Move up", and then the item: by the name of its menu, where a formula needs one, or by its own words.
    const name = row.querySelector('select').getAttribute('aria-label');
    made.setAttribute('aria-label', name ? `${question.dataset[direction]} ${name}` : question.dataset[direction]);
    if (!name) made.setAttribute('aria-labelledby', `${made.id} ${text.id}`);
    made.addEventListener('click', () => {
      const place = rowsNow().indexOf(row) + step;
      if (place < 0 || place >= rowsNow().length) return;
      moveTo(row, place);
      row.scrollIntoView({ block: 'nearest' });
      settle(row.querySelector('select'), movedTo(place));
    });
    return made;
  }

  function dragBy(handle, row) {
    let from = -1;
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || row.querySelector('select').disabled) return;
      event.preventDefault();
      from = rowsNow().indexOf(row);
      handle.setPointerCapture(event.pointerId);
      row.classList.add('is-moving');
    });
    handle.addEventListener('pointermove', ({ pointerId, clientY }) => {
      if (!handle.hasPointerCapture(pointerId)) return;
      follow(row, clientY);
      if (clientY < edge.top) window.scrollBy(0, -scrollStep);
      if (clientY > window.innerHeight - edge.bottom) window.scrollBy(0, scrollStep);
    });
    handle.addEventListener('lostpointercapture', () => {
      row.classList.remove('is-moving');
      const place = rowsNow().indexOf(row);
      if (place !== from) settle(row.querySelector('select'), movedTo(place));
    });
  }

  /** The row stays where it is and the others pass it: so it keeps the focus, and the finger that drags it. */
  function moveTo(row, place) {
    while (rowsNow().indexOf(row) > place) row.after(row.previousElementSibling);
    while (rowsNow().indexOf(row) < place) row.before(row.nextElementSibling);
  }

  /** However far the pointer has gone since it was last heard of, the row goes there. */
  function follow(row, y) {
    while (row.previousElementSibling && y < middleOf(row.previousElementSibling))
      row.after(row.previousElementSibling);
    while (row.nextElementSibling && y > middleOf(row.nextElementSibling)) row.before(row.nextElementSibling);
  }

  /** Writes down the order as it stands, and tells the page, as if it had been chosen in a menu. */
  function settle(menu, words) {
    number();
    status.textContent = words;
    menu.dispatchEvent(new window.Event('change', { bubbles: true }));
  }

  function number() {
    menus().forEach((menu, place) => {
      menu.value = String(place + 1);
    });
    keep.hidden = true;
    question.querySelector('[data-order-trouble]')?.remove();
    showEnds();
  }

  function showEnds() {
    const rows = rowsNow();
    rows.forEach((row, place) => {
      // Not `disabled`, which would take the focus from who has just moved an item to the end.
      row.querySelector('.order-up').setAttribute('aria-disabled', String(place === 0));
      row.querySelector('.order-down').setAttribute('aria-disabled', String(place === rows.length - 1));
    });
  }

  function movedTo(place) {
    return question.dataset.moved.replace('{place}', place + 1);
  }
}

function placeOf(row) {
  return Number(row.querySelector('select').value);
}

function middleOf(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
