// Opens reports in a headless Chromium, uses them as a person would, and checks that nothing of a
// posting ran, that nothing was loaded, and that an accessibility checker finds nothing.
//
// usage: browser.cjs ROLELEAN FOLDER   (playwright-core and axe-core on NODE_PATH; pdftotext)

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { many, writeHostile, writeOwnColumns, LONG_TITLE } = require('./inputs.cjs');
const { DESKTOP, PHONE, report, open, accessible, count, untilCount, untilTexts, at } = require('./opened.cjs');
const table = require('./table.cjs');
const posting = require('./posting.cjs');
const paper = require('./paper.cjs');
const market = require('./market.cjs');
const { comparisons } = require('./comparison.cjs');

const [rolelean, folder] = process.argv.slice(2).map((argument) => path.resolve(argument));
const MANY = 10_000;
/** How soon the page answers; told, not enforced. */
const SOON = 2_000;

const made = (name, input, ...more) => report(rolelean, path.resolve(folder, name), input, ...more);

async function manyPostings(browser) {
  const input = path.join(folder, 'many.jsonl');
  fs.writeFileSync(input, many(MANY).map((posting) => `${JSON.stringify(posting)}\n`).join(''));
  const { url, size } = made('many', input);
  const { page, close, started } = await open(browser, url);
  const opened = performance.now() - started;
  assert.equal(await count(page), '10,000 postings');
  await page.fill('#search', 'kotlin');
  await untilCount(page, / of 10,000/);
  const answered = performance.now() - started;
  await untilTexts(page);
  const searched = performance.now() - started;
  await table.reset(page);
  await table.facetsChoose(page);
  await table.skillsChoose(page);
  await table.chartsFilter(page);
  await table.sorts(page);
  await table.turnsPages(page);
  await posting.opens(page);
  await close();
  const slow = answered > SOON ? `, which is slower than the ${SOON} ms that it should take` : '';
  console.log(`browser.cjs: ${MANY} postings, ${(size / 1e6).toFixed(1)} MB: rows after ${opened.toFixed(0)} ms, a search answered after ${answered.toFixed(0)} ms${slow}, all texts searched after ${searched.toFixed(0)} ms`);
}

/** All that the page does, on the samples. */
async function samplePostings(browser, { url, out }) {
  const { page, close } = await open(browser, url);
  await table.facetsCount(page);
  await table.facetsChoose(page);
  await table.skillsChoose(page);
  await table.searches(page, 'colleagues');
  await table.chartsFilter(page);
  await table.sorts(page);
  await table.turnsPages(page);
  await table.keepsState(page);
  await table.saves(page, out);
  await table.explains(page);
  await table.givesReasons(page);
  await market.sortsSkills(page);
  await market.tellsSkills(page, out);
  await posting.opens(page);
  for (let number = 1; number <= 58; number += 3) await posting.tells(page, number);
  await page.keyboard.press('Escape');
  await paper.prints(page, folder);
  await paper.printsPosting(page, folder);
  await close();
}

/** Columns of the user's own can be shown, searched, filtered and saved; a text of Windows is shown as it was written. */
async function ownColumns(browser) {
  const input = path.join(folder, 'own.csv');
  writeOwnColumns(input);
  const { url, out } = made('own', input, '--keep', 'Team', '--keep', 'Ref');
  const { page, close } = await open(browser, url);
  await posting.showsAsWritten(page, LONG_TITLE);
  await table.facetsCount(page);
  await at(page, 'kept.Team=Search&columns=title,kept.Ref');
  assert.deepEqual(await page.locator('#head th').allTextContents(), ['posting', 'Ref']);
  assert.deepEqual(await page.locator('#body td').allTextContents(), ['R-2', 'R-4']);
  await table.saves(page, out);
  await close();
}

async function hostilePostings(browser) {
  const input = path.join(folder, 'hostile-postings');
  writeHostile(input);
  const { url } = made('hostile', input);
  const { page, close } = await open(browser, url);
  const total = await page.evaluate(() => rows.length);
  await page.locator('summary').evaluateAll((summaries) => summaries.forEach((summary) => summary.click()));
  for (let number = 1; number <= total; number += 1) {
    await at(page, `posting=${number}`);
    await page.waitForFunction((to) => dialog.open && dialog.dataset.posting === String(to), number);
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
  await untilTexts(page);
  await untilCount(page, / of /);
  await close();
  console.log(`browser.cjs: ${total} hostile postings opened, nothing ran and nothing was loaded`);
}

/** More postings than the page holds: it says so, and what it holds is there. */
async function tooMany(browser) {
  const input = path.join(folder, 'too-many.jsonl');
  const posting = (number) => ({ id: `short-${number}`, title: 'Engineer', description: `You write Java, patch Linux and review code ${number}.` });
  fs.writeFileSync(input, Array.from({ length: 20_100 }, (_, number) => `${JSON.stringify(posting(number))}\n`).join(''));
  const { page, close } = await open(browser, made('too-many', input).url);
  assert.equal(await count(page), '20,000 postings');
  assert.match(await page.locator('.notice').first().textContent(), /first 20,000 of 20,100 postings, 10,000 of them with details/);
  for (const [number, shown] of [[10_000, '.waterfall'], [10_001, '.notice']]) {
    await at(page, `posting=${number}`);
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
      await page.locator('#facets').evaluate((facets) => { facets.open = true; });
      await page.locator('summary').evaluateAll((summaries) => summaries.forEach((summary) => { summary.parentElement.open = true; }));
      await accessible(page, `${size}, ${colorScheme}, all unfolded`);
      await page.locator('#columns').evaluate((columns) => { columns.open = false; });
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
  const pictured = async (name, colorScheme, height, fragment, ready) => {
    const { page, close } = await open(browser, `${url}#${fragment}`, { viewport: { width: 1180, height }, colorScheme });
    await page.waitForSelector(ready);
    await page.screenshot({ path: path.join(folder, 'images', name) });
    await close();
  };
  await pictured('report.png', 'light', 930, 'page=1', '#body .row');
  await pictured('posting.png', 'dark', 720, 'posting=39', '#detail[open] .waterfall');
}

async function main() {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const samples = made('samples', 'samples');
    await looks(browser, samples.url);
    await pictures(browser, samples.url);
    await samplePostings(browser, samples);
    await comparisons(browser, rolelean, folder);
    await ownColumns(browser);
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
