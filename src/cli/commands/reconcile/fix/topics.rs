//! What there is to repair on a board: causes that one change settles stand together.

use crate::domain::board::{Board, BoardFilter, BoardState, Cause};
use crate::domain::category::{Category, Fix};
use crate::domain::failure::Phase;
use crate::domain::hints::{Command, HintScope};
use crate::domain::sync_state::PreSyncReason;
use crate::ui::Ui;
use crate::ui::format::{clean, count, cut, pad, pad_left};

/// One thing to repair.
pub(super) enum Topic {
    /// Failed leads that one change settles.
    Failed(Group),
    /// Leads that Manual mode holds back.
    Frozen(Frozen),
}

/// Failed leads of one field, or of one cause that no field is to blame for.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The kind.
    pub(super) category: Category,
    /// Its position on the board, as `--fix` takes it.
    pub(super) id: String,
    /// The causes, the largest first.
    pub(super) causes: Vec<Cause>,
    /// Whether they are all of the category.
    pub(super) whole: bool,
}

/// Leads that wait for somebody to push them.
#[derive(Debug, Clone)]
pub(super) struct Frozen {
    /// How many.
    pub(super) leads: u64,
    /// The command that pushes them.
    pub(super) push: String,
}

impl Group {
    /// How many leads.
    pub(super) fn leads(&self) -> u64 {
        self.causes.iter().map(|cause| cause.count).sum()
    }

    /// The stable keys of its causes.
    pub(super) fn keys(&self) -> Vec<String> {
        self.causes
            .iter()
            .flat_map(|cause| cause.members.iter().cloned())
            .collect()
    }

    /// The vendor's object and field, where one is to blame.
    pub(super) fn target(&self) -> (Option<&str>, Option<&str>) {
        let first = self.causes.first();
        (
            first.and_then(|cause| cause.object.as_deref()),
            first.and_then(|cause| cause.field.as_deref()),
        )
    }

    /// Whether a change of the mapping settles it: what a campaign or an activity was refused for is no field's matter.
    pub(super) fn is_of_the_mapping(&self) -> bool {
        let phase = self.causes.first().and_then(|cause| cause.phase.as_deref());
        let phase = phase.and_then(Phase::from_name);
        !matches!(phase, Some(Phase::Campaign | Phase::Activity))
    }

    /// Whether the board has a repair for it.
    pub(super) fn has_a_wrench(&self) -> bool {
        self.is_of_the_mapping()
            && (self.category.text().fix.is_some()
                || self.category == Category::DataValueValidation)
    }

    /// `reconcile` for exactly these leads, ready for what shall be done with them.
    pub(super) fn reconcile(&self, scope: HintScope<'_>) -> Command {
        let command = Command::new("reconcile").optional("--event", scope.event);
        match self.whole {
            true => command.option("--category", self.category.code()),
            false => command.option("--cause", &self.keys().join(",")),
        }
    }

    /// What it is about, in words.
    pub(super) fn title(&self) -> String {
        let (object, field) = self.target();
        let mut words: Vec<&str> = Vec::new();
        if self.category != Category::NoTagMapping {
            words.extend(object);
        }
        words.extend(field);
        match self.causes.as_slice() {
            [one] if field.is_none() => clean(&one.vendor_message),
            _ => clean(&words.join(" ")),
        }
    }
}

/// What of a board is to be repaired: all of it, or what was chosen.
pub(super) fn of_board(board: &Board, chosen: &BoardFilter, push: &str) -> Vec<Topic> {
    let mut topics = Vec::new();
    if !matches!(chosen.state, None | Some(BoardState::Failed)) {
        return frozen(board, push).into_iter().collect();
    }
    for (position, group) in board.failed.iter().enumerate() {
        if chosen
            .category
            .is_some_and(|wanted| wanted != group.category)
        {
            continue;
        }
        let mut found: Vec<Group> = Vec::new();
        for cause in &group.causes {
            let meant = chosen.causes.is_empty()
                || cause.members.iter().any(|key| chosen.causes.contains(key));
            if !meant {
                continue;
            }
            let same = found.iter_mut().find(|known| {
                let first = &known.causes[0];
                cause.field.is_some()
                    && (&first.object, &first.field, &first.phase)
                        == (&cause.object, &cause.field, &cause.phase)
            });
            match same {
                Some(known) => known.causes.push(cause.clone()),
                None => found.push(Group {
                    category: group.category,
                    id: cause.id.clone(),
                    causes: vec![cause.clone()],
                    whole: false,
                }),
            }
        }
        if let [one] = found.as_mut_slice()
            && one.causes.len() == group.causes.len()
        {
            one.whole = true;
            one.id = (position + 1).to_string();
        }
        topics.extend(found.into_iter().map(Topic::Failed));
    }
    let everything =
        chosen.category.is_none() && chosen.causes.is_empty() && chosen.state.is_none();
    if everything {
        topics.extend(frozen(board, push));
    }
    topics
}

