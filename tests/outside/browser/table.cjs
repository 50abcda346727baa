// The table as people use it: filters, search, order, pages, columns, and what is taken out.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { accessible, at, shownCount, untilCount, untilTexts } = require('./opened.cjs');

/** Clears all filters, and waits until they are. */
async function reset(page) {
  await at(page, 'page=1');
  await page.waitForFunction(() => shown.length === rows.length);
}

/** Every count beside a choice is the number of rows that one gets by choosing it. */
async function facetsCount(page) {
  const wrong = await page.evaluate(() => {
    const wrong = [];
    for (const start of ['', 'leaning=systems-engineer', 'title=agrees', 'q=linux']) {
      location.hash = start;
      readAddress();
      show();
      const tallies = new Map(counts);
      for (const { key } of facets) {
        for (const [value, told] of [...tallies.get(key)].slice(0, 12)) {
          const chosen = new Map(state.chosen).set(key, new Set([value]));
          const got = filtered({ ...state, chosen }).shown.length;
          if (got !== told) wrong.push(`${start} ${key}=${value}: ${told} told, ${got} shown`);
        }
      }
      for (const [place, told] of [...tallies.get('skill')].slice(0, 20)) {
        const got = filtered({ ...state, skills: new Set([...state.skills, skills.get(place).id]) }).shown.length;
        if (got !== told) wrong.push(`${start} skill ${place}: ${told} told, ${got} shown`);
      }
    }
    return wrong;
  });
  assert.deepEqual(wrong, []);
  await reset(page);
}

/** A facet by mouse and keyboard; two values of one are either, of two facets both. */
async function facetsChoose(page) {
  const box = (key, value) => page.locator(`#facet-list input[data-key="${key}"][data-value="${value}"]`);
  const beside = async (key, value) => Number((await box(key, value).locator('xpath=..').locator('.count').textContent()).replaceAll(',', ''));
  const [left, right] = ['software-engineer', 'systems-engineer'];
  const told = [await beside('leaning', left), await beside('leaning', right)];
  await box('leaning', left).check();
  assert.equal(await shownCount(page), told[0]);
  await box('leaning', right).focus();
  await page.keyboard.press('Space');
  assert.equal(await shownCount(page), told[0] + told[1], 'either of two values');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.value), right, 'the focus stays');
  const both = await beside('title', 'other-role');
  await box('title', 'other-role').check();
  assert.equal(await shownCount(page), both, 'both of two facets');
  await page.getByRole('button', { name: /^Title and text: .*: remove$/ }).click();
  assert.equal(await shownCount(page), told[0] + told[1]);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.waitForFunction(() => shown.length === rows.length);
}

/** Skills: all of several, any of them, and not one. */
async function skillsChoose(page) {
  const number = (filter) => page.evaluate(`rows.filter((row) => { const has = (id) => row.skills.includes(skillById.get(id).place); return ${filter}; }).length`);
  for (const name of ['Java', 'Python']) {
    await page.fill('#skill', name);
    await page.locator('#skill').press('Enter');
    await page.waitForFunction((id) => state.skills.has(id), name.toLowerCase());
  }
  assert.equal(await shownCount(page), await number("has('java') && has('python')"));
  await page.getByLabel('Of the chosen skills').selectOption('any');
  assert.equal(await shownCount(page), await number("has('java') || has('python')"));
  await page.getByRole('button', { name: 'not Python', exact: true }).click();
  assert.equal(await shownCount(page), await number("has('java') && !has('python')"));
  await reset(page);
}

