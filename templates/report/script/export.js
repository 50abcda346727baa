// What can be taken out: the rows that are shown, their ids, and a link to them.

/** A text that a spreadsheet would run as a formula gets a quote before it, as in postings.csv. */
const defused = (text) => (/^'*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

function csvCell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = defused(value);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csvLine = (cells) => `${cells.map(csvCell).join(',')}\n`;

/** The rows that are shown under the columns of postings.csv. */
function csvOf(list) {
  const names = [...data.columns.map(({ name }) => name), ...data.kept];
  const lines = list.map((row) => csvLine([...row.cells, ...data.kept.map((_, place) => row.kept[place] ?? '')]));
  // By the mark at the beginning spreadsheets know that it is UTF-8.
  return `\ufeff${csvLine(names)}${lines.join('')}`;
}

const idsOf = (list) => list.map((row) => `${row.id ?? ''}\n`).join('');

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: address, download: name }).click();
  // The browser has taken it when the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
  say(`${counted(shown.length, 'row')} saved as ${name}.`);
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    say('The link to what is shown is copied.');
  } catch {
    // Where the clipboard is refused, the link can be copied by hand.
    const field = make('input', { readonly: '', value: location.href, 'aria-label': 'Link to what is shown' });
    byId('said').replaceChildren('Copy this link: ', field);
    field.select();
  }
}
