/** A menu closes when one chose from it, pressed Escape, or looks elsewhere. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}

document.addEventListener('click', ({ target }) => {
  const menu = target.closest('details.menu');
  const hasChosen = target.closest('.pop') !== null && target.closest('label') === null;
  if (hasChosen && menu.contains(document.activeElement)) {
    menu.querySelector('summary').focus({ preventScroll: true });
  }
  closeMenus(hasChosen ? null : menu);
});

document.addEventListener('keydown', ({ key, target }) => {
  const menu = target.closest?.('details.menu[open]');
  if (key === 'Escape' && menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