/** What stands only in texts is found, shown and highlighted; phrases and exclusions mean what they say. */
async function searches(page, word) {
  await page.fill('#search', word);
  await untilTexts(page);
  await untilCount(page, / of /);
  const found = await page.evaluate((word) => ({
    inHeads: shown.every((row) => headOf(row).includes(word)),
    inTexts: shown.length > 0 && shown.every((row) => headOf(row).includes(word) || texts.lower[row.number].includes(word)),
    highlighted: CSS.highlights.get('found')?.size ?? 0,
  }), word);
  assert.deepEqual([found.inHeads, found.inTexts], [false, true], word);
  assert.ok(found.highlighted > 0, 'highlights');
  assert.ok(await page.locator('#body .snippet').count() > 0, 'the passage is shown');
  const some = await shownCount(page);
  await page.fill('#search', `-${word}`);
  await page.waitForFunction((count) => shown.length === count, await page.evaluate(() => rows.length) - some);
  await reset(page);
}

/** Every number, bar, dot and tile of the charts shows as many rows as it says. */
async function chartsFilter(page) {
  const wrong = await page.evaluate(() => {
    const number = (text) => Number(text.replaceAll(',', ''));
    const told = [...document.querySelectorAll('main a[href*="="]')].filter((link) => !link.closest('#table') && /^[\d,]+$/.test(link.firstChild.textContent.trim()))
      .map((link) => [link.getAttribute('href').slice(1), number(link.firstChild.textContent)]);
    for (const drawn of document.querySelectorAll('.chart [data-go]')) {
      told.push([drawn.dataset.go, number(/([\d,]+) (?=\D)/.exec(drawn.textContent.replace(/^tilt [^:]*: /, ''))[1])]);
    }
    const all = told.map(([to, count]) => [to, count, filtered({ ...state, ...filtersOf(new URLSearchParams(to)) }).shown.length]);
    return { checked: all.length, wrong: all.filter(([, count, got]) => count !== got) };
  });
  assert.deepEqual(wrong.wrong, []);
  assert.ok(wrong.checked > 50, `${wrong.checked} numbers`);
  const bar = page.locator('.chart rect[data-go]').first();
  await bar.scrollIntoViewIfNeeded();
  await bar.click();
  await page.waitForFunction(() => shown.length < rows.length && state.ranges.has('tilt'));
  await page.goBack();
  await page.waitForFunction(() => shown.length === rows.length);
  await page.locator('.bars a').first().click();
  await page.waitForFunction(() => state.skills.size === 1 && shown.length < rows.length);
  await reset(page);
}

/** Sorts by every column, both ways, and holds the order against the rows of the page. */
async function sorts(page) {
  const heads = page.locator('#head button');
  for (let column = 0; column < await heads.count(); column += 1) {
    for (const way of [1, 2]) {
      await heads.nth(column).click();
      const ordered = await page.evaluate(() => {
        const keys = shown.map((row) => state.sort.of(row));
        const known = keys.filter((key) => key !== null);
        const inOrder = known.every((key, place) => place === 0 || (state.down ? known[place - 1] >= key : known[place - 1] <= key));
        return { inOrder, last: keys.slice(known.length).every((key) => key === null) };
      });
      assert.deepEqual(ordered, { inOrder: true, last: true }, `column ${column}, click ${way}`);
    }
    assert.match(await page.locator('#head th').nth(column).getAttribute('aria-sort'), /ascending|descending/);
  }
  await reset(page);
}

/** Pages of rows, and how many there are on one. */
async function turnsPages(page) {
  const titles = () => page.locator('#body tr.row').evaluateAll((rows) => rows.map((row) => row.dataset.posting));
  const first = await titles();
  await page.click('#page-after');
  const second = await titles();
  assert.notDeepEqual(second, first);
  assert.equal(await page.evaluate(() => state.page), 2);
  await page.selectOption('#page-size', '100');
  assert.deepEqual((await titles()).slice(0, 50), [...first, ...second]);
  await page.selectOption('#page-size', '25');
}