fn frozen(board: &Board, push: &str) -> Option<Topic> {
    let waiting = board
        .pre_sync
        .iter()
        .find(|group| group.reason == PreSyncReason::Frozen && group.fix == Some(Fix::SyncMode))?;
    Some(Topic::Frozen(Frozen {
        leads: waiting.count,
        push: waiting.hint.clone().unwrap_or_else(|| push.to_owned()),
    }))
}

impl Topic {
    /// The line of a list to choose from.
    pub(super) fn line(&self, ui: &Ui) -> String {
        let symbols = ui.theme().symbols();
        let (mark, id, kind, leads, what) = match self {
            Self::Failed(group) => (
                group.has_a_wrench(),
                group.id.clone(),
                group.category.code().to_owned(),
                group.leads(),
                group.title(),
            ),
            Self::Frozen(frozen) => (
                true,
                String::new(),
                "FROZEN".to_owned(),
                frozen.leads,
                "held back by Manual mode".to_owned(),
            ),
        };
        let mark = if mark { symbols.fixable } else { " " };
        let line = format!(
            "{} {mark} {} {}  {what}",
            pad(&id, 3),
            pad(&kind, 23),
            pad_left(&count(leads), 6),
        );
        // A choice that wraps is redrawn wrongly: two columns are the prompt's own.
        cut(&line, ui.width().saturating_sub(3), symbols.cut)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::board::{FailedGroup, PreSyncGroup, Summary, View};

    fn cause(id: &str, field: Option<&str>, value: &str, count: u64) -> Cause {
        Cause {
            id: id.into(),
            key: format!("key{id}"),
            phase: Some("company".into()),
            object: Some("company".into()),
            field: field.map(str::to_owned),
            value: Some(value.into()),
            vendor_message: "no".into(),
            count,
            landed: true,
            landed_count: count,
            guess: None,
            fix: None,
            members: vec![format!("key{id}")],
        }
    }

    fn board() -> Board {
        let group = |category, causes: Vec<Cause>| FailedGroup {
            category,
            description: String::new(),
            count: causes.iter().map(|cause| cause.count).sum(),
            fix: None,
            hint: None,
            commands: Vec::new(),
            causes,
        };
        Board {
            integration: "crm".into(),
            account: None,
            view: View::Event,
            filter: Default::default(),
            summary: Summary::default(),
            pre_sync: vec![PreSyncGroup {
                reason: PreSyncReason::Frozen,
                count: 9,
                fix: Some(Fix::SyncMode),
                hint: None,
                needs: Vec::new(),
            }],
            held: Vec::new(),
            failed: vec![
                group(
                    Category::DataValueValidation,
                    vec![
                        cause("1a", Some("industry"), "Software", 34),
                        cause("1b", Some("industry"), "Fin. Services", 19),
                        cause("1c", Some("country"), "UK", 8),
                    ],
                ),
                group(
                    Category::DataTooLong,
                    vec![cause("2a", Some("jobtitle"), "long", 6)],
                ),
                group(
                    Category::ValidationRule,
                    vec![cause("3a", None, "x", 1), cause("3b", None, "y", 1)],
                ),
            ],
            events: Vec::new(),
            leads: Vec::new(),
        }
    }

    fn ids(chosen: &BoardFilter) -> Vec<String> {
        of_board(&board(), chosen, "push")
            .iter()
            .map(|topic| match topic {
                Topic::Failed(group) => format!("{}={}", group.id, group.leads()),
                Topic::Frozen(frozen) => format!("frozen={}", frozen.leads),
            })
            .collect()
    }

    #[test]
    fn what_one_change_settles_stands_together() {
        assert_eq!(
            ids(&BoardFilter::default()),
            ["1a=53", "1c=8", "2=6", "3a=1", "3b=1", "frozen=9"]
        );
        let category = BoardFilter {
            category: Some(Category::DataTooLong),
            ..BoardFilter::default()
        };
        assert_eq!(ids(&category), ["2=6"]);
        let one = BoardFilter {
            causes: vec!["key1b".into()],
            ..BoardFilter::default()
        };
        assert_eq!(ids(&one), ["1b=19"]);
        let waiting = BoardFilter {
            state: Some(BoardState::PreSync),
            ..BoardFilter::default()
        };
        assert_eq!(ids(&waiting), ["frozen=9"]);
    }

    #[test]
    fn the_retry_is_of_the_category_or_of_the_causes_by_their_keys() {
        let scope = HintScope {
            vendor: "crm",
            integration: None,
            event: Some("Expo"),
        };
        let lines: Vec<String> = of_board(&board(), &BoardFilter::default(), "push")
            .iter()
            .filter_map(|topic| match topic {
                Topic::Failed(group) => Some(group.reconcile(scope).flag("--retry").of(scope)),
                Topic::Frozen(_) => None,
            })
            .collect();
        assert_eq!(
            lines[0],
            "mobly-sync reconcile --event Expo --cause key1a,key1b --retry"
        );
        assert_eq!(
            lines[2],
            "mobly-sync reconcile --event Expo --category DATA_TOO_LONG --retry"
        );
    }
}
