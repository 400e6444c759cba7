// Hands in from the last page before it, also where there is no way to the server just then, or nobody is signed in any more: then the
// journal carries it.
const form = document.querySelector('#submission');
const words = form.querySelector('[data-hand-in-state]');

void import(form.dataset.journalScript).then(async ({ journal: opening }) => {
  const journal = await opening;
  let isSent = false;
  let isHandedInHere = false;
  let isHandedOver = false;

  journal.listen(({ reply }) => {
    if (reply && reply.state !== 'open') void end();
  });
  window.addEventListener('beforeunload', (event) => {
    if (isHandedInHere && !journal.isLasting()) event.preventDefault();
  });
  document.addEventListener('hand-over', ({ detail }) => {
    isHandedOver = true;
    const countUnsent = async () => (await journal.unsent()).filter(isSaying).length;
    const stay = () => {
      isHandedOver = false;
      void journal.flush({ isAsking: true });
    };
    detail.journals.push({ write() {}, flush: journal.flush, countUnsent, isLasting: journal.isLasting, stay });
  });
  form.addEventListener('submit', async (event) => {
    if (isSent) return;
    event.preventDefault();
    if (isHandedInHere) return;
    const at = journal.clock.now();
    const [{ trouble }, isSignedOut] = await Promise.all([journal.flush({ isAsking: true }), journal.isSignedOut()]);
    if (isHandedInHere) return;
    if (isSignedOut || (trouble && trouble !== 'refused')) await handIn(at);
    else {
      isSent = true;
      form.submit();
    }
  });

  async function handIn(at) {
    isHandedInHere = true;
    for (const control of form.elements) control.disabled = control.type !== 'hidden';
    await journal.handIn(form.elements.guess?.value.trim(), at);
    words.textContent = form.dataset.handedInHere.replace('{time}', journal.timeOf(at));
    await journal.flush();
  }

  async function end() {
    isHandedInHere = false;
    if (isHandedOver) return;
    if (await journal.isSignedOut()) words.textContent = form.dataset.handedIn;
    else location.replace(`/attempts/${journal.attempt}`);
  }
});

/** An answer, or handing in: what its learner would miss. */
function isSaying({ entry }) {
  return entry?.kind === 'answer' || entry?.kind === 'hand-in';
}
