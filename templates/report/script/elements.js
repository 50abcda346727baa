'use strict';
// Elements of the page. What a posting says is only ever put into them as text: no markup is made of it.

const byId = (id) => document.getElementById(id);
const SVG = new Set(['svg', 'rect', 'title']);

/** An element with attributes and children; children that are no nodes become text. */
function make(tag, attributes = {}, ...children) {
  const element = SVG.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

function button(name, act, attributes = {}) {
  const element = make('button', { type: 'button', ...attributes }, name);
  element.addEventListener('click', act);
  return element;
}

/** A word that explains itself: what it means stands in the list of meanings, and is shown where the word is pointed at. */
const term = (key, word) => make('button', { type: 'button', class: 'term', 'data-means': key, 'aria-describedby': `means-${key}` }, word);

/** A bar from `from` to `to` on an axis from `low` to `high`, with a line at zero. */
function bar(low, high, from, to, kind) {
  const place = (value) => 100 * (value - low) / (high - low || 1);
  const [start, end] = [Math.min(place(from), place(to)), Math.max(place(from), place(to))];
  return make('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    make('rect', { class: 'zero', x: Math.max(0, Math.min(99.6, place(0) - 0.2)), width: 0.4, height: 8 }),
    make('rect', { class: kind, x: start, width: Math.max(0.5, end - start), height: 8 }));
}

const grouped = (count) => count.toLocaleString('en');
const counted = (count, what) => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;

function signed(value) {
  const size = Math.abs(value).toFixed(2);
  return size === '0.00' ? size : (value > 0 ? '+' : '−') + size;
}

/** What a page would obey becomes a visible sign: the characters of src/text/sanitize.rs, as its test says. */
const inert = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]/g, '\ufffd');

/** The same for a text of lines, however its lines end. */
const inertLines = (text) => inert(text.replace(/\r\n?/g, '\n'));

/** Says what has been done, aloud for those who do not see it. */
function say(text) {
  byId('said').textContent = text;
}
