// What the browser is shown: postings put together from the samples, and hostile ones.

const fs = require('node:fs');
const path = require('node:path');

const SAMPLES = path.resolve(__dirname, '../../../samples/postings');

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Postings of everyday length, each of paragraphs of two samples in another order. */
function many(count) {
  const next = chance(6);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const samples = fs.readdirSync(SAMPLES).filter((name) => /\.(txt|md)$/.test(name)).sort()
    .map((name) => fs.readFileSync(path.join(SAMPLES, name), 'utf8'));
  return Array.from({ length: count }, (_, number) => {
    const [one, other] = [pick(samples), pick(samples)];
    const paragraphs = [...one.split(/\n\n+/).slice(1), ...other.split(/\n\n+/).slice(1)];
    const kept = paragraphs.filter(() => next() < 0.75).sort(() => next() - 0.5);
    const numbered = `Reference ${number} ${next().toString(36).slice(2)}.`;
    return { id: `job-${number}`, title: one.split('\n')[0].replace(/^#+ /, ''), company: `Company ${number % 97}`,
      description: [...kept, numbered].join('\n\n') };
  });
}

/** What a page may trip over; each would set `window.ran` if it were run. */
const HOSTILE = [
  '</script><script>window.ran = 1</script>',
  '<img src=x onerror="window.ran = 2">',
  '"><svg onload=window.ran=3>',
  "' autofocus onfocus='window.ran = 4' x='",
  '<!-- <script> --!> <!--rows--> <!--details-->',
  'javascript:window.ran=5',
  '\u202eevil\u202c \u2066isolated\u2069 \u200f',
  '\u2028\u2029\ufeff\u0000\u001b[31m',
  '{{ constructor.constructor("window.ran=6")() }} ${window.ran=7}',
  '<iframe src="https://example.invalid/"></iframe><link rel=stylesheet href="//example.invalid/x.css">',
  '&lt;b&gt; &amp;amp; \\u003cscript>',
  '__proto__',
];

/** One folder of hostile files: plain texts, a table, and a line of a megabyte. */
function writeHostile(folder) {
  fs.mkdirSync(folder, { recursive: true });
  HOSTILE.forEach((text, number) => {
    const body = `You write Java and Python. ${text} You look after Linux servers. ${text}\n`;
    fs.writeFileSync(path.join(folder, `${String(number).padStart(2, '0')}.txt`), `Systems Engineer\n\n${body}`);
  });
  const records = HOSTILE.map((text, number) => ({ id: `${number} ${text}`, title: `Software Engineer ${text}`, company: text,
    location: text, description: `Java, C++ and unit testing. ${text}` }));
  fs.writeFileSync(path.join(folder, 'table.jsonl'), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const line = 'We use Java, Kotlin, Linux and Bash every day. '.repeat(22_000);
  fs.writeFileSync(path.join(folder, 'long-line.txt'), `Software Engineer\n\n${line}\n`);
  fs.writeFileSync(path.join(folder, 'long-word.txt'), `Software Engineer\n\nJava ${'x'.repeat(1_000_000)} Linux\n`);
  fs.writeFileSync(path.join(folder, '<b onclick=window.ran=8>empty.txt'), '');
}

/** A title that no column holds in one line. */
const LONG_TITLE = `Senior Software Engineer for ${'distributed storage, scheduling and observability of '.repeat(6)}everything`;

/** A table with columns of its own, and texts with the line ends of Windows. */
function writeOwnColumns(file) {
  const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
  const text = 'You write Java and review code.\r\nThis is the second line, on Linux servers.\r\n\r\nRequirements:\r\n- Python\r\n';
  const row = (number, title, team) => [`job-${number}`, title, text, team, `R-${number}`];
  const table = [['id', 'title', 'text', 'Team', 'Ref'], row(1, LONG_TITLE, 'Shop'), row(2, 'Engineer', 'Search'), row(3, '=Systems Engineer', '+Shop, "Ltd"'), row(4, 'Administrator', 'Search')];
  fs.writeFileSync(file, table.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join(''));
}

module.exports = { many, writeHostile, writeOwnColumns, LONG_TITLE };
