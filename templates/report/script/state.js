// What is shown, and the address that says so: whoever opens the address sees the same.

const SIZES = [25, 100, 500];

const emptyFilters = () => ({ query: '', chosen: new Map(), ranges: new Map(), skills: new Set(), anySkill: false, without: new Set(), page: 1 });
const state = { ...emptyFilters(), sort: null, down: false, columns: null, size: SIZES[0], posting: null, market: '' };

const RANGE = /^(-?[\d.]+)\.\.(-?[\d.]+)?$/;

/** The start and the end of a range as the address writes it. */
function rangeOf(text) {
  const [, from, to] = RANGE.exec(text) ?? [];
  return from === undefined ? null : [Number(from), to === undefined ? null : Number(to)];
}

/** What part of an address filters: of others nothing is taken. */
function filtersOf(told) {
  const filters = emptyFilters();
  for (const [key, value] of told) {
    if (key === 'q') filters.query = value;
    else if (key === 'skill' && skillToken(value)) filters.skills.add(value);
    else if (key === 'no-skill' && skillToken(value)) filters.without.add(value);
    else if (key === 'skills') filters.anySkill = value === 'any';
    else if (RANGE.test(value) && columnOf.has(key) && numeric(key)) filters.ranges.set(key, rangeOf(value));
    else if (facetOf.has(key)) filters.chosen.set(key, (filters.chosen.get(key) ?? new Set()).add(value));
  }
  filters.page = Math.max(1, Math.floor(Number(told.get('page'))) || 1);
  return filters;
}

/** Takes over what an address says. */
function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  const sort = told.get('sort') ?? '';
  const columns = (told.get('columns') ?? '').split(',').filter((key) => columnOf.has(key));
  Object.assign(state, filtersOf(told), {
    down: sort.startsWith('-'),
    sort: columnOf.get(sort.replace(/^-/, '')) ?? null,
    columns: columns.length ? columns : null,
    size: SIZES.find((size) => size === Number(told.get('rows'))) ?? SIZES[0],
    posting: rows[told.get('posting') - 1] ?? null,
    market: told.get('market') ?? '',
  });
}

/** The address of what is shown; only what is unusual is said. */
function address() {
  const told = new URLSearchParams();
  if (state.query.trim()) told.set('q', state.query.trim());
  for (const [key, values] of state.chosen) for (const value of values) told.append(key, value);
  for (const [key, [from, to]] of state.ranges) told.append(key, `${from}..${to ?? ''}`);
  for (const token of state.skills) told.append('skill', token);
  if (state.anySkill && state.skills.size > 1) told.set('skills', 'any');
  for (const token of state.without) told.append('no-skill', token);
  if (state.sort) told.set('sort', (state.down ? '-' : '') + state.sort.key);
  if (state.columns) told.set('columns', state.columns.join(','));
  if (state.size !== SIZES[0]) told.set('rows', state.size);
  if (state.page > 1) told.set('page', state.page);
  if (state.market) told.set('market', state.market);
  if (state.posting) told.set('posting', state.posting.posting);
  // A colon and dots may stand in a fragment, and are easier to read.
  return `#${told.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}

/** Changes what is shown and says so in the address; `step` makes it a step to come back from. */
function change(changes, step = false) {
  Object.assign(state, changes);
  const to = address();
  if (to !== (location.hash || '#')) history[step ? 'pushState' : 'replaceState'](null, '', to);
  show();
}

/** Changes filters, after which the first page is shown. */
const refilter = (changes) => change({ page: 1, ...changes });
