// One posting: its text with every mention marked, and what each skill contributed.
const dialog = byId('detail');
const packs = document.getElementsByClassName('details');
const unpacked = new Map();
const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** What a page would obey becomes a visible sign: the characters of src/text/sanitize.rs, as its test says. */
const inert = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]/g, '\ufffd');

/** A posting with names instead of places and positions. */
function unfolded(told) {
  const named = ([start, end, negated]) => ({ start, end, negated: negated === 1 });
  const matches = told.matches.map(([place, contribution, section, requirement, inText, inTitle]) => {
    const [mentions, titled] = [inText.map(named), inTitle.map(named)];
    const all = [...mentions, ...titled];
    const negated = all.length > 0 && all.every((mention) => mention.negated);
    return { ...skills.get(place), contribution, section, requirement, mentions, titled, negated };
  });
  return { ...told, matches, flip: told.flip.map((place) => skills.get(place).name) };
}

/** The details stand after this script, so that the table need not wait for them. */
const arrived = new Promise((resolve) => {
  if (document.readyState !== 'loading') resolve();
  else document.addEventListener('DOMContentLoaded', resolve);
});

/** The details of a posting, unpacked with those of its neighbours. */
async function explanation(number) {
  await arrived;
  const pack = Math.floor(number / data.packed);
  if (!unpacked.has(pack)) {
    const bytes = Uint8Array.from(atob(packs[pack].textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    if (unpacked.size > 8) unpacked.clear();
    unpacked.set(pack, (await new Response(stream).json()).map(unfolded));
  }
  return unpacked.get(pack)[number % data.packed];
}

function header(told, row) {
  const place = [told.company, told.location, told.source + (told.record ? `, record ${told.record}` : '')];
  const said = [chip(row[at.leaning])];
  const pair = (name, value) => make('span', {}, `${name} `, make('b', {}, value));
  if (told.tilt !== null) said.push(pair('tilt', signed(told.tilt)));
  said.push(...told.probabilities.map((probability, place) => pair([...data.sides, 'neither'][place], probability.toFixed(2))));
  said.push(pair('score', signed(told.score)));
  if (row[at.claim] >= 0) {
    const claim = `the title claims ${data.labels[row[at.claim]]}`;
    said.push(disagrees(row) ? `≠ ${claim}: the text does not` : claim);
  }
  return [
    make('h2', { id: 'detail-title', dir: 'auto', class: 'cell', tabindex: -1, autofocus: '' }, inert(told.title || told.id)),
    make('p', { class: 'lead cell', dir: 'auto' }, inert(place.filter(Boolean).join(' · '))),
    make('p', { class: 'said' }, ...said),
    told.why ? make('p', {}, told.why) : '',
    ...told.warnings.map((warning) => make('p', { class: 'notice' }, inert(warning))),
  ];
}

/** From zero, skill by skill, to the score. */
function waterfall(told) {
  const counted = told.matches.filter((match) => match.contribution).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  if (!counted.length) return [make('p', {}, 'Nothing counts for either role.')];
  let sum = 0;
  const steps = counted.map((match) => ({ match, from: sum, to: (sum += match.contribution) }));
  const ends = [0, ...steps.map((step) => step.to)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const times = (match) => match.mentions.length + match.titled.length;
  const place = (match) => [times(match) > 1 ? `×${times(match)}` : '',
    match.section === 'other' ? '' : match.section,
    match.requirement === 'preferred' && match.section !== 'preferred' ? 'preferred' : ''].filter(Boolean).join(' ');
  const line = ({ match, from, to }) => make('tr', {},
    make('th', { scope: 'row' }, match.name, ' ', make('small', {}, place(match))),
    make('td', { class: 'wide' }, bar(low, high, from, to, match.kind)),
    make('td', { class: 'number' }, signed(match.contribution)), make('td', { class: 'number' }, signed(to)));
  const names = ['skill', `${data.sides[0]} ← → ${data.sides[1]}`, 'adds', 'sum'];
  return [make('table', { class: 'waterfall', 'aria-labelledby': 'adds-up' },
    make('thead', {}, make('tr', {}, ...names.map((name, index) => make('th', { scope: 'col', class: index > 1 ? 'number' : index ? 'wide' : undefined }, name)))),
    make('tbody', {}, ...steps.map(line)),
    make('tfoot', {}, make('tr', {}, make('th', { scope: 'row' }, 'score'),
      make('td', { class: 'wide' }, bar(low, high, 0, told.score, data.classes[told.score < 0 ? 0 : 1])),
      make('td', { class: 'number' }, signed(told.score)), make('td', {}))))];
}

/** What says that a posting belongs to neither role, term by term. */
function neither(told) {
  const terms = told.neither.filter((term) => term.amount).sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const line = (name, amount) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', { class: 'number' }, signed(amount)));
  return make('details', {}, make('summary', {}, 'What says neither role'),
    make('table', {}, make('tbody', {}, ...terms.map(({ feature, amount }) => line(feature.replaceAll('_', ' '), amount))),
      make('tfoot', {}, line('log-odds of neither', told.neither.reduce((sum, { amount }) => sum + amount, 0)))));
}

function paid({ min, max, currency, period }) {
  const amount = (value) => value.toLocaleString('en');
  const sums = min === null ? max !== null && `up to ${amount(max)}` : max === null ? `from ${amount(min)}`
    : min === max ? amount(min) : `${amount(min)} to ${amount(max)}`;
  return [currency, sums, period && `${period === 'hour' ? 'an' : 'a'} ${period}`].filter(Boolean).join(' ');
}

function facts(told) {
  const names = (wanted) => told.matches.filter(wanted).map((match) => match.name).join(', ');
  const { degree, degree_fields: fields, experience_instead: instead, years_min: least, years_max: most, pay, certifications } = told.facts;
  const { workplace, contract, seniority, clearance, sponsorship } = told.facts;
  const lines = [
    ['the tilt would change sides without', told.flip.join(', ')],
    ['skills of both roles', names((match) => match.kind === 'both' && !match.negated)],
    ['negated', names((match) => match.negated)],
    ['of other professions', names((match) => match.kind === 'none' && !match.negated)],
    ['degree', degree.join(', ') + (fields.length ? ` in ${fields.join(', ')}` : '') + (instead ? ', or experience instead' : '')],
    ['years of experience', least === null ? '' : most === null ? `${least} or more` : `${least} to ${most}`],
    ['pay', pay ? paid(pay) : ''],
    ['certifications', certifications.join(', ')],
    ['workplace', workplace.join(', ')],
    ['contract', contract.join(', ')],
    ['seniority', seniority],
    ['security clearance', clearance],
    ['visa sponsorship', sponsorship === null ? '' : sponsorship ? 'yes' : 'no'],
  ].filter(([, value]) => value);
  return make('dl', { class: 'facts' }, ...lines.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, inert(value))]));
}

