//! The activities of a lead as the commands of this noun show them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::waiting;
use crate::domain::activity::ActivityKind;
use crate::domain::ids::LeadId;
use crate::store::Store;
use crate::ui::format;

/// An activity in JSON.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ShownActivity {
    /// Its marker, as it stands in the last line of its record.
    pub(super) id: String,
    #[serde(rename = "type")]
    kind: ActivityKind,
    text: String,
    at: String,
    author: Option<String>,
    source: String,
    /// Where it is, of the accounts connected now.
    sent: Vec<Sent>,
    #[serde(skip)]
    when: Timestamp,
}

#[derive(Debug, Clone, Serialize)]
struct Sent {
    integration: String,
    account: String,
    record: String,
    at: String,
}

impl ShownActivity {
    pub(super) fn is_sent(&self) -> bool {
        !self.sent.is_empty()
    }
}

/// The activities of a lead, in the order they happened.
pub(super) fn of(store: &Store, lead: LeadId) -> Result<Vec<ShownActivity>, CommandError> {
    let activities = store.activities(lead)?;
    if activities.is_empty() {
        return Ok(Vec::new());
    }
    let links = store.activity_links(lead)?;
    let destinations = waiting::destinations(store)?;
    let shown = activities.into_iter().map(|activity| {
        let sent = links
            .iter()
            .filter(|link| link.activity == activity.id)
            .filter_map(|link| {
                let account = |of: &&crate::domain::integration::Integration| {
                    of.account
                        .as_ref()
                        .is_some_and(|account| account.id == link.account)
                };
                let integration = destinations.iter().find(account)?;
                Some(Sent {
                    integration: integration.name.clone(),
                    account: integration.account.as_ref()?.vendor_account.clone(),
                    record: link.remote_id.clone(),
                    at: format::stamp(link.at),
                })
            })
            .collect();
        ShownActivity {
            id: activity.marker,
            kind: activity.kind,
            text: activity.text,
            at: format::stamp(activity.at),
            author: activity.author,
            source: activity.source,
            sent,
            when: activity.at,
        }
    });
    Ok(shown.collect())
}

/// Shows them below a lead.
pub(super) fn print(context: &Context, activities: &[ShownActivity], now: Timestamp) {
    if activities.is_empty() {
        return;
    }
    let ui = &context.ui;
    let theme = ui.theme();
    let dot = theme.symbols().dot;
    ui.data("");
    ui.data(theme.strong("Activities"));
    for activity in activities {
        let mut parts = vec![
            format!("{} {}", activity.kind.title(), activity.id),
            format::moment(activity.when, now, &TimeZone::system()),
        ];
        parts.extend(activity.author.as_deref().map(format::clean));
        parts.extend(
            activity
                .sent
                .iter()
                .map(|sent| format!("{} {}", sent.integration, format::clean(&sent.record))),
        );
        let line = parts.join(&format!(" {dot} "));
        ui.data(format_args!("  {}", theme.faint(&line)));
        for line in activity.text.lines().filter(|line| !line.trim().is_empty()) {
            ui.data(format::wrap(&format::clean(line), ui.width(), 4));
        }
    }
}
