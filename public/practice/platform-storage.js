// Keeps data for the tools of this LMS, whose own storage the browser may block: lti-pm-s, answered to the tools' origins
// alone, each with what it left itself, for as long as this page is open.
const origins = document.querySelector('script[data-origins]').dataset.origins.split(' ');
const mostKeys = 200;
const longestValue = 4096;
const kept = new Map(origins.map((origin) => [origin, new Map()]));

window.addEventListener('message', ({ data, origin, source }) => {
  const own = kept.get(origin);
  if (!own || typeof data?.subject !== 'string' || !data.subject.startsWith('lti.')) return;
  const answer = { subject: `${data.subject}.response`, message_id: data.message_id, ...answerTo(data, own) };
  source.postMessage(answer, origin);
});

function answerTo({ subject, message_id: id, key, value }, own) {
  if (subject === 'lti.capabilities') return { supported_messages: supported };
  if (subject !== 'lti.put_data' && subject !== 'lti.get_data') return refusal('unsupported_subject');
  if (typeof id !== 'string' || typeof key !== 'string' || key === '') return refusal('bad_request');
  if (subject === 'lti.get_data') return { key, value: own.get(key) };
  if (value === undefined || value === null) {
    own.delete(key);
    return { key };
  }
  if (String(value).length > longestValue || (own.size >= mostKeys && !own.has(key))) {
    return refusal('storage_exhaustion');
  }
  own.set(key, String(value));
  return { key, value: own.get(key) };
}

const supported = ['lti.capabilities', 'lti.put_data', 'lti.get_data'].map((subject) => ({ subject }));

function refusal(code) {
  return { error: { code, message: code.replaceAll('_', ' ') } };
}
