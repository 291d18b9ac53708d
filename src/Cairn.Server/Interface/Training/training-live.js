/** A training that runs: its progress and its curve are fetched again as it learns; when it ends the page shows what came of it. */
import { follow } from './event-stream.js';

const pause = 800;

customElements.define('cairn-training', class CairnTraining extends HTMLElement {
  #end = new AbortController();
  #last = 0;

  connectedCallback() {
    void this.#follow();
  }

  disconnectedCallback() {
    this.#end.abort();
  }

  async #follow() {
    const id = encodeURIComponent(this.dataset.experiment ?? '');
    try {
      await follow(`/api/v1/experiments/${id}/events`, event => {
        void this.#draw(id);
        return event.event === 'done';
      }, this.#end.signal);
    } catch {
      const place = this.querySelector('[role="status"]');
      if (place) place.textContent = 'The progress cannot be followed just now. The training goes on; reload to see how far it is.';
      return;
    }
    if (!this.#end.signal.aborted) location.reload();
  }

  /** Not more often than eyes need. @param {string} id */
  async #draw(id) {
    const now = performance.now();
    if (now - this.#last < pause) return;
    this.#last = now;
    const response = await fetch(`/training/experiments/${id}/now`, { signal: this.#end.signal }).catch(() => null);
    const place = this.querySelector('[data-now]');
    if (response?.ok && place) place.outerHTML = await response.text();
  }
});
