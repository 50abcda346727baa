// The columns of the table: what each is called, what stands in its cells, and what it is sorted by.

const figure = (key) => (row) => (row[key] === null ? '–' : row[key].toFixed(2));
const numeric = (key) => rows.some((row) => typeof row[key] === 'number');

function posting(row) {
  const more = [row.company, row.location, row.title === null ? null : row.id].filter(Boolean).join(' · ');
  const found = snippet(row, state.query);
  return [make('a', { href: `#posting=${row.posting}`, dir: 'auto', class: 'cell' }, row.name),
    more && make('small', { dir: 'auto', class: 'cell' }, more),
    found && make('small', { dir: 'auto', class: 'cell snippet' }, found)];
}

const leaning = (row) => [chip(row.place), row.why && make('small', {}, row.why)];

function tilt(row) {
  if (row.tilt === null) return '–';
  return make('span', { class: 'tilt' }, make('span', {}, signed(row.tilt)), bar(-1, 1, 0, row.tilt, data.classes[row.place]));
}

function claim(row) {
  if (row.title_leaning === null) return '–';
  return (row.title_agrees ? '' : '≠ ') + data.sides[data.leanings.indexOf(row.title_leaning)];
}

const probability = (key, word) => ({ key, name: `p ${word}`, means: 'probability', number: true, show: figure(key) });
const evidence = (key, side) => ({ key, name: `${data.sides[side]} evidence`, means: 'evidence', number: true, show: figure(key) });

/** Columns that are shown in a way of their own; all others show their cell of postings.csv. */
const special = [
  { key: 'title', name: 'posting', kind: 'c-posting', of: (row) => row.name.toLowerCase(), show: posting },
  { key: 'leaning', name: 'leaning', means: 'leaning', kind: 'c-leaning', of: (row) => row.place, show: leaning },
  { key: 'tilt', name: 'tilt', means: 'tilt', kind: 'c-tilt', show: tilt },
  probability('p_left', data.sides[0]), probability('p_right', data.sides[1]), probability('p_neither', 'neither'),
  { key: 'score', name: 'score', means: 'score', number: true, show: (row) => signed(row.score) },
  evidence('left_evidence', 0), evidence('right_evidence', 1),
  { key: 'title_leaning', name: 'title claims', means: 'title_leaning', kind: 'c-claim', show: claim },
  { key: 'years_min', name: 'years', means: 'years_min', number: true },
  { key: 'degree', name: 'degree', means: 'degree' },
];

function plain(key, name) {
  const number = numeric(key);
  const show = (row) => {
    const value = row[key];
    if (value === null || value === '') return '–';
    return number ? grouped(value) : make('span', { dir: 'auto', class: 'cell' }, String(value));
  };
  return { key, name: name.replaceAll('_', ' '), number, show };
}

const pay = { key: 'pay', name: 'pay a year', means: 'pay', number: true, of: (row) => row.pay?.[1] ?? null,
  show: (row) => (row.pay ? `${row.pay[0]} ${grouped(Math.round(row.pay[1]))}` : '–') };

const keptColumn = (name, place) => ({ key: `kept.${name}`, name, of: (row) => row.kept[place] || null,
  show: (row) => (row.kept[place] ? make('span', { dir: 'auto', class: 'cell' }, row.kept[place]) : '–') });

const others = data.columns.filter(({ key }) => !special.some((column) => column.key === key));
const columns = [...special, pay, ...others.map(({ key, name }) => plain(key, name)), ...data.kept.map(keptColumn)]
  .map((column) => ({ of: (row) => row[column.key], show: plain(column.key, column.name).show, ...column }));
const columnOf = new Map(columns.map((column) => [column.key, column]));

/** A sheet is another width than a window, and what it shows is settled before it is laid out. */
let printing = false;

const NARROW = window.matchMedia('(max-width: 640px)');
const MEDIUM = window.matchMedia('(max-width: 1100px)');

/** The columns that are shown where nobody has chosen others: as many as there is room for. */
function usualColumns() {
  if (NARROW.matches && !printing) return ['title', 'leaning'];
  const few = ['title', 'leaning', 'tilt', 'p_left', 'p_right', 'p_neither'];
  return MEDIUM.matches || printing ? few : [...few, 'title_leaning'];
}
