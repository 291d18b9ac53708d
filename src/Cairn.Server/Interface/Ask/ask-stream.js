/** The question box: drafts are kept, an answer streams in, Stop works at once, and what fails says what to do. */
import { follow } from './event-stream.js';
import { recall, remember } from './storage.js';

/** @typedef {{ document: string, version: number, start: number, end: number, source: string, path: string, title: string, headingPath: string, page: number | null, text: string }} Passage */
/** @typedef {{ name: string, detail: string, milliseconds: number, finished: boolean, passages?: Passage[] }} Step */
/** @typedef {{ title?: string, detail?: string, fix?: string }} Problem */
/** @typedef {{ answer: string, notices: string[], conversation: string | null, message: string | null }} Done */

/** The place of an answer on its way. @param {string} question @param {HTMLElement} turns */
function pendingTurn(question, turns) {
  document.querySelector('#turns > .first')?.remove();
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('pending-turn'));
  const article = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  /** @param {string} selector */
  const part = selector => /** @type {HTMLElement} */ (article.querySelector(selector));
  part('.question').textContent = question;
  turns.append(article);
  article.scrollIntoView({ block: 'start' });
  const stepTemplate = /** @type {HTMLTemplateElement} */ (document.getElementById('step'));
  /** @type {Map<string, HTMLElement>} */
  const steps = new Map();
  const text = part('[data-text]');
  return {
    article,
    stop: part('[data-stop]'),
    retry: part('[data-retry]'),
    reset: part('[data-reset]'),
    ended: part('[data-ended]'),
    /** @param {Step} step */
    step: step => {
      let line = steps.get(step.name);
      if (!line) {
        line = /** @type {HTMLElement} */ (stepTemplate.content.firstElementChild?.cloneNode(true));
        steps.set(step.name, line);
        part('.steps').append(line);
      }
      line.classList.toggle('finished', step.finished);
      const [words, time] = line.querySelectorAll('span');
      if (words) words.textContent = step.detail || step.name;
      if (time && step.finished) time.textContent = step.milliseconds < 1000 ? `${Math.round(step.milliseconds)} ms` : `${(step.milliseconds / 1000).toFixed(1)} s`;
    },
    /** @param {string} whole */
    write: whole => {
      const atEnd = turns.scrollHeight - turns.scrollTop - turns.clientHeight < 40;
      text.textContent = whole;
      if (atEnd) turns.scrollTop = turns.scrollHeight;
    },
  };
}

/** Shows what was found while the answer is still being written; the answer's own evidence takes its place. @param {Passage[]} passages */
function showFound(passages) {
  const panel = document.querySelector('[data-evidence]');
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('found'));
  const section = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const cardTemplate = /** @type {HTMLTemplateElement} */ (document.getElementById('found-card'));
  if (!panel) return;
  for (const passage of passages) {
    const card = /** @type {HTMLElement} */ (cardTemplate.content.firstElementChild?.cloneNode(true));
    /** @param {string} selector @param {string} words */
    const fill = (selector, words) => {
      const place = card.querySelector(selector);
      if (words === '') place?.remove();
      else if (place) place.textContent = words;
    };
    fill('a', passage.title);
    card.querySelector('a')?.setAttribute('href', `/documents/${encodeURIComponent(passage.document)}?version=${passage.version}&start=${passage.start}&end=${passage.end}#hit`);
    fill('[data-heading]', passage.headingPath);
    fill('[data-page]', passage.page === null ? '' : `p. ${passage.page}`);
    fill('blockquote', passage.text);
    fill('.path', `${passage.source}/${passage.path}`);
    section.querySelector('ol')?.append(card);
  }
  forgetFound();
  panel.querySelector('.evidence-empty')?.setAttribute('hidden', '');
  for (const other of panel.querySelectorAll('.evidence-of')) other.removeAttribute('data-current');
  panel.append(section);
  panel.scrollTop = 0;
}

function forgetFound() {
  document.querySelector('[data-evidence] > .found')?.remove();
}

