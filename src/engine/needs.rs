//! What needs a person: from a connection's numbers to a list, each with the command that settles it.
//!
//! What somebody decided (Manual mode, a pause, a held event) is no need by itself: it becomes one where leads arrived that
//! nobody has looked at, or where the event is over.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::domain::hints::quote;
use crate::domain::integration::{ConnectionState, Integration};
use crate::domain::sync_state::PreSyncReason;
use crate::store::board::overview::{EventOverview, Overview};

/// One thing a person has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// What a monitor branches on.
    pub code: &'static str,
    /// How many leads it concerns; 0 where it concerns none.
    pub count: u64,
    /// A sentence without full stop.
    pub message: String,
    /// The command to run.
    pub command: String,
}

/// The place and time sentences are written for.
#[derive(Debug, Clone)]
pub struct Here {
    /// Now.
    pub now: Timestamp,
    /// Where the person is.
    pub zone: TimeZone,
}

/// What a connection needs, the most pressing first. `title` is the vendor's name for people.
#[must_use]
pub fn needs(
    integration: &Integration,
    title: &str,
    overview: &Overview,
    here: &Here,
) -> Vec<Need> {
    let mut needs = Vec::new();
    if integration.connected && integration.needs_sign_in {
        needs.push(sign_in(integration, title, overview));
    }
    if integration.connected && !integration.mapped {
        needs.push(unmapped(title, overview));
    }
    needs.extend(
        overview
            .events
            .iter()
            .filter(|event| event.failed > 0)
            .map(|event| failed(event, title, overview, integration)),
    );
    if integration.state() == ConnectionState::Connected && integration.mapped {
        needs.extend(
            overview
                .events
                .iter()
                .filter_map(|event| frozen(event, overview, integration, here)),
        );
    }
    needs.extend(waiting(integration, title, overview));
    needs
}

fn sign_in(integration: &Integration, title: &str, overview: &Overview) -> Need {
    let count = of(overview, PreSyncReason::NeedsSignIn);
    let left = if count > 0 {
        format!("; {} wait", leads(count))
    } else {
        String::new()
    };
    Need {
        code: "needs_sign_in",
        count,
        message: format!("{title} does not accept the sign-in{left}"),
        command: format!("mobly-sync connect {}", integration.vendor),
    }
}

fn unmapped(title: &str, overview: &Overview) -> Need {
    let count = of(overview, PreSyncReason::Unmapped);
    let left = if count > 0 {
        format!("; {} wait", leads(count))
    } else {
        String::new()
    };
    Need {
        code: "unmapped",
        count,
        message: format!("nothing is mapped to {title} yet{left}"),
        command: "mobly-sync mapping defaults".to_owned(),
    }
}

fn failed(
    event: &EventOverview,
    title: &str,
    overview: &Overview,
    integration: &Integration,
) -> Need {
    let there = match event.failed_landed {
        0 => String::new(),
        1 => format!(" (1 of them is in {title})"),
        some => format!(" ({some} of them are in {title})"),
    };
    let (place, option) = match &event.event {
        Some(name) => (format!(" at {name}"), format!(" --event {}", quote(name))),
        None => (", of no event".to_owned(), String::new()),
    };
    Need {
        code: "failed",
        count: event.failed,
        message: format!("{} failed{place}{there}", leads(event.failed)),
        command: scoped(
            format!("mobly-sync reconcile{option}"),
            overview,
            integration,
        ),
    }
}

/// Frozen leads somebody should look at: those left after a push of their event, and those of an event that is over.
fn frozen(
    event: &EventOverview,
    overview: &Overview,
    integration: &Integration,
    here: &Here,
) -> Option<Need> {
    let name = event.event.as_deref().filter(|_| event.frozen > 0)?;
    let push = || {
        scoped(
            format!("mobly-sync sync-event {}", quote(name)),
            overview,
            integration,
        )
    };
    let (code, message, command) = match (&event.last_push, &event.ends) {
        (Some((_, false)), _) => (
            "unfinished",
            format!(
                "the push of {name} stopped, and {} wait",
                leads(event.frozen)
            ),
            push(),
        ),
        (Some((at, true)), _) => (
            "frozen",
            format!(
                "{} arrived at {name} after the push of {} and were not reviewed",
                leads(event.frozen),
                at.to_zoned(here.zone.clone()).strftime("%-d %b %H:%M")
            ),
            format!(
                "mobly-sync lead list --event {} --state pre-sync",
                quote(name)
            ),
        ),
        (None, Some(ends)) if *ends < today(here) => (
            "frozen",
            format!("{name} is over, and {} are frozen", leads(event.frozen)),
            push(),
        ),
        (None, _) => return None,
    };
    Some(Need {
        code,
        count: event.frozen,
        message,
        command,
    })
}

