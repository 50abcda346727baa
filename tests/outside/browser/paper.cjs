// What comes out of a printer.

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { at } = require('./opened.cjs');

/** The texts of the sheets. */
async function sheets(page, folder, name) {
  const file = path.join(folder, name);
  await page.pdf({ path: file, format: 'A4' });
  // A form feed ends each sheet.
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
}

/** Summary, table with its header on every sheet, charts, meanings; and no sheet is empty. */
async function prints(page, folder) {
  const printed = await sheets(page, folder, 'page.pdf');
  assert.ok(printed.every((sheet) => sheet.trim()), 'an empty sheet');
  const rows = await page.evaluate(() => rows.map((row) => row.name.split(' ')[0]));
  const charts = printed.findIndex((sheet) => /^\s*Charts\s*$/m.test(sheet));
  assert.ok(charts > 1, 'the charts begin a sheet of their own');
  for (const sheet of printed.slice(0, charts)) assert.match(sheet, /posting +leaning +tilt +p software +p systems +p neither/);
  const table = printed.slice(0, charts).join('');
  assert.ok(rows.every((word) => table.includes(word)), 'all rows are printed, not one page of them');
  assert.match(printed.join(''), /What the numbers mean[\s\S]*calibrated/);
  assert.equal(await page.locator('#body tr.row').count(), 25, 'the table afterwards');
}

/** A posting that is open is printed alone. */
async function printsPosting(page, folder) {
  await at(page, 'posting=12');
  await page.waitForSelector('#detail[open] .waterfall');
  const title = await page.locator('#detail-title').textContent();
  const printed = await sheets(page, folder, 'posting.pdf');
  assert.ok(printed[0].trimStart().startsWith(title), printed[0].slice(0, 200));
  assert.ok(printed.every((sheet) => sheet.trim()), 'an empty sheet');
  assert.doesNotMatch(printed.join(''), /What the numbers mean|Close|Save ids/);
  await page.keyboard.press('Escape');
}

module.exports = { sheets, prints, printsPosting };
