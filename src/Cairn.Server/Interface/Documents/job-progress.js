/** A running ingestion: how far it is, how fast, how long still. */
import { follow } from './event-stream.js';
import { refresh } from './upload.js';

/** @typedef {{ status: string, progress?: { done: number, total?: number | null, step: string } | null, error?: string | null }} Job */

customElements.define('cairn-job', class CairnJob extends HTMLElement {
  #end = new AbortController();

  connectedCallback() {
    void this.#follow();
  }

  disconnectedCallback() {
    this.#end.abort();
  }

  async #follow() {
    const started = performance.now();
    /** @type {number | null} */
    let first = null;
    try {
      await follow(`/api/v1/jobs/${encodeURIComponent(this.dataset.job ?? '')}/events`, event => {
        const job = /** @type {Job} */ (JSON.parse(event.data));
        const progress = job.progress;
        if (progress) {
          first ??= progress.done;
          const seconds = (performance.now() - started) / 1000;
          const rate = seconds > 1 ? (progress.done - first) / seconds : 0;
          this.#show(progress, rate);
        }
        return event.event === 'done';
      }, this.#end.signal);
    } catch {
      this.#say('The progress cannot be followed just now. The work goes on; reload to see how far it is.');
      return;
    }
    if (!this.#end.signal.aborted) await refresh();
  }

  /** @param {{ done: number, total?: number | null, step: string }} progress @param {number} rate per second */
  #show(progress, rate) {
    const bar = /** @type {HTMLProgressElement | null} */ (this.querySelector('[data-bar]'));
    const parts = [progress.step];
    if (progress.total) {
      if (bar) {
        bar.max = progress.total;
        bar.value = progress.done;
      }
      parts.push(`${progress.done.toLocaleString('en')} of ${progress.total.toLocaleString('en')}`);
      if (rate > 0) {
        const left = Math.ceil((progress.total - progress.done) / rate);
        parts.push(`${rate.toFixed(rate < 10 ? 1 : 0)} a second`, left > 90 ? `about ${Math.round(left / 60)} min left` : `about ${left} s left`);
      }
    } else parts.push(progress.done.toLocaleString('en'));
    this.#say(parts.filter(Boolean).join(' · '));
  }

  /** @param {string} words */
  #say(words) {
    const place = this.querySelector('[data-words]');
    if (place) place.textContent = words;
  }
});
