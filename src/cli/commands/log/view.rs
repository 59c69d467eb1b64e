//! The log as people read it, and as pipes do.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::services::{title_of, vendor_of};
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::integration::Integration;
use crate::domain::run::{AttemptEntry, AttemptStatus, LoggedResponse, PhaseEntry};
use crate::store::write_backs::WriteBackState;
use crate::ui::Ui;
use crate::ui::format::{clean, moment, pad, stamp, wrap};
use crate::ui::table::{Cell, tab_separated};

/// Lines of a body a terminal shows unless `--verbose` asks for all.
const BODY_LINES: usize = 40;
const NAME_WIDTH: usize = 9;

/// What the log is seen with.
pub(super) struct Sight<'a> {
    pub(super) context: &'a Context,
    pub(super) integration: &'a Integration,
    pub(super) all: bool,
    pub(super) now: Timestamp,
}

impl Sight<'_> {
    /// Shows one lead's attempts, the latest first.
    pub(super) fn show(
        &self,
        id: &str,
        line: Option<&LeadLine>,
        attempts: &[AttemptEntry],
        write_back: Option<&WriteBackState>,
    ) {
        let ui = &self.context.ui;
        if !ui.out_is_terminal() {
            for attempt in attempts {
                records(ui, attempt);
            }
            if attempts.is_empty() {
                ui.note(self.nothing(line));
            }
            if let Some(state) = write_back {
                ui.note(self.written_back(state));
            }
            return;
        }
        self.heading(id, line);
        if attempts.is_empty() {
            ui.data("");
            ui.data(self.nothing(line));
        }
        for attempt in attempts {
            ui.data("");
            self.attempt(attempt);
        }
        if let Some(state) = write_back {
            ui.data("");
            ui.data(self.written_back(state));
        }
        self.next(id, line);
    }

    /// Whether the lead's source knows the record.
    fn written_back(&self, state: &WriteBackState) -> String {
        let source = title_of(&state.source).unwrap_or(&state.source);
        let why = match &state.message {
            Some(message) => format!(": {}", clean(message)),
            None => String::new(),
        };
        let at = moment(state.at, self.now, &TimeZone::system());
        let Some(record) = state.remote_id.as_deref().map(clean) else {
            return match state.told {
                Some(true) => format!("The record was undone, and cleared at {source}, {at}"),
                Some(false) => {
                    format!("The record was undone, and is not cleared at {source}{why}")
                }
                None => format!("The record was undone, and waits to be cleared at {source}{why}"),
            };
        };
        match state.told {
            Some(true) => format!("Record {record} was written back to {source}, {at}"),
            Some(false) => format!("Record {record} is not written back to {source}{why}"),
            None => format!("Record {record} waits to be written back to {source}{why}"),
        }
    }

    fn vendor(&self) -> &str {
        vendor_of(self.integration).map_or(self.integration.name.as_str(), |vendor| vendor.title)
    }

    fn heading(&self, id: &str, line: Option<&LeadLine>) {
        let ui = &self.context.ui;
        let theme = ui.theme();
        let mut parts = vec![theme.strong(id)];
        if let Some(line) = line {
            let name = clean(&line.name);
            parts.push(match &line.email {
                Some(email) if *email != line.name => format!("{name} <{}>", clean(email)),
                _ => name,
            });
            parts.extend(line.event.as_deref().map(clean));
            parts.push(format!("{} in {}", line.state.name(), self.vendor()));
        }
        ui.data(parts.join(&format!(" {} ", theme.symbols().dot)));
    }

    fn nothing(&self, line: Option<&LeadLine>) -> String {
        match line.map(|line| line.state) {
            Some(BoardState::Cleared) if !self.all => {
                "No current issue: it is cleared. Every attempt: --all".to_owned()
            }
            Some(BoardState::PreSync | BoardState::Held | BoardState::Enriching) => {
                let why = line
                    .and_then(|line| line.message.clone())
                    .unwrap_or_default();
                if why.is_empty() {
                    "No current issue: it was not pushed yet".to_owned()
                } else {
                    format!("No current issue: it waits ({why})")
                }
            }
            Some(_) => "Nothing was ever sent for it".to_owned(),
            None => format!("It is not on the board of {}", self.vendor()),
        }
    }

    fn attempt(&self, attempt: &AttemptEntry) {
        let ui = &self.context.ui;
        let theme = ui.theme();
        let fact = |name: &str, text: String| {
            ui.data(format_args!(
                "{}  {text}",
                pad(&theme.faint(name), NAME_WIDTH)
            ));
        };
        let status = match (attempt.status, attempt.category) {
            (AttemptStatus::Cleared, _) => theme.good(&format!(
                "cleared {}",
                attempt
                    .result
                    .map_or("", crate::domain::run::AttemptResult::name)
            )),
            (status, Some(category)) => format!(
                "{} {} {}  {}",
                theme.bad(status.name()),
                theme.symbols().dot,
                theme.strong(category.code()),
                category.text().description
            ),
            (status, None) => theme.bad(status.name()),
        };
        fact("Status", status);
        let at = attempt.finished.as_deref().unwrap_or(&attempt.started);
        let at = at.parse::<Timestamp>().map_or_else(
            |_| at.to_owned(),
            |at| moment(at, self.now, &TimeZone::system()),
        );
        let event = attempt
            .event
            .as_deref()
            .map(|event| format!(", {}", clean(event)))
            .unwrap_or_default();
        fact(
            "Time",
            format!("{at} (run {}, {}{event})", attempt.run, attempt.trigger),
        );
        let failed = attempt.phases.iter().rev().find(|phase| !phase.ok);
        if let Some(phase) = failed {
            fact("Phase", phase.name.name().to_owned());
        }
        if let Some(message) = &attempt.message {
            let text = wrap(&clean(message), ui.width().min(100), NAME_WIDTH + 2);
            fact("Message", text.trim_start().to_owned());
        }
        for phase in &attempt.phases {
            self.phase(phase);
        }
    }

    fn phase(&self, phase: &PhaseEntry) {
        let ui = &self.context.ui;
        let theme = ui.theme();
        let sign = if phase.ok {
            theme.good("ok")
        } else {
            theme.bad("failed")
        };
        let words: Vec<&str> = [
            phase.action.map(crate::domain::run::PhaseAction::name),
            phase.object.as_deref(),
            phase.remote_id.as_deref(),
        ]
        .into_iter()
        .flatten()
        .collect();
        let note = phase
            .note
            .as_deref()
            .map(|note| format!("  ({})", clean(note)))
            .unwrap_or_default();
        ui.data("");
        ui.data(format_args!(
            "{}  {}  {sign}{note}",
            theme.strong(&pad(phase.name.name(), NAME_WIDTH + 2)),
            words.join(" ")
        ));
        // What went well is told in a line; what did not is shown in full, and all of it with --all.
        if phase.ok && !self.all {
            return;
        }
        if let Some(request) = &phase.request {
            ui.data(format_args!(
                "  Sent to {}: {} {}",
                self.vendor(),
                request.method,
                clean(&request.url)
            ));
            self.body(&request.body);
        }
        if let Some(response) = &phase.response {
            self.response(response);
        }
    }

    /// What the vendor answered, or our copy of its records.
    fn response(&self, response: &LoggedResponse) {
        let ui = &self.context.ui;
        let Some(told_by) = response.body["told_by"].as_str() else {
            ui.data(format_args!(
                "  {} answered {}",
                self.vendor(),
                response.status
            ));
            return self.body(&response.body);
        };
        let read = response.body["read_at"].as_str().unwrap_or_default();
        let read = read.parse::<Timestamp>().map_or_else(
            |_| read.to_owned(),
            |at| moment(at, self.now, &TimeZone::system()),
        );
        ui.data(format_args!("  Told by {}, read {read}", clean(told_by)));
        let mut body = response.body.clone();
        for told in ["told_by", "read_at"] {
            body.as_object_mut().and_then(|body| body.remove(told));
        }
        self.body(&body);
    }

    fn body(&self, body: &Value) {
        if body.is_null() {
            return;
        }
        let ui = &self.context.ui;
        let text = match body {
            Value::String(text) => text.clone(),
            other => serde_json::to_string_pretty(other).unwrap_or_default(),
        };
        let lines: Vec<&str> = text.lines().collect();
        let shown = if ui.options().verbose {
            lines.len()
        } else {
            lines.len().min(BODY_LINES)
        };
        for line in &lines[..shown] {
            ui.data(format_args!("    {}", clean(line)));
        }
        if shown < lines.len() {
            ui.data(format_args!(
                "    and {} more lines: --verbose",
                lines.len() - shown
            ));
        }
    }

    fn next(&self, id: &str, line: Option<&LeadLine>) {
        let ui = &self.context.ui;
        let Some(line) = line.filter(|line| line.state == BoardState::Failed) else {
            return;
        };
        ui.data("");
        if let Some(category) = line.category {
            let text = category.text();
            ui.data(wrap(
                &format!("What settles it: {}", text.remedy),
                ui.width().min(100),
                0,
            ));
            ui.hint(format_args!(
                "more about it: mobly-sync explain {}",
                category.code()
            ));
        }
        ui.next(&format!("mobly-sync reconcile --lead {id} --retry"));
    }
}

