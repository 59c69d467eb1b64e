//! The board as people see it: what was counted, put into words.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::choice::Choice;
use super::retry::title;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::account_with_environment;
use crate::domain::board::{self, Board, BoardState, View};
use crate::domain::category::Category;
use crate::domain::event::Event;
use crate::domain::hints::{self, Command, HintScope, quote};
use crate::domain::integration::{Integration, Mode};
use crate::domain::verification::KeptVerification;
use crate::store::runs::RunFilter;
use crate::store::{Selection, Store};
use crate::ui::board::{
    self as screen, BoardView, Cause, EventRow, Group, Heading, LeadRow, Next, Reason, Remarks,
    Sums,
};
use crate::ui::format::{clean, count, cut, moment};

/// Triggers of runs that push.
const PUSHES: &[&str] = &[
    "auto",
    "manual",
    "retry-lead",
    "retry-category",
    "retry-global",
    "mode-switch",
];
/// The widest a reason for ignoring is shown beside the sums.
const REASON_WIDTH: usize = 34;

/// What the board is seen with.
pub(super) struct Sight<'a> {
    pub(super) context: &'a Context,
    pub(super) store: &'a Store,
    pub(super) integration: &'a Integration,
    pub(super) choice: &'a Choice,
    pub(super) now: Timestamp,
}

