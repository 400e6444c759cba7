// The shapes of areas of a picture and their numbers: `rectangle` has left, top, right and bottom, `circle` the x and y of its middle and
// its radius, `polygon` the x and y of each corner; all in pixels of the picture.

export function pairs(numbers) {
  return numbers.flatMap((number, place) => (place % 2 === 0 ? [[number, numbers[place + 1]]] : []));
}

export function distance([x, y], [otherX, otherY]) {
  return Math.hypot(otherX - x, otherY - y);
}

export function centreOf(shape, numbers) {
  if (shape === 'circle') return { x: numbers[0], y: numbers[1] };
  const [xs, ys] = [0, 1].map((offset) => numbers.filter((_, place) => place % 2 === offset));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(xs), y: mean(ys) };
}

/** The points by which a shape is resized. */
export function pointsOf(shape, numbers) {
  const [first, second, third, fourth] = numbers;
  if (shape === 'circle') return [[first + third, second]];
  if (shape === 'polygon') return pairs(numbers);
  return [
    [first, second],
    [third, second],
    [third, fourth],
    [first, fourth],
  ];
}

/** The shape from where a stroke began to where it is. */
export function spanned(shape, [x, y], [toX, toY]) {
  if (shape === 'circle') return [x, y, Math.max(1, distance([x, y], [toX, toY]))];
  return [Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)];
}

export function inTheMiddle(shape, { width, height }) {
  const [left, right, top, bottom] = [width / 3, (width * 2) / 3, height / 3, (height * 2) / 3];
  if (shape === 'circle') return [width / 2, height / 2, Math.max(1, Math.min(width, height) / 6)];
  return shape === 'polygon' ? [left, bottom, width / 2, top, right, bottom] : [left, top, right, bottom];
}

/** The numbers after all of a shape, or the point of it that is named, went so far. It stays in the picture, and keeps an inside. */
export function changed(shape, numbers, point, [byX, byY], { width, height }) {
  const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
  if (point === undefined) {
    const isCircle = shape === 'circle';
    const [xs, ys] = isCircle
      ? [[numbers[0]], [numbers[1]]]
      : [0, 1].map((offset) => numbers.filter((_, place) => place % 2 === offset));
    const x = within(byX, -Math.min(...xs), width - Math.max(...xs));
    const y = within(byY, -Math.min(...ys), height - Math.max(...ys));
    return numbers.map((number, place) => (isCircle && place === 2 ? number : number + (place % 2 === 0 ? x : y)));
  }
  const at = Number(point);
  if (shape === 'circle') {
    // The other way to a keyboard: up and down change it, too.
    const by = byX === 0 ? -byY : byX;
    return [numbers[0], numbers[1], within(numbers[2] + by, 1, Math.max(width, height))];
  }
  if (shape === 'polygon') {
    const moved = [within(numbers[2 * at] + byX, 0, width), within(numbers[2 * at + 1] + byY, 0, height)];
    return [...numbers.slice(0, 2 * at), ...moved, ...numbers.slice(2 * at + 2)];
  }
  const [left, top, right, bottom] = numbers;
  const isLeft = at === 0 || at === 3;
  const isTop = at === 0 || at === 1;
  return [
    isLeft ? within(left + byX, 0, right - 1) : left,
    isTop ? within(top + byY, 0, bottom - 1) : top,
    isLeft ? right : within(right + byX, left + 1, width),
    isTop ? bottom : within(bottom + byY, top + 1, height),
  ];
}
