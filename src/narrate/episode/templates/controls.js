// The buttons, the keys and the choices; then the page begins.

/** Values a reader chooses among, and what holds without a choice. @type {Record<string, string>} */
const DEFAULTS = {spacing: 'normal', face: 'sans', colours: 'auto', contrast: 'normal', marks: 'sentence', keys: 'on'};
const SIZES = {least: -2, most: 6};
/** @type {Record<string, string>} */
const KEYS = {
  k: 'play', j: 'back', l: 'forward', b: 'previous', n: 'next', p: 'chapter-back', m: 'chapter-forward', s: 'slower', d: 'faster', f: 'follow', c: 'copy',
};
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

/** Tell what the listener did, to screen readers too; while it plays the sound and the buttons tell. @param {string} words */
function say(words) {
  if (sound.paused) byId('said').textContent = words;
}

/** @type {Record<string, () => void>} */
const ACTIONS = {
  play: () => (sound.paused ? void sound.play().catch(() => undefined) : sound.pause()),
  back: () => moved(() => seek(now() - STEP_MS)),
  forward: () => moved(() => seek(now() + STEP_MS)),
  previous: () => moved(() => bySentence(-1)),
  next: () => moved(() => bySentence(1)),
  'chapter-back': () => moved(() => byChapter(-1)),
  'chapter-forward': () => moved(() => byChapter(1)),
  slower: () => sped(-1),
  faster: () => sped(1),
  smaller: () => resize(-1),
  larger: () => resize(1),
  follow: () => setFollowing(true),
  copy,
};

/** @param {() => unknown} move */
function moved(move) {
  move();
  const chapter = facts.chapters[chapterAt(now())];
  say(clock(now()) + (chapter ? `, ${chapter[1]}` : ''));
}

/** @param {-1 | 1} step */
function sped(step) {
  bySpeed(step);
  choose('speed', String(sound.playbackRate));
  say(`Speed ${sound.playbackRate}`);
}

/** @param {number} step */
function resize(step) {
  const size = Math.max(SIZES.least, Math.min(SIZES.most, Number(chosen.size || 0) + step));
  choose('size', String(size));
  document.documentElement.style.setProperty('--size', String(size));
  resized();
  if (step) say(`Text size ${100 + 12.5 * size} %`);
}

/** A link to this moment, in the clipboard and in the address bar. */
async function copy() {
  history.replaceState(null, '', `#t=${(now() / 1000).toFixed(1)}`);
  const done = await copied(location.href);
  const told = done ? 'Link copied' : 'The link is in the address bar';
  say(told);
  const button = first('[data-do=copy]');
  const words = button.dataset.words ?? (button.dataset.words = button.textContent || '');
  button.textContent = told;
  setTimeout(() => (button.textContent = words), 2_500);
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // the page is not from a safe address, or the reader said no
  }
}

/** @param {string} name @param {string} value */
function apply(name, value) {
  document.documentElement.dataset[name] = value;
  for (const button of document.querySelectorAll(`[data-choice=${name}]`)) {
    if (button instanceof HTMLElement) button.setAttribute('aria-pressed', String(button.dataset.value === value));
  }
}

/** Keys that do nothing are not told of. */
function tellKeys() {
  for (const button of document.querySelectorAll('[data-key]')) {
    if (!(button instanceof HTMLElement)) continue;
    if (chosen.keys === 'off') button.removeAttribute('aria-keyshortcuts');
    else button.setAttribute('aria-keyshortcuts', button.dataset.key || '');
  }
}

/** @param {HTMLElement} button */
function chose(button) {
  const {choice = '', value = ''} = button.dataset;
  choose(choice, value);
  apply(choice, value);
  resized();
  if (choice === 'marks') remark();
  if (choice === 'keys') tellKeys();
}

/** Every click there is: of a button, else on a sentence. @param {MouseEvent} event */
function clicked(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('button');
  if (button) return pressed(button);
  if (target?.closest('a, summary, input, audio') || String(getSelection())) return;
  if (target?.closest('.track')) return sought(event);
  const cue = cueUnder(event.clientX, event.clientY);
  if (cue < 0) return;
  seek(startOf(cue));
  setFollowing(true);
}

