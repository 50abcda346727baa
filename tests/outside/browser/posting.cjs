// One posting: opened, read, turned, and its text as it was written.

const assert = require('node:assert/strict');
const { at } = require('./opened.cjs');

/** Opens a posting by keyboard, reads it, turns to the next, and comes back. */
async function opens(page) {
  await at(page, 'leaning=systems-engineer');
  await page.waitForFunction(() => shown.length < rows.length);
  await page.locator('#body a').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#detail[open] .waterfall tfoot');
  const sums = await page.evaluate(() => {
    const number = (cell) => Number(cell.textContent.replace('−', '-'));
    const cells = [...document.querySelectorAll('.waterfall tbody tr')].map((row) => number(row.children[2]));
    return [cells.reduce((sum, cell) => sum + cell, 0), number(document.querySelector('.waterfall tfoot .number'))];
  });
  assert.ok(Math.abs(sums[0] - sums[1]) < 0.01 * 60, `contributions ${sums[0]}, score ${sums[1]}`);
  const first = await page.locator('#detail-title').textContent();
  const address = page.url();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForFunction((before) => location.href !== before && dialog.dataset.posting === String(state.posting.posting), address);
  await page.keyboard.press('Escape');
  await page.waitForSelector('#detail:not([open])', { state: 'attached' });
  assert.ok(!page.url().includes('posting='), page.url());
  assert.ok(page.url().includes('leaning='), 'the filters are as before');
  await page.goto(address);
  await page.waitForSelector('#detail[open] #detail-title');
  assert.equal(await page.locator('#detail-title').textContent(), first, 'the address of a posting');
  await page.getByRole('button', { name: 'Close' }).click();
  await at(page, 'page=1');
}

/** All three probabilities are told, sections are labelled, and only what adds something has the colour of a role. */
async function tells(page, posting) {
  await at(page, `posting=${posting}`);
  await page.waitForFunction((number) => dialog.open && dialog.dataset.posting === String(number), posting);
  const told = await page.evaluate(() => {
    const names = [...document.querySelectorAll('#detail .verdict dt')].map((name) => name.textContent);
    return {
      probabilities: names.filter((name) => name.startsWith('p ')).length,
      parts: [...document.querySelectorAll('#detail .part')].every((part) => /, counts \d/.test(part.querySelector('h4').textContent)),
      coloured: [...document.querySelectorAll('#detail .part mark.left, #detail .part mark.right')].filter((mark) => !/: adds [+−]/.test(mark.title)).map((mark) => mark.title),
      reason: state.posting.place < 2 || /\d/.test(document.querySelector('#detail .why').textContent),
    };
  });
  assert.deepEqual(told, { probabilities: 3, parts: true, coloured: [], reason: true }, `posting ${posting}`);
}

/** A text of Windows, with a title that is complete however long it is. */
async function showsAsWritten(page, title) {
  await at(page, 'posting=1');
  await page.waitForSelector('#detail[open] .text');
  const shown = await page.locator('#detail .text').allTextContents();
  assert.ok(shown.join('').includes('second line'), shown.join(''));
  assert.ok(!/[\r\ufffd]/.test(shown.join('')), 'line ends are not shown as signs');
  assert.equal(await page.locator('#detail-title').textContent(), title);
  await page.keyboard.press('Escape');
  const link = page.locator('#body a').first();
  assert.equal(await link.textContent(), title);
  assert.ok(await link.evaluate((element) => element.scrollWidth <= element.clientWidth), 'a title is not cut');
}

module.exports = { opens, tells, showsAsWritten };
