// Which rows are shown: facets (one of several values), ranges of numbers, skills, and the search.

const NOT_SAID = '';
const labelOf = new Map(data.leanings.map((id, place) => [id, data.labels[place]]));
const leaningLabel = (id) => labelOf.get(id) ?? 'none';
const TITLED = { agrees: 'agree', 'other-role': 'title names the other role', unclear: 'text is balanced or neither', 'no-claim': 'title names no role' };
const REASONS = { 'too-little': 'too little of either role', 'too-diffuse': 'too diffuse', 'other-profession': 'other profession', both: 'balanced: both roles' };

/** A filter by values. `of` gives those of a row, once; without `order` the commonest stand first. */
function facet(key, name, of, more = {}) {
  const known = new Array(rows.length);
  return { key, name, of: (row) => known[row.number] ??= of(row), label: (value) => value, ...more };
}

const one = (key) => (row) => [String(row[key] ?? NOT_SAID)];
const several = (key) => (row) => row.parts(key);

const facets = [
  facet('leaning', 'Leaning', one('leaning'), { means: 'leaning', label: leaningLabel, order: data.leanings, open: true }),
  facet('reason', 'Why neither or both', one('reason'), { means: 'reason', label: (value) => REASONS[value] ?? value }),
  facet('title', 'Title and text', (row) => [row.titled], { means: 'title', label: (value) => TITLED[value] ?? value, order: Object.keys(TITLED), open: true }),
  facet('company', 'Company', one('company'), { open: true }),
  facet('location', 'Location', one('location'), { open: true }),
  facet('seniority', 'Seniority', one('seniority')),
  facet('workplace', 'Workplace', several('workplace')),
  facet('contract', 'Contract', several('contract')),
  facet('degree', 'Lowest degree', (row) => row.parts('degree').slice(0, 1), { means: 'degree' }),
  facet('years_min', 'Years of experience', one('years_min'), { means: 'years_min', compare: (a, b) => a - b }),
  facet('pay', 'Pay in', (row) => [row.pay?.[0] ?? NOT_SAID], { means: 'pay' }),
  facet('language', 'Language', one('language')),
  facet('title_leaning', 'Title claims', one('title_leaning'), { means: 'title_leaning', label: leaningLabel }),
  facet('text', 'Text alone leans to', (row) => [row.text], { means: 'title', label: leaningLabel, order: data.leanings }),
  ...data.kept.map((name, place) => facet(`kept.${name}`, name, (row) => [row.kept[place] ?? NOT_SAID])),
];
const facetOf = new Map(facets.map((one) => [one.key, one]));
const valueLabel = (one, value) => (value === NOT_SAID && one.key !== 'title_leaning' ? 'not said' : one.label(value));

/** A skill as a filter: its id, and how it is asked for, if that matters: `java`, `java:required`. */
const ASKED = { required: 'required', preferred: 'preferred', named: 'not said' };

function skillToken(token) {
  const [id, how] = token.split(':');
  const skill = skillById.get(id);
  return skill && (how === undefined || how in ASKED) ? { skill, how } : null;
}

function tokenLabel(token) {
  const told = skillToken(token);
  return told ? told.skill.name + (told.how ? ` (${ASKED[told.how]})` : '') : token;
}

function hasSkill(token) {
  const told = skillToken(token);
  if (!told) return () => false;
  return (row) => (told.how ? row[told.how] : row.skills).includes(told.skill.place);
}

/** A range of numbers; its end, if it has one, lies outside. */
function inRange(key, [from, to]) {
  return (row) => row[key] !== null && row[key] >= from && (to === null || row[key] < to);
}

/** The conditions of a state, each with a test; skills of which any will do are one. */
function conditions(state) {
  const tests = [];
  for (const [key, values] of state.chosen) {
    const { of } = facetOf.get(key);
    tests.push({ key, test: (row) => of(row).some((value) => values.has(value)) });
  }
  for (const [key, range] of state.ranges) tests.push({ key: `range.${key}`, test: inRange(key, range) });
  const has = [...state.skills].map(hasSkill);
  if (has.length && state.anySkill) tests.push({ key: 'skill', test: (row) => has.some((test) => test(row)) });
  else tests.push(...has.map((test) => ({ key: 'every skill', test })));
  for (const token of state.without) {
    const test = hasSkill(token);
    tests.push({ key: 'no skill', test: (row) => !test(row) });
  }
  if (state.query.trim()) tests.push({ key: 'query', test: matcher(state.query) });
  return tests;
}

/**
 * The rows that meet all conditions, and for each facet how many rows have each value: of those that meet
 * all conditions but that of the facet itself, so that a count is what one gets by choosing the value.
 */
function filtered(state) {
  const tests = conditions(state);
  const counts = new Map([...facets.map(({ key }) => [key, new Map()]), ['skill', new Map()]]);
  const shown = [];
  for (const row of rows) {
    const failed = tests.filter(({ test }) => !test(row));
    if (!failed.length) shown.push(row);
    if (failed.length > 1) continue;
    const only = failed[0]?.key;
    for (const { key, of } of facets) {
      if (only === undefined || only === key) count(counts.get(key), of(row));
    }
    if (only === undefined || only === 'skill') count(counts.get('skill'), row.skills);
  }
  return { shown, counts };
}

function count(tally, values) {
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
}
