/**
 * Server-sent events over fetch (https://html.spec.whatwg.org/multipage/server-sent-events.html), so that a POST can stream and Stop works at once.
 * @typedef {{ event: string, data: string, id: string }} StreamEvent
 */

/**
 * Yields each event of a response's body as it arrives. Ends with the stream; throws when the connection breaks.
 * @param {Response} response
 * @returns {AsyncGenerator<StreamEvent>}
 */
export async function* events(response) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = '';
  let id = '';
  /** @type {string[]} */
  let data = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      // A line may end in CR, LF or both; a CR at the very end may be half of a pair, so it waits.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id };
          event = '';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'event') event = text;
        else if (field === 'data') data.push(text);
        else if (field === 'id' && !text.includes('\0')) id = text;
      }
    }
  } finally {
    reader.cancel().catch(() => { /* already gone */ });
  }
}

/**
 * Follows a GET stream until `until` says that it is over; a dropped connection continues behind the last event that had an id.
 * @param {string} url
 * @param {(event: StreamEvent) => boolean} until called with each event; true ends it
 * @param {AbortSignal} signal
 * @param {{ begun?: Response, dropped?: () => void }} [from] a stream that has begun already, over another request; told when it drops
 * @returns {Promise<boolean>} whether `until` ended it
 */
export async function follow(url, until, signal, from = {}) {
  let last = '';
  let begun = from.begun;
  for (let failures = 0; failures < 6 && !signal.aborted;) {
    let refused = false;
    try {
      const response = begun ?? await fetch(url, { headers: { Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) }, signal });
      begun = undefined;
      // What the server refuses it will refuse again, unless it is only in trouble.
      refused = response.status >= 400 && response.status < 500;
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      for await (const event of events(response)) {
        failures = 0;
        last = event.id || last;
        if (until(event)) return true;
      }
    } catch (error) {
      if (signal.aborted) return false;
      if (refused || failures >= 5) throw error;
    }
    failures++;
    from.dropped?.();
    await new Promise(resolve => setTimeout(resolve, Math.min(250 * 2 ** failures, 8000)));
  }
  return false;
}
