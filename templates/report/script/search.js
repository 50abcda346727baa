// Search: what is asked for, where it is found, and how it is shown.

const packed = { details: document.getElementsByClassName('details'), texts: document.getElementsByClassName('texts') };
const canUnpack = typeof DecompressionStream !== 'undefined';

/** The details stand after this script, so that the table need not wait for them. */
const arrived = new Promise((resolve) => {
  if (document.readyState !== 'loading') resolve();
  else document.addEventListener('DOMContentLoaded', resolve);
});

function bytesOf(base64) {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** The details or the texts of neighbouring postings. */
async function unpack(what, pack) {
  await arrived;
  const stream = new Blob([bytesOf(packed[what][pack].textContent)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

/** Words and "phrases" to find, and those with a minus that must not be there; in lower case. */
function asked(query) {
  const terms = { with: [], without: [] };
  for (const [, minus, phrase, word] of query.toLowerCase().matchAll(/(-?)(?:"([^"]+)"?|([^\s"]+))/g)) {
    const text = (phrase ?? word).trim().replace(/\s+/g, ' ');
    if (text) terms[minus ? 'without' : 'with'].push(text);
  }
  return terms;
}

const LETTER = /[\p{L}\p{N}]/u;

/** Where a term begins a word of a text, from `from` on; -1 for nowhere. A term that begins with a sign may stand anywhere. */
function find(text, wanted, from = 0) {
  const anywhere = !LETTER.test(wanted[0]);
  let at = text.indexOf(wanted, from);
  while (at > 0 && !anywhere && LETTER.test(text[at - 1])) at = text.indexOf(wanted, at + 1);
  return at;
}

/** What is found of a row without its text, in lower case. */
const heads = new Array(rows.length);
const headOf = (row) => heads[row.number] ??= [row.title, row.company, row.location, row.id, ...row.kept,
  ...row.skills.map((place) => skills.get(place).name)].filter(Boolean).join('\n').toLowerCase();

/** The texts by number: as written, with their white space made one, and in lower case. They are unpacked when a search first needs them. */
const texts = { written: [], lower: [], share: 0, loading: null };

async function loadTexts(progress) {
  const packs = packed.texts.length;
  for (let pack = 0; pack < packs; pack += 1) {
    for (const text of await unpack('texts', pack)) {
      const written = inert(text.replace(/\s+/g, ' '));
      texts.written.push(written);
      texts.lower.push(written.toLowerCase());
    }
    const share = Math.floor(10 * (pack + 1) / packs) / 10;
    if (share > texts.share) {
      texts.share = share;
      progress(share);
    }
  }
}

/** Begins to unpack the texts, once; `progress` is called as they come. */
function wantTexts(progress) {
  if (canUnpack) texts.loading ??= arrived.then(() => loadTexts(progress));
}

/** A test of rows by a query. */
function matcher(query) {
  const terms = asked(query);
  const has = (row, wanted) => find(headOf(row), wanted) >= 0 || find(texts.lower[row.number] ?? '', wanted) >= 0;
  return (row) => terms.with.every((wanted) => has(row, wanted)) && !terms.without.some((wanted) => has(row, wanted));
}

const AROUND = 60;
/** A word may be of any length. */
const MOST_AROUND = 240;

/** The passage of a posting's text around the first term that only the text has. */
function snippet(row, query) {
  const text = texts.lower[row.number];
  if (!text) return '';
  const wanted = asked(query).with.find((term) => find(headOf(row), term) < 0 && find(text, term) >= 0);
  if (!wanted) return '';
  const at = find(text, wanted);
  // From the beginning of a word to the end of one.
  const start = at < AROUND ? 0 : text.indexOf(' ', at - AROUND) + 1;
  const end = text.indexOf(' ', at + wanted.length + AROUND);
  const passage = texts.written[row.number].slice(Math.min(start, at), end < 0 ? undefined : end);
  return `${start > 0 ? '… ' : ''}${passage.slice(0, MOST_AROUND)}${end < 0 ? '' : ' …'}`;
}

/** Where any of the terms stands in the text of an element, which its children may divide. */
function ranges(element, pattern) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = '';
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  const spot = (at) => nodes.findLast(({ start }) => start <= at);
  return Array.from(text.matchAll(pattern), ({ index, 0: found }) => {
    const [first, last] = [spot(index), spot(index + found.length - 1)];
    const range = new Range();
    range.setStart(first.node, index - first.start);
    range.setEnd(last.node, index + found.length - last.start);
    return range;
  });
}

/** Highlights what was searched for. Highlights are no elements, so that they may cross the marks of skills. */
function highlight(query) {
  if (!window.CSS?.highlights) return;
  CSS.highlights.delete('found');
  const wanted = asked(query).with;
  if (!wanted.length) return;
  const escaped = wanted.map((term) => (LETTER.test(term[0]) ? '(?<![\\p{L}\\p{N}])' : '')
    + term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s+'));
  const pattern = new RegExp(escaped.join('|'), 'giu');
  const places = document.querySelectorAll('#body .cell, #detail .cell, #detail .text');
  CSS.highlights.set('found', new Highlight(...[...places].flatMap((place) => ranges(place, pattern))));
}
