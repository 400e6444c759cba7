// What the page of an attempt says of itself in words: how far its answers have come, and why it only reads, where it does.

/** Reasons only to read; a later one takes the place of an earlier one. */
const reasons = ['timeUp', 'handedInHere', 'elsewhere', 'late', 'handedIn'];

/**
 * @param form with the words of each state in its data attributes
 * @param timeOf what is said of a moment by the server's clock
 */
export function createState(form, timeOf) {
  const words = form.querySelector('[data-save-state]');
  const onward = form.querySelector('[data-continue]');
  const result = form.querySelector('[data-result]');
  let locked = null;
  let lockedAt = 0;
  let shut = [];

  function show(what, at) {
    const text = form.dataset[what].replace('{time}', () => timeOf(at));
    // Only when it changes: what is set again may be read out again.
    if (words.textContent !== text) words.textContent = text;
    words.dataset.state = what;
  }

  return {
    locked: () => locked,

    /** From now on the page only reads. @param at since when, by the server's clock */
    lock(why, at) {
      if (reasons.indexOf(why) <= reasons.indexOf(locked)) return;
      [locked, lockedAt] = [why, at];
      const open = [...form.elements].filter(
        (control) => !control.disabled && control !== onward && !['hidden', 'fieldset'].includes(control.type),
      );
      for (const control of open) control.disabled = true;
      shut = [...shut, ...open];
      onward.hidden = why !== 'elsewhere';
      result.hidden = why !== 'late';
      show(why, at);
    },

    unlock() {
      locked = null;
      for (const control of shut) control.disabled = false;
      shut = [];
      onward.hidden = true;
    },

    /**
     * @param facts `isUnsent`, `isWritten` (all of it is in the journal), `isKept` (by this browser, whatever becomes of the page), `trouble` and `since` (journal-send.js), `isSignedOut`,
     *   `hasSaid` (whether anything was answered on this page), `isGoingOn` (whether it is to go on here instead of elsewhere)
     */
    say({ isUnsent, isWritten, isKept, trouble, since, isSignedOut, hasSaid, isGoingOn }) {
      words.dataset.isWritten = isWritten;
      if (trouble === 'refused' && isUnsent && ['timeUp', 'handedInHere'].includes(locked)) show('notTaken', since);
      else if (locked === 'elsewhere' && isGoingOn && trouble) show(trouble, since);
      else if (locked === 'timeUp' && isUnsent && !isKept) show('timeUpUnkept', lockedAt);
      else if (locked) show(locked, lockedAt);
      else if (trouble === 'offline' || (trouble && isUnsent))
        show(isKept || trouble === 'refused' ? trouble : 'pageOnly', since);
      else if (isUnsent) show('saving');
      else if (isSignedOut) show('signedOut');
      else show(hasSaid ? 'saved' : 'ready');
    },
  };
}
