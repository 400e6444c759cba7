// Writes each answer into the journal of this page as it is given, and says in words how far it has come. The page works without: its
// form saves everything when it is sent.
const form = document.querySelector('#attempt');
const answered = form.querySelector('[data-answered]');
const progress = form.querySelector('.bar progress');

const typingMs = 250;
/** What is over sooner is not worth telling a teacher of. */
const shortestGapMs = { offline: 5000, server: 5000, hidden: 60_000 };

const addresses = ['journalScript', 'fields', 'state', 'handIn'].map((part) => form.dataset[part]);
void Promise.all(addresses.map((address) => import(address)))
  .then(async ([opening, fields, { createState }, { createHandIn }]) => {
    return { journal: await opening.journal, fields, createState, createHandIn };
  })
  .then(start, sayIncomplete);

/** Not all of our scripts arrived: nothing is kept here, and only the form's own buttons save. */
function sayIncomplete() {
  const words = form.querySelector('[data-save-state]');
  [words.textContent, words.dataset.state] = [form.dataset.incomplete, 'incomplete'];
  const isChanged = ({ type, value, defaultValue, checked, defaultChecked }) =>
    checked !== defaultChecked || (type !== 'hidden' && defaultValue !== undefined && value !== defaultValue);
  let isChosen = false;
  let isLeaving = false;
  const isTouched = () => isChosen || [...form.elements].some(isChanged);
  form.addEventListener('change', () => (isChosen = true));
  form.addEventListener('submit', () => (isLeaving = true));
  window.addEventListener('online', () => isTouched() || location.reload());
  window.addEventListener('beforeunload', (event) => {
    if (isTouched() && !isLeaving) event.preventDefault();
  });
}

