//! What of a mapping may fill a vendor's field: told apart are fields nobody maps and fields a lead leaves empty.

use super::ids::EventId;
use super::mapping::{QualifierRule, Rule, Source, template_fields};

/// The rows and qualifiers that count for some leads.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The connection's rows.
    pub rules: &'a [Rule],
    /// Its qualifiers' targets.
    pub qualifiers: &'a [QualifierRule],
    /// The event the leads are pushed for; rows of other events are none of theirs.
    pub event: Option<EventId>,
}

impl Rows<'_> {
    /// What of a lead fills a field of an object, in words; `None`: nothing is mapped to it.
    #[must_use]
    pub fn filler(&self, object: &str, remote: &str) -> Option<String> {
        let here = |at: &str, name: &str| at == object && name.eq_ignore_ascii_case(remote);
        let counts = |rule: &&Rule| rule.event.is_none() || rule.event == self.event;
        let mut rules = self.rules.iter().filter(counts);
        if let Some(rule) = rules.find(|rule| here(&rule.object, &rule.remote)) {
            return Some(match &rule.source {
                Source::Field(key) => key.clone(),
                Source::Constant(_) => "constant".to_owned(),
                Source::Template(text) => template_fields(text).unwrap_or_default().join(", "),
            });
        }
        let mut qualifiers = self.qualifiers.iter();
        let asked = qualifiers.find(|rule| here(&rule.object, &rule.remote))?;
        Some(format!("answer to {:?}", asked.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mapping::{RuleOptions, WriteBehaviour};

    #[test]
    fn a_row_of_another_event_fills_nothing() {
        let rule = |remote: &str, event, source| Rule {
            object: "contact".into(),
            remote: remote.into(),
            event,
            source,
            write: WriteBehaviour::IfBlank,
            options: RuleOptions::default(),
            described: None,
        };
        let rules = [
            rule("phone", None, Source::Field("phone".into())),
            rule("badge", Some(EventId(7)), Source::Field("Badge".into())),
            rule(
                "greeting",
                None,
                Source::Template("Dear {firstName} {lastName}".into()),
            ),
        ];
        let of = |event| Rows {
            rules: &rules,
            qualifiers: &[],
            event,
        };
        let filler = |event, remote: &str| of(event).filler("contact", remote);
        assert_eq!(filler(None, "Phone").as_deref(), Some("phone"));
        assert_eq!(filler(None, "badge"), None);
        assert_eq!(filler(Some(EventId(7)), "badge").as_deref(), Some("Badge"));
        assert_eq!(
            filler(None, "greeting").as_deref(),
            Some("firstName, lastName")
        );
        assert_eq!(of(None).filler("company", "phone"), None);
    }
}
