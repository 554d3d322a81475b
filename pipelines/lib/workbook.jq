# The parts of an .xlsx workbook around its sheets (see sheet.jq): $part says which. Input: the sheets' names.

def head: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
def main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
def relations: "http://schemas.openxmlformats.org/package/2006/relationships";
def office: "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
def types: "application/vnd.openxmlformats-officedocument.spreadsheetml";
def numbered: to_entries | map(.key += 1);

# A sheet's name has at most 31 letters, none of []:*?/\.
def sheet_names: map(gsub("[\\[\\]:*?/\\\\]"; "-")[:31]);

if $part == "[Content_Types].xml" then
    head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(types).sheet.main+xml\"/>"
    + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(types).styles+xml\"/>"
    + (numbered | map("<Override PartName=\"/xl/worksheets/sheet\(.key).xml\" ContentType=\"\(types).worksheet+xml\"/>")
        | join("")) + "</Types>"
elif $part == "_rels/.rels" then
    head + "<Relationships xmlns=\"\(relations)\"><Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\""
    + " Target=\"xl/workbook.xml\"/></Relationships>"
elif $part == "xl/workbook.xml" then
    head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
    + (sheet_names | numbered
        | map("<sheet name=\"\(.value | @html)\" sheetId=\"\(.key)\" r:id=\"rId\(.key)\"/>") | join(""))
    + "</sheets></workbook>"
elif $part == "xl/_rels/workbook.xml.rels" then
    head + "<Relationships xmlns=\"\(relations)\">"
    + (numbered | map("<Relationship Id=\"rId\(.key)\" Type=\"\(office)/worksheet\""
        + " Target=\"worksheets/sheet\(.key).xml\"/>") | join(""))
    + "<Relationship Id=\"rId\(length + 1)\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"
elif $part == "xl/styles.xml" then
    head + "<styleSheet xmlns=\"\(main)\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
    + "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    # number, header, text, long text, date, thousands, decimals. Text stays text when it is edited: by the format @,
    # which older Excels cannot show beyond 255 letters, and there by a quotation prefix.
    + ([
        "numFmtId=\"0\" fontId=\"0\"", "numFmtId=\"49\" fontId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\"",
        "numFmtId=\"49\" fontId=\"0\" applyNumberFormat=\"1\"", "numFmtId=\"0\" fontId=\"0\" quotePrefix=\"1\"",
        "numFmtId=\"164\" fontId=\"0\" applyNumberFormat=\"1\"", "numFmtId=\"3\" fontId=\"0\" applyNumberFormat=\"1\"",
        "numFmtId=\"4\" fontId=\"0\" applyNumberFormat=\"1\""
    ] | "<cellXfs count=\"\(length)\">" + (map("<xf \(.) fillId=\"0\" borderId=\"0\" xfId=\"0\"/>") | join("")))
    + "</cellXfs></styleSheet>"
else error("no part \($part)") end
