//! What a push goes by: mapping, queue, the day's calls.

use jiff::Timestamp;

use super::asking::{Asked, Step, Trouble};
use super::connection::{Local, not_asked, why_not_asked};
use super::words::{counted, grouped, length};
use crate::domain::board::percent;
use crate::domain::budget::Budget;
use crate::domain::checkup::{Check, Level};
use crate::domain::hints::quote;
use crate::domain::lead::Role;
use crate::vendors::CallErrorKind;

/// From this share of the day's calls on, in percent, a large push will not end today.
const NEARLY_USED: f64 = 95.0;

/// Whether anything is mapped, and whether the fields it fills are still there.
pub(super) fn mapping(local: &Local, asked: &Asked) -> Check {
    const NAME: &str = "mapping";
    let scope = scope(local);
    if !local.integration.mapped {
        return Check::warning(NAME, "nothing is mapped, so nothing can be pushed")
            .fix(format!("mobly-sync mapping defaults{scope}"));
    }
    let rows = counted(local.rules.len() as u64, "row");
    let qualifiers = match local.qualifiers.len() {
        0 => String::new(),
        some => format!(", {} of qualifiers", counted(some as u64, "row")),
    };
    let facts = format!("{rows}{qualifiers}");
    if asked.schemas.is_empty() {
        return Check::skipped(NAME, format!("{facts}; {}", why_not_asked(local, asked)));
    }
    let gone = gone(local, asked);
    let unread: Vec<String> = asked
        .schemas
        .iter()
        .filter_map(|(object, schema)| match schema {
            Step::Failed(trouble) => Some(format!("{object}: {trouble}")),
            _ => None,
        })
        .collect();
    if gone.is_empty() {
        let check = if unread.is_empty() {
            Check::fine(NAME, format!("{facts}, every field is there"))
        } else {
            Check::warning(NAME, format!("{facts}; not all fields could be compared"))
        };
        return unread.into_iter().fold(check, Check::note);
    }
    let fields = counted(gone.len() as u64, "field");
    let check = Check::warning(NAME, format!("{facts}; {fields} gone at {}", local.title()));
    let fix = match gone.first() {
        Some((object, field, true)) => format!(
            "mobly-sync mapping unset {} --object {object}{scope}",
            quote(field)
        ),
        _ => "mobly-sync qualifier list".to_owned(),
    };
    gone.iter()
        .fold(check, |check, (object, field, _)| {
            check.note(format!("{object}.{field}"))
        })
        .hint("leads that would fill them fail: map another field, or none")
        .fix(fix)
}

/// Object and field that are mapped and not there; whether a row of the mapping says so, or a qualifier.
fn gone<'a>(local: &'a Local, asked: &'a Asked) -> Vec<(&'static str, &'a str, bool)> {
    let mut gone = Vec::new();
    for (object, schema) in &asked.schemas {
        let Step::Answered(schema) = schema else {
            continue;
        };
        let fields = local
            .wanted()
            .filter(|(wanted, _)| wanted == object)
            .flat_map(|(_, fields)| fields);
        for field in fields.filter(|field| schema.field(field).is_none()) {
            let mapped = local
                .rules
                .iter()
                .any(|rule| rule.object == *object && rule.remote == *field);
            gone.push((*object, field.as_str(), mapped));
        }
    }
    gone
}

/// Where the vendor names no permissions, what it refused to show tells of those that are missing.
pub(super) fn refused_objects(local: &Local, asked: &Asked) -> Option<Check> {
    let refused: Vec<(&str, String)> = asked
        .schemas
        .iter()
        .filter_map(|(object, schema)| match schema {
            Step::Failed(Trouble::Call(error))
                if matches!(error.kind, CallErrorKind::NotAllowed(_)) =>
            {
                Some((*object, error.kind.to_string()))
            }
            _ => None,
        })
        .collect();
    if refused.is_empty() {
        return None;
    }
    let is_person = |name: &str| {
        let mut objects = local.info.iter().flat_map(|info| info.objects);
        objects.any(|object| object.key == name && object.role == Role::Persona)
    };
    let level = if refused.iter().any(|(object, _)| is_person(object)) {
        Level::Broken
    } else {
        Level::Warning
    };
    let check = Check::new(
        "permissions",
        level,
        format!("{} does not show all objects", local.title()),
    );
    Some(
        refused
            .into_iter()
            .fold(check, |check, (object, why)| {
                check.note(format!("{object}: {why}"))
            })
            .hint(format!("grant them in {}, then look again", local.title()))
            .fix(format!("mobly-sync doctor {}", local.integration.name)),
    )
}

/// What waits, and what processes left behind; information only, since the next push settles it.
pub(super) fn queue(local: &Local, now: Timestamp) -> Check {
    let (queue, summary) = (&local.queue, &local.overview.summary);
    let waits = match (summary.pre_sync, queue.waiting_since) {
        (0, _) => "nothing waits".to_owned(),
        (count, Some(since)) => format!(
            "{} waiting, the first for {}",
            counted(count, "lead"),
            length(now.duration_since(since).unsigned_abs())
        ),
        (count, None) => format!("{} waiting", counted(count, "lead")),
    };
    let mut check = Check::fine("queue", waits);
    if queue.at_work > 0 {
        check = check.note(format!("{} at work now", counted(queue.at_work, "run")));
    }
    if queue.died > 0 {
        let runs = counted(queue.died, "run");
        check = check.note(format!(
            "{runs} died on the way: the next push takes over what was held"
        ));
    }
    if queue.doubts > 0 {
        let doubts = counted(queue.doubts, "new record");
        check = check.note(format!(
            "{doubts} without an answer: looked up before anything is repeated"
        ));
    }
    check
}

/// The day's calls: as told now, else as told last.
pub(super) fn budget(local: &Local, asked: &Asked, now: Timestamp) -> Check {
    const NAME: &str = "budget";
    let (used, limit, age) = match (&asked.budget, &local.budget) {
        (Step::Answered(Some(told)), _) => (told.used, told.limit, String::new()),
        (_, Some(kept)) => {
            let age = length(now.duration_since(kept.at).unsigned_abs());
            let allowed = kept.allowed.unwrap_or_default();
            let told = if kept.counted {
                "counted here"
            } else {
                "as told"
            };
            (kept.used, allowed, format!(", {told} {age} ago"))
        }
        (Step::Answered(None) | Step::Failed(_), None) => {
            return Check::fine(NAME, format!("{} does not tell", local.title()));
        }
        (Step::Untaken, None) => return not_asked(NAME, local, asked),
    };
    let share = percent(used, limit);
    let facts = format!(
        "{} of {} {} today ({share} %){age}",
        grouped(used),
        grouped(limit),
        local.budget.as_ref().map_or("calls", Budget::unit)
    );
    if share >= NEARLY_USED {
        return Check::warning(NAME, facts)
            .hint("a push stops when they are used up, and goes on tomorrow");
    }
    Check::fine(NAME, facts)
}

fn scope(local: &Local) -> String {
    if local.overview.must_be_named {
        format!(" -i {}", local.integration.name)
    } else {
        String::new()
    }
}
