#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn rows(text: &[u8]) -> Vec<(u64, Vec<String>, Option<Trouble>)> {
    let mut reader = RecordReader::new(text).unwrap();
    let mut record = Record::default();
    let mut rows = Vec::new();
    while reader.read(&mut record).unwrap() {
        let fields = record.fields().map(str::to_owned).collect();
        rows.push((record.line, fields, record.trouble));
    }
    rows
}

fn plain(text: &str) -> Vec<(u64, Vec<String>)> {
    rows(text.as_bytes())
        .into_iter()
        .map(|(line, fields, trouble)| {
            assert_eq!(trouble, None);
            (line, fields)
        })
        .collect()
}

fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
    (
        line,
        fields.iter().map(|field| (*field).to_owned()).collect(),
    )
}

#[test]
fn quotes_blank_lines_and_line_endings() {
    let expected = [
        row(1, &["a", "b"]),
        row(2, &["x, y", "say \"hi\"\nthere"]),
        row(5, &["1", ""]),
        row(6, &["\"2\" inch", "z"]),
    ];
    let text = "a,b\n\"x, y\",\"say \"\"hi\"\"\nthere\"\n\n1,\n\"\"\"2\"\" inch\",z";
    assert_eq!(plain(text), expected);
    assert_eq!(
        plain(&format!("{}\r\n", text.replace('\n', "\r\n"))),
        expected
    );
    assert_eq!(plain(&text.replace('\n', "\r")), expected);
    assert_eq!(plain("a, \"b, c\" \n"), [row(1, &["a", "b, c "])]);
    assert_eq!(plain("\"Acme\" Inc,x\n"), [row(1, &["Acme Inc", "x"])]);
    assert_eq!(plain("a\n  \n\n,\n"), [row(1, &["a"]), row(4, &["", ""])]);
    assert_eq!(plain("5\" pipe,b\n"), [row(1, &["5\" pipe", "b"])]);
}

#[test]
fn a_quote_that_is_never_closed_costs_one_line() {
    let found = rows(b"a,b\n\"5 inch,x\nc,d\n\"e\",f\n");
    assert_eq!(found.len(), 4);
    assert_eq!((found[1].0, found[1].2), (2, Some(Trouble::Unclosed)));
    assert_eq!(found[1].1, ["\"5 inch", "x"]);
    assert_eq!(found[2].1, ["c", "d"]);
    assert_eq!(found[3].1, ["e", "f"]);
    let last = rows(b"a,b\nc,\"d\n");
    assert_eq!((last.len(), last[1].2), (2, Some(Trouble::Unclosed)));
    let last = rows(b"a,b\nc,\"d");
    assert_eq!((last.len(), last[1].2), (2, Some(Trouble::UnclosedAtEnd)));
}

#[test]
fn large_fields_and_nul_spoil_their_row_only() {
    for (open, close) in [("", ""), ("\"", "\"")] {
        let text = format!("a\n{open}{}{close}\nb\nc\0\nd\n", "x".repeat(1 << 20));
        let found = rows(text.as_bytes());
        let troubles: Vec<Option<Trouble>> = found.iter().map(|row| row.2).collect();
        assert_eq!(
            troubles,
            [None, Some(Trouble::TooLong), None, Some(Trouble::Nul), None]
        );
        assert_eq!(found[4].0, 5);
    }
    let text = format!("a\n{}\nb\n", "x".repeat(LARGEST_RECORD + 10));
    let found = rows(text.as_bytes());
    assert_eq!(
        (found.len(), found[1].2, found[2].0),
        (3, Some(Trouble::TooLong), 3)
    );
    let text = format!("a\n\"{}\nb\n", "x\n".repeat(LARGEST_RECORD));
    let mut reader = RecordReader::new(text.as_bytes()).unwrap();
    let mut record = Record::default();
    reader.read(&mut record).unwrap();
    reader.read(&mut record).unwrap();
    assert_eq!((record.trouble, record.line), (Some(Trouble::Unclosed), 2));
    reader.read(&mut record).unwrap();
    assert_eq!((record.get(0), record.line), ("x", 3));
}

#[test]
fn a_row_in_another_encoding_is_read_on_its_own() {
    let found = rows(
        "n\nZoë\n"
            .as_bytes()
            .iter()
            .chain(b"Zo\xEB,J\xFCrg\n")
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
    );
    assert_eq!(found[1].1, ["Zoë"]);
    assert_eq!(found[2].1, ["Zoë", "Jürg"]);
    // Two fields whose meeting bytes would make one character of another encoding.
    assert_eq!(rows(b"\xC3,\xA9\n")[0].1, ["Ã", "©"]);
}

proptest! {
    #[test]
    fn what_a_csv_writer_writes_is_read_back(
        table in proptest::collection::vec(proptest::collection::vec("[a-zé,;\"\n ]{0,8}", 2..5), 1..8),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let read: Vec<Vec<String>> = rows(&text).into_iter().map(|row| row.1).collect();
        // Spaces before a quote are no part of a field: the one place where we are more lenient than the writer.
        let table: Vec<Vec<String>> = table.into_iter().collect();
        prop_assert_eq!(read, table);
    }
}
