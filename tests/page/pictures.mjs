// Pictures of a page, to be looked at: pictures.mjs PAGE.html FOLDER
// top.png is what the README shows; desk, phone and dark are the whole page, paper.pdf what a printer gets.
import {openPage, withBrowser} from "./browser.mjs";

const [file, folder] = process.argv.slice(2);
await withBrowser(async browser => {
    for (const [kind, options] of Object.entries({desk: {}, phone: {width: 390, height: 844}, dark: {dark: true}})) {
        const {page} = await openPage(browser, file, options);
        await page.screenshot({path: `${folder}/${kind}.png`, fullPage: true});
        if (kind === "desk") {
            await page.screenshot({path: `${folder}/top.png`, fullPage: true, clip: {x: 0, y: 0, width: 1280, height: 1130}});
            await page.pdf({path: `${folder}/paper.pdf`, preferCSSPageSize: true});
        }
    }
});