/** @param {HTMLElement} button */
function pressed(button) {
  if (button.dataset.do) ACTIONS[button.dataset.do]();
  else if (button.dataset.choice) chose(button);
  else if (button.dataset.t) {
    playFrom(Number(button.dataset.t));
    setFollowing(true);
  }
}

/** @param {MouseEvent} event */
function sought(event) {
  const line = first('.track').getBoundingClientRect();
  moved(() => seek(((event.clientX - line.left) / line.width) * facts.length));
}

/** @param {KeyboardEvent} event */
function typed(event) {
  if (started && MOVES.has(event.key) && !(event.target instanceof HTMLButtonElement)) letGo();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || chosen.keys === 'off') return;
  if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')) return;
  const action = KEYS[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  ACTIONS[action]();
}

/** Draw what the moment changes. */
function draw() {
  const ms = now();
  mark(ms);
  const time = byId('now');
  if (time.textContent !== clock(ms)) {
    time.textContent = clock(ms);
    first('.done').style.setProperty('--done', String(ms / facts.length));
  }
}

function step() {
  draw();
  if (!sound.paused) requestAnimationFrame(step);
}

/** A button in place of each link that plays: it stays on the page. */
function replaceLinks() {
  for (const link of document.querySelectorAll('a.from')) {
    if (!(link instanceof HTMLElement)) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'from';
    button.dataset.t = link.dataset.t;
    button.setAttribute('aria-label', link.getAttribute('aria-label') || '');
    button.textContent = link.textContent;
    link.replaceWith(button);
  }
}

function wire() {
  document.addEventListener('click', clicked);
  document.addEventListener('keydown', typed);
  addEventListener('wheel', letGo, {passive: true});
  addEventListener('touchmove', letGo, {passive: true});
  addEventListener('scroll', () => performance.now() > ownUntil && letGo(), {passive: true});
  addEventListener('resize', resized);
  addEventListener('hashchange', () => addressed() >= 0 && seek(addressed()));
  addEventListener('pagehide', remember);
  sound.addEventListener('play', () => {
    started = true;
    byId('said').textContent = '';
    state('Pause');
    step();
  });
  sound.addEventListener('pause', () => {
    state('Play');
    remember();
  });
  for (const event of ['timeupdate', 'seeked', 'loadedmetadata']) sound.addEventListener(event, draw);
  for (const event of ['ratechange', 'seeked', 'play', 'loadedmetadata']) sound.addEventListener(event, tellPlace);
  sound.addEventListener('ratechange', () => (byId('speed').textContent = `${sound.playbackRate}×`));
  sound.addEventListener('error', () => say('The sound cannot be loaded; it is not where this page expects it.'));
  setInterval(() => sound.paused || remember(), 5_000);
}

/** @param {string} does */
function state(does) {
  const button = first('.main');
  button.classList.toggle('playing', does === 'Pause');
  first('.main .sr').textContent = does;
}

function start() {
  if (sentences && spokenWords) {
    CSS.highlights.set('sentence', sentences);
    CSS.highlights.set('word', spokenWords);
    const looks = new CSSStyleSheet();
    looks.replaceSync(LOOKS);
    document.adoptedStyleSheets.push(looks);
  }
  for (const name of Object.keys(DEFAULTS)) {
    chosen[name] ??= DEFAULTS[name];
    apply(name, chosen[name]);
  }
  tellKeys();
  replaceLinks();
  first('.native').hidden = true;
  for (const each of document.querySelectorAll('.bar, .more, .here')) each.removeAttribute('hidden');
  resize(0);
  wire();
  setSpeed(SPEEDS.includes(Number(chosen.speed)) ? Number(chosen.speed) : 1);
  begin();
  tellSystem();
  draw();
  requestAnimationFrame(() => whenIdle(layOut));
}

start();
