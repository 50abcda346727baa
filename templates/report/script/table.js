// The table: the page of the rows that the filters leave, in the order chosen.

/** What the filters leave, in order, and the counts of the facets. */
let shown = [];
let counts = new Map();

/** On paper there are no pages to turn: the first rows stand for the table. */
const PRINTED = 200;
/** Rows without a value come last, whichever way the others are sorted; equals stay as they were. */
function inOrder(list, of, down) {
  const keys = new Map(list.map((row) => [row, of(row)]));
  const way = down ? -1 : 1;
  return [...list].sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (a === null || b === null) return (a === null) - (b === null);
    return a < b ? -way : a > b ? way : 0;
  });
}

const sorted = (list) => (state.sort ? inOrder(list, state.sort.of, state.down) : list);

const visibleColumns = () => (state.columns ?? usualColumns()).map((key) => columnOf.get(key));

function headOfColumn(column) {
  const is = state.sort === column;
  const sort = () => change({ sort: column, down: is ? !state.down : Boolean(column.number), page: 1 });
  const means = column.means && { 'data-means': column.means, 'aria-describedby': `means-${column.means}` };
  return make('th', { scope: 'col', class: kindOf(column), 'aria-sort': is && (state.down ? 'descending' : 'ascending') },
    // Chromium repeats the header on each sheet, but not the buttons in it.
    printing ? column.name : button(column.name, sort, { 'data-sort': column.key, ...means }));
}

const kindOf = (column) => [column.kind, column.number && 'number'].filter(Boolean).join(' ') || undefined;

function rowOf(row) {
  const cells = visibleColumns().map((column) => {
    const head = column.key === 'title';
    return make(head ? 'th' : 'td', { class: kindOf(column), scope: head && 'row' }, ...[column.show(row)].flat().filter(Boolean));
  });
  const element = make('tr', { class: 'row' }, ...cells);
  element.dataset.posting = row.posting;
  return element;
}

const lastPage = () => Math.max(1, Math.ceil(shown.length / state.size));

function draw(list) {
  keepingFocus(byId('table'), () => {
    byId('head').replaceChildren(...visibleColumns().map(headOfColumn));
    byId('body').replaceChildren(...list.map(rowOf));
  });
  const scroller = byId('scroller');
  const scrolls = scroller.scrollWidth > scroller.clientWidth;
  scroller.classList.toggle('scrolls', scrolls);
  for (const [name, value] of [['tabindex', '0'], ['role', 'region'], ['aria-label', 'Table of postings']]) {
    if (scrolls) scroller.setAttribute(name, value);
    else scroller.removeAttribute(name);
  }
}

function drawPage() {
  if (printing) {
    drawPrinted();
    return;
  }
  state.page = Math.min(state.page, lastPage());
  const start = (state.page - 1) * state.size;
  const list = shown.slice(start, start + state.size);
  draw(list);
  byId('page-place').textContent = list.length ? `${grouped(start + 1)} to ${grouped(start + list.length)} of ${grouped(shown.length)}` : 'none';
  byId('page-before').disabled = state.page === 1;
  byId('page-after').disabled = state.page === lastPage();
  byId('page-size').value = String(state.size);
}

/** Draws a part anew and gives the focus back to what stands where it was. */
function keepingFocus(part, redraw) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const { key, value, sort } = focused?.dataset ?? {};
  const href = focused?.getAttribute('href');
  redraw();
  if (!focused) return;
  const same = [...part.querySelectorAll(focused.tagName)].find((element) => element.dataset.key === key
    && element.dataset.value === value && element.dataset.sort === sort && element.getAttribute('href') === href);
  same?.focus({ preventScroll: true });
}

function drawPrinted() {
  draw(shown.slice(0, PRINTED));
  byId('print-note').textContent = shown.length > PRINTED
    ? `The first ${PRINTED} of ${grouped(shown.length)} postings; postings.csv has all.` : '';
}
