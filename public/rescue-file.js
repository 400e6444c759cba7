// Offers what has not arrived for so long as a file, and as text to be copied, since some frames let nothing be saved: sealed lines, which
// a teacher, or another device of the learner, can bring to the server.
const part = document.querySelector('#rescue');

const way = document.querySelector('[data-to-rescue]');

const patienceMs = 5 * 60_000;

void import(part.dataset.journal).then(async ({ journal: opening }) => {
  const journal = await opening;
  let timer = null;
  let isDue = false;
  let offering = Promise.resolve();

  journal.listen(({ reply, trouble }) => {
    if (reply) {
      clearTimeout(timer);
      [timer, isDue] = [null, false];
      show(false);
    } else if (trouble) timer ??= setTimeout(offer, patienceMs);
    if (trouble === 'refused') offer();
  });
  document.addEventListener('offer-rescue', offer);
  // What is written from then on has to be in it, too, even if there was nothing before.
  document.addEventListener('journal-written', () => isDue && offer());

  function offer() {
    isDue = true;
    offering = offering.then(make);
  }

  async function make() {
    const lines = (await journal.unsent()).map(({ sealed }) => sealed);
    if (lines.length === 0) return;
    part.querySelector('template')?.replaceWith(part.querySelector('template').content);
    const link = part.querySelector('a[download]');
    const text = part.querySelector('textarea');
    text.value = ['Mustaqil rescue file 1', location.origin, part.dataset.words, ...lines, ''].join('\n');
    window.URL.revokeObjectURL(link.href);
    link.href = window.URL.createObjectURL(new window.Blob([text.value], { type: 'text/plain' }));
    link.download = `mustaqil-${journal.attempt}.txt`;
    show(true);
  }

  function show(isOffered) {
    part.hidden = !isOffered;
    if (way) way.hidden = !isOffered;
  }
});

part.addEventListener('click', ({ target }) => {
  if (!target.matches('[data-copy]')) return;
  part.querySelector('textarea').select();
  // Frames of LMSs often lend no clipboard, but they let what is selected be copied.
  const isCopied = document.execCommand('copy');
  part.querySelector('[role=status]').textContent = isCopied ? part.dataset.copied : part.dataset.selected;
});
