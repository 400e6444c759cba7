// The add-on in the frame says that it is done. As Google does, only who the frame was opened for is listened to: its own origin.
const { origin: ownOrigin } = new window.URL(document.querySelector('iframe[data-add-on]').src);
window.addEventListener('message', ({ origin, data }) => {
  if (origin !== ownOrigin || data?.type !== 'Classroom' || data.action !== 'closeIframe') return;
  document.querySelector('form[data-frame-done]').requestSubmit();
});