/** Pieces of text that lie apart, each with the shortest of the mentions that cover it: duties overlap other skills. */
function apart(mentions) {
  const edges = [...new Set(mentions.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const waiting = [...mentions].sort((a, b) => a.start - b.start);
  const pieces = [];
  let open = [];
  let next = 0;
  edges.slice(0, -1).forEach((start, at) => {
    const end = edges[at + 1];
    open = open.filter((mention) => mention.end > start);
    while (next < waiting.length && waiting[next].start <= start) open.push(waiting[next++]);
    if (!open.length) return;
    const shortest = open.reduce((a, b) => b.end - b.start < a.end - a.start ? b : a);
    pieces.push({ ...shortest, start, end });
  });
  return pieces;
}

/** A text in its sections, with every mention marked; offsets are of UTF-8. */
function marked(whole, sections, mentions) {
  const bytes = encoder.encode(whole);
  const slice = (start, end) => inert(decoder.decode(bytes.subarray(start, end)));
  const mark = ({ start, end, negated, match }) => make('mark', { class: negated ? 'negated' : match.kind,
    title: `${match.name}: ${negated ? 'negated' : match.kind === 'none' ? 'of other professions' : match.contribution ? signed(match.contribution) : 'skills of both roles'}` }, slice(start, end));
  return sections.map(({ section, factor, start, end }) => {
    const pieces = [];
    let done = start;
    for (const mention of mentions.filter((mention) => mention.start >= start && mention.start < end)) {
      pieces.push(slice(done, mention.start), mark(mention));
      done = mention.end;
    }
    pieces.push(slice(done, Math.max(done, end)).trimEnd());
    if (typeof pieces[0] === 'string') pieces[0] = pieces[0].replace(/^\n+/, '');
    return make('div', { class: factor < 0.5 ? 'part dim' : 'part' },
      make('h4', {}, section === 'elsewhere' ? 'elsewhere: no part of the posting'
        : `${section === 'other' ? 'of no known kind' : section}, counts ${factor.toFixed(1)}`),
      make('div', { class: 'text', dir: 'auto' }, ...pieces));
  });
}

/** The title, if it has mentions, and the text. */
function text(told) {
  const placed = (of) => apart(told.matches.flatMap((match) => of(match).map((mention) => ({ ...mention, match }))));
  const titled = placed((match) => match.titled);
  const title = { section: 'title', factor: told.title_factor, start: 0, end: encoder.encode(told.title).length };
  const cut = told.missing && make('p', { class: 'notice' }, `The text goes on for ${grouped(told.missing)} bytes that are not shown.`);
  return [...marked(told.title, titled.length ? [title] : [], titled),
    ...marked(told.text, told.sections, placed((match) => match.mentions)), cut || ''];
}

/** The columns of the table it came from that were carried through. */
function kept(told) {
  if (!told.kept.length) return [];
  const rows = told.kept.flatMap(([name, value]) => [make('dt', { dir: 'auto' }, inert(name)), make('dd', { dir: 'auto' }, inert(value))]);
  return [make('h3', {}, 'Carried through'), make('dl', { class: 'facts' }, ...rows)];
}

function legend() {
  const kinds = [['left', data.labels[0]], ['right', data.labels[1]], ['both', 'both roles'], ['none', 'other professions'], ['negated', 'negated']];
  return make('p', { class: 'said' }, 'marked: ', ...kinds.map(([kind, name]) => make('mark', { class: kind }, name)));
}

function turning(number) {
  const place = shown.indexOf(number);
  const button = (name, to) => {
    const element = make('button', { type: 'button', disabled: to === undefined ? '' : undefined }, name);
    element.addEventListener('click', () => { location.hash = `posting-${to + 1}`; });
    return element;
  };
  const close = make('button', { type: 'button', class: 'close' }, 'Close');
  close.addEventListener('click', () => dialog.close());
  return make('div', { class: 'turn' }, button('← Previous', shown[place - 1]),
    button('Next →', place < 0 ? undefined : shown[place + 1]), close);
}

async function open(number) {
  const row = rows[number];
  const parts = [turning(number)];
  if (number >= data.detailed) {
    parts.push(make('h2', { id: 'detail-title', class: 'cell' }, row[at.title] || row[at.id]),
      make('p', { class: 'notice' }, `Only the first ${grouped(data.detailed)} postings have details here; rolelean explain shows any.`));
  } else if (typeof DecompressionStream === 'undefined') {
    parts.push(make('h2', { id: 'detail-title' }, 'No details'), make('p', {}, 'This browser cannot unpack them; one of 2023 or later can.'));
  } else {
    const told = await explanation(number);
    parts.push(...header(told, row), make('h3', { id: 'adds-up' }, 'How it adds up'), ...waterfall(told),
      neither(told), make('h3', {}, 'What else it says'), facts(told), ...kept(told), make('h3', {}, 'The text'), legend(), ...text(told));
  }
  dialog.replaceChildren(...parts.filter((part) => part !== ''));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

/** The address says which posting is open, so that it can be sent to somebody. */
function follow() {
  const number = Number(/^#posting-(\d+)$/.exec(location.hash)?.[1]) - 1;
  if (rows[number]) open(number);
  else if (dialog.open) dialog.close();
}

dialog.addEventListener('close', () => { if (location.hash.startsWith('#posting-')) history.replaceState(null, '', '#'); });
// A press beside the dialog closes it.
dialog.addEventListener('click', (event) => { if (event.target === dialog && event.offsetX < 0) dialog.close(); });
window.addEventListener('hashchange', follow);
follow();
