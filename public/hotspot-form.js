// The areas of a picture, drawn, moved and resized on it with a mouse, a finger or the arrow keys. The fields hold them: what is drawn is
// written there, what is typed there is drawn, and the page saves them as it does without this script.
const svgNamespace = 'http://www.w3.org/2000/svg';

/** The fields of a shape, in the order of its numbers; a polygon's are the numbers in its field of corners. */
const fieldsOf = { rectangle: ['left', 'top', 'right', 'bottom'], circle: ['x', 'y', 'radius'], polygon: ['corners'] };

/** In pixels of the screen: how large a point is drawn, how far around it a finger may land, and how short a stroke is only a tap. */
const pointSize = 6;
const fingerSize = 22;
const tapSize = 6;

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

window.customElements.define(
  'region-editor',
  class extends HTMLElement {
    async connectedCallback() {
      this.left = new AbortController();
      const { signal } = this.left;
      const shapes = await import(this.dataset.shapes);
      // A step of the form makes all fields anew, and this element among them.
      if (!signal.aborted) edit(this, shapes, signal);
    }
    disconnectedCallback() {
      this.left.abort();
    }
  },
);

function edit(box, { centreOf, changed, distance, inTheMiddle, pairs, pointsOf, spanned }, signal) {
  const list = box.closest('fieldset');
  const form = box.closest('form');
  const said = box.querySelector('[data-said]');
  const undo = box.querySelector('[data-undo]');
  const tools = [...box.querySelectorAll('[data-draw]')];
  const svg = make('svg', { class: 'hotspot-picture', role: 'application', 'aria-label': box.dataset.canvas });
  const image = svg.appendChild(make('image', {}));
  const areas = svg.appendChild(make('g', {}));
  const sketch = svg.appendChild(make('g', { class: 'region-sketch' }));
  svg.setAttribute('aria-describedby', 'region-keys');
  box.insertBefore(svg, said);

  let size = { width: 0, height: 0 };
  /** The row that one works on. */
  let selected = null;
  /** What is drawn next, or null. */
  let armed = null;
  /** What the finger or the mouse does: `move(point)` and `end(point)`. */
  let stroke = null;
  /** The corners tapped so far. */
  let corners = [];
  /** What rows were before each change made here. */
  const before = [];

  const on = (target, type, act) => target.addEventListener(type, act, { signal });
  on(form, 'input', ({ target }) => (target.name === 'picture' ? showPicture() : draw()));
  on(form, 'change', ({ target }) => (target.name === 'picture' ? showPicture() : draw()));
  on(list, 'focusin', ({ target }) => select(target.closest('.form-row') ?? rowAt(target.closest('[data-row]'))));
  on(svg, 'keydown', press);
  on(svg, 'pointerdown', begin);
  on(svg, 'pointermove', (event) => stroke?.move(pointOf(event)));
  on(svg, 'pointerup', (event) => finish((one) => one.end(pointOf(event))));
  on(svg, 'pointercancel', () => finish((one) => one.cancel()));
  on(undo, 'click', takeBack);
  for (const tool of tools) on(tool, 'click', ({ detail }) => choose(tool.dataset.draw, detail === 0));
  const watch = new window.ResizeObserver(draw);
  watch.observe(svg);
  signal.addEventListener('abort', () => watch.disconnect());
  showPicture();

  // The fields

  function rows() {
    return [...list.querySelectorAll('.form-row')];
  }

  function rowAt(drawn) {
    return drawn ? rows()[Number(drawn.dataset.row)] : null;
  }

  function fieldOf(row, name) {
    return row.querySelector(`[name$=".${name}"]`);
  }

  /** What the fields of a row say; `numbers` is null while they say no area. */
  function read(row) {
    const shape = fieldOf(row, 'shape').value;
    const typed = fieldsOf[shape].map((name) => fieldOf(row, name).value.trim());
    const parts = shape === 'polygon' ? typed[0].split(/[\s,;()]+/).filter(Boolean) : typed;
    const numbers = parts.map((part) => (part === '' ? NaN : Number(part.replace(',', '.'))));
    const isWhole =
      numbers.every(Number.isFinite) && (shape !== 'polygon' || (numbers.length >= 6 && numbers.length % 2 === 0));
    return { shape, numbers: isWhole ? numbers : null, isRight: fieldOf(row, 'isRight').checked };
  }

  function write(row, shape, numbers) {
    const whole = numbers.map((number) => Math.round(number));
    fieldOf(row, 'shape').value = shape;
    const texts =
      shape === 'polygon'
        ? [
            pairs(whole)
              .map((pair) => pair.join(' '))
              .join(', '),
          ]
        : whole;
    fieldsOf[shape].forEach((name, place) => (fieldOf(row, name).value = texts[place]));
    fieldOf(row, fieldsOf[shape][0]).dispatchEvent(new window.Event('input', { bubbles: true }));
  }

  function remember(row) {
    const names = ['shape', ...Object.values(fieldsOf).flat()];
    before.push({ row, values: names.map((name) => [name, fieldOf(row, name).value]) });
    undo.disabled = false;
  }

  function takeBack() {
    const last = before.pop();
    if (!last) return;
    for (const [name, value] of last.values) fieldOf(last.row, name).value = value;
    fieldOf(last.row, 'shape').dispatchEvent(new window.Event('input', { bubbles: true }));
    if (before.length === 0) {
      if (document.activeElement === undo) tools[0].focus();
      undo.disabled = true;
    }
    say(box.dataset.undone);
  }

  /** An area more: in the first row in which nothing stands, or in a new one. */
  function add(shape, numbers) {
    const isEmpty = (row) =>
      [...row.querySelectorAll('input')].every((field) =>
        field.type === 'checkbox' ? !field.checked : field.value === '',
      );
    const row = rows().find(isEmpty) ?? addRow();
    remember(row);
    write(row, shape, numbers);
    select(row);
    areas.querySelector(`.hotspot-area[data-row="${rows().indexOf(row)}"]`)?.focus();
    tell(row);
  }

  function addRow() {
    const template = list.querySelector('template[data-region]');
    const index = rows().length;
    template.insertAdjacentHTML(
      'beforebegin',
      template.innerHTML.replaceAll('__index__', index).replaceAll('__number__', index + 1),
    );
    return rows().at(-1);
  }

  // The picture

  function showPicture() {
    const key = /(?:^|asset:|\/assets\/)([0-9a-f]{64})(?![0-9a-f])/.exec(form.elements.picture.value.trim())?.[1];
    const address = key ? `/assets/${key}` : '';
    if (address === (image.getAttribute('href') ?? '')) {
      draw();
      return;
    }
    box.hidden = !key;
    image.setAttribute('href', address);
    if (!key) return;
    const loaded = document.createElement('img');
    loaded.addEventListener('load', () => {
      if (signal.aborted || image.getAttribute('href') !== address) return;
      size = { width: loaded.naturalWidth, height: loaded.naturalHeight };
      for (const name of ['width', 'height']) {
        svg.setAttribute(name, size[name]);
        image.setAttribute(name, size[name]);
        const field = form.elements[name];
        if (Number(field.value) === size[name]) continue;
        field.value = size[name];
        field.dispatchEvent(new window.Event('input', { bubbles: true }));
      }
      svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
      draw();
    });
    loaded.addEventListener('error', () => say(box.dataset.missing));
    loaded.src = address;
  }

  /** How many pixels of the picture one of the screen is. */
  function scale() {
    return size.width / (svg.getBoundingClientRect().width || size.width || 1);
  }

  /** What is drawn there already stays the same element, so that the focus stays on it. */
  function draw() {
    if (size.width === 0) return;
    const shown = rows();
    if (!shown.includes(selected)) selected = null;
    while (areas.children.length > shown.length) areas.lastChild.remove();
    shown.forEach((row, index) => {
      const group = areas.children[index] ?? areas.appendChild(make('g', {}));
      drawArea(group, row, index);
    });
    drawSketch();
  }

  function drawArea(group, row, index) {
    const { shape, numbers, isRight } = read(row);
    if (numbers === null) {
      group.replaceChildren();
      return;
    }
    const area = group.querySelector('.hotspot-area') ?? group.appendChild(make('g', {}));
    const number = index + 1;
    set(area, {
      class: `hotspot-area${isRight ? ' is-right' : ''}${row === selected ? ' is-chosen' : ''}`,
      tabindex: 0,
      role: 'button',
      'data-row': index,
      'aria-label': fill(box.dataset.area, {
        number,
        shape: tools.find(({ dataset }) => dataset.draw === shape).dataset.word,
      }),
    });
    const drawing = drawingOf(shape, numbers);
    if (area.firstChild?.localName !== drawing.localName)
      area.replaceChildren(drawing, make('text', { 'text-anchor': 'middle', 'dominant-baseline': 'central' }));
    for (const { name, value } of drawing.attributes) area.firstChild.setAttribute(name, value);
    const { x, y } = centreOf(shape, numbers);
    set(area.lastChild, { x, y, 'font-size': Math.max(size.width, size.height) / 24 });
    area.lastChild.textContent = isRight ? `${number} ✓` : number;

    const points = row === selected ? pointsOf(shape, numbers) : [];
    const drawn = [...group.querySelectorAll('.region-point')];
    for (const extra of drawn.slice(points.length)) extra.remove();
    points.forEach(([cx, cy], point) => {
      const one = drawn[point] ?? group.appendChild(make('g', {}));
      if (!drawn[point])
        one.append(make('circle', { class: 'region-finger' }), make('circle', { class: 'region-dot' }));
      const label = fill(box.dataset.point, { point: point + 1, number });
      set(one, {
        class: 'region-point',
        tabindex: 0,
        role: 'button',
        'data-row': index,
        'data-point': point,
        'aria-label': label,
      });
      set(one.firstChild, { cx, cy, r: fingerSize * scale() });
      set(one.lastChild, { cx, cy, r: pointSize * scale() });
    });
  }

  function drawSketch(numbers = corners.flat(), shape = 'polygon') {
    sketch.replaceChildren();
    if (numbers.length === 0) return;
    sketch.append(shape === 'polygon' ? make('polyline', { points: numbers.join(' ') }) : drawingOf(shape, numbers));
    if (shape !== 'polygon') return;
    for (const [cx, cy] of pairs(numbers)) sketch.append(make('circle', { cx, cy, r: pointSize * scale() }));
  }

  function select(row) {
    if (!row || row === selected) return;
    selected = row;
    draw();
  }

  // Drawing

  /** A tool pressed by the keyboard, or once more, puts its shape in the middle: there it is moved from. */
  function choose(shape, isAtOnce) {
    const isAgain = armed === shape;
    const tapped = corners;
    disarm();
    if (isAgain && tapped.length >= 3) add(shape, tapped.flat());
    else if (isAgain || isAtOnce) add(shape, inTheMiddle(shape, size));
    else arm(shape);
  }

  function arm(shape) {
    armed = shape;
    svg.classList.add('is-armed');
    for (const tool of tools) tool.setAttribute('aria-pressed', String(tool.dataset.draw === shape));
    say(box.dataset[shape === 'polygon' ? 'tap' : 'drag']);
  }

  function disarm() {
    armed = null;
    corners = [];
    svg.classList.remove('is-armed');
    for (const tool of tools) tool.setAttribute('aria-pressed', 'false');
    drawSketch();
    say('');
  }

  function pointOf({ clientX, clientY }) {
    const { left, top } = svg.getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(value * scale(), 0), most);
    return [within(clientX - left, size.width), within(clientY - top, size.height)];
  }

  function begin(event) {
    if (event.button !== 0) return;
    const start = pointOf(event);
    const drawn = event.target.closest('[data-row]');
    if (armed === 'polygon') stroke = { move() {}, end: () => tap(start), cancel() {} };
    else if (armed) stroke = strokeOf(armed, start);
    else if (drawn) stroke = dragOf(drawn, start);
    if (!stroke) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
  }

  function finish(act) {
    const last = stroke;
    stroke = null;
    if (last) act(last);
  }

  function strokeOf(shape, start) {
    return {
      move: (point) => drawSketch(spanned(shape, start, point), shape),
      end(point) {
        drawSketch();
        if (distance(start, point) < tapSize * scale()) return;
        disarm();
        add(shape, spanned(shape, start, point));
      },
      cancel: () => drawSketch(),
    };
  }

  function tap(point) {
    const isClosed = corners.length >= 3 && distance(point, corners[0]) < fingerSize * scale();
    if (!isClosed) {
      corners.push(point);
      drawSketch();
      return;
    }
    const numbers = corners.flat();
    disarm();
    add('polygon', numbers);
  }

  function dragOf(drawn, start) {
    const row = rowAt(drawn);
    const { shape, numbers } = read(row);
    drawn.focus();
    select(row);
    const { point } = drawn.dataset;
    let isMoved = false;
    return {
      move(to) {
        if (!isMoved) remember(row);
        isMoved = true;
        write(row, shape, changed(shape, numbers, point, [to[0] - start[0], to[1] - start[1]], size));
      },
      end: () => isMoved && tell(row),
      cancel: () => isMoved && takeBack(),
    };
  }

  function press(event) {
    if (event.key === 'Escape') disarm();
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      takeBack();
    }
    const drawn = event.target.closest('[data-row]');
    const row = rowAt(drawn);
    const way = arrows[event.key];
    if (row && event.key === 'Delete') row.querySelector('[name=step]').click();
    if (!row || !way) return;
    event.preventDefault();
    const step = event.shiftKey ? 1 : Math.max(1, Math.round(Math.max(size.width, size.height) / 100));
    const { shape, numbers } = read(row);
    remember(row);
    write(
      row,
      shape,
      changed(
        shape,
        numbers,
        drawn.dataset.point,
        way.map((one) => one * step),
        size,
      ),
    );
    tell(row);
  }

  function tell(row) {
    const numbers = read(row).numbers?.join(', ') ?? '';
    say(fill(box.dataset.at, { number: rows().indexOf(row) + 1, numbers }));
  }

  function say(words) {
    said.textContent = words;
  }
}

function drawingOf(shape, [first, second, third, fourth, ...more]) {
  if (shape === 'circle') return make('circle', { cx: first, cy: second, r: Math.max(third, 0) });
  if (shape === 'polygon') return make('polygon', { points: [first, second, third, fourth, ...more].join(' ') });
  return make('rect', { x: first, y: second, width: Math.max(third - first, 0), height: Math.max(fourth - second, 0) });
}

function make(name, attributes) {
  return set(document.createElementNS(svgNamespace, name), attributes);
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}
