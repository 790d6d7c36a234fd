// The sound: where it is, and how to get elsewhere in it. All times are the timeline's, in milliseconds.

/** Rows: when a cue starts and ends, and where it is: element, start, end; element, start, end; … @type {number[][]} */
// as they come: made into objects, 5,000 of them cost 3 ms before the page is there
const cues = json('cues');
const sound = /** @type {HTMLAudioElement} */ (byId('sound'));
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3];
const STEP_MS = 15_000;
/** Back within so short a time after a start leads to the one before. */
const GRACE_MS = 1_500;
/** A sentence stays marked through the pause after it, if that is no longer. */
const PAUSE_MS = 2_000;

/** The moment that is heard. */
function now() {
  return Math.round(sound.currentTime * 1000);
}

/** The last of some moments in order that is not after a moment; -1 where all are. @param {number} ms @param {(at: number) => number} moment @param {number} count */
function lastAt(ms, moment, count) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moment(middle) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** @param {number} at */
function startOf(at) {
  return cues[at][0];
}

/** @param {number} at */
function placesOf(at) {
  return cues[at].slice(2);
}

/** @param {number} ms */
function cueAt(ms) {
  return lastAt(ms, startOf, cues.length);
}

/** The cue that is to be marked at a moment; -1 where nothing is said. @param {number} ms */
function spokenAt(ms) {
  const at = cueAt(ms);
  return at >= 0 && ms < cues[at][1] + PAUSE_MS ? at : -1;
}

/** @param {number} ms */
function chapterAt(ms) {
  return lastAt(ms, (at) => facts.chapters[at][0], facts.chapters.length);
}

/** @param {number} ms */
function clock(ms) {
  const whole = Math.floor(ms / 1000);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  return whole < 3600 ? `${minutes}:${rest}` : `${Math.floor(whole / 3600)}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** Go to a moment. @param {number} ms */
function seek(ms) {
  sound.currentTime = Math.max(0, Math.min(ms, facts.length - 1)) / 1000;
  draw(); // at once; `seeked` comes when the sound is there
}

/** @param {number} ms */
function playFrom(ms) {
  seek(ms);
  sound.play().catch(() => undefined); // `error` tells why, and a refusal is no error
}

/** @param {-1 | 1} step */
function bySentence(step) {
  const at = cueAt(now());
  if (step > 0) return at + 1 < cues.length && seek(startOf(at + 1));
  const again = at >= 0 && now() - startOf(at) > GRACE_MS;
  seek(cues.length ? startOf(Math.max(at - (again ? 0 : 1), 0)) : 0);
}

/** @param {-1 | 1} step */
function byChapter(step) {
  const at = chapterAt(now());
  if (!facts.chapters.length) return seek(step > 0 ? now() : 0);
  const again = step < 0 && now() - facts.chapters[at][0] > GRACE_MS;
  const next = Math.max(at + (again ? 0 : step), 0);
  if (next < facts.chapters.length) seek(facts.chapters[next][0]);
}

/** @param {-1 | 1} step */
function bySpeed(step) {
  const at = SPEEDS.indexOf(sound.playbackRate) + step;
  if (at >= 0 && at < SPEEDS.length) setSpeed(SPEEDS[at]);
}

/** @param {number} speed */
function setSpeed(speed) {
  sound.defaultPlaybackRate = speed;
  sound.playbackRate = speed;
}

/** The moment that the address names: `#t=83.5` or `#t=1:23.5` (W3C Media Fragments, 4.2.1); -1 where it names none. */
function addressed() {
  const match = /^#t=(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)(?:,|$)/.exec(location.hash);
  return match ? Math.round((Number(match[1] || 0) * 3600 + Number(match[2] || 0) * 60 + Number(match[3])) * 1000) : -1;
}

/** Begin where the address says, or else where the listener was. */
function begin() {
  const kept = Number(recall(`at.${facts.id}`)) || 0;
  const at = addressed() >= 0 ? addressed() : kept < facts.length - 5_000 ? kept : 0;
  if (at > 0) seek(at);
}

function remember() {
  if (sound.readyState) keep(`at.${facts.id}`, now());
}

/** Media keys, lock screens, watches: the system's own buttons. */
function tellSystem() {
  if (!('mediaSession' in navigator)) return;
  const session = navigator.mediaSession;
  // A page from a disk may not hand out its files: the system then shows a picture of its own.
  const artwork = facts.cover && location.protocol !== 'file:' ? [{src: new URL(facts.cover, document.baseURI).href, sizes: '1400x1400', type: 'image/jpeg'}] : [];
  const chapterInfo = facts.chapters.map(([start, title]) => ({title, startTime: start / 1000, artwork}));
  const told = {title: facts.title, artist: facts.artist, album: facts.show, artwork, chapterInfo};
  session.metadata = new MediaMetadata(told);
  /** @type {[string, (details: any) => void][]} */
  const handlers = [
    ['play', () => sound.play()],
    ['pause', () => sound.pause()],
    ['seekbackward', (details) => seek(now() - (details.seekOffset * 1000 || STEP_MS))],
    ['seekforward', (details) => seek(now() + (details.seekOffset * 1000 || STEP_MS))],
    ['seekto', (details) => seek(details.seekTime * 1000)],
    ['previoustrack', () => byChapter(-1)],
    ['nexttrack', () => byChapter(1)],
  ];
  for (const [action, handler] of handlers) {
    try {
      session.setActionHandler(/** @type {MediaSessionAction} */ (action), handler);
    } catch {
      // The browser does not know the action.
    }
  }
}

function tellPlace() {
  if (!('mediaSession' in navigator) || !navigator.mediaSession.setPositionState) return;
  const duration = facts.length / 1000;
  navigator.mediaSession.setPositionState({duration, playbackRate: sound.playbackRate, position: Math.min(sound.currentTime, duration)});
}
