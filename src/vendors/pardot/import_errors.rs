//! The file of an import's errors: the rows that failed, each with a reason ("Import API").
//!
//! Which columns it has is not documented, so it is read by what it holds: a row is known by its match column, else by all of
//! its cells, else by a cell that only one row's key equals. What is not known that way is counted, never dropped.

use std::collections::HashMap;

use super::errors::Problem;
use super::import::File;

/// What a file of errors tells.
pub(super) struct Told {
    /// For each row of the import: why it failed.
    pub(super) problems: Vec<Option<Problem>>,
    /// Whether some failed that are none of these.
    pub(super) nameless: bool,
}

impl Told {
    /// No row failed.
    pub(super) fn nothing(rows: usize) -> Self {
        Self {
            problems: vec![None; rows],
            nameless: false,
        }
    }

    /// Some failed, and nobody tells which.
    pub(super) fn unreadable(rows: usize) -> Self {
        Self {
            nameless: true,
            ..Self::nothing(rows)
        }
    }
}

/// Reads a file of errors; `count`: how many rows failed by the import's own word.
pub(super) fn told(text: &str, file: &File, count: u64) -> Told {
    let mut told = Told::nothing(file.rows.len());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut records = reader
        .records()
        .filter_map(Result::ok)
        .map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
        .filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()))
        .peekable();
    let keys = keys(file);
    let header = records.next_if(|cells| is_header(cells, file, &keys));
    let mut failed = 0;
    for cells in records {
        failed += 1;
        if let Some(row) = row_of(&cells, header.as_deref(), file, &keys) {
            told.problems[row] = Some(problem_of(&cells, header.as_deref(), &file.rows[row]));
        }
    }
    let known = told.problems.iter().flatten().count();
    let known = u64::try_from(known).unwrap_or(u64::MAX);
    told.nameless = count.max(failed) > known;
    told
}

