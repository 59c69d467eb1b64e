//! Whether a value of ours goes into a field that may already hold one.

use serde_json::Value;

use super::mapping::WriteBehaviour;

/// What is known of the field as it stands at the vendor.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// What it holds; `None` or null: empty.
    pub theirs: Option<&'a Value>,
    /// What we wrote there last, if ever.
    pub last_written: Option<&'a Value>,
    /// Whether we created the record.
    pub created_by_us: bool,
}

/// The verdict on one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Send this value; `overwrites` tells whether somebody's value goes.
    Send {
        /// In the vendor's form.
        value: Value,
        /// Whether a value that is not ours is replaced.
        overwrites: bool,
    },
    /// Already right.
    Same,
    /// Theirs stays, for the reason given.
    Keep(&'static str),
}

/// Decides for a record that is already there. `same` compares two values in the vendor's normal form; `join` adds ours to
/// theirs for `append` and gives `None` when theirs already contains it.
pub fn decide(
    write: WriteBehaviour,
    standing: Standing<'_>,
    ours: &Value,
    same: impl Fn(&Value, &Value) -> bool,
    join: impl Fn(&Value, &Value) -> Option<Value>,
) -> Decision {
    let Some(theirs) = standing.theirs.filter(|value| !is_blank(value)) else {
        return match write {
            // An empty field of a record somebody else made stays theirs to fill.
            WriteBehaviour::CreateOnly if !standing.created_by_us => {
                Decision::Keep("only set on records we create")
            }
            _ => Decision::Send {
                value: ours.clone(),
                overwrites: false,
            },
        };
    };
    if same(theirs, ours) {
        return Decision::Same;
    }
    // decisions.md 1: what we wrote ourselves counts as blank, or correcting a pushed lead would change nothing.
    let was_ours = standing
        .last_written
        .is_some_and(|written| same(theirs, written));
    match write {
        WriteBehaviour::Overwrite => Decision::Send {
            value: ours.clone(),
            overwrites: !was_ours,
        },
        WriteBehaviour::IfBlank if was_ours => Decision::Send {
            value: ours.clone(),
            overwrites: false,
        },
        WriteBehaviour::IfBlank => Decision::Keep("already filled in there"),
        WriteBehaviour::CreateOnly if was_ours && standing.created_by_us => Decision::Send {
            value: ours.clone(),
            overwrites: false,
        },
        WriteBehaviour::CreateOnly => Decision::Keep("only set on records we create"),
        WriteBehaviour::Append => match join(theirs, ours) {
            Some(joined) => Decision::Send {
                value: joined,
                overwrites: false,
            },
            None => Decision::Same,
        },
    }
}

/// Whether a value counts as empty at a vendor: null, blank text, an empty list.
#[must_use]
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn verdict(
        write: WriteBehaviour,
        theirs: Option<&str>,
        last: Option<&str>,
        created_by_us: bool,
    ) -> Decision {
        let (theirs, last) = (theirs.map(|v| json!(v)), last.map(|v| json!(v)));
        decide(
            write,
            Standing {
                theirs: theirs.as_ref(),
                last_written: last.as_ref(),
                created_by_us,
            },
            &json!("ours"),
            |left, right| left == right,
            |theirs, ours| {
                let (theirs, ours) = (theirs.as_str()?, ours.as_str()?);
                (!theirs.contains(ours)).then(|| json!(format!("{theirs};{ours}")))
            },
        )
    }

    fn sends(decision: &Decision) -> bool {
        matches!(decision, Decision::Send { .. })
    }

    #[test]
    fn if_blank_leaves_theirs_and_replaces_ours() {
        assert!(matches!(
            verdict(WriteBehaviour::IfBlank, Some("theirs"), None, false),
            Decision::Keep(_)
        ));
        assert!(sends(&verdict(
            WriteBehaviour::IfBlank,
            Some(" "),
            None,
            false
        )));
        assert!(sends(&verdict(
            WriteBehaviour::IfBlank,
            Some("old"),
            Some("old"),
            false
        )));
        assert!(matches!(
            verdict(WriteBehaviour::IfBlank, Some("edited"), Some("old"), false),
            Decision::Keep(_)
        ));
    }

    #[test]
    fn create_only_touches_only_records_of_ours_still_as_we_left_them() {
        assert!(matches!(
            verdict(WriteBehaviour::CreateOnly, None, None, false),
            Decision::Keep(_)
        ));
        assert!(sends(&verdict(
            WriteBehaviour::CreateOnly,
            None,
            None,
            true
        )));
        assert!(sends(&verdict(
            WriteBehaviour::CreateOnly,
            Some("old"),
            Some("old"),
            true
        )));
        assert!(matches!(
            verdict(
                WriteBehaviour::CreateOnly,
                Some("edited"),
                Some("old"),
                true
            ),
            Decision::Keep(_)
        ));
    }

    #[test]
    fn an_overwrite_says_whether_it_takes_somebodys_value() {
        let taken = |last| match verdict(WriteBehaviour::Overwrite, Some("theirs"), last, false) {
            Decision::Send { overwrites, .. } => overwrites,
            _ => false,
        };
        assert!(taken(None));
        assert!(!taken(Some("theirs")));
        assert_eq!(
            verdict(WriteBehaviour::Overwrite, Some("ours"), None, false),
            Decision::Same
        );
    }

    #[test]
    fn append_adds_once() {
        assert_eq!(
            verdict(WriteBehaviour::Append, Some("a"), None, false),
            Decision::Send {
                value: json!("a;ours"),
                overwrites: false
            }
        );
        assert_eq!(
            verdict(WriteBehaviour::Append, Some("a;ours"), None, false),
            Decision::Same
        );
    }
}
