// The text: which sentence is marked, where it is, and the page that follows it.

/** @typedef {{nodes: Text[], starts: number[]}} Words the text nodes of an element, and where each begins in its text */

/** @type {Map<number, Words>} */
const walked = new Map();
/** Cues by the element they are in, once a click asks. @type {Map<number, number[]> | null} */
let inElements = null;
/** Rows of words by cue, once words are marked. @type {number[][] | null} */
let words = null;
/** The words of the cue that is marked, and which cue that is. @type {{start: number, low: number, high: number}[]} */
let spoken = [];
let wordsOfCue = -1;
let marked = -1;
let markedWord = -1;
let following = true;
/** Whether it played since the page was opened: a page that is only read does not follow. */
let started = false;
/** Until when scrolling is the page's own doing. */
let ownUntil = 0;
/** Windows further than which the page does not glide, and after how long it lies still. */
const FAR = 2;
const SETTLED_MS = 250;

const sentences = 'highlights' in CSS ? new Highlight() : null;
const spokenWords = 'highlights' in CSS ? new Highlight() : null;

/** How marks look: here, for without a script there are none, and validators do not know them yet. */
const LOOKS = `
::highlight(sentence) { background-color: var(--mark); color: var(--ink); }
::highlight(word) { background-color: var(--word); color: var(--ink); }
@media (forced-colors: active) {
  ::highlight(sentence) { background-color: Highlight; color: HighlightText; }
  ::highlight(word) { background-color: HighlightText; color: Highlight; }
}
@media print { ::highlight(sentence), ::highlight(word) { background-color: transparent; } }`;

/** @param {number} number @returns {HTMLElement | null} */
function elementOf(number) {
  return document.querySelector(`[data-b="${number}"]`);
}

/** The text nodes of an element, but what is narrate's own. @param {number} number @returns {Words} */
function wordsOf(number) {
  const known = walked.get(number);
  if (known) return known;
  /** @type {Words} */
  const found = {nodes: [], starts: []};
  const element = elementOf(number);
  if (element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof HTMLElement && 'own' in node.dataset ? NodeFilter.FILTER_REJECT
        : node instanceof Text ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    let length = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      found.nodes.push(/** @type {Text} */ (node));
      found.starts.push(length);
      length += /** @type {Text} */ (node).length;
    }
  }
  walked.set(number, found);
  return found;
}

/** A stretch of an element's text; null where it has none. @param {number} element @param {number} start @param {number} end */
function rangeOf(element, start, end) {
  const {nodes, starts} = wordsOf(element);
  const low = lastAt(start, (at) => starts[at], starts.length);
  const high = lastAt(end - 1, (at) => starts[at], starts.length);
  if (low < 0 || high < 0) return null;
  const range = document.createRange();
  range.setStart(nodes[low], Math.min(start - starts[low], nodes[low].length));
  range.setEnd(nodes[high], Math.min(end - starts[high], nodes[high].length));
  return range;
}

/** @param {number[]} places @returns {Range[]} */
function rangesOf(places) {
  const found = [];
  for (let at = 0; at < places.length; at += 3) {
    const range = rangeOf(places[at], places[at + 1], places[at + 2]);
    if (range) found.push(range);
  }
  return found;
}

/** Mark what is said at a moment. @param {number} ms */
function mark(ms) {
  const at = chosen.marks === 'none' ? -1 : spokenAt(ms);
  if (at !== marked) {
    paint(at);
    marked = at;
    markedWord = -1;
    if (following && ms > 0) follow(); // at its start the page is where it is opened
  }
  if (chosen.marks === 'word' && at >= 0) markWord(at, ms);
}

/** @param {number} at */
function paint(at) {
  spokenWords?.clear();
  sentences?.clear();
  if (sentences) {
    if (at >= 0) for (const range of rangesOf(placesOf(at))) sentences.add(range);
    return;
  }
  // Without custom highlights the whole block is marked.
  for (const each of document.querySelectorAll('.spoken')) each.classList.remove('spoken');
  if (at >= 0) for (let place = 2; place < cues[at].length; place += 3) elementOf(cues[at][place])?.classList.add('spoken');
}

/** The words of a cue: when each begins, from the cue's start on, and where it stands in its element. @param {number} at */
function wordsIn(at) {
  words ??= /** @type {number[][]} */ (json('words'));
  const row = words[at];
  const found = [];
  let ms = 0;
  let place = 0;
  for (let next = 0; next < row.length; next += 2) {
    let gap = 1;
    if (row[next] < 0) {
      ms -= row[next] + 1;
      gap = row[next + 1];
      next += 2;
    }
    const [start, low] = [ms, place + gap];
    ms += row[next];
    place = low + row[next + 1];
    found.push({start, low, high: place});
  }
  return found;
}

