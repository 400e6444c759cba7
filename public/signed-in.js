// Tells the page that asked for the sign-in, which is ours, and closes the window.
const { code } = document.querySelector('form[data-signed-in]').elements;
if (window.opener) {
  window.opener.postMessage({ signInCode: code.value }, location.origin);
  window.close();
}
