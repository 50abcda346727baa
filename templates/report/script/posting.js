// One posting: how it adds up, what else it says, and its text.

const dialog = byId('detail');
const unpacked = new Map();

/** A posting with names instead of places and positions. */
function unfoldedPosting(told, text) {
  const named = ([start, end, negated]) => ({ start, end, negated: negated === 1 });
  const matches = told.matches.map(([place, contribution, section, requirement, inText, inTitle]) => {
    const [mentions, titled] = [inText.map(named), inTitle.map(named)];
    const all = [...mentions, ...titled];
    const negated = all.length > 0 && all.every((mention) => mention.negated);
    return { ...skills.get(place), contribution, section, requirement, mentions, titled, negated };
  });
  return { ...told, text, matches, flip: told.flip.map((place) => skills.get(place).name) };
}

/** The details of a posting, unpacked with those of its neighbours. */
async function detailsOf(row) {
  const pack = Math.floor(row.number / data.packed);
  if (!unpacked.has(pack)) {
    if (unpacked.size > 8) unpacked.clear();
    const [details, texts] = await Promise.all([unpack('details', pack), unpack('texts', pack)]);
    unpacked.set(pack, details.map((told, place) => unfoldedPosting(told, texts[place])));
  }
  return unpacked.get(pack)[row.number % data.packed];
}

const titleOf = (text, focus) => make('h2', { id: 'detail-title', dir: 'auto', class: 'cell', tabindex: -1, autofocus: focus && '' }, inert(text));

function header(told, row) {
  const place = [told.company, told.location, told.source + (told.record ? `, record ${told.record}` : '')];
  return [
    titleOf(told.title || told.id, true),
    make('p', { class: 'lead cell', dir: 'auto' }, inert(place.filter(Boolean).join(' · '))),
    verdict(told, row),
    told.why ? make('p', { class: 'why' }, told.why) : '',
    ...told.warnings.map((warning) => make('p', { class: 'notice' }, inert(warning))),
  ];
}

const TITLED_TOLD = { agrees: 'the text agrees', 'other-role': '≠ the text asks for the other role', unclear: '≠ the text alone is balanced or neither' };

/** The verdict and the numbers that it is made of. */
function verdict(told, row) {
  const pair = (means, name, value) => make('div', {}, make('dt', {}, term(means, name)), make('dd', {}, value));
  const words = [...data.sides, 'neither'];
  const pairs = [pair('leaning', 'leaning', chip(row.place)),
    ...told.probabilities.map((probability, place) => pair('probability', `p ${words[place]}`, probability.toFixed(2)))];
  if (told.tilt !== null) pairs.push(pair('tilt', 'tilt', signed(told.tilt)));
  pairs.push(pair('score', 'score', signed(told.score)));
  if (row.title_leaning !== null) {
    pairs.push(pair('title_leaning', 'title claims', `${leaningLabel(row.title_leaning)}: ${TITLED_TOLD[row.titled]}`));
  }
  return make('dl', { class: 'verdict' }, ...pairs);
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
    make('td', { class: 'wide' }, bar(low, high, from, to, kindOfMatch(match))),
    make('td', { class: 'number' }, signed(match.contribution)), make('td', { class: 'number' }, signed(to)));
  const names = [term('skill', 'skill'), `${data.sides[0]} ← → ${data.sides[1]}`, term('adds', 'adds'), 'sum'];
  return [make('table', { class: 'waterfall', 'aria-labelledby': 'adds-up' },
    make('thead', {}, make('tr', {}, ...names.map((name, index) => make('th', { scope: 'col', class: index > 1 ? 'number' : index ? 'wide' : undefined }, name)))),
    make('tbody', {}, ...steps.map(line)),
    make('tfoot', {}, make('tr', {}, make('th', { scope: 'row' }, term('score', 'score')),
      make('td', { class: 'wide' }, bar(low, high, 0, told.score, data.classes[told.score < 0 ? 0 : 1])),
      make('td', { class: 'number' }, signed(told.score)), make('td', {}))))];
}