/** @param {number} at @param {number} ms */
function markWord(at, ms) {
  if (wordsOfCue !== at) [wordsOfCue, spoken] = [at, wordsIn(at)];
  const word = lastAt(ms - startOf(at), (place) => spoken[place].start, spoken.length);
  if (word === markedWord) return;
  markedWord = word;
  spokenWords?.clear();
  const range = word >= 0 && rangeOf(cues[at][2], spoken[word].low, spoken[word].high);
  if (range) spokenWords?.add(range);
}

/** Forget what is marked, so that it is marked anew. */
function remark() {
  paint(-1);
  marked = -1;
  mark(now());
}

/** Have the sentence that is said in view, if it is not. */
function follow() {
  const at = spokenAt(now());
  const range = at >= 0 ? rangesOf(placesOf(at)).at(-1) : null;
  if (!range) return;
  const place = range.getBoundingClientRect();
  const above = first('.bar').getBoundingClientRect().bottom;
  const top = above > 0 && above < innerHeight / 2 ? above : 0;
  if (place.top >= top + 8 && place.bottom <= top + (innerHeight - top) * 0.8) return;
  const by = place.top - top - (innerHeight - top) * 0.2;
  // Far off at once: on the way what comes near takes its true height, which would lead astray. Once more when it has it.
  const far = Math.abs(by) > FAR * innerHeight;
  const still = far || matchMedia('(prefers-reduced-motion: reduce)').matches;
  ownUntil = performance.now() + 1_000;
  scrollBy({top: by, behavior: still ? 'instant' : 'smooth'});
  if (far) setTimeout(() => following && follow(), SETTLED_MS);
}

/** Lay out the rest of a long text as there is time: what is not laid out, not all that reads the page for people finds. */
function layOut() {
  const part = first('article').querySelector('.part:not(.there)');
  if (!part) return;
  ownUntil = performance.now() + 1_000; // what is in view stays there, so the page is scrolled
  part.classList.add('there');
  part.getBoundingClientRect();
  whenIdle(layOut);
}

/** @param {() => void} act */
function whenIdle(act) {
  if ('requestIdleCallback' in window) requestIdleCallback(act);
  else setTimeout(act, 50);
}

/** The text has another size: what scrolls now is no doing of the reader's, and what is said stays in view. */
function resized() {
  ownUntil = performance.now() + 1_000;
  if (started && following) follow();
}

/** @param {boolean} on */
function setFollowing(on) {
  following = on;
  const button = first('.follow');
  const focused = document.activeElement === button;
  button.hidden = on;
  if (on) {
    if (focused) first('.main').focus({preventScroll: true});
    follow();
  }
}

/** The reader scrolled: the page is theirs. */
function letGo() {
  if (started && following) setFollowing(false);
}

/** The cue whose words are at a point of the window; -1 where none is. @param {number} x @param {number} y */
function cueUnder(x, y) {
  const [node, offset] = caretAt(x, y);
  const holder = node instanceof Element ? node : node?.parentElement;
  const element = holder?.closest('[data-b]');
  if (!(node instanceof Text) || !(element instanceof HTMLElement)) return -1;
  const number = Number(element.dataset.b);
  const {nodes, starts} = wordsOf(number);
  const at = nodes.indexOf(node);
  if (at < 0) return -1;
  const place = starts[at] + offset;
  inElements ??= byElement();
  const near = inElements.get(number) || [];
  const under = near.find((cue) => holds(placesOf(cue), number, place));
  return under ?? near.find((cue) => holds(placesOf(cue), number, place - 1)) ?? -1; // behind its last character
}

function byElement() {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  cues.forEach((cue, at) => {
    for (let place = 2; place < cue.length; place += 3) {
      const mine = found.get(cue[place]);
      if (mine) mine.push(at);
      else found.set(cue[place], [at]);
    }
  });
  return found;
}

/** @param {number[]} places @param {number} element @param {number} offset */
function holds(places, element, offset) {
  for (let at = 0; at < places.length; at += 3) {
    if (places[at] === element && places[at + 1] <= offset && offset < places[at + 2]) return true;
  }
  return false;
}

/** The text node and the character at a point. @param {number} x @param {number} y @returns {[Node | null, number]} */
function caretAt(x, y) {
  if ('caretPositionFromPoint' in document) {
    const caret = document.caretPositionFromPoint(x, y);
    return [caret?.offsetNode ?? null, caret?.offset ?? 0];
  }
  const old = /** @type {any} */ (document).caretRangeFromPoint?.(x, y);
  return [old?.startContainer ?? null, old?.startOffset ?? 0];
}
