//! What the columns of a file mean.

use std::collections::HashSet;

use super::header_names::{NAMES, PREFIXES};
use crate::domain::company::fold;
use crate::domain::lead::{FIELDS, field_info};
use crate::domain::qualifier::value_key;
use crate::store::QualifierColumn;

/// Columns with names like this are ours: exports write them, imports read two of them and store none.
const OUR_PREFIX: &str = "mobly_sync_";
/// Fields a second column may fill where the first is blank; elsewhere a second column stands beside the first.
const FILLED_BY_SECOND: &[&str] = &[
    "email",
    "phone",
    "mobilePhone",
    "companyName",
    "companyWebsite",
    "notes",
];
/// Names no custom field may take, since the content of a row gives them another meaning.
const RESERVED: &[&str] = &["externalId"];

/// What the program understands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A standard field, by key.
    Field(&'static str),
    /// First and last name in one.
    FullName,
    /// The event.
    Event,
    /// When the person was met.
    CapturedAt,
    /// The time of day, where the date has a column of its own.
    CapturedTime,
    /// How often the person was scanned.
    Scans,
    /// The source's own id.
    ExternalId,
}

/// Where a column's values go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Something the program understands.
    Known(Meaning),
    /// A qualifier, by its place among those given.
    Qualifier(usize),
    /// A field of the user's own.
    Custom(String),
    /// `mobly_sync_lead_id`: the row corrects that lead.
    LeadId,
    /// `mobly_sync_revision`.
    Revision,
    /// Nowhere.
    Ignored,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header as the file has it.
    pub header: String,
    /// Where its values go.
    pub target: Target,
    /// The custom field for a value whose target another column of the row filled already, with something else.
    pub spare: String,
    /// Whether another column fills its target before it does.
    pub is_second: bool,
    rank: usize,
}

/// The columns of a file.
#[derive(Debug, Clone)]
pub struct Columns {
    /// As the file orders them.
    pub all: Vec<Column>,
    /// Their places, the strongest name of each target first, whatever the order in the file.
    pub by_strength: Vec<usize>,
}

/// A `--column` that fits nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchHeader(pub String);

impl Columns {
    /// Recognises columns by their headers. `given` (header, field) beats every name; a qualifier's name beats the usual
    /// ones; what nothing knows becomes a custom field of the header's own name.
    ///
    /// # Errors
    /// [`NoSuchHeader`] where `given` names a header that is not there.
    pub fn recognise(
        headers: &[String],
        given: &[(String, String)],
        qualifiers: &[QualifierColumn],
    ) -> Result<Self, NoSuchHeader> {
        if let Some((header, _)) = given
            .iter()
            .find(|(wanted, _)| !headers.iter().any(|header| same(header, wanted)))
        {
            return Err(NoSuchHeader(header.clone()));
        }
        let mut all: Vec<Column> = headers
            .iter()
            .map(|header| {
                let chosen = given.iter().find(|(wanted, _)| same(header, wanted));
                let (target, rank) = match chosen {
                    Some((_, field)) => (named(field, qualifiers), 0),
                    None => understood(header, qualifiers),
                };
                let header = header.trim().to_owned();
                Column {
                    spare: header.clone(),
                    header,
                    target,
                    is_second: false,
                    rank,
                }
            })
            .collect();
        settle_names(&mut all);
        settle_times(&mut all);
        settle_numbers(&mut all);
        let by_strength = by_strength(&all);
        settle_seconds(&mut all, &by_strength);
        let columns = Self { all, by_strength };
        Ok(columns)
    }

    /// Whether anything in the file means something to us.
    #[must_use]
    pub fn any_known(&self) -> bool {
        self.all
            .iter()
            .any(|column| !matches!(column.target, Target::Custom(_) | Target::Ignored))
    }

    /// The places of the columns with a meaning, the strongest first.
    pub fn with(&self, target: &Target) -> impl Iterator<Item = usize> {
        self.by_strength
            .iter()
            .copied()
            .filter(move |index| self.all[*index].target == *target)
    }
}

impl Column {
    /// The name of the column's target in a report; `None` for one that is not read.
    #[must_use]
    pub fn field(&self, qualifiers: &[QualifierColumn]) -> Option<String> {
        Some(match &self.target {
            Target::Known(Meaning::Field(key)) => (*key).to_owned(),
            Target::Known(Meaning::FullName) => "fullName".to_owned(),
            Target::Known(Meaning::Event) => "event".to_owned(),
            Target::Known(Meaning::CapturedAt | Meaning::CapturedTime) => "capturedAt".to_owned(),
            Target::Known(Meaning::Scans) => "numberOfScans".to_owned(),
            Target::Known(Meaning::ExternalId) => "externalId".to_owned(),
            Target::Qualifier(index) => format!("qualifier:{}", qualifiers.get(*index)?.name),
            Target::Custom(name) => name.clone(),
            Target::LeadId => format!("{OUR_PREFIX}lead_id"),
            Target::Revision => format!("{OUR_PREFIX}revision"),
            Target::Ignored => return None,
        })
    }
}

/// Whether a header names something the program understands by itself; what the delimiter is told by.
#[must_use]
pub fn is_usual(header: &str) -> bool {
    header.trim().starts_with(OUR_PREFIX) || usual(header).is_some()
}

fn same(header: &str, wanted: &str) -> bool {
    value_key(header) == value_key(wanted)
}

