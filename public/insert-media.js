// Puts an uploaded picture, sound or film into the text one was writing, without leaving the page; a picture into the field that names
// the question's own, where there is one and it is empty or was the last to be worked at. Without script, the next page
// shows the line to be copied.
const question = document.querySelector('#question');
const upload = document.querySelector('[data-media] form');
const said = document.querySelector('[data-media-said]');

/** Where one wrote last. */
let field = question.elements.text;
/** Whether one was last at the field that names the question's own picture. */
let isPictureWanted = false;

question.addEventListener('focusin', ({ target }) => {
  isPictureWanted = target.name === 'picture';
  if (target.matches('textarea') && question.elements[`${target.name}Format`]) field = target;
});

upload.addEventListener('submit', async (event) => {
  event.preventDefault();
  // The server has made the fields anew since, if a row came or went.
  const into = question.elements[field.name] ?? question.elements.text;
  const body = new FormData(upload);
  said.textContent = said.dataset.sending;
  try {
    const response = await fetch(upload.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
    const answer = await response.json();
    if (!response.ok) {
      said.textContent = answer.message;
      return;
    }
    const { picture } = question.elements;
    if (answer.kind === 'picture' && picture && (picture.value.trim() === '' || isPictureWanted)) {
      put(picture, answer.reference);
      if (question.elements.alt.value.trim() === '') put(question.elements.alt, body.get('alt').trim());
      picture.focus();
      said.textContent = said.dataset.picture;
      upload.reset();
      return;
    }
    const format = question.elements[`${into.name}Format`].value;
    if (format === 'plain') {
      said.textContent = said.dataset.plain;
      return;
    }
    into.setRangeText(markup(answer, body.get('alt').trim(), format), into.selectionStart, into.selectionEnd, 'end');
    into.dispatchEvent(new window.Event('input', { bubbles: true }));
    into.focus();
    said.textContent = said.dataset.done;
    upload.reset();
  } catch {
    said.textContent = said.dataset.offline;
  }
});

function put(into, value) {
  into.value = value;
  into.dispatchEvent(new window.Event('input', { bubbles: true }));
}

function markup({ kind, reference, width, height }, alt, format) {
  if (format === 'markdown') {
    const words = alt.replace(/[\\[\]]/g, '\\$&');
    if (kind === 'document') return `[${words || 'PDF'}](${reference})`;
    return `![${words}](${reference}${{ sound: ' "audio"', film: ' "video"' }[kind] ?? ''})`;
  }
  const words = alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return {
    picture: `<img src="${reference}" alt="${words}" width="${width}" height="${height}">`,
    sound: `<audio src="${reference}" title="${words}"></audio>`,
    film: `<video src="${reference}" title="${words}"></video>`,
    document: `<a href="${reference}">${words || 'PDF'}</a>`,
  }[kind];
}
