/** Ctrl+K: goes anywhere. The server finds; this moves the selection and asks no more often than somebody types. */

/** @type {HTMLElement | null} */
let cameFrom = null;

export function openPalette() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog.palette'));
  if (!dialog || dialog.open) return;
  cameFrom = /** @type {HTMLElement | null} */ (document.activeElement);
  dialog.showModal();
  const input = dialog.querySelector('input');
  if (input) {
    input.value = '';
    input.focus();
  }
  latest = find(dialog, '');
}

let asked = 0;

/** What was looked up last: Enter goes by what was typed, also when it was typed faster than found. */
let latest = Promise.resolve();

/** @param {HTMLDialogElement} dialog @param {string} text */
async function find(dialog, text) {
  const mine = ++asked;
  const list = dialog.querySelector('.found');
  if (!list) return;
  try {
    const response = await fetch(`/palette?q=${encodeURIComponent(text)}`, { headers: { Accept: 'text/html' } });
    if (mine !== asked) return;
    list.innerHTML = response.ok ? await response.text() : '<h3>Nothing could be looked up just now. Try again.</h3>';
  } catch {
    if (mine === asked) list.innerHTML = '<h3>The server does not answer. Check that it runs, then try again.</h3>';
  }
  select(dialog, 0);
}

/** @param {HTMLDialogElement} dialog @param {number} to */
function select(dialog, to) {
  const links = [...dialog.querySelectorAll('a')];
  const input = dialog.querySelector('input');
  links.forEach((link, i) => {
    link.id = `found-${i}`;
    link.setAttribute('aria-selected', String(i === to));
  });
  input?.setAttribute('aria-activedescendant', links.length > 0 ? `found-${to}` : '');
  links[to]?.scrollIntoView({ block: 'nearest' });
}

for (const dialog of /** @type {NodeListOf<HTMLDialogElement>} */ (document.querySelectorAll('dialog.palette'))) {
  dialog.querySelector('input')?.addEventListener('input', event => { latest = find(dialog, /** @type {HTMLInputElement} */ (event.target).value); });
  dialog.addEventListener('close', () => cameFrom?.focus());
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('keydown', event => {
    const links = [...dialog.querySelectorAll('a')];
    const at = links.findIndex(link => link.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown') select(dialog, Math.min(at + 1, links.length - 1));
    else if (event.key === 'ArrowUp') select(dialog, Math.max(at - 1, 0));
    else if (event.key === 'Enter') void latest.then(() => /** @type {HTMLElement | null} */ (dialog.querySelector('a[aria-selected="true"]'))?.click());
    else return;
    event.preventDefault();
  });
}
