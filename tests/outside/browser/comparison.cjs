// The page of two reports compared, which has no script: looked at in both widths and colours, and printed.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { ROOT, DESKTOP, PHONE, report, open, accessible } = require('./opened.cjs');
const { sheets } = require('./paper.cjs');

/** Compares the samples in files with those in tables. */
function compared(rolelean, folder) {
  const reports = ['postings', 'postings.csv'].map((name) => report(rolelean, path.join(folder, `old-and-new-${name}`), `samples/${name}`).out);
  const out = path.join(folder, 'comparison');
  const ran = spawnSync(rolelean, ['compare', ...reports, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'], cwd: ROOT });
  assert.equal(ran.status, 0);
  return pathToFileURL(path.join(out, 'comparison.html')).href;
}

async function comparisons(browser, rolelean, folder) {
  const url = compared(rolelean, folder);
  for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await open(browser, url, { viewport, colorScheme, ready: '.moves tbody tr' });
      await accessible(page, `comparison, ${size}, ${colorScheme}`);
      await page.screenshot({ path: path.join(folder, `comparison-${size}-${colorScheme}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `comparison, ${size}: ${wide} pixels wider than the window`);
      if (size === 'desktop' && colorScheme === 'dark') await prints(page, folder);
      await close();
    }
  }
}

/** All parts come out on paper, each table with its header, and no sheet is empty. */
async function prints(page, folder) {
  const printed = await sheets(page, folder, 'comparison.pdf');
  assert.ok(printed.every((sheet) => sheet.trim()), 'an empty sheet');
  const text = printed.join('');
  for (const heading of await page.locator('h2').allTextContents()) assert.ok(text.includes(heading), heading);
  for (const sheet of printed.slice(0, 2)) assert.match(sheet, /old +new +change +95 % interval +chance/);
}

module.exports = { comparisons };
