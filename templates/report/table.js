// The table of postings. What a posting says is only ever shown as text: no markup is made of it.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read('table-data');
const at = { id: 0, title: 1, company: 2, location: 3, leaning: 4, tilt: 5, probability: 6, score: 7, left: 8, right: 9,
  claim: 10, years: 11, degree: 12, words: 13, skills: 14, body: 15, kept: 16 };
const rows = read('rows');
const skills = new Map(data.skills.map(([place, name, kind, postings]) => [place, { name, kind, postings }]));
const skillOf = new Map(data.skills.map(([place, name]) => [name.toLowerCase(), place]));
const byId = (id) => document.getElementById(id);
const grouped = (count) => count.toLocaleString('en');

/** An element with attributes and children; children that are no nodes become text. */
function make(tag, attributes = {}, ...children) {
  const svg = ['svg', 'rect', 'line', 'title'].includes(tag);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

function signed(value) {
  const size = Math.abs(value).toFixed(2);
  return size === '0.00' ? size : (value > 0 ? '+' : '−') + size;
}

const chip = (leaning) => make('span', { class: 'chip' },
  make('span', { class: `swatch ${data.classes[leaning]}` }), data.labels[leaning]);

/** A bar from `from` to `to` on an axis from `low` to `high`, with a line at zero. */
function bar(low, high, from, to, kind) {
  const place = (value) => 100 * (value - low) / (high - low || 1);
  const [start, end] = [Math.min(place(from), place(to)), Math.max(place(from), place(to))];
  return make('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    make('rect', { class: 'zero', x: Math.max(0, Math.min(99.6, place(0) - 0.2)), width: 0.4, height: 8 }),
    make('rect', { class: kind, x: start, width: Math.max(0.5, end - start), height: 8 }));
}

function tilt(row) {
  if (row[at.tilt] === null) return '–';
  const kind = data.classes[row[at.leaning]];
  return make('span', { class: 'tilt' }, make('span', { class: 'number' }, signed(row[at.tilt])),
    bar(-1, 1, 0, row[at.tilt], kind));
}

function posting(row, number) {
  const title = row[at.title] || row[at.id];
  const more = [row[at.company], row[at.location], row[at.title] ? row[at.id] : ''].filter(Boolean).join(' · ');
  const link = make('a', { href: `#posting-${number + 1}`, dir: 'auto', class: 'cell' }, title);
  return [link, make('small', { dir: 'auto', class: 'cell' }, more)];
}

// `of` is what a column sorts by, `show` what stands in its cell; `down`: the larger first.
const figure = (place) => (row) => (row[place] === null ? '–' : row[place].toFixed(2));
const columns = [
  { name: 'posting', kind: 'c-posting', of: (row) => (row[at.title] || row[at.id]).toLowerCase(), show: posting },
  { name: 'leaning', kind: 'c-leaning', of: (row) => row[at.leaning], show: (row) => chip(row[at.leaning]) },
  { name: 'tilt', kind: 'c-tilt', of: (row) => row[at.tilt], show: tilt },
  { name: 'probability', kind: 'c-probability number', down: true, of: (row) => row[at.probability], show: figure(at.probability) },
  { name: `${data.sides[0]} evidence`, kind: 'c-evidence number', down: true, of: (row) => row[at.left], show: figure(at.left) },
  { name: `${data.sides[1]} evidence`, kind: 'c-evidence number', down: true, of: (row) => row[at.right], show: figure(at.right) },
  { name: 'score', kind: 'c-score number', down: true, of: (row) => row[at.score], show: (row) => signed(row[at.score]) },
  { name: 'title claims', kind: 'c-claim', of: (row) => (row[at.claim] < 0 ? null : row[at.claim]),
    show: (row) => (row[at.claim] < 0 ? '–' : (disagrees(row) ? '≠ ' : '') + data.sides[row[at.claim]]) },
  { name: 'years', kind: 'c-years number', down: true, of: (row) => row[at.years], show: (row) => row[at.years] ?? '–' },
  { name: 'degree', kind: 'c-degree', down: true, of: (row) => row[at.degree], show: (row) => data.degrees[row[at.degree]] ?? '–' },
  { name: 'words', kind: 'c-words number', down: true, of: (row) => row[at.words], show: (row) => grouped(row[at.words]) },
];

/** The title claims a role that the text does not lean to. */
function disagrees(row) {
  return row[at.claim] >= 0 && row[at.claim] !== row[at.body];
}

/** The title claims one role and the text leans to the other. */
const leansToTheOther = (row) => disagrees(row) && row[at.body] < 2;

const haystacks = new Array(rows.length);
/** What a row is searched by, in lower case. */
function haystack(number) {
  const row = rows[number];
  return haystacks[number] ??= [row[at.title], row[at.company], row[at.location], row[at.id], row[at.kept] ?? '',
    ...row[at.skills].map((place) => skills.get(place).name)].join('\n').toLowerCase();
}

const filters = { search: byId('search'), leaning: byId('leaning'), claim: byId('claim'), skill: byId('skill') };
const sorting = { column: null, down: false };
/** Places in `rows` of the rows that are shown, in their order. */
let shown = [];

function wanted() {
  const words = filters.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const { leaning, claim } = { leaning: filters.leaning.value, claim: filters.claim.value };
  const name = filters.skill.value.trim().toLowerCase();
  const exact = skillOf.get(name);
  const named = !name ? null
    : new Set(exact !== undefined ? [exact] : data.skills.filter((skill) => skill[1].toLowerCase().includes(name)).map((skill) => skill[0]));
  return (row, number) =>
    (leaning === '' || row[at.leaning] === Number(leaning))
    && (claim === '' || (claim === 'other' ? leansToTheOther(row) : row[at.claim] === Number(claim)))
    && (!named || row[at.skills].some((place) => named.has(place)))
    && words.every((word) => haystack(number).includes(word));
}

function apply() {
  const accept = wanted();
  shown = [];
  rows.forEach((row, number) => { if (accept(row, number)) shown.push(number); });
  if (sorting.column) sort();
  byId('count').textContent = shown.length === rows.length
    ? `${grouped(rows.length)} postings` : `${grouped(shown.length)} of ${grouped(rows.length)} postings`;
  byId('table').setAttribute('aria-rowcount', shown.length + 1);
  draw(true);
}

/** Rows without a value come last, whichever way the others are sorted. */
function sort() {
  const keys = rows.map(sorting.column.of);
  const way = sorting.down ? -1 : 1;
  shown.sort((one, other) => {
    const [a, b] = [keys[one], keys[other]];
    if (a === null || b === null) return (a === null) - (b === null) || one - other;
    return (a < b ? -way : a > b ? way : 0) || one - other;
  });
}

function head() {
  byId('head').append(...columns.map((column) => {
    const button = make('button', { type: 'button' }, column.name);
    const cell = make('th', { scope: 'col', class: column.kind }, button);
    button.addEventListener('click', () => {
      sorting.down = sorting.column === column ? !sorting.down : Boolean(column.down);
      sorting.column = column;
      for (const other of byId('head').children) other.removeAttribute('aria-sort');
      cell.setAttribute('aria-sort', sorting.down ? 'descending' : 'ascending');
      apply();
    });
    return cell;
  }));
}

function rowOf(place) {
  const number = shown[place];
  const row = rows[number];
  const cells = columns.map((column, index) =>
    make(index ? 'td' : 'th', { class: column.kind, scope: index ? undefined : 'row' }, ...[column.show(row, number)].flat()));
  const element = make('tr', { class: 'row', 'aria-rowindex': place + 2 }, ...cells);
  element.dataset.number = number;
  return element;
}

const spacer = () => make('tr', { 'aria-hidden': 'true' }, make('td', { colspan: columns.length }));
const [above, below] = [spacer(), spacer()];
let drawn = [0, 0];

/** Draws the rows in view and some around them; the others are only as high as they would be. */
function draw(anew = false) {
  const body = byId('body');
  const height = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'));
  const top = -body.getBoundingClientRect().top;
  const fit = Math.ceil(window.innerHeight / height);
  let first = Math.max(0, Math.min(shown.length - fit, Math.floor(top / height)) - fit);
  let last = Math.min(shown.length, first + 3 * fit);
  if (printing) [first, last] = [0, Math.min(shown.length, PRINTED)];
  if (!anew && first === drawn[0] && last === drawn[1]) return;
  const focused = document.activeElement?.closest?.('tr.row')?.dataset.number;
  drawn = [first, last];
  above.firstChild.style.height = `${first * height}px`;
  below.firstChild.style.height = `${printing ? 0 : (shown.length - last) * height}px`;
  body.replaceChildren(above, ...Array.from({ length: last - first }, (_, offset) => rowOf(first + offset)), below);
  if (focused !== undefined) body.querySelector(`tr[data-number="${focused}"] a`)?.focus({ preventScroll: true });
}

// On paper there is no scrolling: the first rows stand for the table.
const PRINTED = 200;
let printing = false;
window.addEventListener('beforeprint', () => { printing = true; draw(true); });
window.addEventListener('afterprint', () => { printing = false; draw(true); });

let waiting;
function later() {
  clearTimeout(waiting);
  waiting = setTimeout(apply, 120);
}

/** Sets the filters from a number or a name that was chosen in a chart, and goes to the table. */
function filterBy({ leaning = '', claim = '', skill = '' }) {
  filters.search.value = '';
  filters.leaning.value = leaning;
  filters.claim.value = claim;
  filters.skill.value = skill;
  apply();
  byId('postings').scrollIntoView();
  byId('postings').focus({ preventScroll: true });
}

document.querySelectorAll('main button[data-leaning], main button[data-skill], main button[data-other]').forEach((button) => {
  const { leaning, claim, skill, other } = button.dataset;
  button.addEventListener('click', () => filterBy({ leaning, claim: other ? 'other' : claim, skill }));
});
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('filters').addEventListener('input', later);
byId('filters').addEventListener('reset', () => setTimeout(apply));
byId('skill-names').append(...data.skills.filter((skill) => skill[3]).sort((a, b) => b[3] - a[3]).map((skill) => make('option', { value: skill[1] })));
byId('body').addEventListener('click', (event) => {
  const row = event.target.closest('tr.row');
  if (row && !event.target.closest('a')) row.querySelector('a').click();
});
// Up and down go from posting to posting, as in a list.
byId('body').addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest('tr.row');
  const next = row && step && (step > 0 ? row.nextElementSibling : row.previousElementSibling);
  if (!next?.classList.contains('row')) return;
  event.preventDefault();
  next.querySelector('a').focus();
});
window.addEventListener('scroll', () => draw(), { passive: true });
window.addEventListener('resize', () => draw(true));
head();
apply();
