// The table of skills, which is written with the page: a heading sorts it.

const market = byId('market-table');
const marketRowsNow = () => (market ? [...market.tBodies[0].rows] : []);
const marketRows = marketRowsNow();
const marketHeads = market ? [...market.querySelectorAll('th[data-key]')] : [];

/** What a row is sorted by: its name, or the number of a cell, if it has one. */
function inMarket(row, place) {
  const { value } = row.cells[place].dataset;
  if (place === 0) return row.cells[0].textContent.toLowerCase();
  return value === undefined ? null : Number(value);
}

/** How the rows are sorted now, as the address says it. */
let marketOrder = '';

function drawMarket() {
  if (!market || state.market === marketOrder) return;
  marketOrder = state.market;
  const down = marketOrder.startsWith('-');
  const sortedBy = marketHeads.findIndex((head) => head.dataset.key === marketOrder.replace(/^-/, ''));
  marketHeads.forEach((head, place) => {
    if (place === sortedBy) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  });
  market.tBodies[0].append(...(sortedBy < 0 ? marketRows : inOrder(marketRows, (row) => inMarket(row, sortedBy), down)));
}

for (const head of marketHeads) {
  const { key, means } = head.dataset;
  // Numbers begin with the largest, names with the first.
  const [first, other] = key === 'skill' ? [key, `-${key}`] : [`-${key}`, key];
  const sort = () => change({ market: state.market === first ? other : first });
  head.removeAttribute('data-means');
  head.replaceChildren(button(head.textContent, sort, means && { 'data-means': means, 'aria-describedby': `means-${means}` }));
}
