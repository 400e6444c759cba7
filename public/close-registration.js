// Tells the LMS in whose dialog this page stands that its administrator has seen the result, so that it closes the dialog. Nothing
// secret is said. Where there is no such window, or no script, the dialog is closed by hand.
const offer = document.querySelector('#close');
const lms = window.opener ?? (window.parent === window ? null : window.parent);

if (lms) {
  offer.hidden = false;
  offer.querySelector('button').addEventListener('click', () => {
    for (const origin of offer.dataset.origins.split(' ')) {
      lms.postMessage({ subject: 'org.imsglobal.lti.close' }, origin);
    }
  });
}