fn understood(header: &str, qualifiers: &[QualifierColumn]) -> (Target, usize) {
    let name = header.trim();
    let lower = name.to_lowercase();
    if let Some(ours) = lower.strip_prefix(OUR_PREFIX) {
        let target = match ours {
            "lead_id" => Target::LeadId,
            "revision" => Target::Revision,
            _ => Target::Ignored,
        };
        return (target, 0);
    }
    if name.is_empty() {
        return (Target::Ignored, 0);
    }
    let key = value_key(name);
    if let Some(index) = qualifiers
        .iter()
        .position(|qualifier| qualifier.name_key == key)
    {
        return (Target::Qualifier(index), 0);
    }
    match usual(name) {
        Some((meaning, rank)) => (Target::Known(meaning), rank),
        None => (Target::Custom(name.to_owned()), 0),
    }
}

/// A name's usual meaning and how strong a name of it that is.
fn usual(header: &str) -> Option<(Meaning, usize)> {
    let name: String = fold(header)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let look_up = |name: &str| {
        NAMES.iter().find_map(|(meaning, names)| {
            let rank = names.iter().position(|known| *known == name)?;
            Some((*meaning, rank))
        })
    };
    look_up(&name).or_else(|| {
        let rest = PREFIXES
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))?;
        let (meaning, rank) = look_up(rest)?;
        let personal = match meaning {
            Meaning::FullName => true,
            Meaning::Field(key) => !matches!(
                key,
                "companyWebsite" | "companySize" | "description" | "leadOwner"
            ),
            _ => false,
        };
        personal.then_some((meaning, rank + 1))
    })
}

/// What a person means by a field's name in `--column`.
fn named(field: &str, qualifiers: &[QualifierColumn]) -> Target {
    let field = field.trim();
    if field.is_empty() || field == "-" {
        return Target::Ignored;
    }
    let qualifier = |name: &str| {
        let key = value_key(name);
        qualifiers
            .iter()
            .position(|qualifier| qualifier.name_key == key)
    };
    if let Some(index) = field.strip_prefix("qualifier:").and_then(qualifier) {
        return Target::Qualifier(index);
    }
    if let Some(info) = field_info(field).filter(|info| !info.computed) {
        return Target::Known(Meaning::Field(info.key));
    }
    if let Some(index) = qualifier(field) {
        return Target::Qualifier(index);
    }
    match usual(field) {
        Some((meaning, _)) => Target::Known(meaning),
        None => Target::Custom(field.to_owned()),
    }
}

/// Where a file has a first name and a bare `Name` but no last name, that is what `Name` holds.
fn settle_names(columns: &mut [Column]) {
    let has = |columns: &[Column], key| {
        columns
            .iter()
            .any(|column| column.target == Target::Known(Meaning::Field(key)))
    };
    if has(columns, "firstName") && !has(columns, "lastName") {
        let bare = columns.iter_mut().find(|column| {
            column.target == Target::Known(Meaning::FullName)
                && column.header.eq_ignore_ascii_case("name")
        });
        if let Some(column) = bare {
            column.target = Target::Known(Meaning::Field("lastName"));
        }
    }
}

/// A time of day without a date column is the whole moment.
fn settle_times(columns: &mut [Column]) {
    let dated = columns
        .iter()
        .any(|column| column.target == Target::Known(Meaning::CapturedAt));
    if !dated {
        for column in columns {
            if column.target == Target::Known(Meaning::CapturedTime) {
                column.target = Target::Known(Meaning::CapturedAt);
            }
        }
    }
}

/// Popl names a telephone number `Number` (its docs, field mapping). Elsewhere that counts rows, which the first column
/// does, or means anything: it is taken for a telephone only where no other column is one and people have names.
fn settle_numbers(columns: &mut [Column]) {
    let has = |key| {
        columns
            .iter()
            .any(|column| column.target == Target::Known(Meaning::Field(key)))
    };
    let wanted = !has("phone") && !has("mobilePhone") && has("firstName") && has("companyName");
    let number = columns
        .iter_mut()
        .skip(1)
        .find(|column| wanted && column.header.eq_ignore_ascii_case("number"));
    if let Some(column) = number
        && matches!(column.target, Target::Custom(_))
    {
        column.target = Target::Known(Meaning::Field("phone"));
    }
}

fn by_strength(columns: &[Column]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by(|left, right| {
        let (left, right) = (&columns[*left], &columns[*right]);
        (left.rank, &left.header).cmp(&(right.rank, &right.header))
    });
    order
}

/// Gives every second column of one target a custom field of its own name, and every custom field a name of its own.
fn settle_seconds(columns: &mut [Column], order: &[usize]) {
    let mut targets: Vec<Target> = Vec::new();
    let mut names: HashSet<String> = HashSet::new();
    for index in order {
        let column = &mut columns[*index];
        let second = targets.contains(&column.target);
        if !second {
            targets.push(column.target.clone());
        }
        let custom = matches!(column.target, Target::Custom(_));
        if !second && !custom {
            continue;
        }
        if matches!(column.target, Target::Ignored) {
            continue;
        }
        let wanted = match &column.target {
            Target::Custom(name) => name.clone(),
            _ => column.spare.clone(),
        };
        let name = free_name(&wanted, &mut names);
        let fills = matches!(&column.target, Target::Known(Meaning::Field(key)) if FILLED_BY_SECOND.contains(key));
        column.spare.clone_from(&name);
        column.is_second = fills;
        if !fills {
            column.target = Target::Custom(name);
        }
    }
}

fn free_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let reserved = |name: &str| {
        FIELDS
            .iter()
            .map(|field| field.key)
            .chain(RESERVED.iter().copied())
            .any(|key| key.eq_ignore_ascii_case(name))
    };
    let mut name = wanted.to_owned();
    let mut number = 2;
    while reserved(&name) || !taken.insert(name.to_lowercase()) {
        name = format!("{wanted} ({number})");
        number += 1;
    }
    name
}

#[cfg(test)]
#[path = "headers_tests.rs"]
mod tests;
