// Where a browser keeps no cookie for us in the frame of an LMS, a page of the LMS keeps the secret of a login for us (LTI
// postMessage storage 0.1). Without it, or without this script, the page says how to open the activity in a window of its own.
// A module script has no `document.currentScript`.
const { task, target, origin, key, value, next } = document.querySelector('script[data-task]').dataset;

const answerWithinMs = 1500;

/** The frame that keeps things: the LMS's page itself, or a frame of it by name. A new window has an opener for a parent. */
function keeper() {
  const page = window.parent === window ? window.opener : window.parent;
  if (!page || target === '_parent') return page;
  try {
    const frame = page.frames[target];
    if (frame?.postMessage) return frame;
  } catch {
    // A page of another origin tells nothing but the frames that it has.
  }
  return page;
}

/** Asks the keeper; only the LMS's own origin hears it, and only its answer to this very question counts. */
function ask(subject, content) {
  return new Promise((resolve, reject) => {
    const lms = keeper();
    if (!lms) {
      reject(new Error('Nobody to ask'));
      return;
    }
    const id = Array.from(window.crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
    const finish = (settle) => {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      settle();
    };
    const hear = ({ origin: from, data }) => {
      if (from !== origin || data?.subject !== `${subject}.response` || data.message_id !== id) return;
      finish(() => (data.error ? reject(new Error('The LMS keeps nothing')) : resolve(data)));
    };
    const timer = setTimeout(() => finish(() => reject(new Error('No answer'))), answerWithinMs);
    window.addEventListener('message', hear);
    lms.postMessage({ subject, message_id: id, key, ...content }, origin);
  });
}

async function store() {
  await ask('lti.put_data', { value });
  location.replace(next);
}

async function recall() {
  const kept = await ask('lti.get_data', {});
  if (typeof kept.value !== 'string') throw new Error('Nothing was kept');
  // Taken out again: it was for this login alone. Whether that works changes nothing, so nobody waits for it.
  ask('lti.put_data', {}).catch(() => {});
  const form = document.querySelector('#recalled');
  form.elements.browser_secret.value = kept.value;
  form.submit();
}

const waiting = document.querySelector('[data-waiting]');
waiting.hidden = false;
(task === 'store' ? store() : recall()).catch(() => {
  waiting.hidden = true;
  document.querySelector('[data-failed]').hidden = false;
});
