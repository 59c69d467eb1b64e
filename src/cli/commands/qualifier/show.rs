//! A qualifier as a document and in words.

use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::domain::mapping::QualifierRule;
use crate::domain::qualifier::{Qualifier, value_key};
use crate::store::Store;
use crate::ui::Ui;

/// One qualifier with where its answers go.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) values: Vec<ShownValue>,
    pub(super) multiple: bool,
    pub(super) required: bool,
    /// Null: all.
    pub(super) events: Option<Vec<String>>,
    pub(super) archived: bool,
    pub(super) targets: Vec<ShownTarget>,
    pub(super) updated: String,
}

/// One answer with its option at the vendor.
#[derive(Debug, Serialize)]
pub(super) struct ShownValue {
    pub(super) value: String,
    pub(super) archived: bool,
    pub(super) option: Option<String>,
}

/// Where answers go.
#[derive(Debug, Serialize)]
pub(super) struct ShownTarget {
    pub(super) integration: String,
    pub(super) object: String,
    pub(super) remote: String,
    pub(super) write: &'static str,
}

/// The connection whose mapping is shown beside the qualifiers: the one named, else the CRM, else none.
pub(super) fn shown_integration(
    context: &Context,
    store: &Store,
) -> Result<Option<Integration>, CommandError> {
    let any = store
        .integrations()?
        .iter()
        .any(|integration| integration.category != IntegrationCategory::Source);
    match any || context.globals.integration.is_some() {
        true => context.integration(store, None).map(Some),
        false => Ok(None),
    }
}

/// Qualifiers with the targets of a connection.
pub(super) fn shown(
    store: &Store,
    integration: Option<&Integration>,
    qualifiers: &[Qualifier],
) -> Result<Vec<Shown>, CommandError> {
    let rules = match integration {
        Some(integration) => store.qualifier_rules(integration.id)?,
        None => Vec::new(),
    };
    let events = store.events()?;
    let name = integration.map_or("", |integration| integration.name.as_str());
    Ok(qualifiers
        .iter()
        .map(|qualifier| {
            let targets: Vec<&QualifierRule> = rules
                .iter()
                .filter(|rule| rule.qualifier == qualifier.id)
                .collect();
            let option = |answer: &str| {
                let key = value_key(answer);
                targets
                    .first()
                    .and_then(|rule| rule.values.get(&key))
                    .cloned()
            };
            Shown {
                id: qualifier.id.0,
                name: qualifier.name.clone(),
                values: qualifier
                    .values
                    .iter()
                    .map(|value| ShownValue {
                        option: option(&value.value),
                        value: value.value.clone(),
                        archived: value.archived,
                    })
                    .collect(),
                multiple: qualifier.multiple,
                required: qualifier.required,
                events: qualifier.events.as_ref().map(|ids| {
                    let named = events.iter().filter(|event| ids.contains(&event.id));
                    named.map(|event| event.name.clone()).collect()
                }),
                archived: qualifier.archived,
                targets: targets
                    .iter()
                    .map(|rule| ShownTarget {
                        integration: name.to_owned(),
                        object: rule.object.clone(),
                        remote: rule.remote.clone(),
                        write: rule.write.name(),
                    })
                    .collect(),
                updated: jiff::Timestamp::from_microsecond(qualifier.updated_at)
                    .unwrap_or_default()
                    .to_string(),
            }
        })
        .collect())
}

/// Tells one qualifier after a change.
pub(super) fn tell(
    context: &Context,
    store: &Store,
    qualifier: &Qualifier,
    changed: bool,
    said: &str,
) -> Result<(), CommandError> {
    let integration = shown_integration(context, store)?;
    let shown = shown(store, integration.as_ref(), std::slice::from_ref(qualifier))?;
    let ui = &context.ui;
    if ui.json() {
        ui.document(&serde_json::json!({
            "changed": changed,
            "qualifier": shown.first(),
        }));
        return Ok(());
    }
    ui.status(said);
    for one in &shown {
        ui.status(format_args!("  {}", in_words(ui, one)));
    }
    Ok(())
}

/// Answers and rules on one line.
pub(super) fn in_words(ui: &Ui, shown: &Shown) -> String {
    let values: Vec<&str> = shown
        .values
        .iter()
        .filter(|value| !value.archived)
        .map(|value| value.value.as_str())
        .collect();
    let dot = ui.theme().symbols().dot;
    format!("{} {dot} {}", values.join(", "), rules(shown).join(", "))
}

/// How it is asked.
pub(super) fn rules(shown: &Shown) -> Vec<String> {
    let mut words = vec![if shown.multiple { "several" } else { "one" }.to_owned()];
    if shown.required {
        words.push("required".to_owned());
    }
    if let Some(events) = &shown.events {
        words.push(format!("at {}", events.join(" and ")));
    }
    if shown.archived {
        words.push("archived".to_owned());
    }
    words
}
