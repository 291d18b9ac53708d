/** Brings the highlighted place into view, also once the picture of its page has arrived. */
const hit = document.getElementById('hit');

function show() {
  const place = hit?.querySelector('rect') ?? hit;
  place?.scrollIntoView({ block: 'center' });
}

if (hit) {
  show();
  const picture = hit.closest('.sheet')?.querySelector('img');
  if (picture && !picture.complete) picture.addEventListener('load', show, { once: true });
  document.addEventListener('click', event => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-to-hit]')) return;
    event.preventDefault();
    show();
  });
}
