// The search of a show's page: rows that do not hold every word are hidden. And the button that copies the feed's address.

/** As it is compared: without case and without signs over letters. @param {string} text */
function plain(text) {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '');
}

/** @param {HTMLInputElement} field @param {HTMLElement} told */
function search(field, told) {
  const rows = [...document.querySelectorAll('.episodes > li')].map((row) => ({row, text: plain(row.textContent || '')}));
  field.addEventListener('input', () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const {row, text} of rows) {
      const fits = wanted.every((word) => text.includes(word));
      row.toggleAttribute('hidden', !fits);
      found += fits ? 1 : 0;
    }
    told.textContent = wanted.length ? `${found} of ${rows.length} episodes` : '';
  });
}

/** @param {HTMLButtonElement} button */
function copier(button) {
  const words = button.textContent;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy || '');
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Please copy it by hand';
    }
    setTimeout(() => (button.textContent = words), 2_500);
  });
}

const field = document.getElementById('find');
const told = document.getElementById('found');
if (field instanceof HTMLInputElement && told) search(field, told);
for (const each of document.querySelectorAll('[data-copy]')) if (each instanceof HTMLButtonElement) copier(each);
for (const each of document.querySelectorAll('.search, [data-copy]')) each.removeAttribute('hidden');