/// The reasons to wait that concern the connection as a whole.
fn waiting(integration: &Integration, title: &str, overview: &Overview) -> Vec<Need> {
    let told = |reason: PreSyncReason, count: u64| match reason {
        PreSyncReason::BeforeConnect => Some((
            "before_connect",
            format!(
                "{} were here before this account was connected",
                leads(count)
            ),
        )),
        PreSyncReason::Disconnected => Some((
            "disconnected",
            format!("{title} is disconnected, and {} wait", leads(count)),
        )),
        PreSyncReason::NeedsData => Some((
            "needs_data",
            format!("{} lack a field they must have", leads(count)),
        )),
        PreSyncReason::Queued => Some(("due", format!("{} are due", leads(count)))),
        _ => None,
    };
    let groups = overview.pre_sync.iter();
    groups
        .filter(|group| {
            // While it is disconnected only that is to be settled.
            integration.connected || group.reason == PreSyncReason::Disconnected
        })
        .filter_map(|group| {
            let (code, message) = told(group.reason, group.count)?;
            Some(Need {
                code,
                count: group.count,
                message,
                command: group.hint.clone()?,
            })
        })
        .collect()
}

fn of(overview: &Overview, reason: PreSyncReason) -> u64 {
    let groups = overview.pre_sync.iter();
    groups
        .filter(|group| group.reason == reason)
        .map(|group| group.count)
        .sum()
}

fn leads(count: u64) -> String {
    match count {
        1 => "1 lead".to_owned(),
        count => format!("{count} leads"),
    }
}

fn scoped(command: String, overview: &Overview, integration: &Integration) -> String {
    if overview.must_be_named {
        format!("{command} -i {}", integration.name)
    } else {
        command
    }
}

fn today(here: &Here) -> String {
    here.now.to_zoned(here.zone.clone()).date().to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::board::PreSyncGroup;
    use crate::domain::ids::IntegrationId;
    use crate::domain::integration::{IntegrationCategory, Mode, SecretPlace, Settings};

    fn integration() -> Integration {
        Integration {
            id: IntegrationId(1),
            name: "crm".into(),
            vendor: "crm".into(),
            category: IntegrationCategory::Crm,
            connected: true,
            enabled: true,
            mode: Mode::Manual,
            needs_sign_in: false,
            account: None,
            settings: Settings::default(),
            secret_place: SecretPlace::Keyring,
            revision: 1,
            mapped: true,
            mode_since: 0,
            sign_in: 1,
        }
    }

    fn here() -> Here {
        Here {
            now: "2026-11-18T18:10:00Z".parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn codes(integration: &Integration, overview: &Overview) -> Vec<(&'static str, u64, String)> {
        needs(integration, "CRM", overview, &here())
            .into_iter()
            .map(|need| (need.code, need.count, need.command))
            .collect()
    }

    #[test]
    fn what_somebody_decided_is_no_need_until_leads_arrive_unseen() {
        let mut event = EventOverview {
            event: Some("Dream force".into()),
            ends: Some("2026-11-18".into()),
            frozen: 26,
            ..EventOverview::default()
        };
        let with = |event: &EventOverview| Overview {
            events: vec![event.clone()],
            ..Overview::default()
        };
        assert_eq!(codes(&integration(), &with(&event)), []);
        event.last_push = Some(("2026-11-18T18:02:00Z".parse().unwrap(), true));
        let told = needs(&integration(), "CRM", &with(&event), &here());
        assert_eq!(
            told[0].message,
            "26 leads arrived at Dream force after the push of 18 Nov 18:02 and were not reviewed"
        );
        assert_eq!(
            told[0].command,
            "mobly-sync lead list --event \"Dream force\" --state pre-sync"
        );
        event.last_push = Some(("2026-11-18T18:02:00Z".parse().unwrap(), false));
        assert_eq!(codes(&integration(), &with(&event))[0].0, "unfinished");
        event.last_push = None;
        event.ends = Some("2026-11-17".into());
        assert_eq!(
            codes(&integration(), &with(&event))[0],
            (
                "frozen",
                26,
                "mobly-sync sync-event \"Dream force\"".to_owned()
            )
        );
    }

    #[test]
    fn a_refused_sign_in_comes_before_the_leads_it_failed() {
        let mut it = integration();
        it.needs_sign_in = true;
        let overview = Overview {
            events: vec![EventOverview {
                failed: 3,
                failed_landed: 1,
                ..EventOverview::default()
            }],
            pre_sync: vec![PreSyncGroup {
                reason: PreSyncReason::NeedsSignIn,
                count: 1_812,
                fix: None,
                hint: Some("mobly-sync connect crm".into()),
                needs: Vec::new(),
            }],
            must_be_named: true,
            ..Overview::default()
        };
        assert_eq!(
            codes(&it, &overview),
            [
                ("needs_sign_in", 1_812, "mobly-sync connect crm".to_owned()),
                ("failed", 3, "mobly-sync reconcile -i crm".to_owned())
            ]
        );
    }
}
