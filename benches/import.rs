//! Importing 100,000 rows of twelve columns, for the first time and once more, into a file with one connected account.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use jiff::Timestamp;
use mobly_sync::capture::{ImportOptions, import};
use mobly_sync::domain::ids::RunId;
use mobly_sync::store::Store;
use mobly_sync::store::events::NewEvent;

const ROWS: usize = 100_000;
const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn main() {
    divan::main();
}

fn file() -> String {
    let mut text = String::from(
        "First Name,Last Name,Email,Company,Job Title,Phone,City,Country,Website,Notes,Scan Date,Booth\n",
    );
    for row in 0..ROWS {
        let company = row % 30_000;
        writeln!(
            text,
            "Ana{row},Li{row},ana.li{row}@company{company}.com,\"Company {company}, Inc.\",Head of Things,+1 555 {row:07},\
             Springfield,United States,https://www.company{company}.com,met at the booth; wants a demo,2026-11-17 09:{:02}:{:02},A{}",
            row / 60 % 60,
            row % 60,
            row % 50
        )
        .unwrap();
    }
    text
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mobly.db");
    let mut store = Store::open(&path).unwrap();
    let event = NewEvent {
        name: "Expo".into(),
        ..NewEvent::default()
    };
    store.add_event(&event, NOW).unwrap();
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch(
            "INSERT INTO integrations (id, name, vendor, category, connected, mode_since, created_at, updated_at) VALUES (1, 'crm', 'crm', 'crm', 1, 0, 0, 0);
             INSERT INTO accounts VALUES (1, 1, '1', '', 'production', 'crm', 0);
             UPDATE integrations SET account_id = 1;",
        )
        .unwrap();
    (folder, store)
}

fn run(store: &mut Store, text: &str, number: i64) {
    let options = ImportOptions {
        event: Some("Expo".into()),
        ..ImportOptions::new(RunId(number), "leads.csv")
    };
    let report = import(store, text.as_bytes(), &options, None, &mut |_| {}, NOW).unwrap();
    assert_eq!(report.read as usize, ROWS);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn first(bencher: Bencher<'_, '_>) {
    let text = file();
    bencher
        .counter(ItemsCount::new(ROWS))
        .counter(BytesCount::of_str(&text))
        .with_inputs(store)
        .bench_local_refs(|(_folder, store)| run(store, &text, 1));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn again(bencher: Bencher<'_, '_>) {
    let text = file();
    bencher
        .counter(ItemsCount::new(ROWS))
        .with_inputs(|| {
            let (folder, mut store) = store();
            run(&mut store, &text, 1);
            (folder, store)
        })
        .bench_local_refs(|(_folder, store)| run(store, &text, 2));
}
