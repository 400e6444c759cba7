// Goes on by itself; without scripts the page has a button.
document.querySelector('form[data-auto-submit]').submit();
