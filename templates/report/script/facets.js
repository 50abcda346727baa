// Beside the table: the filters with their counts, and those that are set.

const FEW = 8;
const MOST = 500;
/** Facets of which all values are listed. */
const unfolded = new Set();

/** The values of a facet that are listed: those that are chosen and those that some row has. */
function valuesOf(one) {
  const tally = counts.get(one.key);
  const chosen = state.chosen.get(one.key) ?? new Set();
  const values = [...new Set([...chosen, ...tally.keys()])].map((value) => ({ value, count: tally.get(value) ?? 0, chosen: chosen.has(value) }));
  if (one.order) values.sort((a, b) => one.order.indexOf(a.value) - one.order.indexOf(b.value));
  else if (one.compare) values.sort((a, b) => (a.value === NOT_SAID) - (b.value === NOT_SAID) || one.compare(a.value, b.value));
  else values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return values;
}

/** With `value` chosen if it was not, and not if it was. */
function toggled(values, value) {
  const next = new Set(values);
  if (!next.delete(value)) next.add(value);
  return next;
}

function choose(key, value) {
  const chosen = new Map(state.chosen);
  const values = toggled(chosen.get(key), value);
  if (values.size) chosen.set(key, values);
  else chosen.delete(key);
  refilter({ chosen });
}

function choice(key, value, name, checked, number, act) {
  const box = make('input', { type: 'checkbox', 'data-key': key, 'data-value': value });
  box.checked = checked;
  box.addEventListener('change', act);
  return make('label', { class: 'choice' }, box, make('span', { class: 'choice-name', dir: 'auto' }, name), make('span', { class: 'count' }, grouped(number)));
}

/** A list of choices, of which only the first are shown until more are asked for. */
function list(key, items, few) {
  const all = unfolded.has(key);
  const listed = items.slice(0, all ? MOST : few);
  const more = items.length > few && button(all ? 'fewer' : `all ${grouped(items.length)}`, () => { unfolded[all ? 'delete' : 'add'](key); drawFacets(); },
    { class: 'plain', 'data-key': key, 'data-value': 'more', 'aria-expanded': String(all) });
  return [make('ul', { class: all ? 'choices long' : 'choices', tabindex: all && '0' }, ...listed.map((item) => make('li', {}, ...item))), more || ''];
}

/** A facet with its heading, open or not as it was before. */
function folded(key, name, means, open, ...content) {
  const before = document.querySelector(`#facet-list details[data-facet="${CSS.escape(key)}"]`);
  const described = means ? { 'data-means': means, 'aria-describedby': `means-${means}` } : {};
  return make('details', { class: 'facet', 'data-facet': key, open: (before ? before.open : open) && '' },
    make('summary', { 'data-key': key, ...described }, name), ...content);
}

function facetBox(one) {
  const values = valuesOf(one);
  const items = values.map(({ value, count, chosen }) =>
    [choice(one.key, value, valueLabel(one, value), chosen, count, () => choose(one.key, value))]);
  return folded(one.key, one.name, one.means, one.open || state.chosen.has(one.key), ...list(one.key, items, FEW));
}

/** Facets of which all rows have the same value choose nothing. */
const chooses = facets.filter(({ key, of }) => {
  if (key === 'leaning') return true;
  const seen = new Set();
  return rows.some((row) => { of(row).forEach((value) => seen.add(value)); return seen.size > 1; });
});

function skillItem(skill) {
  const not = state.without.has(skill.id);
  const name = choice('skill', skill.id, skill.name, state.skills.has(skill.id), counts.get('skill').get(skill.place) ?? 0,
    () => refilter({ skills: toggled(state.skills, skill.id), without: new Set([...state.without].filter((id) => id !== skill.id)) }));
  const without = button('not', () => refilter({ without: toggled(state.without, skill.id), skills: new Set([...state.skills].filter((id) => id !== skill.id)) }),
    { class: 'not', 'aria-pressed': String(not), 'aria-label': `not ${skill.name}`, 'data-key': 'no-skill', 'data-value': skill.id });
  return [name, without];
}