async function start({ journal, fields, createState, createHandIn }) {
  const state = createState(form, journal.timeOf);
  /** Questions whose answer is not in the journal yet, each with when it was given. */
  const noted = new Map();
  /** What was last said of a question, here or in another tab: that it is said again when its field is left would be news of nothing. */
  const said = new Map();
  let timer;
  let writing = 0;
  /** How often was looked into the journal, and by which look `unsent` is known. */
  let looks = 0;
  let known = 0;
  let isFilling = false;
  let isReady = false;
  let isLeaving = false;
  let isSent = false;
  let isGoingOn = false;
  let isHandedOver = false;
  let hasSaid = false;
  let isSignedOut = false;
  /** What has not arrived: answers, and handing in. */
  let unsent = [];
  /** Why nothing arrives, and since when, by the server's clock. */
  let [trouble, since] = [null, 0];
  let hiddenSince = journal.clock.now();
  const handIn = createHandIn({ form, journal, fields, state, write, leave });

  for (const picture of form.querySelectorAll('img[loading=lazy]')) picture.loading = 'eager';
  const typed = fields.changedQuestions(form);
  form.addEventListener('change', ({ target }) => note(target, 0));
  form.addEventListener('input', ({ target }) => note(target, typingMs));
  form.addEventListener('files-changed', countAnswered);
  // Older browsers do not say by which button a form goes.
  let pressed;
  form.addEventListener('click', ({ target }) => {
    pressed = target.closest('button') ?? pressed;
  });
  form.addEventListener('submit', (event) => {
    if (isLeaving) {
      isSent = true;
      return;
    }
    event.preventDefault();
    void handIn.submit(event.submitter ?? pressed);
  });
  form.addEventListener('time-up', () => void write().then(() => lock('timeUp')));
  form.addEventListener('time-over', (event) => {
    event.preventDefault();
    if (state.locked() !== 'elsewhere') void handIn.handIn();
  });
  form.querySelector('[data-continue]').addEventListener('click', async () => {
    // Once is enough: what is not answered now is sent again by itself.
    const isAgain = isGoingOn;
    isGoingOn = true;
    await (isAgain ? journal.flush({ isAsking: true }) : journal.takeOver());
    say();
  });
  document.addEventListener('time-left', ({ detail: { secondsLeft } }) => {
    if (secondsLeft > 0 && state.locked() === 'timeUp') state.unlock();
    say();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void gap('hidden', hiddenSince);
    else hiddenSince = journal.clock.now();
    if (document.hidden) void write();
  });
  document.addEventListener('hand-over', ({ detail }) => {
    isHandedOver = true;
    detail.journals.push({ write, flush: journal.flush, countUnsent, isLasting: journal.isLasting, stay });
  });
  for (const event of ['signed-out', 'signed-in']) {
    document.addEventListener(event, () => {
      isSignedOut = event === 'signed-out';
      say();
    });
  }
  window.addEventListener('pagehide', () => void write());
  window.addEventListener('online', () => trouble && void journal.flush({ isAsking: true }));
  window.addEventListener('pageshow', ({ persisted }) => {
    isLeaving = false;
    if (persisted) void (navigator.onLine ? reload() : restore());
  });
  window.addEventListener('beforeunload', (event) => {
    const isLost = noted.size + writing > 0 || (unsent.length > 0 && !journal.isLasting());
    if (isLost && !isLeaving) event.preventDefault();
  });
  journal.listen((news) => void (news.entry ? follow(news.entry) : hear(news)));
  await restore();
  for (const question of typed) noted.set(question, journal.clock.now());
  typed.clear();
  isReady = true;
  countAnswered();
  await journal.write('here', { isTakeOver: false }, { field: 'here' });
  // Another tab may send that, and be told instead of this one whether the attempt goes on here.
  void journal.flush({ isAsking: true });
  await write();

  /** What this browser has not sent yet stands above what the server knew. */
  async function restore() {
    await look();
    for (const { entry } of unsent) if (!typed.has(entry.field)) follow(entry);
    say();
  }

  /** Something was said of this attempt, here before or in another tab. */
  function follow(entry) {
    if (entry.kind === 'hand-in') lock('handedInHere', entry.at);
    if (entry.kind !== 'answer' || noted.has(entry.field) || !fields.isAsked(form, entry)) return;
    isFilling = true;
    fields.fill(form, entry.field, entry.values);
    isFilling = false;
    said.set(entry.field, sayingOf(entry.field));
    countAnswered();
  }

  function note(control, delayMs) {
    const question = fields.questionOf(control);
    if (!question || isFilling || state.locked()) return;
    if (!noted.has(question) && said.get(question) === sayingOf(question)) return;
    noted.set(question, journal.clock.now());
    say();
    countAnswered();
    clearTimeout(timer);
    if (isReady) timer = setTimeout(write, delayMs);
    else typed.add(question);
  }

  /** Comes true once all that was answered is in the journal; sending it goes on by itself. */
  async function write() {
    clearTimeout(timer);
    const answers = [...noted].map(([field, at]) => {
      said.set(field, sayingOf(field));
      return { at, answer: { field, round: fields.roundOf(form, field), values: fields.valuesOf(form, field) } };
    });
    noted.clear();
    writing += answers.length;
    hasSaid ||= answers.length > 0;
    await Promise.all(answers.map(({ at, answer }) => journal.write('answer', answer, { field: answer.field, at })));
    await look();
    // Not before it is known to be unsent: it would be called saved in between.
    writing -= answers.length;
    say();
    void journal.flush();
  }

  async function hear({ reply, trouble: found, late = [], isElsewhere, isRenewed }) {
    if (isRenewed) {
      for (const question of fields.changedQuestions(form)) noted.set(question, journal.clock.now());
      void write();
    }
    if (found) [trouble, since] = [found, trouble === null ? journal.clock.now() : since];
    if (reply) {
      void gap(trouble, since);
      trouble = null;
      for (const question of Object.keys(reply.missing)) noted.set(question, journal.clock.now());
      if (noted.size > 0) void write();
    }
    await look();
    if (late.length > 0) lock('late');
    // What came too late is to be read before the result is.
    else if (reply && reply.state !== 'open' && state.locked() !== 'late') void end();
    else if (isElsewhere) lock('elsewhere');
    // What was said elsewhere meanwhile has to be seen before it goes on here.
    else if (reply && reply.own >= reply.current && state.locked() === 'elsewhere') reload();
    if (reply && isElsewhere) isGoingOn = false;
    say();
  }

  function sayingOf(question) {
    return JSON.stringify(fields.valuesOf(form, question));
  }

  async function look() {
    looks += 1;
    const own = looks;
    const entries = await journal.unsent();
    // Who looked later may have been told sooner, and knows of more.
    if (own < known) return;
    known = own;
    unsent = entries
      .filter(({ entry }) => entry?.kind === 'answer' || entry?.kind === 'hand-in')
      .sort(({ entry: one }, { entry: other }) => one.at - other.at || one.sequence - other.sequence);
  }

  async function countUnsent() {
    await look();
    return unsent.length;
  }

  async function gap(cause, from) {
    const until = journal.clock.now();
    if (!(until - from >= shortestGapMs[cause])) return;
    await journal.write('gap', { cause, from, until });
    await journal.flush();
  }

  /** The address of this page, without its place on the page, shows the result by now. */
  async function end() {
    if (await journal.isSignedOut()) lock('handedIn');
    else reload();
  }

  /** Whoever was to hand the device over keeps it. */
  function stay() {
    isHandedOver = false;
    void journal.flush({ isAsking: true });
  }

  function reload() {
    // Nothing more is shown of who leaves, and their session ends.
    if (isHandedOver) return;
    isLeaving = true;
    location.replace(location.pathname);
  }

  /** The form goes, as the newest thing that this page says; what the server may not have yet, it says in any case. */
  async function leave(submitter) {
    await look();
    const { client, sequence } = await journal.place();
    for (const { entry } of unsent) form.elements[`${entry.field}.shown`]?.remove();
    form.elements._client.value = client;
    form.elements._sequence.value = sequence;
    [isLeaving, isSent] = [true, false];
    submitter.click();
    // A file that is under way stops the form (answer-files.js).
    isLeaving = isSent;
  }

  function lock(why, at = journal.clock.now()) {
    state.lock(why, at);
  }

  function say() {
    const isWritten = noted.size + writing === 0;
    const isUnsent = !isWritten || unsent.length > 0;
    state.say({ isUnsent, isWritten, isKept: journal.isLasting(), trouble, since, isSignedOut, hasSaid, isGoingOn });
  }

  function countAnswered() {
    // What was checked and closed has no fields any more.
    const count = fields.answeredQuestions(form).size + Number(progress.dataset.closed);
    progress.value = count;
    answered.textContent = answered.dataset.answered.replace('{answered}', count);
  }
}
