/** Selecting a sentence lights its evidence, and the other way round. On a phone the evidence comes up as a sheet. */
import { recall, remember } from './storage.js';

const panel = /** @type {HTMLElement | null} */ (document.getElementById('evidence'));

/** @type {HTMLElement | null} */
let openedFrom = null;

/** @param {string} turn */
function showTurn(turn) {
  for (const section of panel?.querySelectorAll('.evidence-of') ?? [])
    section.toggleAttribute('data-current', section.getAttribute('data-turn') === turn);
}

function dim() {
  for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit');
}

/**
 * @param {string} turn
 * @param {string[]} numbers citation numbers
 * @param {{ scroll: 'evidence' | 'answer' }} [then]
 */
function light(turn, numbers, then) {
  dim();
  if (!panel) return;
  const cards = numbers.map(n => document.getElementById(`e-${turn}-${n}`)).filter(card => card !== null);
  for (const card of cards) card.classList.add('lit');
  /** @type {Element | null} */
  let first = null;
  for (const sentence of document.querySelectorAll(`#m-${CSS.escape(turn)} .sentence`)) {
    const cites = (sentence.getAttribute('data-cites') ?? '').split(' ');
    if (!numbers.some(n => cites.includes(n))) continue;
    sentence.classList.add('lit');
    first ??= sentence;
  }
  if (then?.scroll === 'evidence') cards[0]?.scrollIntoView({ block: 'nearest' });
  else if (then?.scroll === 'answer') first?.scrollIntoView({ block: 'nearest' });
}

function closeSheet() {
  if (!panel?.classList.contains('open')) return;
  panel.classList.remove('open');
  openedFrom?.focus();
  openedFrom = null;
}

document.addEventListener('click', event => {
  if (!(event.target instanceof Element) || !panel) return;
  const close = event.target.closest('.close-evidence');
  if (close) {
    event.preventDefault();
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
    closeSheet();
    return;
  }
  const turn = event.target.closest('.turn')?.getAttribute('data-turn');
  const mark = /** @type {HTMLElement | null} */ (event.target.closest('.cite, .to-evidence'));
  const sentence = event.target.closest('.sentence');
  if (turn && mark) {
    event.preventDefault();
    showTurn(turn);
    light(turn, [mark.dataset.n ?? ''], { scroll: 'evidence' });
    openedFrom = mark;
    panel.classList.add('open');
  } else if (turn && sentence && !getSelection()?.toString()) {
    const cites = (sentence.getAttribute('data-cites') ?? '').split(' ').filter(Boolean);
    if (cites.length === 0) return;
    showTurn(turn);
    light(turn, cites, { scroll: 'evidence' });
    openedFrom = sentence.querySelector('.cite');
    panel.classList.add('open');
  } else {
    const card = event.target.closest('.card');
    const of = card?.closest('.evidence-of')?.getAttribute('data-turn');
    if (card && of && !event.target.closest('a, button')) light(of, [card.getAttribute('data-n') ?? ''], { scroll: 'answer' });
  }
});

// A link in the evidence that gets the focus lights its card and sentences, so that the keyboard sees what the mouse does.
panel?.addEventListener('focusin', event => {
  const card = event.target instanceof Element ? event.target.closest('.card') : null;
  const of = card?.closest('.evidence-of')?.getAttribute('data-turn');
  if (card && of) light(of, [card.getAttribute('data-n') ?? '']);
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !document.querySelector('dialog[open], :popover-open')) {
    closeSheet();
    dim();
  }
});

// The panel's width is the reader's.
const splitter = /** @type {HTMLElement | null} */ (panel?.querySelector('.splitter') ?? null);

/** @param {number} wanted */
function setWidth(wanted) {
  const width = Math.round(Math.max(280, Math.min(640, wanted)));
  document.documentElement.style.setProperty('--evidence', `${width}px`);
  splitter?.setAttribute('aria-valuenow', String(width));
  remember('cairn.evidence', String(width));
}

if (splitter && panel) {
  const kept = Number(recall('cairn.evidence'));
  if (kept > 0) setWidth(kept);
  splitter.addEventListener('pointerdown', down => {
    splitter.setPointerCapture(down.pointerId);
    /** @param {PointerEvent} move */
    const drag = move => setWidth(innerWidth - move.clientX);
    splitter.addEventListener('pointermove', drag);
    splitter.addEventListener('lostpointercapture', () => splitter.removeEventListener('pointermove', drag), { once: true });
  });
  splitter.addEventListener('keydown', event => {
    const by = event.key === 'ArrowLeft' ? 24 : event.key === 'ArrowRight' ? -24 : 0;
    if (by === 0) return;
    event.preventDefault();
    setWidth(panel.offsetWidth + by);
  });
}
