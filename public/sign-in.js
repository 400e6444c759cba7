// The sign-in happens in a window; when it is done, that window hands over a code, and this page goes on in the frame. Without it the
// window has a button to go on there.
const form = document.querySelector('form[data-sign-in]');
const said = form.querySelector('[data-said]');

form.addEventListener('submit', () => {
  // Now, while the click counts: a window that is opened later is taken for a nuisance.
  window.open('', 'sign-in', 'popup,width=520,height=680');
  said.textContent = form.dataset.waiting;
});

window.addEventListener('message', ({ origin, data }) => {
  if (origin !== location.origin || typeof data?.signInCode !== 'string') return;
  void goOn(data.signInCode);
});

async function goOn(code) {
  try {
    const answer = await fetch('/classroom/sessions', {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code }).toString(),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    if ('inPlace' in form.dataset) {
      // The page that asked has everything still, but for a session.
      said.textContent = '';
      document.dispatchEvent(new window.CustomEvent('signed-in-here'));
      return;
    }
    const { path } = await answer.json();
    // The same path is asked for again, now with a session: a replacement that changes nothing would not load.
    if (path === location.pathname + location.search) location.reload();
    else location.replace(path);
  } catch {
    said.textContent = form.dataset.failed;
  }
}