customElements.define('cairn-ask', class CairnAsk extends HTMLElement {
  /** @type {AbortController | null} */
  #running = null;
  /** @type {string | null} */
  #waiting = null;
  #dropped = false;

  connectedCallback() {
    const form = this.#form;
    const box = this.#box;
    box.value = box.value || (recall(this.#draftKey) ?? '');
    box.addEventListener('input', () => remember(this.#draftKey, box.value));
    box.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit(box.value);
    });
    // A handler at the document, because turns come and go.
    document.addEventListener('submit', event => {
      if (!(event.target instanceof HTMLFormElement) || !event.target.hasAttribute('data-example')) return;
      event.preventDefault();
      if (event.submitter instanceof HTMLButtonElement) this.#submit(event.submitter.value);
    });
    document.addEventListener('click', event => {
      const again = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-again]')) : null;
      if (again?.dataset.again) this.#submit(again.dataset.again);
    });
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open], :popover-open')) this.#running?.abort();
    });
    addEventListener('online', () => {
      if (this.#waiting === null) return;
      const question = this.#waiting;
      this.#waiting = null;
      this.#submit(question);
    });
    this.#toEnd();
  }

  get #form() { return /** @type {HTMLFormElement} */ (this.querySelector('form')); }
  get #box() { return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea')); }
  get #turns() { return /** @type {HTMLElement} */ (document.getElementById('turns')); }
  get #source() { return /** @type {HTMLSelectElement | null} */ (this.querySelector('[data-source]'))?.value ?? ''; }
  get #draftKey() { return `cairn.draft.${this.dataset.conversation || 'new'}`; }

  #toEnd() {
    const last = this.#turns.querySelector('.turn:last-child');
    if (last && !location.hash) last.scrollIntoView({ block: 'start' });
  }

  /** @param {string} words */
  #say(words) {
    const state = this.querySelector('[data-state]');
    if (state) state.textContent = words;
  }

  /** @param {string} question */
  #submit(question) {
    question = question.trim();
    if (question === '' || this.#running) return;
    if (!navigator.onLine) {
      this.#waiting = question;
      remember(this.#draftKey, question);
      this.#say('You are offline. The question is kept and will be sent when the connection is back.');
      return;
    }
    this.#box.value = '';
    void this.#ask(question);
  }

  /** @param {string} question */
  async #ask(question) {
    const turn = pendingTurn(question, this.#turns);
    const running = this.#running = new AbortController();
    turn.stop.addEventListener('click', () => running.abort());
    turn.retry.addEventListener('click', () => {
      turn.article.remove();
      this.#submit(question);
    });
    let text = '';
    let answer = '';
    /** @type {Done | null} */
    let done = null;
    /** @type {Problem | null} */
    let problem = null;
    running.signal.addEventListener('abort', () => {
      // Only a stop that says so ends the answer's making; a lost connection does not.
      if (answer) void fetch(`/api/v1/answers/${answer}/stop`, { method: 'POST', headers: { 'X-Cairn-Request': '1' }, keepalive: true }).catch(() => { /* it ends by itself */ });
    });
    try {
      const begun = await fetch(`/api/v1/apps/${encodeURIComponent(this.dataset.app ?? 'assistant')}/ask`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream', 'X-Cairn-Request': '1' },
        body: JSON.stringify({ question, conversation: this.dataset.conversation || null, save: true, source: this.#source || null }),
        signal: running.signal,
      });
      if (!begun.ok) return this.#failed(turn, question, /** @type {Problem} */ (await begun.json().catch(() => ({}))));
      answer = begun.headers.get('Cairn-Answer') ?? '';
      await follow(`/api/v1/answers/${answer}/events`, event => {
        const data = JSON.parse(event.data);
        this.#lost(false);
        if (event.event === 'step') {
          turn.step(data);
          if (data.passages) showFound(data.passages);
        } else if (event.event === 'delta') turn.write(text += data.text);
        else if (event.event === 'reset') {
          turn.write(text = '');
          turn.reset.textContent = `${data.reason}. Starting over with the floor.`;
          turn.reset.hidden = false;
        } else if (event.event === 'done') done = data;
        else if (event.event === 'error') problem = data;
        return done !== null || problem !== null;
      }, running.signal, { begun, dropped: () => this.#lost(true) });
    } catch {
      // Below it is said what became of the answer.
    } finally {
      this.#lost(false);
    }
    try {
      if (done) await this.#done(turn, done);
      else if (problem) this.#failed(turn, question, problem);
      else if (running.signal.aborted) this.#ended(turn, question, text === '' ? 'Stopped. Your question is kept.' : 'Stopped. What had arrived stands above and is not saved.');
      else this.#failed(turn, question, { detail: 'The connection to the server broke and could not be taken up again.', fix: 'Check that the server runs, then try again. Your question is kept.' });
    } finally {
      this.#running = null;
    }
  }

  /** @param {boolean} lost */
  #lost(lost) {
    if (lost) this.#say('The connection dropped. The answer goes on; reconnecting…');
    else if (this.#dropped) this.#say('');
    this.#dropped = lost;
  }

  /** @param {ReturnType<typeof pendingTurn>} turn @param {Done} done */
  async #done(turn, done) {
    remember(this.#draftKey, null);
    if (!done.conversation || !done.message) {
      turn.write(done.answer);
      this.#ended(turn, null, done.notices.join(' ') || 'This answer was not saved.');
      return;
    }
    const isNew = !this.dataset.conversation;
    this.dataset.conversation = done.conversation;
    const hidden = /** @type {HTMLInputElement | null} */ (this.querySelector('[name="conversation"]'));
    if (hidden) hidden.value = done.conversation;
    this.#box.placeholder = 'Ask something more…';
    if (isNew) {
      remember('cairn.draft.new', null);
      history.pushState(null, '', `/conversations/${done.conversation}`);
    }
    const response = await fetch(`/conversations/${done.conversation}/messages/${done.message}`);
    if (!response.ok) {
      turn.write(done.answer);
      this.#ended(turn, null, 'The answer is saved. Reload the page to see its evidence.');
      return;
    }
    const holder = document.createElement('template');
    holder.innerHTML = await response.text();
    const article = holder.content.querySelector('article');
    const evidence = holder.content.querySelector('.evidence-of');
    if (article) turn.article.replaceWith(article);
    const panel = document.querySelector('[data-evidence]');
    if (panel && evidence) {
      panel.querySelector('.evidence-empty')?.remove();
      forgetFound();
      for (const other of panel.querySelectorAll('.evidence-of')) other.removeAttribute('data-current');
      panel.append(evidence);
      panel.scrollTop = 0;
    }
    const cited = evidence?.querySelectorAll('.card').length ?? 0;
    this.#say(cited > 0 ? `Answered, ${cited} ${cited === 1 ? 'passage' : 'passages'} cited.` : 'Answered.');
    const list = await fetch(`/conversation-list?current=${encodeURIComponent(done.conversation)}`);
    const drawer = document.querySelector('[data-conversations]');
    if (list.ok && drawer) drawer.innerHTML = await list.text();
    const title = drawer?.querySelector('[aria-current] span')?.textContent;
    if (isNew && title) {
      document.title = `${title} · Cairn`;
      const heading = document.querySelector('.talk-title');
      if (heading) heading.textContent = title;
    }
  }

  /** @param {ReturnType<typeof pendingTurn>} turn @param {string | null} question @param {string} words */
  #ended(turn, question, words) {
    turn.stop.hidden = true;
    turn.ended.hidden = false;
    const place = turn.ended.querySelector('div');
    if (place) place.textContent = words;
    if (question !== null) {
      turn.retry.hidden = false;
      if (this.#box.value === '') {
        this.#box.value = question;
        remember(this.#draftKey, question);
      }
    }
    for (const step of turn.article.querySelectorAll('.steps li:not(.finished)')) step.remove();
  }

  /** @param {ReturnType<typeof pendingTurn>} turn @param {string} question @param {Problem} problem */
  #failed(turn, question, problem) {
    turn.ended.classList.add('red');
    this.#ended(turn, question, `${problem.detail ?? 'The server refused the question.'} ${problem.fix ?? 'Try again.'}`);
  }
});
