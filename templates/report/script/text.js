// The text of a posting, with its sections labelled and every mention of a skill marked.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a mark is coloured as: what adds nothing is no evidence, whichever role its skill is filed under. */
const kindOfMatch = (match) => (match.contribution || match.class === 'none' ? match.class : 'both');

function markTitle(match, negated) {
  if (negated) return `${match.name}: negated, adds nothing`;
  if (match.class === 'none') return `${match.name}: of other professions`;
  return match.contribution ? `${match.name}: adds ${signed(match.contribution)}` : `${match.name}: speaks for neither role more than the other`;
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

const SECTIONS = { elsewhere: 'elsewhere: no part of the posting', other: 'of no known kind' };

/** A text in its sections, with every mention marked; offsets are of UTF-8. */
function marked(whole, sections, mentions) {
  const bytes = encoder.encode(whole);
  const slice = (start, end) => inertLines(decoder.decode(bytes.subarray(start, end)));
  const mark = ({ start, end, negated, match }) =>
    make('mark', { class: negated ? 'negated' : kindOfMatch(match), title: markTitle(match, negated) }, slice(start, end));
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
      make('h4', {}, SECTIONS[section] ?? section, ', ', term('section', `counts ${factor.toFixed(1)}`)),
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

function marks() {
  const kinds = [['left', data.labels[0]], ['right', data.labels[1]], ['both', 'neither more than the other'], ['none', 'other professions'], ['negated', 'negated']];
  return make('p', { class: 'said' }, 'marked: ', ...kinds.map(([kind, name]) => make('mark', { class: kind }, name)));
}
