//! What an expression can name: the fields, qualifiers and events of one file.

use jiff::tz::TimeZone;

use super::check::fold;
use crate::domain::ids::{EventId, QualifierId};
use crate::domain::lead::{FIELDS, field_named};
use crate::domain::qualifier::value_key;

/// Words that mean a property of the lead itself. A custom field of such a name is written `field:"Source"`.
const PROPERTIES: &[(&str, Target)] = &[
    ("event", Target::Event),
    ("eventname", Target::Event),
    ("state", Target::State),
    ("category", Target::Category),
    ("scans", Target::Scans),
    ("numberofscans", Target::Scans),
    ("capturedat", Target::CapturedAt),
    ("source", Target::Source),
    ("name", Target::Name),
];

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Field(String),
    Qualifier(QualifierId),
    Name,
    Source,
    Event,
    State,
    Category,
    Scans,
    CapturedAt,
}

/// What is known to be there.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// Custom fields as leads spell them.
    pub custom_fields: Vec<String>,
    /// Qualifiers by name, archived ones too.
    pub qualifiers: Vec<(QualifierId, String)>,
    /// Events by name.
    pub events: Vec<(EventId, String)>,
    /// The zone of dates that name none.
    pub zone: TimeZone,
}

impl Vocabulary {
    /// A property or field by its word, key, label or own name.
    pub(super) fn target(&self, name: &str) -> Option<Target> {
        let folded = fold(name);
        PROPERTIES
            .iter()
            .find(|(word, _)| *word == folded)
            .map(|(_, target)| target.clone())
            .or_else(|| self.field(name))
    }

    /// A field by its key, label or own name.
    pub(super) fn field(&self, name: &str) -> Option<Target> {
        // A field as a lead spells it is meant before one spelled otherwise.
        if let Some(own) = self.custom_fields.iter().find(|own| *own == name.trim()) {
            return Some(Target::Field(own.clone()));
        }
        if let Some(info) = field_named(name) {
            return Some(match info.key {
                "eventName" => Target::Event,
                "capturedAt" => Target::CapturedAt,
                "numberOfScans" => Target::Scans,
                key => Target::Field(key.to_owned()),
            });
        }
        let folded = fold(name);
        self.custom_fields
            .iter()
            .find(|own| fold(own) == folded)
            .map(|own| Target::Field(own.clone()))
    }

    pub(super) fn qualifier(&self, name: &str) -> Option<QualifierId> {
        let wanted = value_key(name);
        self.qualifiers
            .iter()
            .find(|(_, known)| value_key(known) == wanted)
            .map(|(id, _)| *id)
    }

    /// The events a full name or a number means.
    pub(super) fn events_named(&self, text: &str) -> Vec<EventId> {
        let wanted = value_key(text);
        let named: Vec<EventId> = self
            .events
            .iter()
            .filter(|(_, name)| value_key(name) == wanted)
            .map(|(id, _)| *id)
            .collect();
        if !named.is_empty() {
            return named;
        }
        let number: Option<i64> = text.trim().parse().ok();
        self.events
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| Some(id.0) == number)
            .collect()
    }

    pub(super) fn events_containing(&self, text: &str) -> Vec<EventId> {
        let part = fold(text);
        self.events
            .iter()
            .filter(|(_, name)| fold(name).contains(&part))
            .map(|(id, _)| *id)
            .collect()
    }

    /// Names near a mistyped one; a qualifier's is shown as it is written.
    pub(super) fn near_names(&self, name: &str) -> Vec<String> {
        let qualifiers: Vec<String> = self
            .qualifiers
            .iter()
            .map(|(_, name)| format!("qualifier:{}", quoted(name)))
            .collect();
        let asked = fold(name);
        let plain = asked.strip_prefix("qualifier:").unwrap_or(&asked);
        let known = FIELDS
            .iter()
            .map(|info| (info.key, info.key))
            .chain(FIELDS.iter().map(|info| (info.label, info.key)))
            .chain(
                ["event", "state", "category", "scans", "source", "name"]
                    .into_iter()
                    .map(|word| (word, word)),
            )
            .chain(
                self.custom_fields
                    .iter()
                    .map(|own| (own.as_str(), own.as_str())),
            )
            .chain(
                self.qualifiers
                    .iter()
                    .zip(&qualifiers)
                    .map(|((_, name), shown)| (name.as_str(), shown.as_str())),
            );
        near(plain, known)
    }

    pub(super) fn near_events(&self, text: &str) -> Vec<String> {
        near(
            text,
            self.events
                .iter()
                .map(|(_, name)| (name.as_str(), name.as_str())),
        )
    }
}

/// A name as an expression takes it.
pub(super) fn quoted(name: &str) -> String {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || "_-.:".contains(character));
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// The known words like `text`, the most alike first, each shown as an expression takes it.
pub(super) fn near<'a>(text: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    const SHOWN: usize = 3;
    const ALIKE: f64 = 0.8;
    let text = fold(text);
    let mut likely: Vec<(f64, &str)> = known
        .map(|(word, shown)| (likeness(&text, &fold(word)), shown))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .collect();
    likely.sort_by(|left, right| right.0.total_cmp(&left.0));
    let mut names: Vec<String> = Vec::new();
    for (_, name) in likely {
        let name = if name.starts_with("qualifier:") {
            name.to_owned()
        } else {
            quoted(name)
        };
        if !names.contains(&name) && names.len() < SHOWN {
            names.push(name);
        }
    }
    names
}

/// A word that stands whole in a name ("title", "company") is as good as a slip of the finger.
fn likeness(text: &str, word: &str) -> f64 {
    const PART: f64 = 0.85;
    let alike = strsim::jaro_winkler(text, word);
    if text.len() > 3 && word.contains(text) {
        alike.max(PART)
    } else {
        alike
    }
}