impl Sight<'_> {
    /// Shows the board; after an action, which told what it did, a person sees only what is left to do, and a pipe nothing
    /// more.
    ///
    /// # Errors
    /// As every statement.
    pub(super) fn show(&self, board: &Board, told: bool) -> Result<(), CommandError> {
        let ui = &self.context.ui;
        let view = self.view(board, told)?;
        if !told {
            screen::print(ui, &view);
        } else if ui.out_is_terminal() && !ui.options().quiet {
            screen::print_open_ends(ui, &view);
        }
        Ok(())
    }

    /// The board in words.
    ///
    /// # Errors
    /// As every statement.
    pub(super) fn view(&self, board: &Board, told: bool) -> Result<BoardView, CommandError> {
        let summary = board.summary;
        Ok(BoardView {
            heading: self.heading(),
            summary: Sums {
                total: summary.total,
                enriching: summary.enriching,
                pre_sync: summary.pre_sync,
                held: summary.held,
                failed: summary.failed,
                failed_landed: summary.failed_landed,
                cleared: summary.cleared,
                ignored: summary.ignored,
            },
            remarks: self.remarks(board)?,
            pre_sync: board.pre_sync.iter().map(waiting).collect(),
            held: board.held.iter().map(held).collect(),
            failed: board.failed.iter().map(group).collect(),
            events: if board.view == View::Event {
                board.events.iter().map(event_row).collect()
            } else {
                Vec::new()
            },
            leads: board.leads.iter().map(lead_row).collect(),
            leads_left_out: self.left_out(board)?,
            next: self.next(board, told),
        })
    }

    fn heading(&self) -> Heading {
        let mode = match self.integration.mode {
            Mode::Automatic => "Automatic",
            Mode::Manual => "Manual",
        };
        let mut parts = vec![
            self.choice
                .event
                .as_ref()
                .map_or_else(|| "All events".to_owned(), event_title),
        ];
        if let Some(since) = self.choice.shown.since {
            parts.push(format!("since {}", self.moment(since)));
        }
        parts.push(if self.integration.connected {
            mode.to_owned()
        } else {
            self.integration.state().title().to_owned()
        });
        parts.push(format!("as of {}", self.moment(self.now)));
        Heading {
            vendor: title(self.integration),
            account: account_with_environment(self.integration),
            parts,
        }
    }

    fn moment(&self, when: Timestamp) -> String {
        moment(when, self.now, &TimeZone::system())
    }

    fn remarks(&self, board: &Board) -> Result<Remarks, CommandError> {
        let mut remarks = Remarks::default();
        let summary = board.summary;
        let Some(account) = &self.integration.account else {
            return Ok(remarks);
        };
        if summary.cleared > 0 {
            let filter = RunFilter {
                account: Some(account.id),
                triggers: PUSHES,
                ..RunFilter::default()
            };
            // Whether it is still at work does not matter here.
            let last = self.store.runs(Some(1), &filter, &|_| true)?.pop();
            remarks.cleared = last
                .and_then(|run| {
                    let at: Timestamp = run.started.parse().ok()?;
                    Some(format!("last in run {}, {}", run.run, self.moment(at)))
                })
                .unwrap_or_default();
        }
        let scope = self.choice.shown.event;
        remarks.read_back = match self.store.last_verification(account.id, scope)? {
            // Of leads attempted since some time no reading tells.
            Some(kept) if self.choice.shown.since.is_none() => self.read_back(&kept),
            _ => String::new(),
        };
        if summary.ignored > 0 {
            let reasons = self
                .store
                .ignored_reasons(account.id, self.choice.shown.event)?;
            remarks.ignored = match reasons.as_slice() {
                [] => String::new(),
                [only] => format!("\"{}\"", short(&only.reason)),
                [first, rest @ ..] => format!(
                    "{} \"{}\", {} more {}",
                    count(first.count),
                    short(&first.reason),
                    rest.len(),
                    if rest.len() == 1 { "reason" } else { "reasons" }
                ),
            };
        }
        Ok(remarks)
    }

    /// `read back Wed 18:07: 1,660 found, 0 differ`.
    fn read_back(&self, kept: &KeptVerification) -> String {
        let counts = kept.counts;
        let missing = match counts.missing {
            0 => String::new(),
            missing => format!(", {} missing", count(missing)),
        };
        format!(
            "read back {}: {} found, {} differ{missing}",
            self.moment(kept.at),
            count(counts.found()),
            count(counts.differ())
        )
    }

    fn left_out(&self, board: &Board) -> Result<u64, CommandError> {
        let Some(limit) = board.filter.limit else {
            return Ok(0);
        };
        let listed = u64::try_from(board.leads.len()).unwrap_or(u64::MAX);
        if listed < limit {
            return Ok(0);
        }
        let selection = Selection::from(&self.choice.shown);
        let all = self.store.count_leads(self.integration, &selection)?;
        Ok(all.saturating_sub(listed))
    }

    /// First what settles the most, then the retry of what is shown.
    fn next(&self, board: &Board, told: bool) -> Vec<Next> {
        let next = |command: String, remark: String| Next { command, remark };
        let mut steps = Vec::new();
        let scope = HintScope {
            vendor: &self.integration.vendor,
            integration: self.context.globals.integration.as_deref().map(|_| {
                // Whoever had to name the connection has to name it again.
                self.integration.name.as_str()
            }),
            event: self.choice.event.as_ref().map(|event| event.name.as_str()),
        };
        if let ([lead], false) = (board.leads.as_slice(), told) {
            steps.push(next(
                format!("mobly-sync log {}", lead.id),
                "what was sent, and the answer".to_owned(),
            ));
            if lead.state == BoardState::Failed {
                steps.push(next(
                    format!("mobly-sync reconcile --lead {} --retry", lead.id),
                    String::new(),
                ));
            }
            return steps;
        }
        // After an action that emptied the category at hand, the rest of the board is next.
        let is_left = |category: &Category| {
            let mut groups = board.failed.iter();
            !told || groups.any(|group| group.category == *category)
        };
        let chosen = self.choice.shown.category.filter(is_left);
        let group = board
            .failed
            .iter()
            .find(|group| chosen.is_none_or(|category| category == group.category));
        if let Some(group) = group {
            let number = board
                .failed
                .iter()
                .position(|known| known.category == group.category)
                .unwrap_or_default()
                + 1;
            let first = match fixable(group) {
                true => Some(
                    Command::new("reconcile")
                        .optional("--event", scope.event)
                        .option("--fix", &number.to_string())
                        .of(scope),
                ),
                false => group.hint.clone(),
            };
            steps.extend(first.map(|command| next(command, String::new())));
            let (command, leads) = match chosen {
                Some(category) => {
                    let event = scope
                        .event
                        .map(|event| format!(" --event {}", quote(event)))
                        .unwrap_or_default();
                    let integration = scope
                        .integration
                        .map(|name| format!(" -i {}", quote(name)))
                        .unwrap_or_default();
                    let command = format!(
                        "mobly-sync reconcile{event} --category {} --retry{integration}",
                        category.code()
                    );
                    (command, group.count)
                }
                None => (hints::retry(scope), board.summary.failed),
            };
            steps.push(next(command, count(leads)));
        } else if let Some(hint) = board.pre_sync.iter().find_map(|group| group.hint.clone()) {
            steps.push(next(hint, String::new()));
        }
        steps
    }
}