/** What says that a posting belongs to neither role, term by term. */
function neither(told) {
  const terms = told.neither.filter((term) => term.amount).sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const line = (name, amount) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', { class: 'number' }, signed(amount)));
  return make('details', {}, make('summary', { 'data-means': 'neither', 'aria-describedby': 'means-neither' }, 'What says neither role'),
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
    ['the tilt would change sides without', told.flip.join(', '), 'flip'],
    ['skills that speak for neither role more', names((match) => kindOfMatch(match) === 'both' && !match.negated), 'skill'],
    ['negated', names((match) => match.negated), 'negated'],
    ['of other professions', names((match) => match.class === 'none' && !match.negated)],
    ['degree', degree.join(', ') + (fields.length ? ` in ${fields.join(', ')}` : '') + (instead ? ', or experience instead' : ''), 'degree'],
    ['years of experience', least === null ? '' : most === null ? `${least} or more` : `${least} to ${most}`, 'years_min'],
    ['pay', pay ? paid(pay) : ''],
    ['certifications', certifications.join(', ')],
    ['workplace', workplace.join(', ')],
    ['contract', contract.join(', ')],
    ['seniority', seniority],
    ['security clearance', clearance],
    ['visa sponsorship', sponsorship === null ? '' : sponsorship ? 'yes' : 'no'],
  ].filter(([, value]) => value);
  return make('dl', { class: 'facts' }, ...lines.flatMap(([name, value, means]) => [make('dt', {}, means ? term(means, name) : name), make('dd', { dir: 'auto' }, inert(value))]));
}

/** The columns of the table it came from that were carried through. */
function kept(told) {
  if (!told.kept.length) return [];
  const rows = told.kept.flatMap(([name, value]) => [make('dt', { dir: 'auto' }, inert(name)), make('dd', { dir: 'auto', class: 'lines' }, inertLines(value))]);
  return [make('h3', {}, 'Carried through'), make('dl', { class: 'facts' }, ...rows)];
}

/** The posting before or after in the table. */
function turning(row) {
  const place = shown.indexOf(row);
  const turn = (name, to) => button(name, () => openPosting(to), { disabled: to === undefined && '' });
  return make('div', { class: 'turn' }, turn('← Previous', shown[place - 1]), turn('Next →', place < 0 ? undefined : shown[place + 1]),
    button('Copy link', copyLink), button('Print', () => window.print()), button('Close', () => dialog.close(), { class: 'close' }));
}

async function contentOf(row) {
  if (row.number >= data.detailed) {
    return [titleOf(row.name, true),
      make('p', { class: 'notice' }, `Only the first ${grouped(data.detailed)} postings have details here; rolelean explain shows any.`)];
  }
  if (!canUnpack) return [titleOf('No details', true), make('p', {}, 'This browser cannot unpack them; one of 2023 or later can.')];
  const told = await detailsOf(row);
  return [...header(told, row), make('h3', { id: 'adds-up' }, 'How it adds up'), ...waterfall(told), neither(told),
    make('h3', {}, 'What else it says'), facts(told), ...kept(told), make('h3', {}, 'The text'), marks(), ...text(told)];
}

/** The posting in the dialog. */
let opened = null;

async function drawPosting() {
  const row = state.posting;
  if (row === opened) return;
  opened = row;
  if (!row) {
    dialog.close();
    return;
  }
  const content = await contentOf(row);
  // Another may have been asked for while this one was unpacked.
  if (state.posting !== row) return;
  dialog.replaceChildren(turning(row), ...content.filter((part) => part !== ''));
  dialog.dataset.posting = row.posting;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  byId('detail-title').focus();
  highlight(state.query);
}

const openPosting = (row) => change({ posting: row }, true);

dialog.addEventListener('close', () => { if (state.posting) change({ posting: null }); });
// A press beside the dialog closes it.
dialog.addEventListener('click', (event) => { if (event.target === dialog && event.offsetX < 0) dialog.close(); });
