//! A CRM and a marketing tool side by side: both get every lead, and where they sync with each other that makes each person
//! twice. Who makes new people is asked once, and kept.

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::integration::{Integration, IntegrationCategory, Settings};
use crate::vendors::{self, OptionKind, VendorInfo};

/// The option of a marketing tool that says who makes new people there.
const RECORDS: &str = "records";

/// Its words with what they mean; the first holds where nobody chose.
fn words(info: &VendorInfo) -> Option<&'static [(&'static str, &'static str)]> {
    let option = info.options.iter().find(|option| option.name == RECORDS)?;
    match option.kind {
        OptionKind::Choice(words) if info.category == IntegrationCategory::Marketing => Some(words),
        _ => None,
    }
}

fn chose(settings: &Settings) -> bool {
    settings.vendor.contains_key(RECORDS)
}

/// Asks, on a terminal, and takes the answer into the options; elsewhere nothing changes and a note says what would.
pub(super) fn decide(
    context: &Context,
    info: &VendorInfo,
    others: &[Integration],
    settings: &mut Settings,
) -> Result<(), CommandError> {
    let there = |category| {
        let mut connected = others.iter().filter(|other| other.connected);
        let other = connected.find(|other| other.category == category)?;
        vendors::lookup(&other.vendor).map(|info| (info, other))
    };
    if info.category == IntegrationCategory::Crm {
        // The other one is not this command's to change.
        if let Some((tool, other)) = there(IntegrationCategory::Marketing)
            && words(tool).is_some()
            && !chose(&other.settings)
        {
            note(context, tool, info);
        }
        return Ok(());
    }
    let (Some(words), Some((crm, _))) = (words(info), there(IntegrationCategory::Crm)) else {
        return Ok(());
    };
    if chose(settings) {
        return Ok(());
    }
    let ui = &context.ui;
    if ui.options().yes || ui.json() || !ui.can_prompt() {
        note(context, info, crm);
        return Ok(());
    }
    ui.status(format!(
        "{} is connected too. If it syncs with {}, a lead pushed to both becomes two people.",
        crm.title, info.title
    ));
    let choices: Vec<String> = words
        .iter()
        .map(|(word, meaning)| format!("{word}: {meaning}"))
        .collect();
    let question = format!("Leads that are not in {} yet", info.title);
    let chosen = ui.prompter().select(&question, &choices, 0)?;
    if let Some((word, _)) = words.get(chosen) {
        let word = (*word).to_owned();
        settings.vendor.insert(RECORDS.to_owned(), word);
    }
    Ok(())
}

fn note(context: &Context, tool: &VendorInfo, crm: &VendorInfo) {
    context.ui.note(format!(
        "new leads are made in {} and in {}; where the two sync with each other, that makes them twice",
        crm.title, tool.title
    ));
    context.ui.hint(format!(
        "to leave them to that sync: mobly-sync connect {} --set --{RECORDS} update-only",
        tool.name
    ));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::context::GlobalArgs;
    use crate::domain::ids::IntegrationId;
    use crate::domain::integration::{Mode, SecretPlace};
    use crate::ui::prompt::Answer;
    use crate::ui::{TestUi, UiOptions};

    fn of(category: IntegrationCategory) -> &'static VendorInfo {
        let mut all = vendors::ALL.iter();
        all.find(|info| {
            info.category == category
                && (category == IntegrationCategory::Crm || words(info).is_some())
        })
        .unwrap()
    }

    fn connection(info: &VendorInfo, connected: bool) -> Integration {
        Integration {
            id: IntegrationId(1),
            name: info.name.to_owned(),
            vendor: info.name.to_owned(),
            category: info.category,
            mode: Mode::Manual,
            connected,
            enabled: true,
            needs_sign_in: false,
            revision: 0,
            mode_since: 0,
            sign_in: 0,
            mapped: false,
            settings: Settings::default(),
            secret_place: SecretPlace::File,
            account: None,
        }
    }

    fn decided(ui: &TestUi, info: &VendorInfo, other: &Integration) -> Option<String> {
        let context = Context {
            ui: ui.ui(),
            globals: GlobalArgs::default(),
        };
        let mut settings = Settings::default();
        let others = std::slice::from_ref(other);
        decide(&context, info, others, &mut settings).unwrap();
        settings.vendor.get(RECORDS).cloned()
    }

    #[test]
    fn a_terminal_is_asked_where_both_are_connected_and_a_script_is_told() {
        let (crm, tool) = (
            of(IntegrationCategory::Crm),
            of(IntegrationCategory::Marketing),
        );
        let crm_there = connection(crm, true);
        for (answer, word) in [(0, "create"), (1, "update-only")] {
            let ui = TestUi::answering(UiOptions::default(), vec![Answer::Choice(answer)]);
            assert_eq!(decided(&ui, tool, &crm_there).as_deref(), Some(word));
            assert!(
                ui.stderr().contains("becomes two people"),
                "{}",
                ui.stderr()
            );
        }
        let pipe = TestUi::piped();
        assert_eq!(decided(&pipe, tool, &crm_there), None);
        assert!(pipe.stderr().contains("--set --records update-only"));
        // The other way round the marketing tool is left as it is.
        let pipe = TestUi::piped();
        assert_eq!(decided(&pipe, crm, &connection(tool, true)), None);
        assert!(pipe.stderr().contains("--set --records update-only"));
        let pipe = TestUi::piped();
        assert_eq!(decided(&pipe, tool, &connection(crm, false)), None);
        assert_eq!(pipe.stderr(), "");
    }
}
