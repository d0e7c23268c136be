"""Runs queries in DuckDB and in chDB: each argument is a JSON list of the engine and the query, each line of output a
JSON list of its rows."""

import json
import sys

import chdb
import duckdb


def rows(engine, query):
    if engine == "duckdb":
        return duckdb.sql(query).fetchall()
    return json.loads(str(chdb.query(query, "JSONCompact")))["data"]


for argument in sys.argv[1:]:
    print(json.dumps([[str(cell) for cell in row] for row in rows(*json.loads(argument))]))
