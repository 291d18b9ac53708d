// Runs before the first paint: what the reader chose last time, so that nothing flickers.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const theme = localStorage.getItem('cairn.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('cairn.rail') === 'open') root.dataset.rail = 'open';
  } catch { /* Storage is switched off: the system's theme and the narrow rail hold. */ }
})();
