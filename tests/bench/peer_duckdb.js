// Runs peer_duckdb.sql on a file with two threads. usage: node peer_duckdb.js MODULES SQL FILE
'use strict';

const fs = require('fs');
const path = require('path');

const [modules, sql, file] = process.argv.slice(2);
const { DuckDBInstance } = require(path.join(modules, '@duckdb', 'node-api'));

async function main() {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    const statements = fs.readFileSync(sql, 'utf8').replace('FILE', file).split(/;\n/);

    for (const [number, statement] of statements.entries()) {
        const reader = await connection.runAndReadAll(statement);

        if (number === statements.length - 1)
            for (const row of reader.getRowsJson())
                console.log(row.join('|'));
    }
}

main().catch((error) => {
    console.error(String(error));
    process.exit(1);
});
