// duckdb.js QUERY.sql NAME=FILE.csv...: the query's answer as CSV, over CSV files as tables of text, by DuckDB.
"use strict";
const fs = require("fs");
const { DuckDBInstance } = require("@duckdb/node-api");

async function main(query, ...tables) {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const table of tables) {
        const [name, file] = table.split("=");
        await connection.run(`CREATE TABLE "${name}" AS SELECT * FROM read_csv('${file}', header = true, all_varchar = true)`);
    }
    await connection.run(`COPY (${fs.readFileSync(query, "utf8")}) TO '/dev/stdout' (FORMAT csv, HEADER true)`);
}

main(...process.argv.slice(2)).catch((error) => {
    console.error(`duckdb.js: error: ${error.message}`);
    process.exit(2);
});