/// The piped form: one record an attempt, one a phase.
fn records(ui: &Ui, attempt: &AttemptEntry) {
    let time = |text: &str| {
        text.parse::<Timestamp>()
            .map_or_else(|_| text.to_owned(), stamp)
    };
    let line = |cells: Vec<String>| {
        let cells: Vec<Cell> = cells.into_iter().map(Cell::from).collect();
        ui.data(tab_separated(&cells));
    };
    line(vec![
        "attempt".to_owned(),
        attempt.id.to_string(),
        attempt.run.to_string(),
        time(&attempt.started),
        attempt.trigger.clone(),
        attempt.status.name().to_owned(),
        attempt
            .result
            .map(|result| result.name().to_owned())
            .unwrap_or_default(),
        attempt
            .category
            .map(|category| category.code().to_owned())
            .unwrap_or_default(),
        attempt.message.clone().unwrap_or_default(),
    ]);
    for phase in &attempt.phases {
        line(vec![
            "phase".to_owned(),
            attempt.id.to_string(),
            phase.name.name().to_owned(),
            phase
                .action
                .map(|action| action.name().to_owned())
                .unwrap_or_default(),
            phase.remote_id.clone().unwrap_or_default(),
            if phase.ok { "ok" } else { "failed" }.to_owned(),
            phase
                .request
                .as_ref()
                .map(|request| format!("{} {} {}", request.method, request.url, request.body))
                .unwrap_or_default(),
            phase
                .response
                .as_ref()
                .map(|response| format!("{} {}", response.status, response.body))
                .unwrap_or_default(),
            phase.note.clone().unwrap_or_default(),
        ]);
    }
}
