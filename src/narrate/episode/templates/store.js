// What the page knows, and what it remembers. A file or a private window may have no storage: then nothing is kept.

/** @typedef {{id: string, title: string, artist: string, show: string, cover: string, length: number, chapters: [number, string][]}} Facts */

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {string} selector @returns {HTMLElement} */
function first(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** @param {string} id @returns {any} */
function json(id) {
  return JSON.parse(byId(id).textContent || 'null');
}

/** @type {Facts} */
const facts = json('facts');

/** @param {string} key @returns {any} */
function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(`narrate.${key}`) || 'null');
  } catch {
    return null;
  }
}

/** @param {string} key @param {unknown} value */
function keep(key, value) {
  try {
    localStorage.setItem(`narrate.${key}`, JSON.stringify(value));
  } catch {
    // Nothing is kept.
  }
}

/** Choices by name, as text: every page of the same origin has them. @type {Record<string, string>} */
const chosen = Object.assign({}, recall('choices'));

/** @param {string} name @param {string} value */
function choose(name, value) {
  chosen[name] = value;
  keep('choices', chosen);
}
