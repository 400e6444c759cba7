// Keeps a file as soon as it is chosen, and shows how far it is. The page works without: a button beside the field sends it.
const form = document.querySelector('#attempt');

for (const box of document.querySelectorAll('[data-files]')) {
  const input = box.querySelector('input[type=file]');
  const list = box.querySelector('[data-list]');
  const state = box.querySelector('[data-files-state]');
  const progress = box.querySelector('progress');
  box.querySelector('[data-by-button]').hidden = true;
  let isBusy = false;

  input.addEventListener('change', () => {
    const [file] = input.files;
    if (file && !isBusy) void send(box.dataset.address, box.dataset.kept, file);
  });
  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-remove-file]');
    if (!button) return;
    event.preventDefault();
    if (!isBusy) void send(button.getAttribute('formaction'), box.dataset.removed, null);
  });
  window.addEventListener('beforeunload', (event) => {
    if (isBusy) event.preventDefault();
  });
  // A form that is sent meanwhile would leave the file behind.
  form.addEventListener(
    'submit',
    (event) => {
      if (!isBusy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      state.scrollIntoView({ block: 'center' });
    },
    true,
  );

  async function send(address, done, file) {
    isBusy = true;
    // A second one at the same time would wait for the first.
    input.disabled = true;
    progress.value = 0;
    progress.hidden = file === null;
    say(box.dataset.busy);
    try {
      const answer = await post(address, file);
      show(answer);
      say(done);
    } catch (error) {
      say(error.message || box.dataset.failed, true);
      input.disabled = list.children.length >= Number(box.dataset.most);
    } finally {
      isBusy = false;
      progress.hidden = true;
      input.value = '';
    }
  }

  /** Resolves to what the answer holds by now. `fetch` cannot say how far it is. */
  async function post(address, file) {
    const body = new FormData();
    body.append('_csrf', form.elements._csrf.value);
    const place = await placeInJournal().catch(() => null);
    if (place) {
      body.append('_client', place.client);
      body.append('_sequence', place.sequence);
    }
    if (file) body.append(input.name, file, file.name);
    const request = new window.XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-CSRF-Token', form.elements._csrf.value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) progress.value = (100 * loaded) / total;
    });
    return new Promise((resolve, reject) => {
      request.addEventListener('load', () => {
        if (request.status === 201) resolve(request.response);
        else reject(new Error(request.response?.message ?? ''));
      });
      request.addEventListener('error', () => reject(new Error('')));
      request.send(body);
    });
  }

  function show({ files, shown }) {
    list.replaceChildren(...files.map(item));
    // What the page says that it showed has the file by now, too.
    const said = form.elements[`${box.dataset.files}.shown`];
    if (said) said.value = shown;
    input.disabled = files.length >= Number(box.dataset.most);
    form.dispatchEvent(new window.Event('files-changed'));
    (input.disabled ? list.querySelector('button') : input)?.focus({ preventScroll: true });
  }

  function item({ name, address, kilobytes, size }) {
    const row = document.createElement('li');
    row.className = 'file';
    if (size) {
      const picture = Object.assign(new window.Image(size.width, size.height), { src: address, alt: name });
      row.append(link(address, picture), ' ');
    }
    const note = document.createElement('span');
    note.className = 'note number';
    note.textContent = box.dataset.size.replace('{kilobytes}', kilobytes);
    const button = document.createElement('button');
    button.className = 'button';
    button.textContent = box.dataset.remove;
    button.setAttribute('formaction', `${address}/removal`);
    button.dataset.removeFile = '';
    const which = document.createElement('span');
    which.className = 'visually-hidden';
    which.textContent = ` (${name})`;
    button.append(which);
    row.append(link(address, name), ' ', note, ' ', button);
    return row;
  }

  function say(words, isProblem = false) {
    state.textContent = words;
    state.dataset.state = isProblem ? 'failed' : '';
  }
}

/** A file is part of its answer, and so as new as what the journal (journal.js) says of that at the same time. */
async function placeInJournal() {
  const { journal } = await import(form.dataset.journalScript);
  return (await journal).place();
}

function link(address, content) {
  const anchor = Object.assign(document.createElement('a'), { href: address, target: '_blank', rel: 'noopener' });
  anchor.append(content);
  return anchor;
}
