/** Dropped or chosen files go up one after another, each with its own progress and its own reason when it fails. */

customElements.define('cairn-upload', class CairnUpload extends HTMLElement {
  connectedCallback() {
    const input = this.#input;
    input.addEventListener('change', () => {
      void this.#send([...(input.files ?? [])]);
      input.value = '';
    });
    // The whole page takes a drop; only what is over the box lights it.
    for (const name of ['dragenter', 'dragover'])
      document.addEventListener(name, event => { event.preventDefault(); this.classList.add('over'); });
    document.addEventListener('dragleave', event => { if (!event.relatedTarget) this.classList.remove('over'); });
    document.addEventListener('drop', event => {
      event.preventDefault();
      this.classList.remove('over');
      void this.#send([...(event.dataTransfer?.files ?? [])]);
    });
  }

  get #input() { return /** @type {HTMLInputElement} */ (this.querySelector('input[type="file"]')); }

  /** @param {string} name */
  #value(name) { return /** @type {HTMLInputElement | HTMLSelectElement} */ (this.querySelector(`[name="${name}"]`)).value; }

  /** @param {File[]} files */
  async #send(files) {
    const source = this.#value('source') || 'uploads';
    const allow = this.#value('allow');
    let added = 0;
    for (const file of files) if (await this.#sendOne(file, source, allow)) added++;
    if (added > 0) await refresh();
  }

  /** @param {File} file @param {string} source @param {string} allow @returns {Promise<boolean>} */
  #sendOne(file, source, allow) {
    const line = document.createElement('li');
    const name = document.createElement('span');
    const state = document.createElement('span');
    const bar = document.createElement('progress');
    name.textContent = file.name;
    state.textContent = 'Uploading';
    bar.max = file.size || 1;
    bar.setAttribute('aria-label', `Upload of ${file.name}`);
    line.append(name, state, bar);
    this.querySelector('[data-uploads]')?.append(line);
    return new Promise(resolve => {
      /** @param {boolean} good @param {string} words */
      const end = (good, words) => {
        bar.remove();
        state.className = good ? 'good' : 'bad';
        state.textContent = words;
        resolve(good);
      };
      const request = new XMLHttpRequest();
      request.open('POST', `/api/v1/sources/${encodeURIComponent(source)}/documents?path=${encodeURIComponent(file.name)}${allow ? `&allow=${encodeURIComponent(allow)}` : ''}`);
      request.setRequestHeader('X-Cairn-Request', '1');
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.addEventListener('progress', event => { bar.value = event.loaded; });
      request.upload.addEventListener('load', () => {
        bar.removeAttribute('value');
        state.textContent = 'Reading it';
      });
      request.addEventListener('error', () => end(false, 'The connection broke. Drop the file again.'));
      request.addEventListener('load', () => {
        /** @type {{ failures?: { reason: string }[], warnings?: string[], chunks?: number, detail?: string, fix?: string }} */
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* a proxy's page: the status has to do */ }
        const failure = answer.failures?.[0];
        if (failure) end(false, failure.reason);
        else if (request.status >= 400) end(false, [answer.detail, answer.fix].filter(Boolean).join(' ') || `Refused with ${request.status}.`);
        else end(true, [`Ready to be asked: ${answer.chunks ?? 0} ${answer.chunks === 1 ? 'passage' : 'passages'}`, ...answer.warnings ?? []].join('. '));
      });
      request.send(file);
    });
  }
});

/** Shows the lists as they are now, without losing what stands beside them. */
export async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of ['sources', 'list']) {
    const now = page.getElementById(id);
    if (now) document.getElementById(id)?.replaceWith(document.adoptNode(now));
  }
}
