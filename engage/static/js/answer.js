// For people who answer: Leave this page, and Listen. Everything works without this file.

// Leave empties the page at once, so that nothing typed can come back, and goes to the other website without leaving this
// page in the "back" list. It cannot hide pages visited before; the privacy page says so.
(() => {
  const link = document.querySelector('[data-leave]');
  if (!link) return;
  const address = link.href, moments = [];
  const leave = () => {
    if (window.speechSynthesis) speechSynthesis.cancel();
    document.title = '\u00a0';
    document.body.remove();
    location.replace(address);
  };
  link.onclick = event => { event.preventDefault(); leave(); };
  // Esc three times within two seconds, also while typing. A key held down counts once.
  addEventListener('keydown', event => {
    if (event.key !== 'Escape' || event.repeat) return;
    moments.push(event.timeStamp);
    if (event.timeStamp - moments[moments.length - 3] <= 2000) leave();
  }, true);
  document.querySelectorAll('[data-leave-note]').forEach(note => { note.hidden = false; });
  // A browser that kept the whole page would show it as it was: ask for it again.
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
})();

// Listen speaks the [data-say] parts in turn, sentence by sentence, and marks the part. Stopped, it goes on from that part
// next time. The button stays hidden where the browser has no voice for the language of the page.
(() => {
  const button = document.querySelector('[data-read]'), speech = window.speechSynthesis;
  if (!button || !speech) return;
  const name = button.querySelector('span'), listen = name.textContent;
  const note = document.querySelector('[data-read-note]');
  const parts = () => [...document.querySelectorAll('[data-say]')].filter(part => part.getClientRects().length);
  const language = part => part.closest('[lang]').lang;
  // Android writes en_GB where others write en-GB.
  const tag = voice => voice.lang.replace('_', '-').toLowerCase();

  // One that needs no internet comes first, since that keeps the words on the phone; then the nearest accent.
  const voiceFor = language => {
    const near = language === 'en' ? 'en-gb' : language.toLowerCase();
    const worth = voice => 2 * voice.localService + (tag(voice) === near);
    return speech.getVoices().filter(voice => tag(voice).slice(0, 2) === near.slice(0, 2))
      .sort((one, other) => worth(other) - worth(one))[0];
  };
  const showButton = () => {
    const voice = voiceFor(document.documentElement.lang);
    button.hidden = !voice || !parts().length;
    note.hidden = button.hidden || voice.localService;
  };

  const sentences = (text, language) => {
    const cut = window.Intl && Intl.Segmenter
      ? [...new Intl.Segmenter(language, {granularity: 'sentence'}).segment(text)].map(each => each.segment)
      : text.match(/[^.?!؟।۔]+[.?!؟।۔]*/g) || [];
    return cut.map(sentence => sentence.trim()).filter(Boolean);
  };

  let run = 0, at = 0, words;
  const mark = part => {
    document.querySelectorAll('.speaking').forEach(each => each.classList.remove('speaking'));
    if (!part) return;
    part.classList.add('speaking');
    part.scrollIntoView({block: 'nearest'});
  };
  const say = (sentence, language) => new Promise(done => {
    // Kept outside: a browser that tidies it away never says that it ended.
    words = new SpeechSynthesisUtterance(sentence);
    words.lang = language;
    words.voice = voiceFor(language) || null;
    words.rate = .9;
    words.onend = words.onerror = done;
    speech.speak(words);
  });
  const show = isSpeaking => {
    button.toggleAttribute('data-speaking', isSpeaking);
    name.textContent = isSpeaking ? button.dataset.stop : listen;
  };
  const stop = () => { run++; speech.cancel(); mark(); show(false); };
  const read = async () => {
    const mine = ++run;
    show(true);
    for (const part of parts().slice(at)) {
      mark(part);
      // Long text stalls in some browsers, so no more than a sentence at a time.
      for (const sentence of sentences(part.innerText.replace(/\s+/g, ' '), language(part))) {
        await say(sentence, language(part));
        if (mine !== run) return;
      }
      at++;
    }
    at = 0;
    stop();
  };
  button.onclick = () => button.hasAttribute('data-speaking') ? stop() : read();
  showButton();
  speech.onvoiceschanged = showButton;
  addEventListener('pagehide', stop);
})();
