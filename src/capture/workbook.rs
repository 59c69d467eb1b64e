//! Excel workbooks to rows, cell by cell: a sheet is never held.
//!
//! Formulas are not evaluated: what a cell shows is the value its program stored. Dates are numbers that the sheet formats
//! as dates, and become text as ISO 8601. What is a workbook only by its name is named for what it is.

use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{
    DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xlsx,
    XlsxCellReader, XlsxError,
};

use super::archive;
use super::decode::DecodeError;
use super::import_error::ImportError;
use super::record::Record;
use super::source::Rows;

/// Rows in which the header is looked for: reports put a title above it.
const TITLE_ROWS: usize = 10;
const SECONDS_A_DAY: f64 = 86_400.0;

type Bytes<'b> = Cursor<&'b [u8]>;

/// An opened workbook.
pub(super) struct Workbook<'b> {
    book: Xlsx<Bytes<'b>>,
}

impl<'b> Workbook<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// A sentence on what the file is instead, or on why it stays shut.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        archive::check_workbook(bytes)?;
        let book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self { book })
    }

    /// The sheet to be read: the one named, else the only visible one that holds something.
    ///
    /// # Errors
    /// [`ImportError::SeveralSheets`], [`ImportError::NoSuchSheet`], or an empty workbook.
    pub(super) fn choose(&mut self, named: Option<&str>) -> Result<String, ImportError> {
        let sheets: Vec<(String, bool)> = self
            .book
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect();
        if let Some(named) = named {
            let same = |name: &str| name.trim().to_lowercase() == named.trim().to_lowercase();
            let exact = sheets.iter().find(|(name, _)| name == named);
            return exact
                .or_else(|| sheets.iter().find(|(name, _)| same(name)))
                .map(|(name, _)| name.clone())
                .ok_or_else(|| ImportError::NoSuchSheet {
                    name: named.to_owned(),
                    sheets: sheets.into_iter().map(|(name, _)| name).collect(),
                });
        }
        let mut full = Vec::new();
        for (name, _) in sheets.into_iter().filter(|(_, visible)| *visible) {
            if self.sheet(&name)?.row()?.is_some() {
                full.push(name);
            }
        }
        match full.len() {
            0 => Err(DecodeError::Empty.into()),
            1 => Ok(full.remove(0)),
            _ => Err(ImportError::SeveralSheets(full)),
        }
    }

    /// A sheet's rows.
    ///
    /// # Errors
    /// A damaged workbook.
    pub(super) fn sheet(&mut self, name: &str) -> Result<SheetRows<'_, 'b>, ImportError> {
        let cells = self.book.worksheet_cells_reader(name).map_err(damaged)?;
        Ok(SheetRows {
            cells,
            ahead: None,
            ended: false,
            first: VecDeque::new(),
            width: 0,
        })
    }
}

/// A sheet's row: its number, the first being 1, and its cells.
type SheetRow = (u64, Vec<String>);

/// The rows of one sheet.
pub(super) struct SheetRows<'s, 'b> {
    cells: XlsxCellReader<'s, Bytes<'b>>,
    /// The first cell of the next row: row, column, text.
    ahead: Option<(u32, u32, String)>,
    ended: bool,
    /// Rows read while the header was looked for.
    first: VecDeque<SheetRow>,
    width: usize,
}

impl SheetRows<'_, '_> {
    /// Reads the header: the first row with two names that `known` knows, else the first that holds something.
    ///
    /// # Errors
    /// An empty sheet, or a damaged one.
    pub(super) fn header(
        &mut self,
        known: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<String>, ImportError> {
        while self.first.len() < TITLE_ROWS {
            match self.row()? {
                Some(row) => self.first.push_back(row),
                None => break,
            }
        }
        let names = |row: &SheetRow| row.1.iter().filter(|cell| known(cell.trim())).count();
        let place = self
            .first
            .iter()
            .position(|row| names(row) >= 2)
            .unwrap_or(0);
        let Some((_, header)) = self
            .first
            .drain(..=place.min(self.first.len().saturating_sub(1)))
            .next_back()
        else {
            return Err(DecodeError::Empty.into());
        };
        let mut header: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
        while header.len() > 1 && header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        self.width = header.len();
        Ok(header)
    }

    /// The next row that holds something.
    fn row(&mut self) -> Result<Option<SheetRow>, ImportError> {
        let mut cells: Vec<String> = Vec::new();
        let mut number = None;
        loop {
            let cell = match self.ahead.take() {
                Some(cell) => cell,
                None if self.ended => break,
                None => match self.cells.next_cell().map_err(damaged)? {
                    Some(cell) => {
                        let (row, column) = cell.get_position();
                        (row, column, shown(cell.get_value()))
                    }
                    None => {
                        self.ended = true;
                        break;
                    }
                },
            };
            if cell.2.trim().is_empty() {
                continue;
            }
            if *number.get_or_insert(cell.0) != cell.0 {
                self.ahead = Some(cell);
                break;
            }
            let column = cell.1 as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = cell.2;
        }
        Ok(number.map(|number| (u64::from(number) + 1, cells)))
    }
}

impl Rows for SheetRows<'_, '_> {
    fn next(&mut self, record: &mut Record) -> Result<bool, ImportError> {
        let row = match self.first.pop_front() {
            Some(row) => Some(row),
            None => self.row()?,
        };
        let Some((number, cells)) = row else {
            return Ok(false);
        };
        let missing = self.width.saturating_sub(cells.len());
        let fields = cells.iter().map(String::as_str);
        record.set(number, fields.chain(std::iter::repeat_n("", missing)));
        Ok(true)
    }

    fn consumed(&self) -> u64 {
        0
    }
}

/// A cell's value as text. One whose formula failed has none.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) => moment_text(*moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn moment_text(moment: ExcelDateTime) -> String {
    // A second is a fraction no binary number hits: 09:15:00 would else be 09:14:59.
    let seconds = (moment.as_f64() * SECONDS_A_DAY).round();
    if moment.is_duration() {
        let (hours, rest) = ((seconds / 3600.0).floor(), seconds % 3600.0);
        return format!("{hours}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0);
    }
    let days = (seconds / SECONDS_A_DAY).floor();
    // Where days are counted from 1904 the number is another, and the library adds the difference.
    let is_1904 = moment != ExcelDateTime::new(moment.as_f64(), ExcelDateTimeType::DateTime, false);
    let (year, month, day, ..) =
        ExcelDateTime::new(days, ExcelDateTimeType::DateTime, is_1904).to_ymd_hms_milli();
    let rest = seconds - days * SECONDS_A_DAY;
    let (hour, minute) = ((rest / 3600.0).floor(), ((rest % 3600.0) / 60.0).floor());
    let second = rest % 60.0;
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if seconds < SECONDS_A_DAY {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if seconds % SECONDS_A_DAY == 0.0 {
        date
    } else {
        format!("{date} {time}")
    }
}

fn damaged(error: XlsxError) -> ImportError {
    match error {
        XlsxError::Password => ImportError::Unreadable(archive::PROTECTED.to_owned()),
        other => ImportError::Unreadable(format!("the workbook is damaged ({other})")),
    }
}
