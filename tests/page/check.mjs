// One thing that the page does, tried in a browser: check.mjs CHECK PAGE.html [MORE]
// Says nothing and ends with 0 when it holds; else it says what does not.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {axe, openPage, withBrowser} from "./browser.mjs";

const [check, file, more] = process.argv.slice(2);

const keys = page => page.$$eval("#projects tbody tr[data-agency]:not([hidden])", rows => rows.map(row => row.id));
const shown = page => page.textContent("#shown");
const cell = (page, key, column) =>
    page.$eval(`tr[id="${key}"]`, (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent, column);
const heading = (page, column) => page.locator("#projects thead th").nth(column).locator("button");
const title = (page, key) => page.locator(`tr[id="${key}"] button.open`);
const details = (page, key) => page.locator(`tr[id="${key}-details"]`);

const checks = {
    // Nothing is asked of the network and nothing is said to the console, whatever is opened.
    async quiet(browser) {
        for (const dark of [false, true]) {
            const {page, said, asked} = await openPage(browser, file, {dark});
            const [first] = await keys(page);
            await title(page, first).click();
            await details(page, first).locator("h3").first().waitFor();
            await page.click("#source-text summary");
            await page.waitForSelector("#L1");
            await page.fill("[name=words]", "x");
            await page.waitForTimeout(100);
            assert.deepEqual([said, asked], [[], []]);
        }
    },

    // Numbers from the highest down, then up; what has none stands last; by mouse and by key.
    async sort(browser) {
        const {page} = await openPage(browser, file);
        const before = await keys(page);
        for (const [press, order] of [[() => heading(page, 3).click(), "descending"],
            [() => heading(page, 3).press("Enter"), "ascending"]]) {
            await press();
            assert.equal(await page.locator("#projects thead th").nth(3).getAttribute("aria-sort"), order);
            const values = await Promise.all((await keys(page)).map(key => cell(page, key, 3)));
            const numbers = values.filter(value => value !== "").map(Number);
            const way = order === "ascending" ? 1 : -1;
            assert.deepEqual(numbers, [...numbers].sort((a, b) => way * (a - b)));
            assert.ok(values.slice(numbers.length).every(value => value === ""), "a blank stands before a number");
        }
        assert.equal(await page.locator("#projects thead th[aria-sort]").count(), 1);
        await heading(page, 0).click();
        assert.deepEqual(await keys(page), before);
    },

    // MORE: {strategy, agency, rating, keys}: what each filter leaves, and all of them together.
    async filter(browser) {
        const {page} = await openPage(browser, file);
        const everything = await keys(page);
        const {keys: expected, all, ...choice} = JSON.parse(more);
        for (const [name, value] of Object.entries(choice)) {
            await page.selectOption(`[name=${name}]`, value);
            const left = await keys(page);
            for (const key of left)
                assert.equal(await page.getAttribute(`tr[id="${key}"]`, `data-${name}`), value);
        }
        assert.deepEqual(await keys(page), expected);
        assert.match(await shown(page), new RegExp(`${expected.length}\\D+${all}`));
        await page.click("#filter button[type=reset]");
        await page.waitForFunction(count =>
            document.querySelectorAll("#projects tbody tr:not([hidden])").length === count, everything.length);
    },

    // MORE: [[words, keys], ...]: what each search leaves; words of the details count too.
    async search(browser) {
        const {page} = await openPage(browser, file);
        for (const [words, expected] of JSON.parse(more)) {
            await page.fill("[name=words]", words);
            await page.waitForFunction(count =>
                document.querySelectorAll("#projects tbody tr:not([hidden])").length === count, expected.length,
                {timeout: 5000}).catch(() => {});
            assert.deepEqual(await keys(page), expected, words);
            assert.equal(await page.isVisible("#none-shown"), expected.length === 0);
        }
    },

    // MORE: {key, texts, lines}: a project opened by key, what it shows, and what its links to lines are.
    async open(browser) {
        const {page} = await openPage(browser, file);
        const {key, texts, lines} = JSON.parse(more);
        await title(page, key).press("Enter");
        await details(page, key).locator("h3").first().waitFor();
        assert.equal(await title(page, key).getAttribute("aria-expanded"), "true");
        const text = await details(page, key).innerText();
        for (const expected of texts)
            assert.ok(text.includes(expected), `the details lack '${expected}':\n${text}`);
        const links = await details(page, key).locator("a[href^='#L']").evaluateAll(found => found.map(a => a.hash));
        for (const line of lines)
            assert.ok(links.includes(`#L${line}`), `no link to line ${line} among ${links}`);
        await heading(page, 1).click();
        assert.equal(await page.$eval(`tr[id="${key}"]`, row => row.nextElementSibling.id), `${key}-details`,
            "sorted, the details are not beneath their project");
        await title(page, key).press("Enter");
        assert.equal(await title(page, key).getAttribute("aria-expanded"), "false");
        assert.equal(await details(page, key).count(), 0);
    },

    // MORE: the report. A finding's link goes to its line; every line stands there as in the report.
    async source(browser) {
        const {page} = await openPage(browser, file);
        const lines = readFileSync(more, "utf8").replace(/\n$/, "").split("\n");
        const link = page.locator(".findings a[href^='#L']").first();
        const id = (await link.getAttribute("href")).slice(1);
        await link.click();
        await page.waitForSelector(`#${id}.here`);
        await page.waitForFunction(line => document.activeElement.id === line, id);
        assert.equal(await page.textContent(`#${id}`), lines[id.slice(1) - 1]);
        assert.ok(await page.isVisible(`#${id}`));
        assert.deepEqual(await page.$$eval("#lines .chunk > div", all => all.map(line => line.textContent)), lines);
    },

    // An address with a project's key opens it, even where a filter hides it.
    async address(browser) {
        const {page: other} = await openPage(browser, file, {hash: `#${more}`});
        await details(other, more).locator("h3").first().waitFor();
        const {page} = await openPage(browser, file);
        await page.fill("[name=words]", "no project has these words");
        await page.waitForSelector("#none-shown:visible");
        await page.locator(`.findings a[href="#${more}"]`).first().click();
        await details(page, more).locator("h3").first().waitFor();
        assert.ok(await title(page, more).isVisible());
    },

    // The figures of the page as CSV, for comparison with the tables: table,name,column,value.
    async figures(browser) {
        const {page} = await openPage(browser, file);
        const plain = text => text.replace(/[,\s]/g, "").replace("−", "-").replace("+", "");
        const print = (...fields) => console.log(fields.join(","));
        for (const key of await keys(page)) {
            for (const [column, at] of [["progress", 3], ["expected", 4], ["gap", 5]])
                print("projects", key, column, await cell(page, key, at));
            print("projects", key, "rating", await page.getAttribute(`tr[id="${key}"]`, "data-rating"));
            const allocated = await cell(page, key, 7);
            print("projects", key, "allocated", allocated);
        }
        for (const name of ["strategy", "agency"]) {
            const chart = await page.$$eval(`#figure-${name} svg text`, texts => texts.map(text => text.textContent.trim()));
            const count = chart.findIndex(text => text === "0");
            chart.slice(0, count).forEach((label, at) => print(`figure-${name}`, label, "progress", chart.slice(count)[5 + at]));
        }
        for (const row of await page.$$eval("#declared-computed tbody tr", rows => rows.map(row =>
            [...row.cells].map(cell => cell.dataset.v ?? cell.textContent.trim()))))
            print("declared", row[0], ...row.slice(1, 5).map(plain));
        for (const row of await page.$$eval("#money tbody tr", rows => rows.map(row =>
            [...row.cells].map(cell => cell.dataset.v ?? cell.textContent.trim()))))
            print("money", ...row);
        for (const tile of await page.$$eval(".tiles strong", tiles => tiles.map(tile => tile.textContent)))
            print("tile", plain(tile));
    },

    // No violation in axe-core, with a project and the source open. MORE: [[width, dark], ...]; by default light and
    // dark, at desk and at phone width.
    async accessible(browser) {
        for (const [width, dark] of JSON.parse(more ?? "[[1280, false], [1280, true], [390, false], [360, true]]")) {
            const {page} = await openPage(browser, file, {width, dark});
            const [first] = await keys(page);
            await title(page, first).click();
            await details(page, first).locator("h3").first().waitFor();
            for (const summary of await page.locator("summary").all())
                await summary.click();
            await page.waitForSelector("#L1");
            await page.evaluate(axe);
            const {violations} = await page.evaluate(() => window.axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}));
            assert.deepEqual(violations.map(({id, nodes}) => ({id, where: nodes.slice(0, 3).map(node => node.html)})), [],
                `${width} wide, ${dark ? "dark" : "light"}`);
        }
    },

    // On a narrow phone nothing makes the page wider than it is.
    async narrow(browser) {
        const {page} = await openPage(browser, file, {width: 360, height: 740});
        const [first] = await keys(page);
        await title(page, first).click();
        await details(page, first).locator("h3").first().waitFor();
        for (const summary of await page.locator("summary").all())
            await summary.click();
        await page.waitForSelector("#L1");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 360, `the page is ${wide} wide`);
        // Money stands in millions there, and needs no scrolling.
        assert.ok(await page.$eval("#money .scroll", box => box.scrollWidth <= box.clientWidth), "money is cut");
    },

    // What matters can be read without a script.
    async scriptless(browser) {
        const {page, said} = await openPage(browser, file, {script: false});
        for (const part of [".tiles strong", "#figure-strategy svg", "#projects tbody tr", ".findings tbody tr",
            "#declared-computed", "#money table"])
            assert.ok(await page.locator(part).first().isVisible(), `${part} is not to be seen`);
        assert.ok(!await page.isVisible("#filter"), "the filter does nothing without a script");
        assert.deepEqual(said, []);
    },

    // On paper each agency's findings begin a sheet; printed alone, only one agency's are there.
    async paper(browser) {
        const {page} = await openPage(browser, file);
        await page.evaluate(() => { window.print = () => {}; });
        await page.emulateMedia({media: "print"});
        // A4 without its margins: nothing is cut at the right.
        await page.setViewportSize({width: 794, height: 1123});
        await page.evaluate(() => { document.body.style.width = "182mm"; });
        assert.deepEqual(await page.$$eval(".scroll", boxes => boxes.filter(box => box.clientWidth > 0 && box.scrollWidth > box.clientWidth)
            .map(box => box.getAttribute("aria-label"))), []);
        const sheets = page.locator(".sheet");
        assert.ok(await sheets.count() > 1);
        for (const sheet of await sheets.all()) {
            assert.equal(await sheet.evaluate(element => getComputedStyle(element).breakBefore), "page");
            assert.ok(await sheet.locator(".paper").isVisible(), "the sheet does not say of what report it is");
        }
        assert.ok(!await page.isVisible("#filter") && !await page.isVisible("nav"));
        await page.emulateMedia({media: "screen"});
        await page.locator(".sheet button.print").first().click();
        await page.emulateMedia({media: "print"});
        assert.ok(await sheets.first().isVisible());
        assert.ok(!await sheets.nth(1).isVisible() && !await page.isVisible("h1") && !await page.isVisible("#projects"));
        await page.evaluate(() => dispatchEvent(new Event("afterprint")));
        assert.ok(await sheets.nth(1).isVisible());
    },

    // MORE: what was put into every text of the report. It is to be read, and does nothing.
    async harmless(browser) {
        const {page, said, asked} = await openPage(browser, file);
        page.on("dialog", dialog => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
        for (const key of await keys(page)) {
            await title(page, key).click();
            await details(page, key).locator("h3").first().waitFor();
        }
        for (const summary of await page.locator("summary").all())
            await summary.click();
        await page.waitForSelector("#L1");
        await page.waitForTimeout(200);
        assert.deepEqual([said, asked], [[], []]);
        assert.deepEqual(await page.evaluate(() => [document.images.length, document.scripts.length, window.hit]),
            [0, 4, undefined]);
        assert.ok(await page.evaluate(() => ![...document.querySelectorAll("*")].some(element =>
            [...element.attributes].some(attribute => /^on|^style$/.test(attribute.name)))), "an attribute that runs");
        for (const place of ["h1", ".title", ".findings .message", "#lines", "tr.detail", "#projects td.wide"]) {
            const texts = await page.locator(place).allTextContents();
            assert.ok(texts.some(text => text.includes(more)), `${place} does not show what the report says`);
        }
    },
};

await withBrowser(browser => checks[check](browser));
