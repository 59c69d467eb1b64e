//! `doctor`: is this machine fit to push?

use clap::Args;
use serde::Serialize;

use crate::app::{App, doctor};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::{title_of, vendor_info};
use crate::cli::values::example_vendor;
use crate::domain::checkup::{Check, Section, broken};
use crate::domain::integration::Integration;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::doctor::{Verdict, print_section, print_verdict};

/// Examine this machine and its sign-ins, and say what repairs them
///
/// Looks at the database, the secret store and every connection: sign-in, network, account, permissions, clock, mapping.
/// Vendors are asked; nothing is pushed. Exit status 1 says that something keeps this machine from pushing; leads that
/// failed are the business of `status`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync doctor\n  mobly-sync doctor --json | jq '.checks[] | select(.ok | not)'"
)]
pub struct DoctorArgs {
    /// Only this integration (the same as -i)
    pub vendor: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    ok: bool,
    checks: Vec<CheckDocument<'a>>,
}

#[derive(Serialize)]
struct CheckDocument<'a> {
    name: String,
    integration: Option<&'a str>,
    ok: bool,
    level: &'static str,
    detail: String,
    hint: Option<&'a str>,
    fix: Option<&'a str>,
}

/// Runs the command.
///
/// # Errors
/// Only where the arguments are wrong: what is broken is what it tells.
pub async fn run(context: &Context, args: &DoctorArgs) -> Result<ExitStatus, CommandError> {
    let named = context
        .named_integration(args.vendor.as_deref())?
        .filter(|name| name != "all");
    let mut sections = Vec::new();
    let app = App::new(context.globals.db.clone());
    let store = match &app {
        Ok(app) => {
            let (machine, store) = app.examine_machine();
            sections.push(machine);
            store
        }
        Err(error) => {
            sections.push(doctor::homeless(&error.to_string()));
            None
        }
    };
    let integrations = chosen(store.as_ref(), named.as_deref())?;
    // What is known is shown while the vendors are asked.
    let live = !context.ui.json();
    if live {
        for section in &sections {
            print_section(&context.ui, section);
        }
        context.ui.flush();
    }
    let opened = app.ok().zip(store);
    let found = match opened {
        Some((app, mut store)) if !integrations.is_empty() => {
            app.examine_connections(&mut store, &integrations).await
        }
        _ => vec![nothing(&sections, named.as_deref())],
    };
    if live {
        for section in &found {
            print_section(&context.ui, section);
        }
    }
    sections.extend(found);
    let bad = broken(&sections);
    if live {
        print_verdict(&context.ui, verdict(&sections, &integrations));
    } else {
        context.ui.document(&Document {
            ok: bad == 0,
            checks: sections.iter().flat_map(documents).collect(),
        });
    }
    Ok(if bad == 0 {
        ExitStatus::Done
    } else {
        ExitStatus::Failed
    })
}

/// All connections there are, unless one is named.
fn chosen(store: Option<&Store>, named: Option<&str>) -> Result<Vec<Integration>, CommandError> {
    let all = match store {
        Some(store) => store.integrations()?,
        None => Vec::new(),
    };
    let Some(name) = named else {
        return Ok(all);
    };
    let found: Vec<Integration> = all
        .into_iter()
        .filter(|integration| integration.name.eq_ignore_ascii_case(name))
        .collect();
    if found.is_empty() && title_of(name).is_none() {
        vendor_info(name)?;
    }
    Ok(found)
}

/// No connection to look at: none was made, or nobody knows.
fn nothing(sections: &[Section], named: Option<&str>) -> Section {
    const NAME: &str = "connections";
    let info = named.and_then(|name| Some((name.to_lowercase(), title_of(name)?)));
    let check = if broken(sections) > 0 {
        Check::skipped(NAME, "not known without the database")
    } else {
        let detail = match &info {
            Some((_, title)) => format!("{title} was never connected here"),
            None => "nothing is connected yet".to_owned(),
        };
        let vendor = info
            .as_ref()
            .map_or(example_vendor(), |(name, _)| name.as_str());
        Check::fine(NAME, detail).fix(format!("mobly-sync connect {vendor}"))
    };
    Section {
        title: info
            .as_ref()
            .map_or("Connections", |(_, title)| title)
            .to_owned(),
        integration: info.map(|(name, _)| name),
        checks: vec![check],
    }
}

fn verdict(sections: &[Section], integrations: &[Integration]) -> Verdict {
    let warnings = sections
        .iter()
        .flat_map(|section| &section.checks)
        .filter(|check| check.level == crate::domain::checkup::Level::Warning)
        .count();
    Verdict {
        broken: broken(sections),
        warnings,
        connected: integrations.iter().any(|integration| integration.connected),
    }
}

fn documents(section: &Section) -> impl Iterator<Item = CheckDocument<'_>> {
    let integration = section.integration.as_deref();
    section.checks.iter().map(move |check| CheckDocument {
        name: match integration {
            Some(integration) => format!("{integration} {}", check.name),
            None => check.name.to_owned(),
        },
        integration,
        ok: check.level.is_ok(),
        level: check.level.name(),
        detail: std::iter::once(&check.detail)
            .chain(&check.notes)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("; "),
        hint: check.hint.as_deref(),
        fix: check.fix.as_deref(),
    })
}
