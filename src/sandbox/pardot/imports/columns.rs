//! The columns of an import: what its first line names, and what its input says of each.

use serde_json::Value;

use super::super::errors::ApiError;
use super::super::field::Field;
use super::super::unit::Unit;

/// What a column is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Use {
    MatchEmail,
    MatchId,
    MatchSalesforceId,
    AddToList,
    RemoveFromList,
    Field(Field),
}

impl Use {
    pub(super) fn matches(self) -> bool {
        matches!(
            self,
            Self::MatchEmail | Self::MatchId | Self::MatchSalesforceId
        )
    }
}

pub(super) struct Column {
    pub(super) name: String,
    pub(super) used_for: Use,
    /// Without, a value is written only where there is none.
    pub(super) overwrite: bool,
    /// Without, blank cells leave what is there.
    pub(super) null_overwrite: bool,
}

/// What `columns` of the input says of one column.
#[derive(Clone, Debug)]
pub(super) struct ColumnOption {
    field: String,
    overwrite: Option<bool>,
    null_overwrite: Option<bool>,
}

/// `[{"field","overwrite","nullOverwrite"}]`.
pub(super) fn options(given: &Value) -> Result<Vec<ColumnOption>, Box<ApiError>> {
    let wrong = || ApiError::known(165);
    let list = given.as_array().ok_or_else(wrong)?;
    let option = |entry: &Value| {
        let entry = entry.as_object()?;
        let known = ["field", "overwrite", "nullOverwrite"];
        let flag = |name: &str| match entry.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(Value::Bool(flag)) => Some(Some(*flag)),
            Some(_) => None,
        };
        let all_known = entry.keys().all(|name| known.contains(&name.as_str()));
        all_known.then_some(())?;
        Some(ColumnOption {
            field: entry.get("field")?.as_str()?.to_owned(),
            overwrite: flag("overwrite")?,
            null_overwrite: flag("nullOverwrite")?,
        })
    };
    let options: Option<Vec<_>> = list.iter().map(option).collect();
    options.ok_or_else(wrong)
}

/// A first line and rows.
pub(super) type Sheet = (Vec<String>, Vec<Vec<String>>);

/// Reads a table, whose rows must all be of the same width.
pub(super) fn table(data: &[u8]) -> Result<Sheet, Box<ApiError>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(data);
    let wrong = |_: csv::Error| ApiError::known(159);
    let texts = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = texts(reader.headers().map_err(wrong)?);
    let rows = reader
        .records()
        .map(|row| row.map(|row| texts(&row)).map_err(wrong));
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    if rows.is_empty() {
        return Err(ApiError::known(159));
    }
    Ok((header, rows))
}

fn use_of(unit: &Unit, name: &str) -> Option<Use> {
    Some(match name {
        "matchEmail" => Use::MatchEmail,
        "matchId" => Use::MatchId,
        "matchSalesforceId" => Use::MatchSalesforceId,
        "addToList" => Use::AddToList,
        "removeFromList" => Use::RemoveFromList,
        name => Use::Field(unit.field(name).filter(|field| field.writable)?),
    })
}

/// The columns of a table's first line. One unknown name refuses the whole file, and so do options that are
/// not of the same columns: as many, and by the same names.
pub(super) fn columns(
    unit: &Unit,
    header: &[String],
    options: Option<&[ColumnOption]>,
) -> Result<Vec<Column>, Box<ApiError>> {
    let mut columns = Vec::new();
    for name in header {
        let used_for = use_of(unit, name).ok_or_else(|| ApiError::about(180, name))?;
        let option = options.and_then(|options| {
            let mut options = options.iter();
            options.find(|option| option.field == *name)
        });
        if options.is_some() && option.is_none() {
            return Err(ApiError::known(226));
        }
        if columns.iter().any(|column: &Column| column.name == *name) {
            return Err(ApiError::about(180, name));
        }
        columns.push(Column {
            name: name.clone(),
            used_for,
            overwrite: option.and_then(|option| option.overwrite).unwrap_or(true),
            null_overwrite: option
                .and_then(|option| option.null_overwrite)
                .unwrap_or(unit.settings.null_overwrite),
        });
    }
    if options.is_some_and(|options| options.len() != header.len()) {
        return Err(ApiError::known(226));
    }
    if !columns.iter().any(|column| column.used_for.matches()) {
        return Err(ApiError::about(
            197,
            "matchEmail, matchId or matchSalesforceId",
        ));
    }
    Ok(columns)
}