function skillBox() {
  const tally = counts.get('skill');
  const chosen = new Set([...state.skills, ...state.without].map((token) => skillToken(token).skill));
  const rest = data.skills.filter((skill) => tally.has(skill.place) && !chosen.has(skill)).sort((a, b) => tally.get(b.place) - tally.get(a.place));
  const add = make('input', { type: 'search', id: 'skill', list: 'skill-names', placeholder: 'Add a skill', 'aria-label': 'Add a skill', 'data-key': 'skill-name' });
  add.addEventListener('change', () => {
    const skill = skillByName.get(add.value.trim().toLowerCase());
    if (skill) refilter({ skills: new Set([...state.skills, skill.id]) });
    else if (add.value) say(`No posting names a skill called “${add.value}”.`);
  });
  const mode = make('select', { 'aria-label': 'Of the chosen skills', 'data-key': 'skills' }, make('option', { value: '' }, 'all of them'), make('option', { value: 'any' }, 'any of them'));
  mode.value = state.anySkill ? 'any' : '';
  mode.addEventListener('change', () => refilter({ anySkill: mode.value === 'any' }));
  return folded('skill', 'Skills', 'skill', true, make('div', { class: 'skill-tools' }, add, mode),
    ...list('skill', [...chosen, ...rest].map(skillItem), Math.max(FEW, chosen.size)));
}

function drawFacets() {
  keepingFocus(byId('facet-list'), () => {
    const boxes = chooses.map(facetBox);
    // Skills stand behind what is said of the verdict.
    boxes.splice(chooses.findIndex(({ key }) => !['leaning', 'reason', 'title'].includes(key)) >>> 0, 0, skillBox());
    byId('facet-list').replaceChildren(...boxes);
  });
}

const RANGE_NAMES = { left_evidence: `${data.sides[0]} evidence`, right_evidence: `${data.sides[1]} evidence` };
const rangeLabel = (key, [from, to]) => `${RANGE_NAMES[key] ?? key} ${to === null ? `from ${from}` : `${from} to ${to}`}`;

/** Each filter that is set, with what takes it away. */
function active() {
  const all = [];
  if (state.query.trim()) all.push([`“${state.query.trim()}”`, { query: '' }]);
  for (const [key, values] of state.chosen) {
    const one = facetOf.get(key);
    for (const value of values) all.push([`${one.name}: ${valueLabel(one, value)}`, () => choose(key, value)]);
  }
  for (const [key, range] of state.ranges) {
    all.push([rangeLabel(key, range), { ranges: new Map([...state.ranges].filter(([other]) => other !== key)) }]);
  }
  for (const token of state.skills) all.push([`skill: ${tokenLabel(token)}`, { skills: toggled(state.skills, token) }]);
  for (const token of state.without) all.push([`not: ${tokenLabel(token)}`, { without: toggled(state.without, token) }]);
  return all;
}

function drawActive() {
  const all = active();
  const chips = all.map(([name, undo]) => button(name, typeof undo === 'function' ? undo : () => refilter(undo), { class: 'active', dir: 'auto', 'aria-label': `${name}: remove` }));
  if (all.length) chips.push(button('Clear all', clearAll, { id: 'clear' }));
  byId('active').replaceChildren(...chips);
}

function clearAll() {
  refilter(emptyFilters());
  byId('search').focus({ preventScroll: true });
}

/** The choice of columns. */
function drawColumnChoice() {
  const visible = new Set(visibleColumns().map(({ key }) => key));
  const boxes = columns.filter(({ key }) => key !== 'title').map(({ key, name }) => {
    const box = make('input', { type: 'checkbox', 'data-key': 'column', 'data-value': key });
    box.checked = visible.has(key);
    box.addEventListener('change', () => {
      const chosen = toggled(visible, key);
      change({ columns: columns.map((column) => column.key).filter((other) => chosen.has(other)) });
    });
    return make('label', {}, box, name);
  });
  const usual = button('Usual columns', () => change({ columns: null }), { 'data-key': 'usual' });
  keepingFocus(byId('column-choice'), () => byId('column-choice').replaceChildren(byId('column-choice').firstElementChild, usual, ...boxes));
}
