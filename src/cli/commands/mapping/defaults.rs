//! `mapping defaults`: the rows nearly everybody wants.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::cli::set_up::report::{Told, show};
use crate::domain::hints::quote;
use crate::domain::lead::Role;
use crate::domain::mapping::{Rule, Source};
use crate::engine::set_up::{LeftOut, defaults, set_on};
use crate::exit::ExitStatus;
use crate::store::mappings::SetOn;
use crate::ui::Ui;
use crate::ui::format::{clean, counted};
use crate::ui::theme::Label;

/// Fill unmapped rows with the usual ones
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping defaults\n  mobly-sync mapping defaults --replace --yes"
)]
pub struct MappingDefaultsArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Reset the rows that differ, after showing them
    #[arg(long)]
    pub replace: bool,
}

#[derive(Serialize)]
struct Absent<'a> {
    object: &'a str,
    field: &'a str,
    remote: &'a str,
    reason: &'a str,
    command: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If the vendor's fields are not known, or `--replace` is not confirmed.
pub async fn run(
    context: &Context,
    args: &MappingDefaultsArgs,
) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let objects = setup.objects(args.object.as_deref())?;
    let fields = setup.fields(context, &objects, &[]).await?;
    let before = setup.store.rules(setup.integration.id)?;
    let plan = defaults(
        setup.vendor,
        &fields.objects,
        &before,
        args.replace,
        |field| setup.store.field_values(field),
    )?;
    let mut words = vec!["mapping", "defaults"];
    if let Some(object) = &args.object {
        words.extend(["--object", object]);
    }
    if args.replace {
        words.push("--replace");
        confirm(context, &setup, &before, &plan.set, &words)?;
    }
    let author = setup.author(context, &words);
    let rows = of_roles(&setup, plan.set.clone());
    let edit = setup
        .store
        .save_rules_on(setup.integration.id, &rows, false, &author, setup.now)?;
    let absent: Vec<Absent<'_>> = plan
        .left_out
        .iter()
        .map(|left| absent(&setup, left))
        .collect();
    let mut told = Told {
        unchanged: "Every usual row is mapped already.",
        ..Told::default()
    };
    told.extra.insert("set".to_owned(), plan.set.len().into());
    told.extra.insert(
        "left_out".to_owned(),
        serde_json::to_value(&absent).unwrap_or_default(),
    );
    told.others = in_words(&context.ui, &absent);
    setup.tell(context, &before, edit.run, &told)?;
    Ok(ExitStatus::Done)
}

/// Shows what would be reset, and asks where that would undo somebody's choice.
fn confirm(
    context: &Context,
    setup: &Setup,
    before: &[Rule],
    set: &[(Rule, Role)],
    words: &[&str],
) -> Result<(), CommandError> {
    let after = with(before, set);
    let changes = setup.changes(before, &after);
    let resets = changes.iter().filter(|change| change.replaces()).count();
    if resets == 0 {
        return Ok(());
    }
    if !context.ui.json() {
        show(&context.ui, &changes);
    }
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    context.confirm(
        &format!("Reset {} of the mapping?", counted(resets as u64, "row")),
        &format!("mobly-sync {}", quoted.join(" ")),
    )
}

/// The rows as they would be: each new one takes the place of its field's and its target's.
fn with(before: &[Rule], set: &[(Rule, Role)]) -> Vec<Rule> {
    let displaced = |old: &Rule| {
        set.iter().any(|(new, _)| {
            old.object == new.object
                && old.event == new.event
                && (old.remote == new.remote
                    || matches!(&old.source, Source::Field(_)) && old.source == new.source)
        })
    };
    before
        .iter()
        .filter(|old| !displaced(old))
        .cloned()
        .chain(set.iter().map(|(rule, _)| rule.clone()))
        .collect()
}

/// The defaults are those of all objects of a role: a rule set on the role later goes over them.
fn of_roles(setup: &Setup, rows: Vec<(Rule, Role)>) -> Vec<(Rule, Role, SetOn)> {
    let on = |rule: &Rule| {
        let mut objects = setup.vendor.objects.iter();
        let object = objects.find(|object| object.key == rule.object);
        match object.map(|object| set_on(setup.vendor, None, object)) {
            Some(SetOn::Role | SetOn::RoleAgain) => SetOn::RoleAgain,
            Some(SetOn::Object) | None => SetOn::Object,
        }
    };
    rows.into_iter()
        .map(|(rule, role)| {
            let on = on(&rule);
            (rule, role, on)
        })
        .collect()
}

fn absent<'a>(setup: &Setup, left: &'a LeftOut) -> Absent<'a> {
    Absent {
        object: left.object,
        field: left.field,
        remote: left.remote,
        reason: &left.reason,
        command: left.command.as_deref().map(|words| setup.command(words)),
    }
}

/// Each with its reason, and the command on a line of its own to copy.
fn in_words(ui: &Ui, absent: &[Absent<'_>]) -> Vec<String> {
    let theme = ui.theme();
    let mut lines = Vec::new();
    for left in absent {
        lines.push(format!(
            "{} {}.{} is left out: {}",
            theme.label(Label::Note),
            left.object,
            left.remote,
            clean(left.reason)
        ));
        if let Some(command) = &left.command {
            lines.push(format!("      {}", theme.good(&clean(command))));
        }
    }
    lines
}
