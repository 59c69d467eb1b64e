//! What an answer makes of one activity: there, refused, or open.

use serde_json::json;

use super::{Item, local, settle};
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::run::PhaseAction;
use crate::engine::send::{RowEnd, Sendable};
use crate::engine::session::Session;
use crate::engine::steps::StepEnd;
use crate::engine::verdicts::no_verdict;
use crate::engine::work::{Work, refused, written};
use crate::store::{ChangeKind, Commit, LostCreate, RecordChange};
use crate::vendors::{ActivityInfo, CallTrace, Verdict};

/// A row's answer.
pub(super) struct Answer<'a> {
    pub(super) row: &'a Sendable,
    pub(super) end: RowEnd,
    pub(super) call: Option<&'a CallTrace>,
    /// Whether its text was cut to fit.
    pub(super) cut: bool,
}

/// Takes an activity's answer; returns it where it is open still.
pub(super) fn take(
    session: &Session,
    info: &'static ActivityInfo,
    works: &mut [Work],
    mut item: Item,
    answer: Answer<'_>,
    commit: &mut Commit,
) -> Option<Item> {
    let (call, cut) = (answer.call, answer.cut);
    let whole = || {
        let sent = serde_json::to_value(answer.row.row.change.values()).unwrap_or_default();
        refused(
            Phase::Activity,
            PhaseAction::Create,
            info.object,
            sent,
            call,
        )
    };
    let mut certain = true;
    let end = match answer.end {
        RowEnd::Answered(row) => {
            let entry = |id: Option<String>, ok: bool| {
                written(
                    Phase::Activity,
                    PhaseAction::Create,
                    info.object,
                    id,
                    &row,
                    call,
                    ok,
                )
            };
            match &row.verdict {
                Verdict::Done { id, .. } | Verdict::Exists { id } => {
                    arrived(info, &item, id, commit);
                    let mut entry = entry(Some(id.clone()), true);
                    entry.note = Some(said(&item, info, cut));
                    StepEnd::Written(entry)
                }
                // Matched anew by the next push: nobody's fault.
                Verdict::Gone | Verdict::LinkGone => StepEnd::Interrupted(
                    entry(None, false),
                    Category::Unexpected,
                    format!(
                        "the person's record {} vanished before its {} was made",
                        item.place.id, info.object
                    ),
                ),
                verdict => {
                    if *verdict == Verdict::Silent {
                        certain = false;
                        let lost = LostCreate::sent(session.clock.now());
                        let doubt = (info.object.to_owned(), item.subject(), lost);
                        commit.doubts.push(doubt);
                    }
                    StepEnd::Failed(entry(None, false), no_verdict(verdict, info.object))
                }
            }
        }
        RowEnd::Refused(failure) => StepEnd::Failed(whole(), failure.on_object(info.object)),
        RowEnd::Nobodys { category, message } => {
            certain = false;
            StepEnd::Interrupted(whole(), category, message)
        }
        RowEnd::Lost(lost) => {
            let doubt = (info.object.to_owned(), item.subject(), lost);
            commit.doubts.push(doubt);
            item.lost = Some(lost);
            return Some(item);
        }
        // The run ended before its turn: its lead is given back as it was.
        RowEnd::NotTried => return Some(item),
    };
    if certain {
        settled(info, &item, commit);
    }
    settle(session, works, &item, &end, commit);
    None
}

/// One whose answer was lost is there after all.
pub(super) fn adopt(
    session: &Session,
    info: &ActivityInfo,
    works: &mut [Work],
    item: &Item,
    id: &str,
    commit: &mut Commit,
) {
    arrived(info, item, id, commit);
    settled(info, item, commit);
    let note = format!(
        "{} was made by a request whose answer was lost",
        item.title()
    );
    let mut entry = local(info, PhaseAction::Match, true, note);
    entry.remote_id = Some(id.to_owned());
    settle(session, works, item, &StepEnd::Written(entry), commit);
}

/// Keeps that it is there, and what an undo needs: the text is here already.
fn arrived(info: &ActivityInfo, item: &Item, id: &str, commit: &mut Commit) {
    commit.activities.push((item.activity.id, id.to_owned()));
    commit.changes.push(RecordChange {
        object: info.object.to_owned(),
        remote_id: id.to_owned(),
        kind: ChangeKind::Created,
        before: None,
        after: json!({
            "activity": item.activity.marker, "object": item.place.object, "person": item.place.id,
        }),
    });
}

fn settled(info: &ActivityInfo, item: &Item, commit: &mut Commit) {
    if item.lost.is_some() {
        let settled = (info.object.to_owned(), item.subject());
        commit.settled.push(settled);
    }
}

/// What was done, in words.
fn said(item: &Item, info: &ActivityInfo, cut: bool) -> String {
    let cut = if cut {
        format!(", its text cut to {} characters", info.text)
    } else {
        String::new()
    };
    format!("{}{cut}", item.title())
}
