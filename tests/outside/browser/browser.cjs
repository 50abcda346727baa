// Opens reports in a headless Chromium, uses them as a person would, and checks that nothing of a
// posting ran, that nothing was loaded, and that an accessibility checker finds nothing.
//
// usage: browser.cjs ROLELEAN FOLDER   (playwright-core and axe-core on NODE_PATH)

const assert = require('node:assert/strict');
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const axe = require('axe-core');
const { many, writeHostile } = require('./inputs.cjs');

const [rolelean, folder] = process.argv.slice(2).map((argument) => path.resolve(argument));
const ROOT = path.resolve(__dirname, '../../..');
const MANY = 10_000;
/** The page's promises: its size, and how soon it answers; the latter is told, not enforced. */
const MOST_BYTES = 50_000_000;
const SOON = 2_000;
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

function report(name, input) {
  const out = path.resolve(folder, name);
  const ran = spawnSync(rolelean, ['classify', input, '--html', '--quiet', '--out', out], { stdio: 'inherit', cwd: ROOT });
  assert.ok(ran.status === 0 || ran.status === 1, `exit code ${ran.status}`);
  const page = path.join(out, 'report.html');
  const size = fs.statSync(page).size;
  assert.ok(size < MOST_BYTES, `${name}: ${size} bytes`);
  return { url: pathToFileURL(page).href, size };
}

/** Opens a page and keeps account of all that should not happen. */
async function open(browser, url, { viewport = DESKTOP, colorScheme = 'light' } = {}) {
  const page = await browser.newPage({ viewport, colorScheme });
  const wrong = [];
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) wrong.push(`request: ${request.url()}`);
  });
  const started = performance.now();
  // The table answers before all of a large page has arrived.
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForSelector('#body tr.row');
  const close = async () => {
    assert.equal(await page.evaluate(() => window.ran), undefined, 'a posting was run');
    assert.deepEqual(wrong, []);
    await page.close();
  };
  return { page, close, started };
}

const count = (page) => page.locator('#count').textContent();
const untilCount = (page, pattern) =>
  page.waitForFunction((source) => new RegExp(source).test(document.getElementById('count').textContent), pattern.source);

async function accessible(page, what) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 5).map((node) => `${node.html.slice(0, 200)} ${node.any.map((check) => check.message)}`).join(' | ')}`);
  assert.deepEqual(told, [], what);
}

/** Sorts by every column, both ways, and holds the order against the rows of the page. */
async function sorts(page) {
  const heads = page.locator('#head th');
  for (let column = 0; column < await heads.count(); column += 1) {
    for (const way of [1, 2]) {
      await heads.nth(column).locator('button').click();
      const ordered = await page.evaluate(() => {
        const keys = shown.map((number) => sorting.column.of(rows[number]));
        const known = keys.filter((key) => key !== null);
        const inOrder = known.every((key, place) => place === 0 || (sorting.down ? known[place - 1] >= key : known[place - 1] <= key));
        return { inOrder, last: keys.slice(known.length).every((key) => key === null) };
      });
      assert.deepEqual(ordered, { inOrder: true, last: true }, `column ${column}, click ${way}`);
    }
    assert.match(await heads.nth(column).getAttribute('aria-sort'), /ascending|descending/);
  }
}

/** Waits until the rows that are shown are those, and there are some. */
const showsOnly = (page, wanted, value) =>
  page.waitForFunction(new Function('value', `return shown.length > 0 && shown.length < rows.length
    && shown.every((number) => (${wanted})(rows[number], value));`), value);

async function filters(page, total) {
  const reset = async () => {
    await page.click('button[type=reset]');
    await untilCount(page, new RegExp(`^${total} postings$`));
  };
  await page.fill('#search', 'JOB-123 company');
  await showsOnly(page, (row) => row[at.id].includes('job-123'));
  await reset();
  for (const leaning of [0, 1]) {
    await page.selectOption('#leaning', String(leaning));
    await showsOnly(page, (row, wanted) => row[at.leaning] === wanted, leaning);
  }
  await reset();
  await page.selectOption('#claim', 'other');
  await showsOnly(page, (row) => row[at.claim] + row[at.body] === 1 && row[at.claim] >= 0 && row[at.body] < 2);
  await reset();
  await page.fill('#skill', 'Java');
  await showsOnly(page, (row) => row[at.skills].some((place) => skills.get(place).name === 'Java'));
  await reset();
  await page.locator('button[data-other]').click();
  await showsOnly(page, (row) => row[at.claim] + row[at.body] === 1 && row[at.claim] >= 0 && row[at.body] < 2);
  await page.locator('button[data-leaning="1"]').first().click();
  await showsOnly(page, (row) => row[at.leaning] === 1);
  await reset();
}

/** Opens a posting by keyboard, reads it, turns to the next, and comes back. */
async function details(page) {
  await page.selectOption('#leaning', '1');
  await showsOnly(page, (row) => row[at.leaning] === 1);
  await page.locator('#body a').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#detail[open] .waterfall tfoot');
  const sums = await page.evaluate(() => {
    const cells = [...document.querySelectorAll('.waterfall tbody tr')].map((row) => Number(row.children[2].textContent.replace('−', '-')));
    return [cells.reduce((sum, cell) => sum + cell, 0), Number(document.querySelector('.waterfall tfoot .number').textContent.replace('−', '-'))];
  });
  assert.ok(Math.abs(sums[0] - sums[1]) < 0.01 * 60, `contributions ${sums[0]}, score ${sums[1]}`);
  assert.ok(await page.locator('#detail mark').count() > 5, 'marks');
  const first = await page.locator('#detail-title').textContent();
  const address = page.url();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForFunction((before) => location.href !== before, address);
  await page.keyboard.press('Escape');
  await page.waitForSelector('#detail:not([open])', { state: 'attached' });
  assert.ok(!page.url().includes('#posting-'), page.url());
  await page.goto(address);
  await page.waitForSelector('#detail[open] #detail-title');
  assert.equal(await page.locator('#detail-title').textContent(), first, 'the address of a posting');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.click('button[type=reset]');
}

/** Scrolled to anywhere, the table shows rows there and few others. */
async function scrolls(page) {
  for (const share of [0.5, 1, 0]) {
    await page.evaluate((to) => {
      const body = document.getElementById('body').getBoundingClientRect();
      window.scrollTo(0, window.scrollY + body.top + to * (body.height - window.innerHeight));
    }, share);
    await page.waitForFunction(() => {
      const middle = document.elementFromPoint(300, window.innerHeight - 60);
      return middle?.closest('tr.row') && document.querySelectorAll('tr.row').length < 100;
    });
  }
}

async function manyPostings(browser) {
  const input = path.join(folder, 'many.jsonl');
  fs.writeFileSync(input, many(MANY).map((posting) => `${JSON.stringify(posting)}\n`).join(''));
  const { url, size } = report('many', input);
  const { page, close, started } = await open(browser, url);
  const opened = performance.now() - started;
  assert.equal(await count(page), '10,000 postings');
  await page.fill('#search', 'kotlin');
  await untilCount(page, / of 10,000/);
  const answered = performance.now() - started;
  await page.click('button[type=reset]');
  await filters(page, '10,000');
  await sorts(page);
  await details(page);
  await scrolls(page);
  await accessible(page, 'the page of many postings');
  await close();
  const slow = answered > SOON ? `, which is slower than the ${SOON} ms that it should take` : '';
  console.log(`browser.cjs: ${MANY} postings, ${(size / 1e6).toFixed(1)} MB: rows after ${opened.toFixed(0)} ms, a search answered after ${answered.toFixed(0)} ms${slow}`);
}

async function hostilePostings(browser) {
  const input = path.join(folder, 'hostile-postings');
  writeHostile(input);
  const { url } = report('hostile', input);
  const { page, close } = await open(browser, url);
  const total = await page.evaluate(() => rows.length);
  await page.locator('summary').evaluateAll((summaries) => summaries.forEach((summary) => summary.click()));
  for (let number = 1; number <= total; number += 1) {
    await page.evaluate((to) => { location.hash = `posting-${to}`; }, number);
    await page.waitForFunction((to) => document.querySelector('#detail[open] #detail-title') && document.querySelector('.turn') && location.hash === `#posting-${to}`, number);
    await page.waitForTimeout(20);
  }
  const inside = await page.evaluate(() => ({
    scripts: [...document.scripts].filter((script) => !script.type).length,
    others: document.querySelectorAll('img, iframe, link, object, embed, [onload], [onerror], [onclick], [onfocus]').length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    obeyed: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText),
  }));
  assert.deepEqual(inside, { scripts: 1, others: 0, wide: 0, obeyed: false });
  await page.keyboard.press('Escape');
  await page.fill('#search', '</script>');
  await untilCount(page, / of /);
  await close();
  console.log(`browser.cjs: ${total} hostile postings opened, nothing ran and nothing was loaded`);
}

