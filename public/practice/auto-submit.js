// Goes on to the tool by itself; without scripts the page has a button.
document.querySelector('form[data-auto-submit]').submit();
