//! `qualifier list`.

use clap::Args;

use super::show::{Shown, rules, shown, shown_integration};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::exit::ExitStatus;
use crate::ui::Ui;
use crate::ui::format::{clean, wrap};
use crate::ui::table::Table;

/// List qualifiers, their answers and targets
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier list")]
pub struct QualifierListArgs {
    /// Archived ones too
    #[arg(long)]
    pub archived: bool,
}

/// Runs the command.
///
/// # Errors
/// If the file cannot be read.
pub async fn run(context: &Context, args: &QualifierListArgs) -> Result<ExitStatus, CommandError> {
    let (_, store) = context.open()?;
    let integration = shown_integration(context, &store)?;
    let qualifiers = store.qualifiers(args.archived)?;
    let mut all = shown(&store, integration.as_ref(), &qualifiers)?;
    if !args.archived {
        for one in &mut all {
            one.values.retain(|value| !value.archived);
        }
    }
    let ui = &context.ui;
    if ui.json() {
        ui.document(&serde_json::json!({ "qualifiers": all }));
        return Ok(ExitStatus::Done);
    }
    if ui.out_is_terminal() {
        for one in &all {
            show(ui, one, integration.is_some());
        }
    } else {
        piped(ui, &all);
    }
    if all.is_empty() {
        ui.status("There is no qualifier.");
        ui.next("mobly-sync qualifier add NAME --value ANSWER");
    }
    Ok(ExitStatus::Done)
}

fn show(ui: &Ui, one: &Shown, connected: bool) {
    let theme = ui.theme();
    let symbols = theme.symbols();
    let target = match one.targets.as_slice() {
        [] if connected => "not mapped: its answers stay here".to_owned(),
        [] => String::new(),
        targets => targets
            .iter()
            .map(|target| {
                format!(
                    "{} {}.{}, {}",
                    symbols.arrow, target.object, target.remote, target.write
                )
            })
            .collect::<Vec<_>>()
            .join("  "),
    };
    ui.data(format_args!(
        "{}  {}  {target}",
        theme.strong(&clean(&one.name)),
        theme.faint(&rules(one).join(", "))
    ));
    let answers: Vec<String> = one
        .values
        .iter()
        .map(|value| {
            let archived = if value.archived { " (archived)" } else { "" };
            match &value.option {
                Some(option) => format!("{} = {option}{archived}", value.value),
                None => format!("{}{archived}", value.value),
            }
        })
        .collect();
    ui.data(wrap(&clean(&answers.join(" · ")), ui.width().min(100), 2));
}

/// Name, how it is asked, answers with their options, targets.
fn piped(ui: &Ui, all: &[Shown]) {
    let mut table = Table::new(&[]);
    for one in all {
        let answers: Vec<String> = one
            .values
            .iter()
            .map(|value| match &value.option {
                Some(option) => format!("{}={option}", value.value),
                None => value.value.clone(),
            })
            .collect();
        let targets: Vec<String> = one
            .targets
            .iter()
            .map(|target| format!("{}.{}", target.object, target.remote))
            .collect();
        table.row([
            one.name.clone(),
            rules(one).join(", "),
            answers.join("; "),
            targets.join("; "),
        ]);
    }
    table.print(ui);
}
