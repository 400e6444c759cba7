// Asks the page around this frame to take it away.
const { closeFrame } = document.querySelector('[data-close-frame]').dataset;
if (window.parent !== window) window.parent.postMessage({ type: 'Classroom', action: 'closeIframe' }, closeFrame);
