// The page as a whole: what is drawn when something changes, and what people do to it.

/** What the rows were last filtered by: turning a page or opening a posting filters nothing. */
let filteredBy = null;

const FILTERING = ['query', 'chosen', 'ranges', 'skills', 'anySkill', 'without', 'sort', 'down'];
const listed = (key, value) => (value instanceof Set || value instanceof Map ? [...value] : value?.key ?? value);

function show() {
  const by = JSON.stringify(FILTERING.map((key) => state[key]), listed);
  if (by !== filteredBy) {
    filteredBy = by;
    const result = filtered(state);
    counts = result.counts;
    shown = sorted(result.shown);
    drawFacets();
  }
  byId('count').textContent = shown.length === rows.length
    ? `${grouped(rows.length)} postings` : `${grouped(shown.length)} of ${grouped(rows.length)} postings`;
  if (byId('search') !== document.activeElement) byId('search').value = state.query;
  drawActive();
  drawColumnChoice();
  drawPage();
  drawMarket();
  drawPosting();
  highlight(state.query);
}

/** What is searched for is looked for in the texts, too, as soon as all are unpacked. */
function searchTexts() {
  wantTexts((share) => {
    if (!state.query.trim()) return;
    say(share < 1 ? `Searching the texts: ${Math.round(100 * share)} %` : '');
    if (share < 1) return;
    filteredBy = null;
    show();
  });
}

let waiting;
byId('search').addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { searchTexts(); refilter({ query: byId('search').value }); }, 120);
});
byId('search').addEventListener('focus', searchTexts);
byId('tools').addEventListener('submit', (event) => event.preventDefault());
byId('copy-link').addEventListener('click', copyLink);
byId('save-csv').addEventListener('click', () => save('postings-shown.csv', 'text/csv;charset=utf-8', csvOf(shown)));
byId('save-ids').addEventListener('click', () => save('ids-shown.txt', 'text/plain;charset=utf-8', idsOf(shown)));

/** Turns to another page of the table, and to its top. */
function turnTo(page) {
  change({ page });
  byId('postings').scrollIntoView();
}
byId('page-before').addEventListener('click', () => turnTo(state.page - 1));
byId('page-after').addEventListener('click', () => turnTo(state.page + 1));
byId('page-size').addEventListener('change', (event) => change({ size: Number(event.target.value), page: 1 }));

/** Follows what a part of the page points to: filters, a posting, or another part. */
function go(to) {
  const told = new URLSearchParams(to);
  if (told.has('posting')) {
    openPosting(rows[told.get('posting') - 1]);
  } else if (to.includes('=')) {
    change(filtersOf(told), true);
    goTo('postings');
  } else {
    goTo(to);
  }
}

function goTo(id) {
  const part = byId(id);
  if (part instanceof HTMLDetailsElement) part.open = true;
  part.scrollIntoView();
  part.focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"], [data-go]');
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const row = event.target.closest('tr.row');
  if (link && plain) {
    // The address says what is shown, not where one has scrolled to.
    event.preventDefault();
    go(link.dataset.go ?? link.getAttribute('href').slice(1));
  } else if (row && plain && !window.getSelection().toString()) {
    openPosting(rows[row.dataset.posting - 1]);
  }
});

// Up and down go from posting to posting, as in a list.
byId('body').addEventListener('keydown', (event) => {
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  const next = step && event.target.closest('tr.row')?.[step];
  if (!next) return;
  event.preventDefault();
  next.querySelector('a').focus();
});

// On paper: the posting that is open, alone, or the page with its first rows. What is modal cannot be divided into sheets.
window.addEventListener('beforeprint', () => {
  document.documentElement.classList.toggle('one', dialog.open);
  printing = true;
  drawPage();
  const copy = dialog.open ? [...dialog.cloneNode(true).children] : [];
  copy.flatMap((part) => [part, ...part.querySelectorAll('[id]')]).forEach((part) => part.removeAttribute('id'));
  byId('paper').replaceChildren(...copy);
});
window.addEventListener('afterprint', () => {
  document.documentElement.classList.remove('one');
  printing = false;
  byId('paper').replaceChildren();
  drawPage();
});

function followAddress() {
  readAddress();
  if (state.query.trim()) searchTexts();
  show();
}
window.addEventListener('hashchange', followAddress);
window.addEventListener('popstate', followAddress);
for (const width of [NARROW, MEDIUM]) width.addEventListener('change', () => { if (!printing) show(); });
// On a narrow screen the table comes first, too: filters open when they are asked for.
byId('facets').open = !NARROW.matches;
followAddress();
