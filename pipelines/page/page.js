/* What the page does beyond standing still: sorts, filters and searches the table of projects, opens a project,
   and shows the report's text. Everything it shows goes in as text, never as HTML. */
"use strict";
{
    const find = (selector, within = document) => within.querySelector(selector);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const words = JSON.parse(find("script#words").textContent);
    const digits = text => words.thai_digits
        ? String(text).replace(/[0-9]/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xe20)) : String(text);
    const word = (name, values = {}) =>
        digits((words[name] ?? name.replace(/^[^=]*=/, "")).replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place));

    /* An element with its attributes and what is in it: strings are text. */
    const element = (tag, attributes = {}, ...inside) => {
        const made = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes))
            if (value !== undefined && value !== null && value !== false)
                made.setAttribute(name, value === true ? "" : value);
        made.append(...inside.filter(piece => piece !== null && piece !== undefined));
        return made;
    };
    const inThai = words.lang === "th" ? {} : {lang: "th"};

    /* --- What is packed into the page -------------------------------------------------------------------------- */

    const unpack = id => {
        const packed = Uint8Array.from(atob(find(`script#${id}`).textContent), letter => letter.charCodeAt(0));
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
        return new Response(stream).text();
    };
    const once = make => {
        let made;
        return () => made ??= make();
    };
    const tooOld = typeof DecompressionStream === "undefined";

    /* The rows behind each project: a map from its key to {table: rows}. */
    const details = once(async () => {
        const projects = new Map();
        for (const line of (await unpack("details")).split("\n")) {
            if (line === "")
                continue;
            const row = JSON.parse(line);
            if (!projects.has(row.key))
                projects.set(row.key, {});
            (projects.get(row.key)[row.file] ??= []).push(row);
        }
        return projects;
    });

    /* --- The table of projects --------------------------------------------------------------------------------- */

    const table = find("table#projects");
    const body = find("tbody", table);
    const rows = all("tr", body);
    const form = find("form#filter");
    const open = new Map(); /* from a row to the row of its details */

    const place = row => {
        body.append(row);
        if (open.has(row))
            body.append(open.get(row));
    };
    const valueIn = (row, column) => {
        const cell = row.cells[column];
        if (cell.dataset.v !== undefined)
            return cell.dataset.v === "" ? null : Number(cell.dataset.v);
        return (find(".title", cell) ?? cell).textContent;
    };
    /* Rows without a value stand last either way. */
    const compare = (a, b, way) => {
        if (a === null || b === null)
            return (a === null) - (b === null);
        return way * (typeof a === "number" && typeof b === "number" ? a - b
            : String(a).localeCompare(String(b), "th", {numeric: true}));
    };
    all("thead th", table).forEach((heading, column, headings) => {
        const button = element("button", {type: "button"}, ...heading.childNodes);
        heading.append(button);
        button.addEventListener("click", () => {
            /* Numbers begin with the highest. */
            const first = heading.classList.contains("n") ? "descending" : "ascending";
            const second = first === "ascending" ? "descending" : "ascending";
            const order = heading.getAttribute("aria-sort") === first ? second : first;
            headings.forEach(other => other.removeAttribute("aria-sort"));
            heading.setAttribute("aria-sort", order);
            const way = order === "ascending" ? 1 : -1;
            rows.map((row, at) => ({row, at, value: valueIn(row, column)}))
                .sort((a, b) => compare(a.value, b.value, way) || a.at - b.at)
                .forEach(({row}) => place(row));
        });
    });
    if (rows.length)
        find("thead th", table).setAttribute("aria-sort", "ascending");

    /* What can be searched: a project's row at once, its details as soon as they are there. */
    const plain = text => text.toLowerCase().replace(/[๐-๙]/g, digit => digit.charCodeAt(0) - 0xe50).replace(/\s+/g, " ");
    const texts = new Map(rows.map(row => [row, plain(row.textContent)]));
    const readDetails = once(async () => {
        const projects = await details();
        for (const row of rows) {
            const said = Object.values(projects.get(row.id) ?? {}).flat().flatMap(({file, ...row}) => Object.values(row));
            texts.set(row, texts.get(row) + " " + plain(said.join(" ")));
        }
    });
    const show = () => {
        const wanted = plain(form.words.value).split(" ").filter(Boolean);
        let count = 0;
        for (const row of rows) {
            const fits = ["strategy", "agency", "rating"].every(name =>
                form[name].value === "" || row.dataset[name] === form[name].value)
                && wanted.every(part => texts.get(row).includes(part));
            row.hidden = !fits;
            if (open.has(row))
                open.get(row).hidden = !fits;
            count += fits;
        }
        find("p#shown").textContent = word("shown", {shown: count, all: rows.length});
        find("p#none-shown").hidden = count > 0;
    };
    form.addEventListener("input", async () => {
        show();
        if (form.words.value.trim() !== "" && !tooOld) {
            await readDetails();
            show();
        }
    });
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(show));
    form.hidden = false;
    show();

    /* --- A project's details ----------------------------------------------------------------------------------- */

    const months = Array.from({length: 12}, (_, month) => word(`month-${String(month + 1).padStart(2, "0")}`));
    const date = text => {
        const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text ?? "");
        if (!parts)
            return text;
        const [, year, month, day] = parts;
        return digits([day && Number(day), month && months[month - 1], words.lang === "th" ? Number(year) + 543 : year]
            .filter(Boolean).join(" "));
    };
    const amount = text => /^\d+(\.\d+)?$/.test(text)
        ? digits(text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")) + " " + word("baht") : text;
    const percent = text => /^[\d.]+$/.test(text) ? (words.lang === "th" ? `${word("percent")} ${digits(text)}`
        : `${text} ${word("percent")}`) : text;
    const lineLink = (line, shown = word("line-n", {n: line})) => line
        ? element("a", {class: "line", href: `#L${line}`}, shown) : null;
    const said = text => element("span", inThai, digits(text));

    const facts = (row, project) => {
        const list = element("dl", {class: "facts"});
        const fact = (name, ...values) => {
            if (values.some(value => value !== null && value !== undefined && value !== ""))
                list.append(element("div", {}, element("dt", {}, word(name)), element("dd", {}, ...values.filter(Boolean))));
        };
        fact("agency", project.agency_text && said(project.agency_text));
        const time = [date(project.start), date(project.end)].filter(Boolean);
        fact("time", time.length === 2 && time[0] !== time[1] ? word("from-to", {start: time[0], end: time[1]}) : time[0],
            project.duration_days && ` (${word("days-stated", {n: project.duration_days})})`);
        fact("progress-of-whole", project.progress_total && percent(project.progress_total));
        fact("progress-of-year", project.progress_year && percent(project.progress_year));
        fact("budget_allocated", amount(project.budget_allocated));
        fact("budget_contracted", amount(project.budget_contracted));
        fact("budget_disbursed", amount(project.budget_disbursed));
        if (project.number_printed !== project.number)
            fact("printed-number", digits(project.number_printed));
        fact("obstacles", project.obstacles && word(`obstacles=${project.obstacles}`));
        if (project.line_first)
            fact("source", element("a", {href: `#L${project.line_first}`},
                word("lines-of", {first: project.line_first, last: project.line_last})));
        return list;
    };
    const part = (name, ...inside) => [element("h3", {}, word(name)), ...inside];
    const listOf = (tag, texts) => element(tag, {}, ...texts.map(pieces => element("li", {}, ...pieces)));
    /* A table of rows; columns are [word, row => what is in the cell]. */
    const tableOf = (name, columns, list) => element("div",
        {class: "scroll", role: "group", "aria-label": word(name)},
        element("table", {}, element("caption", {}, word(name)),
            element("thead", {}, element("tr", {},
                ...columns.map(([title]) => element("th", {scope: "col"}, word(title))))),
            element("tbody", {}, ...list.map(row => element("tr", {},
                ...columns.map(([, cell]) => element("td", {}, cell(row) ?? "")))))));

    const parts = {
        objectives: list => listOf("ul", list.map(row => [said(row.objective), " ", lineLink(row.line)])),
        kpis: list => tableOf("heading-kpis", [
            ["kpi", row => said(row.group ? `${row.group}: ${row.kpi}` : row.kpi)], ["year", row => digits(row.year)],
            ["target", row => said(row.target)], ["column-line", row => lineLink(row.line, digits(row.line))]], list),
        results: list => tableOf("heading-results", [
            ["kpi", row => said(row.group ? `${row.group}: ${row.kpi}` : row.kpi)], ["year", row => digits(row.year)],
            ["target", row => said(row.target)], ["result", row => said(row.result)],
            ["status", row => row.status && word(`status=${row.status}`)], ["column-line", row => lineLink(row.line, digits(row.line))]], list),
        activities: list => tableOf("heading-activities", [
            ["activity", row => said(row.activity)], ["period", row => said(row.period)],
            ["column-line", row => lineLink(row.line, digits(row.line))]], list),
        activity_results: list => tableOf("heading-activity_results", [
            ["activity", row => said(row.activity)], ["result", row => said(row.result)],
            ["column-line", row => lineLink(row.line, digits(row.line))]], list),
        obstacles: list => listOf("ul", list.map(row => [said(row.text), " ", lineLink(row.line)])),
    };
    const detailsOf = (row, tables) => {
        const project = tables.projects?.[0] ?? {};
        const box = element("div", {}, facts(row, project));
        /* The findings stand in the page already, in the agency's sheet. */
        const findings = all(`.findings tr[data-key="${CSS.escape(row.id)}"]`);
        if (findings.length)
            box.append(...part("heading-findings", listOf("ul", findings.map(finding => {
                const text = find(".message", finding).cloneNode(true);
                return [find(".severity", finding).cloneNode(true), " ", element("span", text.lang ? {lang: text.lang} : {},
                    ...text.childNodes), " ", lineLink(find("a", finding)?.hash.slice(2))];
            }))));
        const parted = rows.filter(other => other.id.startsWith(row.id + "."));
        if (parted.length)
            box.append(...part("heading-subprojects", listOf("ul", parted.map(other =>
                [element("a", {href: `#${other.id}`}, other.id), " ", said(find(".title", other).textContent)]))));
        for (const [name, make] of Object.entries(parts))
            if (tables[name])
                box.append(...part(`heading-${name}`, make(tables[name])));
        return box;
    };

    const toggle = async (row, wanted = !open.has(row)) => {
        const button = find(".open", row);
        if (wanted === open.has(row))
            return;
        button.setAttribute("aria-expanded", wanted);
        row.classList.toggle("opened", wanted);
        if (!wanted) {
            open.get(row).remove();
            open.delete(row);
            return;
        }
        const cell = element("td", {colspan: row.cells.length});
        const below = element("tr", {class: "detail", id: `${row.id}-details`}, cell);
        open.set(row, below);
        row.after(below);
        cell.append(tooOld ? element("p", {}, word("too-old")) : detailsOf(row, (await details()).get(row.id) ?? {}));
        all(".scroll", cell).forEach(box => scrollers.observe(box));
    };
    for (const row of rows) {
        const title = find(".title", row);
        const button = element("button", {type: "button", class: "open", "aria-expanded": "false",
            "aria-controls": `${row.id}-details`}, ...title.childNodes);
        title.append(button);
        button.addEventListener("click", () => toggle(row));
    }
    find("span#projects-hint").hidden = false;

    /* A table that is wider than its place can be scrolled with the keyboard. */
    const scrollers = new ResizeObserver(boxes => boxes.forEach(({target}) => {
        if (target.scrollWidth > target.clientWidth)
            target.tabIndex = 0;
        else
            target.removeAttribute("tabindex");
    }));
    all(".scroll").forEach(box => scrollers.observe(box));

    /* --- The report's text ------------------------------------------------------------------------------------- */

    const source = find("details#source-text");
    const writeSource = once(async () => {
        const list = find("div#lines");
        if (tooOld) {
            list.append(word("too-old"));
            return;
        }
        const lines = (await unpack("report")).replace(/\n$/, "").split("\n");
        for (let first = 0; first < lines.length; first += 250) {
            const chunk = element("div", {class: "chunk"});
            lines.slice(first, first + 250).forEach((line, at) => {
                const n = first + at + 1;
                chunk.append(element("div", {id: `L${n}`, "data-n": digits(n)}, line.replace(/\r$/, "")));
            });
            list.append(chunk);
        }
    });
    source.addEventListener("toggle", () => source.open && writeSource());
    source.hidden = false;

    const showLine = async id => {
        source.open = true;
        await writeSource();
        const line = document.getElementById(id);
        all("#lines .here").forEach(other => other.classList.remove("here"));
        if (!line)
            return;
        line.classList.add("here");
        line.tabIndex = -1;
        line.scrollIntoView({block: "center"});
        line.focus({preventScroll: true});
    };
    const showProject = async row => {
        if (row.hidden)
            form.reset();
        await toggle(row, true);
        row.hidden = false;
        row.scrollIntoView({block: "start"});
        find(".open", row).focus({preventScroll: true});
    };

    /* An address within the page: #L123 is a line of the report, #S3.P07 a project. */
    const follow = () => {
        const id = location.hash.slice(1);
        const row = rows.find(candidate => candidate.id === id);
        if (/^L[0-9]+$/.test(id))
            showLine(id);
        else if (row)
            showProject(row);
    };
    addEventListener("hashchange", follow);
    document.addEventListener("click", event => {
        /* A link to where the address already points is followed too. */
        const link = event.target.closest?.("a[href^='#']");
        if (link && link.hash === location.hash)
            follow();
    });
    follow();

    /* --- One agency's sheet on paper --------------------------------------------------------------------------- */

    for (const button of all("button.print")) {
        button.hidden = false;
        button.addEventListener("click", () => {
            const sheet = button.closest(".sheet");
            sheet.classList.add("chosen");
            document.body.classList.add("one-sheet");
            print();
        });
    }
    addEventListener("afterprint", () => {
        document.body.classList.remove("one-sheet");
        all(".sheet.chosen").forEach(sheet => sheet.classList.remove("chosen"));
    });
}
