/** The frame's own behaviour: theme, rail, keys, copying, what goes away by itself. */
import { recall, remember } from './storage.js';
import { openPalette } from './palette.js';

const root = document.documentElement;

/** @type {Record<string, string>} */
const themeWords = { system: 'System', light: 'Light', dark: 'Dark' };

function showTheme() {
  const theme = recall('cairn.theme') ?? 'system';
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of document.querySelectorAll('[data-act="theme"]')) {
    const word = button.querySelector('[data-word]');
    if (word) word.textContent = themeWords[theme] ?? 'System';
    button.setAttribute('aria-label', `Theme: ${themeWords[theme]}. Change it`);
  }
}

function nextTheme() {
  const order = ['system', 'light', 'dark'];
  const next = order[(order.indexOf(recall('cairn.theme') ?? 'system') + 1) % order.length];
  remember('cairn.theme', next === undefined || next === 'system' ? null : next);
  showTheme();
}

function toggleRail() {
  const open = root.dataset.rail === 'open';
  if (open) delete root.dataset.rail;
  else root.dataset.rail = 'open';
  remember('cairn.rail', open ? null : 'open');
  document.querySelector('[data-act="rail"]')?.setAttribute('aria-expanded', String(!open));
}

function showKeys() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog.keys'));
  if (dialog && !dialog.open) dialog.showModal();
}

/** @param {HTMLElement} button */
async function copy(button) {
  const from = document.getElementById(button.dataset.copyFrom ?? '');
  const text = button.dataset.copy ?? (from instanceof HTMLInputElement ? from.value : from?.textContent) ?? '';
  const word = button.querySelector('[data-word]') ?? button;
  const before = word.textContent;
  try {
    await navigator.clipboard.writeText(text);
    word.textContent = 'Copied';
  } catch {
    word.textContent = 'Not copied: the browser refused';
  }
  setTimeout(() => { word.textContent = before; }, 1600);
}

/** @param {EventTarget | null} target */
const isTyping = target => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

document.addEventListener('click', event => {
  const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-act], [data-copy], [data-copy-from]')) : null;
  if (!button) return;
  if (button.dataset.copy !== undefined || button.dataset.copyFrom) void copy(button);
  else if (button.dataset.act === 'theme') nextTheme();
  else if (button.dataset.act === 'rail') toggleRail();
  else if (button.dataset.act === 'keys') showKeys();
  else if (button.dataset.act === 'palette') openPalette();
  else if (button.dataset.act === 'close') button.closest('dialog')?.close();
});

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === '/') {
    const field = /** @type {HTMLElement | null} */ (document.querySelector('[data-first-field]'));
    if (field) {
      event.preventDefault();
      field.focus();
    }
  } else if (event.key === '?') {
    event.preventDefault();
    showKeys();
  }
});

/** What can be undone stays for ten seconds; looking at it holds it. */
customElements.define('cairn-toast', class extends HTMLElement {
  connectedCallback() {
    const url = new URL(location.href);
    url.searchParams.delete('removed');
    history.replaceState(history.state, '', url);
    let left = Number(this.dataset.seconds ?? 10);
    const tick = setInterval(() => {
      if (this.matches(':hover, :focus-within')) return;
      if (--left > 0) return;
      clearInterval(tick);
      this.remove();
    }, 1000);
  }
});

showTheme();
