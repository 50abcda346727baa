// A report made, and its page opened with an account of all that should not happen.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const axe = require('axe-core');

const ROOT = path.resolve(__dirname, '../../..');
/** The page's promise. */
const MOST_BYTES = 50_000_000;
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Runs the program on an input and tells where its page is. */
function report(rolelean, out, input, ...more) {
  const ran = spawnSync(rolelean, ['classify', input, '--html', '--quiet', '--out', out, ...more], { stdio: 'inherit', cwd: ROOT });
  assert.ok(ran.status === 0 || ran.status === 1, `exit code ${ran.status}`);
  const page = path.join(out, 'report.html');
  const size = fs.statSync(page).size;
  assert.ok(size < MOST_BYTES, `${out}: ${size} bytes`);
  return { url: pathToFileURL(page).href, size, out };
}

/** Opens a page and waits until what `ready` selects is there; `close` checks that nothing of a posting ran and that nothing was loaded. */
async function open(browser, url, { viewport = DESKTOP, colorScheme = 'light', ready = '#body tr.row' } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const to = request.url();
    // What is saved comes out of the page itself.
    if (to.split('#')[0] !== url.split('#')[0] && !to.startsWith('blob:')) wrong.push(`request: ${to}`);
  });
  const started = performance.now();
  // The table answers before all of a large page has arrived.
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForSelector(ready);
  const close = async () => {
    assert.equal(await page.evaluate(() => window.ran), undefined, 'a posting was run');
    assert.deepEqual(wrong, []);
    await context.close();
  };
  return { page, close, started };
}

/** An accessibility checker finds nothing, the size of targets (24 pixels) included. */
async function accessible(page, what) {
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 5).map((node) => `${node.html.slice(0, 200)} ${node.any.map((check) => check.message)}`).join(' | ')}`);
  assert.deepEqual(told, [], what);
}

const count = (page) => page.locator('#count').textContent();

/** How many rows the page says it shows. */
const shownCount = async (page) => Number(/^[\d,]+/.exec(await count(page))[0].replaceAll(',', ''));

const untilCount = (page, pattern) =>
  page.waitForFunction((source) => new RegExp(source).test(document.getElementById('count').textContent), pattern.source);

/** Opens the page anew at an address of its own. */
async function at(page, fragment) {
  await page.evaluate((to) => { location.hash = to; }, fragment);
  await page.waitForFunction((to) => location.hash === `#${to}`, fragment);
}

/** Waits until the texts are searched, too. */
const untilTexts = (page) => page.waitForFunction(() => texts.share === 1);

module.exports = { ROOT, DESKTOP, PHONE, report, open, accessible, count, shownCount, untilCount, untilTexts, at };
