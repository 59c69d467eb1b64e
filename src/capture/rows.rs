//! One row, understood: which field holds what, before it is known whose it is.

use std::borrow::Cow;

use super::headers::{Columns, Meaning, Target};
use super::records::Record;
use super::report::quoted;
use crate::domain::formula::as_it_was;
use crate::domain::{email, person};
use crate::store::QualifierColumn;

/// The fewest digits a telephone number has.
const SHORTEST_PHONE: usize = 7;

/// A row's values by meaning, trimmed; blank cells are left out.
#[derive(Debug, Default)]
pub struct Cells<'r> {
    /// Fields by key, standard and custom, each once.
    pub fields: Vec<(&'r str, Cow<'r, str>)>,
    /// A cell for each qualifier answered.
    pub answers: Vec<(&'r QualifierColumn, &'r str)>,
    /// The event's name or number.
    pub event: Option<&'r str>,
    /// The source's own id.
    pub external_id: Option<&'r str>,
    /// The number of scans, as written.
    pub scans: Option<&'r str>,
    /// When the person was met, as written.
    pub when: Option<Cow<'r, str>>,
    /// Fields of an export of ours whose cells are there and blank.
    pub blank: Vec<&'r str>,
    /// The same of qualifiers.
    pub blank_answers: Vec<&'r QualifierColumn>,
    /// The lead the row corrects.
    pub lead: Option<&'r str>,
    /// The revision it was exported with.
    pub revision: Option<&'r str>,
    /// Whether there is a value of the person in a column we know.
    pub known: bool,
}

/// Reads a row's cells. `strip`: the file is an export of ours, in which a `'` before a value keeps spreadsheets from taking
/// it for a formula (decisions.md 24).
#[must_use]
pub fn read<'r>(
    record: &'r Record,
    columns: &'r Columns,
    qualifiers: &'r [QualifierColumn],
    strip: bool,
) -> Cells<'r> {
    let mut cells = Cells {
        fields: Vec::with_capacity(columns.all.len()),
        ..Cells::default()
    };
    let mut full_name = None;
    let mut time = None;
    for index in &columns.by_strength {
        let value = cell(record, *index, strip);
        let column = &columns.all[*index];
        if value.is_empty() {
            // A row that ends early says nothing of the columns it does not reach.
            if strip && *index < record.len() {
                note_blank(&mut cells, &column.target, qualifiers);
            }
            continue;
        }
        match &column.target {
            Target::Known(Meaning::Field(key)) => {
                cells.known = true;
                put(&mut cells.fields, key, value, &column.spare);
            }
            Target::Known(Meaning::FullName) => {
                cells.known = true;
                full_name = Some(value);
            }
            Target::Known(Meaning::Event) => cells.event = Some(value),
            Target::Known(Meaning::CapturedAt) => cells.when = Some(Cow::Borrowed(value)),
            Target::Known(Meaning::CapturedTime) => time = Some(value),
            Target::Known(Meaning::Scans) => cells.scans = Some(value),
            Target::Known(Meaning::ExternalId) => {
                cells.known = true;
                cells.external_id = Some(value);
            }
            Target::Qualifier(index) => {
                if let Some(qualifier) = qualifiers.get(*index) {
                    cells.known = true;
                    cells.answers.push((qualifier, value));
                }
            }
            Target::Custom(name) => put(&mut cells.fields, name, value, &column.spare),
            Target::LeadId => cells.lead = Some(value),
            Target::Revision => cells.revision = Some(value),
            Target::Ignored => {}
        }
    }
    if let Some(name) = full_name {
        split_name(&mut cells.fields, name);
    }
    if let (Some(date), Some(time)) = (&cells.when, time)
        && !date.contains(':')
    {
        cells.when = Some(Cow::Owned(format!("{date} {time}")));
    }
    // What another column says of the same field counts.
    let Cells {
        fields,
        answers,
        blank,
        blank_answers,
        ..
    } = &mut cells;
    blank.retain(|key| !fields.iter().any(|(name, _)| name == key));
    blank_answers.retain(|column| !answers.iter().any(|(known, _)| known.id == column.id));
    cells
}

fn note_blank<'r>(cells: &mut Cells<'r>, target: &'r Target, qualifiers: &'r [QualifierColumn]) {
    match target {
        Target::Known(Meaning::Field(key)) => cells.blank.push(key),
        Target::Custom(name) => cells.blank.push(name),
        Target::Qualifier(index) => cells.blank_answers.extend(qualifiers.get(*index)),
        _ => {}
    }
}

