// Handing in from the page of an attempt. Where there is a way to the server, that is its own page, as without scripts; where there is
// none, or nobody is signed in any more, a part of this page says the same, and the journal carries it.

/** How long nothing is said of what was pressed. */
const patienceMs = 1000;

/**
 * @param write comes true once all that was answered is in the journal
 * @param leave goes where the form goes, with its button
 */
export function createHandIn({ form, journal, fields, state, write, leave }) {
  const part = document.querySelector('#hand-in');
  const tiles = part.querySelector('ol');
  let isBusy = false;

  part.querySelector('[data-hand-in]').addEventListener('click', () => {
    part.hidden = true;
    void handIn(part.querySelector('[name=guess]')?.value.trim());
  });
  part.querySelector('[data-back]').addEventListener('click', () => {
    part.hidden = true;
    form.scrollIntoView({ block: 'end' });
  });

  /** Before the form goes anywhere, everything has to be there, and a way. */
  async function submit(submitter) {
    if (isBusy) return;
    isBusy = true;
    const patience = setTimeout(() => say(submitter, 'saving'), patienceMs);
    try {
      await write();
      await goOn(submitter, await Promise.all([journal.flush({ isAsking: true }), journal.isSignedOut()]));
    } finally {
      clearTimeout(patience);
      isBusy = false;
    }
  }

  async function goOn(submitter, [{ reply, trouble }, isStranger]) {
    const isToSummary = !submitter.name && !submitter.hasAttribute('formaction');
    form.querySelector('[data-of-button]')?.remove();
    if (reply && reply.state !== 'open') return;
    if (isToSummary && (isStranger || (trouble && trouble !== 'refused'))) open(isStranger ? 'signedOut' : trouble);
    else if (!trouble || trouble === 'refused') await leave(submitter);
    // A check is made by the server alone; the answer stands as it is.
    else say(submitter, ['check', 'redo'].includes(submitter.name) ? 'waits' : trouble);
  }

  function open(why) {
    const given = fields.answeredQuestions(form);
    for (const tile of tiles.querySelectorAll('[data-question]')) {
      const isDone = given.has(tile.dataset.question) || 'closed' in tile.dataset;
      tile.classList.toggle('done', isDone);
      tile.querySelector('.tile-state').textContent = isDone ? tiles.dataset.answered : tiles.dataset.unanswered;
    }
    for (const words of part.querySelectorAll('[data-why]')) words.hidden = words.dataset.why !== why;
    part.querySelector('[data-kept]').hidden = !journal.isLasting();
    part.querySelector('[data-unkept]').hidden = journal.isLasting();
    part.hidden = false;
    part.querySelector('h2').focus();
  }

  /** Beside the button that was pressed. */
  function say(button, what) {
    const note = Object.assign(document.createElement('p'), {
      className: 'answer-note',
      textContent: form.dataset[what].replace('{time}', () => journal.timeOf(journal.clock.now())),
    });
    note.setAttribute('role', 'status');
    note.dataset.ofButton = '';
    form.querySelector('[data-of-button]')?.remove();
    (button.closest('.check, [data-files], .bar') ?? button.parentElement).append(note);
  }

  /** @param guess how many points the learner expects, as they wrote it */
  async function handIn(guess) {
    await write();
    await journal.handIn(guess);
    state.lock('handedInHere', journal.clock.now());
    await journal.flush();
  }

  return { submit, handIn };
}