/// The rows by what they are matched by; nothing where several share it.
fn keys(file: &File) -> HashMap<String, Option<usize>> {
    let mut keys: HashMap<String, Option<usize>> = HashMap::new();
    for (row, cells) in file.rows.iter().enumerate() {
        let Some(key) = cells.first().map(|key| folded(key)) else {
            continue;
        };
        if !key.is_empty() {
            keys.entry(key)
                .and_modify(|known| *known = None)
                .or_insert(Some(row));
        }
    }
    keys
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A field's name stands in it, and nobody's key.
fn is_header(cells: &[String], file: &File, keys: &HashMap<String, Option<usize>>) -> bool {
    let is_name = |cell: &String| file.columns.iter().any(|name| folded(name) == folded(cell));
    cells.iter().any(is_name) && !cells.iter().any(|cell| keys.contains_key(&folded(cell)))
}

fn row_of(
    cells: &[String],
    header: Option<&[String]>,
    file: &File,
    keys: &HashMap<String, Option<usize>>,
) -> Option<usize> {
    let by_key = |cell: &String| keys.get(&folded(cell)).copied().flatten();
    let column = |name: &str| header?.iter().position(|head| folded(head) == folded(name));
    let matched = column(&file.columns[0])
        .and_then(|place| cells.get(place))
        .and_then(by_key);
    matched
        .or_else(|| {
            let width = file.columns.len();
            file.rows
                .iter()
                .position(|row| cells.windows(width).any(|part| part == row.as_slice()))
        })
        .or_else(|| {
            let mut rows: Vec<usize> = cells.iter().filter_map(by_key).collect();
            rows.dedup();
            match rows.as_slice() {
                [row] => Some(*row),
                _ => None,
            }
        })
}

/// The reason: what stands in columns that we did not send.
fn problem_of(cells: &[String], header: Option<&[String]>, row: &[String]) -> Problem {
    let told = |cell: &&String| !cell.trim().is_empty();
    let named = |part: &'static [&'static str]| {
        move |head: &String| {
            let head = folded(head);
            part.iter().any(|word| head.contains(word))
        }
    };
    let under = |is_meant: &dyn Fn(&String) -> bool| -> Vec<&str> {
        header
            .unwrap_or_default()
            .iter()
            .zip(cells)
            .filter(|(head, _)| is_meant(head))
            .map(|(_, cell)| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect()
    };
    let is_code = named(&["code"]);
    let is_reason = named(&["error", "message", "reason"]);
    let code = under(&|head| is_code(head));
    let mut reasons = under(&|head| is_reason(head) && !is_code(head));
    if reasons.is_empty() {
        // Without a header: the last cell that is not one of ours.
        reasons.extend(
            cells
                .iter()
                .rev()
                .filter(told)
                .find(|cell| !row.contains(cell))
                .map(|cell| cell.trim()),
        );
    }
    let reason = match reasons.join("; ") {
        reason if reason.is_empty() => "Pardot refused the row without a reason".to_owned(),
        reason => reason,
    };
    match code.first().and_then(|code| code.parse::<u32>().ok()) {
        Some(code) => Problem {
            code,
            message: reason,
        },
        None => Problem::of_words(&reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(rows: &[&[&str]]) -> File {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        File {
            columns: texts(&["matchEmail", "email", "firstName"]),
            rows: rows.iter().map(|row| texts(row)).collect(),
        }
    }

    fn two() -> File {
        file(&[
            &["ada@b.co", "ada@b.co", "Ada, \"A\""],
            &["eve@b.co", "eve@b.co", "Eve"],
        ])
    }

    /// Row, code and reason of what was told; whether somebody is nameless.
    fn read(text: &str, count: u64) -> (Vec<(usize, u32, String)>, bool) {
        let told = told(text, &two(), count);
        let problems = told.problems.into_iter().enumerate();
        let problems = problems.filter_map(|(row, problem)| {
            problem.map(|problem| (row, problem.code, problem.message))
        });
        (problems.collect(), told.nameless)
    }

    #[test]
    fn a_row_is_known_however_the_file_is_made() {
        let expected = vec![(1, 4, "Invalid prospect email address".to_owned())];
        for text in [
            "matchEmail,email,firstName,Error\neve@b.co,eve@b.co,Eve,Invalid prospect email address\n",
            "\u{feff}Row,Error Message,MATCHEMAIL\r\n2,Invalid prospect email address,EVE@b.co\r\n",
            "errorCode,errorMessage,email\n4,Invalid prospect email address,eve@b.co\n",
            "eve@b.co,eve@b.co,Eve,Invalid prospect email address\n",
            "eve@b.co,4: Invalid prospect email address\n",
            "matchEmail,email,firstName,error\n\"eve@b.co\",x,y,\"Invalid prospect email address\"\n\n",
        ] {
            assert_eq!(read(text, 1), (expected.clone(), false), "{text}");
        }
    }

    #[test]
    fn quoted_cells_are_compared_as_they_were_sent() {
        let text = "ada@b.co,ada@b.co,\"Ada, \"\"A\"\"\",\"No, never\"\n";
        assert_eq!(read(text, 1), (vec![(0, 0, "No, never".to_owned())], false));
    }

    #[test]
    fn who_is_not_named_is_counted() {
        for (text, count) in [
            ("matchEmail,error\nnobody@b.co,why\n", 1),
            ("", 2),
            ("ada@b.co,eve@b.co,both\n", 1),
            ("matchEmail,error\nada@b.co,why\n", 2),
        ] {
            assert!(read(text, count).1, "{text}");
        }
        assert!(!read("matchEmail,error\nada@b.co,why\n", 1).1);
    }

    #[test]
    fn two_rows_of_one_key_are_told_by_all_their_cells() {
        let file = file(&[&["", "a@b.co", "Ada"], &["", "a@b.co", "Eve"]]);
        let told = told(",a@b.co,Eve,9: A prospect already exists\n", &file, 1);
        assert_eq!(told.problems[0], None);
        assert_eq!(
            told.problems[1].as_ref().map(|problem| problem.code),
            Some(9)
        );
    }
}