/// Why a row of this shape cannot be read; `None` when it can.
///
/// Missing fields at the end are blank, and further fields that are blank are dropped: both are what tools write. A row of a
/// single field in a file of several columns is the rest of a broken line or a footer, unless it is an address where
/// addresses stand.
#[must_use]
pub fn misshapen(record: &Record, columns: &Columns) -> Option<String> {
    let expected = columns.all.len();
    if let Some(trouble) = record.trouble {
        return Some(trouble.reason().to_owned());
    }
    if record.len() > expected
        && (expected..record.len()).any(|index| !record.get(index).trim().is_empty())
    {
        return Some(format!(
            "the row has {} fields, the header has {expected}",
            record.len()
        ));
    }
    if record.len() == 1 && expected > 2 {
        let address = columns.all[0].target == Target::Known(Meaning::Field("email"))
            && email::is_valid(record.get(0));
        return (!address)
            .then(|| format!("the row has only one field, the header has {expected}"));
    }
    None
}

/// What is doubtful about a row's values: the field and the reason.
pub fn doubts(cells: &Cells<'_>, mut doubt: impl FnMut(&'static str, String)) {
    for (key, value) in &cells.fields {
        match *key {
            "email" if !email::is_valid(value) => {
                doubt(
                    "email",
                    format!("{} is no usable e-mail address", quoted(value)),
                );
            }
            "phone" if !is_phone(value) => {
                doubt(
                    "phone",
                    format!("{} does not look like a telephone number", quoted(value)),
                );
            }
            "mobilePhone" if !is_phone(value) => {
                doubt(
                    "mobilePhone",
                    format!("{} does not look like a telephone number", quoted(value)),
                );
            }
            _ => {}
        }
    }
}

fn cell(record: &Record, index: usize, strip: bool) -> &str {
    let value = record.get(index).trim();
    if strip { as_it_was(value) } else { value }
}

/// Sets a field; where it is taken by something else, the value goes to the column's own custom field.
fn put<'r>(
    fields: &mut Vec<(&'r str, Cow<'r, str>)>,
    key: &'r str,
    value: &'r str,
    spare: &'r str,
) {
    match fields.iter().find(|(name, _)| *name == key) {
        None => fields.push((key, Cow::Borrowed(value))),
        Some((_, taken)) if taken != value => fields.push((spare, Cow::Borrowed(value))),
        Some(_) => {}
    }
}

fn split_name<'r>(fields: &mut Vec<(&'r str, Cow<'r, str>)>, name: &'r str) {
    let has = |fields: &[(&str, Cow<'_, str>)], key| fields.iter().any(|(known, _)| *known == key);
    let (first, last) = person::split_full_name(name);
    if has(fields, "firstName") && has(fields, "lastName") {
        return;
    }
    for (key, part) in [("firstName", first), ("lastName", last)] {
        if let Some(part) = part.filter(|_| !has(fields, key)) {
            fields.push((key, Cow::Owned(part)));
        }
    }
}

/// Digits enough, and no letters but those of an extension.
fn is_phone(text: &str) -> bool {
    let lower = text.to_lowercase();
    let number = lower
        .split_once("ext")
        .or_else(|| lower.split_once('x'))
        .map_or(lower.as_str(), |(number, _)| number);
    number.chars().filter(char::is_ascii_digit).count() >= SHORTEST_PHONE
        && !number.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::records::RecordReader;
    use super::*;

    fn fields(header: &str, row: &str, strip: bool) -> Vec<(String, String)> {
        let headers: Vec<String> = header.split(',').map(str::to_owned).collect();
        let columns = Columns::recognise(&headers, &[], &[]).unwrap();
        let mut record = Record::default();
        RecordReader::new(row.as_bytes())
            .unwrap()
            .read(&mut record)
            .unwrap();
        let mut fields: Vec<(String, String)> = read(&record, &columns, &[], strip)
            .fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value.into_owned()))
            .collect();
        fields.sort();
        fields
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn cells_go_where_their_column_says() {
        assert_eq!(
            fields(
                "Name,Email,Shoe size",
                " Ana  Li ,\u{a0}ana@acme.com,44",
                false
            ),
            pairs(&[
                ("Shoe size", "44"),
                ("email", "ana@acme.com"),
                ("firstName", "Ana"),
                ("lastName", "Li")
            ])
        );
        assert_eq!(
            fields("First Name,Last Name,Full Name", "Ana,,Ana Li", false),
            pairs(&[("firstName", "Ana"), ("lastName", "Li")])
        );
        assert_eq!(
            fields("Phone,Work Phone", ",123", false),
            pairs(&[("phone", "123")])
        );
        assert_eq!(
            fields("Work Phone,Phone", "123,456", false),
            pairs(&[("Work Phone", "123"), ("phone", "456")])
        );
        assert_eq!(
            fields("phone,notes", "'+1 2,'tis", true),
            pairs(&[("notes", "'tis"), ("phone", "+1 2")])
        );
        assert_eq!(fields("phone,notes", "'+1 2,x", false)[1].1, "'+1 2");
    }

    #[test]
    fn telephone_numbers_have_digits_enough() {
        for good in ["+49 (0)89 1234-567", "555.123.4567 ext. 12", "5551234567x9"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["12", "call me", "n/a", "ask Bo 5551234567"] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
