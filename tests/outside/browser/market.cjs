// The table of skills: what a heading does to it, and what it says against skills.csv.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { at, shownCount } = require('./opened.cjs');
const { parsed, reset } = require('./table.cjs');

const market = (page, what) => page.locator(`#market-table ${what}`);
const names = (page) => market(page, 'tbody th').allTextContents();

/** Every heading sorts, both ways; rows without a number come last. */
async function sortsSkills(page) {
  const usual = await names(page);
  const heads = market(page, 'th[data-key]');
  for (let column = 0; column < await heads.count(); column += 1) {
    for (const way of [1, 2]) {
      await heads.nth(column).getByRole('button').click();
      const sorted = await heads.nth(column).getAttribute('aria-sort');
      const keys = await page.evaluate((column) => marketRowsNow().map((row) => inMarket(row, column)), column);
      const known = keys.filter((key) => key !== null);
      const inOrder = known.every((key, place) => place === 0 || (sorted === 'descending' ? known[place - 1] >= key : known[place - 1] <= key));
      assert.ok(inOrder && keys.slice(known.length).every((key) => key === null), `column ${column}, click ${way}: ${sorted}`);
    }
  }
  const link = page.url();
  assert.match(link, /market=right_years/);
  const seen = await names(page);
  await page.reload();
  await page.waitForSelector('#body tr.row');
  assert.deepEqual(await names(page), seen, 'after a reload');
  await at(page, 'page=1');
  assert.deepEqual(await names(page), usual, 'without an order in the address');
}

/** The numbers of the rows are those of skills.csv, and a number shows its postings. */
async function tellsSkills(page, out) {
  const [header, ...rows] = parsed(fs.readFileSync(path.join(out, 'skills.csv'), 'utf8'));
  const skills = new Map(rows.map((row) => [row[header.indexOf('skill_id')], Object.fromEntries(row.map((cell, place) => [header[place], cell]))]));
  const told = await page.evaluate(() => marketRowsNow().map((row) => ({
    id: new URLSearchParams(row.querySelector('a').getAttribute('href').slice(1)).get('skill'),
    counts: [2, 6].map((place) => row.cells[place - 1].querySelector('a')?.textContent ?? '0'),
    medians: [3, 4, 7, 8].map((place) => row.cells[place].dataset.value ?? ''),
  })));
  assert.ok(told.length > 50, `${told.length} skills`);
  for (const { id, counts, medians } of told) {
    const skill = skills.get(id);
    const postings = ['software', 'systems'].map((side) => Number(skill[`${side}_postings`]).toLocaleString('en'));
    assert.deepEqual(counts, postings, id);
    const expected = ['software', 'systems'].flatMap((side) => ['pay', 'years'].map((what) =>
      (Number(skill[`${side}_${what}_postings`]) < 3 ? '' : skill[`${side}_${what}_median`])));
    assert.deepEqual(medians, expected, id);
  }
  const number = market(page, 'td a').first();
  const count = Number((await number.textContent()).replaceAll(',', ''));
  await number.click();
  assert.equal(await shownCount(page), count);
  await reset(page);
}

module.exports = { sortsSkills, tellsSkills };
