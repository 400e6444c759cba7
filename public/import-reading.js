// Shows how far a file is read without loading the page anew, and goes on to the questions when they are there. A lost connection
// changes nothing: the reading goes on, and so does the asking.
const page = document.querySelector('[data-reading]');
const bar = page.querySelector('progress');
const said = page.querySelector('[role=status]');

const askMs = 700;

async function ask() {
  try {
    const response = await fetch(location.href, { headers: { Accept: 'application/json' } });
    // Only a reading that goes on answers with figures; anything else is for the page to show.
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) {
      location.reload();
      return;
    }
    const { share, said: words } = await response.json();
    if (share === null) bar.removeAttribute('value');
    else bar.value = share;
    if (said.textContent !== words) said.textContent = words;
  } catch {
    said.textContent = page.dataset.offline;
  }
  setTimeout(ask, askMs);
}

setTimeout(ask, askMs);
