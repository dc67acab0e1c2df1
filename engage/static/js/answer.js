// For people who answer: Leave this page, and Listen. Everything works without this file.

// Leave goes to the other website without leaving this page in the "back" list. It cannot hide pages visited before;
// the privacy page says so.
document.addEventListener('click', event => {
  const link = event.target.closest('[data-leave]');
  if (!link) return;
  event.preventDefault();
  document.documentElement.hidden = true;
  location.replace(link.href);
});

// Listen speaks each [data-say] part in turn and marks it. The button stays hidden where the browser has no voice for the
// language of the page.
(() => {
  const button = document.querySelector('[data-read]'), speech = window.speechSynthesis;
  if (!button || !speech) return;
  const parts = () => [...document.querySelectorAll('[data-say]')];
  const unmark = () => document.querySelectorAll('.speaking').forEach(e => e.classList.remove('speaking'));
  const language = e => (e.closest('[lang]') || document.documentElement).lang;
  const voiced = () => {
    const voices = speech.getVoices(), want = document.documentElement.lang.slice(0, 2);
    button.hidden = voices.length > 0 && !voices.some(v => v.lang.slice(0, 2) === want);
  };
  let run = 0;
  const stop = () => { run++; speech.cancel(); unmark(); button.setAttribute('aria-pressed', 'false'); };
  button.onclick = () => {
    if (button.getAttribute('aria-pressed') === 'true') return stop();
    const mine = ++run, queue = parts();
    button.setAttribute('aria-pressed', 'true');
    (function next() {
      if (mine !== run) return;
      unmark();
      const part = queue.shift();
      if (!part) return stop();
      part.classList.add('speaking');
      const words = new SpeechSynthesisUtterance(part.textContent);
      words.lang = language(part); words.rate = .9; words.onend = next; words.onerror = stop;
      speech.speak(words);
    })();
  };
  voiced();
  speech.onvoiceschanged = voiced;
  addEventListener('pagehide', stop);
})();
