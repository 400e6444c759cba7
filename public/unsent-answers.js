// Sends on what lies in this browser of whoever had it before, and says how much that is. It can be read by nobody here.
const part = document.querySelector('#unsent');
const said = part.querySelector('[role=status]');
const { store, send, some, none } = part.dataset;

if ('BroadcastChannel' in window) new BroadcastChannel('mustaqil-session').postMessage({ person: null });

void Promise.all([store, send].map((one) => import(one))).then(async ([{ openStore }, { createSender }]) => {
  const kept = await openStore();
  let most = 0;

  async function count() {
    const number = (await kept.list()).filter(isSaying).length;
    most = Math.max(most, number);
    part.hidden = most === 0;
    said.textContent = number === 0 ? none : some.replace('{number}', number);
  }

  async function remove(...args) {
    await kept.remove(...args);
    await count();
  }

  await count();
  await createSender({ store: { ...kept, remove } }).flush();
});

/** An answer, or handing in: what its learner would miss. */
function isSaying({ field }) {
  return /^(q\d+|hand-in)$/.test(field ?? '');
}
