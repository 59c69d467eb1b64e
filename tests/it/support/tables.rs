//! The file as it stands, table by table, to be compared with what it was.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// Rows by table.
pub(crate) type Tables = BTreeMap<String, Vec<String>>;

/// Everything in the file but copies of the vendor's records.
pub(crate) fn tables(database: &Path) -> Tables {
    let connection = Connection::open(database).unwrap();
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'mirror%' AND name NOT LIKE 'sqlite%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    tables
        .into_iter()
        .map(|table| {
            let rows = rows(&connection, &table);
            (table, rows)
        })
        .collect()
}

/// The tables that differ.
pub(crate) fn changed(before: &Tables, after: &Tables) -> Vec<String> {
    assert!(before.keys().eq(after.keys()));
    let differ = before
        .iter()
        .filter(|(table, rows)| after[*table] != **rows);
    differ.map(|(table, _)| table.clone()).collect()
}

fn rows(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement = connection
        .prepare(&format!("SELECT * FROM {table}"))
        .unwrap();
    let columns = statement.column_count();
    statement
        .query_map([], |row| {
            (0..columns)
                .map(|column| row.get_ref(column).map(cell))
                .collect::<Result<Vec<_>, _>>()
                .map(|cells| cells.join("|"))
        })
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap()
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    }
}