/** More postings than the page holds: it says so, and what it holds is there. */
async function tooMany(browser) {
  const input = path.join(folder, 'too-many.jsonl');
  const posting = (number) => ({ id: `short-${number}`, title: 'Engineer', description: `You write Java, patch Linux and review code ${number}.` });
  fs.writeFileSync(input, Array.from({ length: 20_100 }, (_, number) => `${JSON.stringify(posting(number))}\n`).join(''));
  const { page, close } = await open(browser, report('too-many', input).url);
  assert.equal(await count(page), '20,000 postings');
  assert.match(await page.locator('.notice').first().textContent(), /first 20,000 of 20,100 postings, 10,000 of them with details/);
  for (const [number, shown] of [[10_000, '.waterfall'], [10_001, '.notice']]) {
    await page.evaluate((to) => { location.hash = `posting-${to}`; }, number);
    await page.waitForSelector(`#detail[open] ${shown}`);
  }
  await close();
}

async function looks(browser, url) {
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await open(browser, url, { viewport, colorScheme });
      await accessible(page, `${size}, ${colorScheme}`);
      await page.screenshot({ path: path.join(folder, `page-${size}-${colorScheme}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${size}: ${wide} pixels wider than the window`);
      await page.locator('#body a').first().click();
      await page.waitForSelector('#detail[open] .waterfall');
      await accessible(page, `${size}, ${colorScheme}, a posting`);
      await page.screenshot({ path: path.join(folder, `posting-${size}-${colorScheme}.png`) });
      await close();
    }
  }
}

/** The pictures of docs/images, in FOLDER/images; copy them when the page has changed. */
async function pictures(browser, url) {
  const pictured = async (name, colorScheme, height, address) => {
    const { page, close } = await open(browser, url, { viewport: { width: 1180, height }, colorScheme });
    if (address) {
      await page.evaluate((to) => { location.hash = to; }, address);
      await page.waitForSelector('#detail[open] .waterfall');
      await page.locator('#detail').evaluate((detail) => { detail.scrollTop = 0; });
    }
    await page.screenshot({ path: path.join(folder, 'images', name) });
    await close();
  };
  await pictured('report.png', 'light', 930);
  await pictured('posting.png', 'dark', 720, 'posting-39');
}

async function main() {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const samples = report('samples', 'samples').url;
    await looks(browser, samples);
    await pictures(browser, samples);
    await hostilePostings(browser);
    await tooMany(browser);
    await manyPostings(browser);
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
