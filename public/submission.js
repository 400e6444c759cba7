// Hands in from the last page before it, also where there is no way to the server just then, or nobody is signed in any more: then the
// journal carries it.
const form = document.querySelector('#submission');
const words = form.querySelector('[data-hand-in-state]');

void import(form.dataset.journalScript).then(async ({ journal: opening }) => {
  const journal = await opening;
  let isSent = false;
  let isHandedInHere = false;

  journal.listen(({ reply }) => {
    if (reply && reply.state !== 'open') void end();
  });
  window.addEventListener('beforeunload', (event) => {
    if (isHandedInHere && !journal.isLasting()) event.preventDefault();
  });
  form.addEventListener('submit', async (event) => {
    if (isSent) return;
    event.preventDefault();
    if (isHandedInHere) return;
    const [{ trouble }, isSignedOut] = await Promise.all([journal.flush({ isAsking: true }), journal.isSignedOut()]);
    if (isHandedInHere) return;
    if (isSignedOut || (trouble && trouble !== 'refused')) await handIn();
    else {
      isSent = true;
      form.submit();
    }
  });

  async function handIn() {
    isHandedInHere = true;
    for (const control of form.elements) control.disabled = control.type !== 'hidden';
    await journal.handIn(form.elements.guess?.value.trim());
    words.textContent = form.dataset.handedInHere.replace('{time}', journal.timeOf(journal.clock.now()));
    await journal.flush();
  }

  async function end() {
    isHandedInHere = false;
    if (await journal.isSignedOut()) words.textContent = form.dataset.handedIn;
    else location.replace(`/attempts/${journal.attempt}`);
  }
});