fn event_title(event: &Event) -> String {
    let days = days(event.from.as_deref(), event.to.as_deref());
    let rest: Vec<String> = days.into_iter().chain(event.city.clone()).collect();
    if rest.is_empty() {
        event.name.clone()
    } else {
        format!("{} · {}", event.name, rest.join(", "))
    }
}

/// `17–18 Nov`, `30 Nov – 2 Dec`, `17 Nov`.
fn days(from: Option<&str>, to: Option<&str>) -> Option<String> {
    let from: Date = from?.parse().ok()?;
    let day = |date: Date| date.strftime("%-d %b").to_string();
    let to: Option<Date> = to.and_then(|to| to.parse().ok());
    Some(match to {
        Some(to) if to == from => day(from),
        Some(to) if (to.year(), to.month()) == (from.year(), from.month()) => {
            format!("{}–{}", from.day(), day(to))
        }
        Some(to) => format!("{} – {}", day(from), day(to)),
        None => day(from),
    })
}

fn short(reason: &str) -> String {
    cut(&clean(reason), REASON_WIDTH, "…")
}

fn waiting(group: &board::PreSyncGroup) -> Reason {
    Reason {
        code: group.reason.code().to_owned(),
        description: waits_for(group),
        count: group.count,
        command: group.hint.clone(),
    }
}

/// What the board says behind the count: of missing data, which.
fn waits_for(group: &board::PreSyncGroup) -> String {
    if group.needs.is_empty() {
        return group.reason.description().to_owned();
    }
    let needs: Vec<String> = group
        .needs
        .iter()
        .map(|need| format!("{} {}", need.field, need.count))
        .collect();
    format!("need data: {}", needs.join(", "))
}

fn held(group: &board::HeldGroup) -> Reason {
    let description = match group.reason.as_str() {
        "HELD" => "held by hand",
        "SUPPRESSED" => "must never leave",
        "UNDONE" => "taken back by an undo",
        other => other,
    };
    Reason {
        code: group.reason.clone(),
        description: description.to_owned(),
        count: group.count,
        command: None,
    }
}

/// A closed list is no drawer in the product, yet a value rule here repairs it (product.md 11.2).
fn fixable(group: &board::FailedGroup) -> bool {
    let by_set_up =
        |command: &str| command.contains(" mapping set ") || command.contains(" qualifier map ");
    group.fix.is_some() || group.hint.as_deref().is_some_and(by_set_up)
}

fn group(group: &board::FailedGroup) -> Group {
    Group {
        category: group.category.code().to_owned(),
        description: group.description.clone(),
        count: group.count,
        fixable: fixable(group),
        command: group.hint.clone(),
        more: group.commands.iter().skip(1).cloned().collect(),
        causes: group
            .causes
            .iter()
            .map(|cause| Cause {
                id: cause.id.clone(),
                phase: cause.phase.clone().unwrap_or_default(),
                field: cause.field.clone(),
                value: cause.value.clone(),
                message: Some(cause.vendor_message.clone()).filter(|text| !text.is_empty()),
                count: cause.count,
                landed: cause.landed,
                guess: cause.guess.clone(),
            })
            .collect(),
    }
}

fn event_row(line: &board::EventLine) -> EventRow {
    EventRow {
        name: line.event.clone(),
        pre_sync: line.pre_sync,
        held: line.held,
        failed: line.failed,
        cleared: line.cleared,
        ignored: line.ignored,
    }
}

fn lead_row(line: &board::LeadLine) -> LeadRow {
    LeadRow {
        id: line.id.clone(),
        name: line.name.clone(),
        email: line.email.clone().unwrap_or_default(),
        event: line.event.clone().unwrap_or_default(),
        state: line.state.name().to_owned(),
        category: line
            .category
            .map(|category| category.code().to_owned())
            .unwrap_or_default(),
        landed: line.landed,
        record: line.record.clone().unwrap_or_default(),
        message: line.message.clone().unwrap_or_default(),
    }
}