/** What is set is in the address: it survives a reload, and whoever gets the link sees the same. */
async function keepsState(page) {
  const seen = () => page.evaluate(() => ({ count: document.getElementById('count').textContent, query: document.getElementById('search').value,
    rows: [...document.querySelectorAll('#body tr.row')].map((row) => row.dataset.posting), columns: [...document.querySelectorAll('#head th')].map((head) => head.textContent) }));
  await page.fill('#search', 'linux');
  await untilTexts(page);
  await untilCount(page, / of /);
  await page.locator('#facet-list input[data-value="systems-engineer"]').first().check();
  await page.locator('[data-sort=tilt]').click();
  await page.locator('#columns > summary').click();
  await page.locator('#column-choice input[data-value=seniority]').check();
  await page.locator('#column-choice input[data-value=p_neither]').uncheck();
  await page.locator('#columns > summary').click();
  await accessible(page, 'the page with filters');
  const before = await seen();
  assert.ok(before.columns.includes('seniority') && !before.columns.includes('p neither'), `${before.columns}`);
  await page.click('#copy-link');
  await page.waitForFunction(() => document.getElementById('said').textContent.includes('copied'));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, page.url());
  await page.reload();
  await untilTexts(page);
  assert.deepEqual(await seen(), before, 'after a reload');
  await page.goto('about:blank');
  await page.goto(link);
  await untilTexts(page);
  assert.deepEqual(await seen(), before, 'by the link');
  await reset(page);
}

/** Reads a table as RFC 4180 has it. */
function parsed(csv) {
  const table = [[]];
  for (const [, quoted, plain, end] of csv.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)/g)) {
    table.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') table.push([]);
    if (end === '') break;
  }
  return table.slice(0, -1);
}

/** Numbers are the same however many zeros end them. */
const value = (cell) => (cell !== '' && !Number.isNaN(Number(cell)) ? Number(cell) : cell.split(/\s+/).join(' '));

async function download(page, button) {
  const [saved] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return fs.readFileSync(await saved.path(), 'utf8');
}

/** What is saved are the rows of postings.csv that are shown. */
async function saves(page, out) {
  const [names, ...all] = parsed(fs.readFileSync(path.join(out, 'postings.csv'), 'utf8'));
  for (const filter of ['page=1', 'leaning=neither', 'title=other-role', 'seniority=senior&sort=-tilt']) {
    await at(page, filter);
    const [savedNames, ...saved] = parsed(await download(page, '#save-csv'));
    assert.deepEqual(savedNames, names);
    assert.equal(saved.length, await shownCount(page), filter);
    for (const row of saved) assert.deepEqual(row.map(value), all[row[0] - 1].map(value), filter);
    const ids = (await download(page, '#save-ids')).split('\n').slice(0, -1);
    assert.deepEqual(ids, saved.map((row) => row[names.indexOf('id')]));
  }
  const own = (wanted) => all.filter((row) => row[names.indexOf('leaning')] === wanted).length;
  await at(page, 'leaning=neither');
  assert.equal(await shownCount(page), own('neither'), 'postings.csv counted from outside');
  await reset(page);
}

/** Numbers are explained to the pointer, to the keyboard and to screen readers. */
async function explains(page) {
  const unexplained = await page.evaluate(() => [...document.querySelectorAll('[data-means]')]
    .filter((element) => !document.getElementById(element.getAttribute('aria-describedby'))?.textContent.trim()).map((element) => element.outerHTML));
  assert.deepEqual(unexplained, []);
  const tip = page.locator('#tip');
  await page.locator('[data-sort=tilt]').hover();
  assert.match(await tip.textContent(), /as much for one as for the other/);
  await page.mouse.move(0, 0);
  await page.waitForSelector('#tip[hidden]', { state: 'attached' });
  await page.locator('[data-sort=p_neither]').focus();
  assert.match(await tip.textContent(), /nine in ten/);
  await page.keyboard.press('Escape');
  assert.ok(await tip.isHidden());
}

/** Every neither and every balanced says why, with a number. */
async function givesReasons(page) {
  const silent = await page.evaluate(() => rows.filter((row) => row.place > 1 && !/\d/.test(row.why)).map((row) => row.id));
  assert.deepEqual(silent, []);
}

module.exports = { parsed, reset, facetsCount, facetsChoose, skillsChoose, searches, chartsFilter, sorts, turnsPages, keepsState, saves, explains, givesReasons };
