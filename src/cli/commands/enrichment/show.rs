//! Rules and providers as they stand.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::add::title;
use super::named::WORDS;
use crate::cli::command_error::CommandError;
use crate::domain::event::Event;
use crate::enrich::presets;
use crate::store::Store;
use crate::store::enrichment::{EnrichmentSettings, PROVIDER};
use crate::store::enrichment_providers::StoredProvider;
use crate::store::enrichment_wants::WantedFields;

/// Whether something is on, and where it is not as elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct Switch {
    pub(super) enabled: bool,
    pub(super) events: Vec<AtEvent>,
}

/// An event that has its own mind.
#[derive(Debug, Serialize)]
pub(super) struct AtEvent {
    pub(super) event: String,
    pub(super) enabled: bool,
}

/// The rules.
#[derive(Debug, Serialize)]
pub(super) struct Rules {
    pub(super) name: &'static str,
    #[serde(flatten)]
    pub(super) switch: Switch,
}

/// A provider.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) preset: Option<String>,
    pub(super) url: String,
    pub(super) position: usize,
    #[serde(flatten)]
    pub(super) switch: Switch,
    pub(super) key: &'static str,
    pub(super) fields: Vec<String>,
    pub(super) wanted: WantedFields,
    /// Those of its fields it is asked for now.
    pub(super) asked_for: Vec<String>,
    pub(super) needs: Vec<Vec<String>>,
    pub(super) rate: Option<String>,
    pub(super) budget: Option<u64>,
    pub(super) budget_per_run: Option<u64>,
    pub(super) asked_today: u64,
    pub(super) paid_today: u64,
    pub(super) last_error: Option<String>,
    pub(super) last_error_at: Option<String>,
}

/// Everything there is.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    pub(super) rules: Vec<Rules>,
    pub(super) providers: Vec<Shown>,
}

/// Reads everything.
pub(super) fn overview(store: &Store, now: Timestamp) -> Result<Overview, CommandError> {
    let settings = store.enrichment_settings()?;
    let events = store.events()?;
    let rules = WORDS.map(|(name, what)| Rules {
        name,
        switch: switch(&settings, what, &events),
    });
    let stored = store.enrichment_providers()?;
    let providers = stored
        .iter()
        .enumerate()
        .map(|(index, one)| shown(store, &settings, &events, one, index + 1, now))
        .collect::<Result<_, _>>()?;
    Ok(Overview {
        rules: rules.into(),
        providers,
    })
}

/// One provider.
pub(super) fn one(
    store: &Store,
    name: &str,
    now: Timestamp,
) -> Result<Option<Shown>, CommandError> {
    let all = overview(store, now)?.providers;
    Ok(all.into_iter().find(|one| one.name == name))
}

fn switch(settings: &EnrichmentSettings, what: &str, events: &[Event]) -> Switch {
    let enabled = settings.is_on(what, &[]);
    let other = events
        .iter()
        .filter(|event| settings.is_on(what, &[event.id]) != enabled);
    Switch {
        enabled,
        events: other
            .map(|event| AtEvent {
                event: event.name.clone(),
                enabled: !enabled,
            })
            .collect(),
    }
}

fn shown(
    store: &Store,
    settings: &EnrichmentSettings,
    events: &[Event],
    one: &StoredProvider,
    position: usize,
    now: Timestamp,
) -> Result<Shown, CommandError> {
    let described = presets::describe(one.preset.as_deref(), &one.changes);
    let day = now.to_zoned(TimeZone::UTC).date().to_string();
    let spend = store.enrichment_spend(&one.name, &day)?;
    let problem = described.as_ref().err().map(ToString::to_string);
    let config = described.ok();
    let base = config
        .as_ref()
        .map_or_else(String::new, |config| config.base.clone());
    Ok(Shown {
        name: one.name.clone(),
        title: config
            .as_ref()
            .map_or_else(String::new, |config| title(&config.title, &config.base)),
        preset: one.preset.clone(),
        url: one.base_url.clone().unwrap_or(base),
        position,
        switch: switch(settings, &format!("{PROVIDER}{}", one.name), events),
        key: one.secret_place.name(),
        fields: config
            .as_ref()
            .map_or_else(Vec::new, |config| config.fields.keys().cloned().collect()),
        wanted: one.wanted.clone(),
        asked_for: match &config {
            Some(config) => {
                let wanted = store.wanted_of(&one.name)?;
                wanted.of(&config.fills()).into_iter().collect()
            }
            None => Vec::new(),
        },
        needs: config.as_ref().map_or_else(Vec::new, |config| {
            config.ask.iter().map(|way| way.needs.clone()).collect()
        }),
        rate: config
            .as_ref()
            .and_then(|config| config.limit.rate)
            .map(|rate| rate.to_string()),
        budget: one.budget_day,
        budget_per_run: one.budget_run,
        asked_today: spend.asked,
        paid_today: spend.paid,
        last_error: problem.or_else(|| one.last_error.as_ref().map(|(error, _)| error.clone())),
        last_error_at: one.last_error.as_ref().map(|(_, at)| at.to_string()),
    })
}
