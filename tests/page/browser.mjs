// A browser for the tests of the page: headless Chromium by playwright-core, of which the npm packages lie in
// build/npm (tests/npm-packages).
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const require = createRequire(new URL("../../build/npm/package.json", import.meta.url));
const {chromium} = require("playwright-core");
export const axe = require("axe-core").source;

// Runs WORK with a browser, and closes it whatever happens.
export async function withBrowser(work) {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"],
    });
    try {
        return await work(browser);
    } finally {
        await browser.close();
    }
}

// Opens FILE from the disk. What it says to the console and asks of the network is in `said` and `asked`.
export async function openPage(browser, file, {width = 1280, height = 900, dark = false, hash = "", script = true} = {}) {
    const context = await browser.newContext({viewport: {width, height}, colorScheme: dark ? "dark" : "light",
        javaScriptEnabled: script});
    const page = await context.newPage();
    const url = pathToFileURL(file).href;
    const said = [];
    const asked = [];
    page.on("console", message => said.push(message.text()));
    page.on("pageerror", error => said.push(String(error)));
    page.on("request", request => request.url().split("#")[0] === url || asked.push(request.url()));
    await page.goto(url + hash);
    return {page, said, asked};
}
