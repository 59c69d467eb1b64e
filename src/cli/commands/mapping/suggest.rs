//! `mapping suggest`: where unmapped fields and columns of one's own probably belong.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::report::Told;
use crate::cli::set_up::{Fields, Setup, no_field};
use crate::cli::values::nearest;
use crate::domain::hints::quote;
use crate::domain::lead::Role;
use crate::domain::mapping::{OnInvalid, Rule, Source};
use crate::engine::set_up::{RuleChange, Suggestion, our_field, set_on, suggest};
use crate::exit::ExitStatus;
use crate::store::mappings::SetOn;
use crate::ui::Ui;
use crate::ui::format::{clean, counted, cut};
use crate::ui::table::{Cell, Table, Tone};

/// Suggest fields of the vendor for unmapped fields, with translations for closed lists
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping suggest\n  mobly-sync mapping suggest --accept companyIndustry companyCountry\n  mobly-sync mapping suggest --object contact --all"
)]
pub struct MappingSuggestArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Map these fields of ours as suggested
    #[arg(long, value_name = "FIELD", num_args = 1.., conflicts_with = "all")]
    pub accept: Vec<String>,

    /// Map everything as suggested
    #[arg(long)]
    pub all: bool,
}

#[derive(Serialize)]
struct Entry<'a> {
    field: &'a str,
    object: &'static str,
    remote: &'a str,
    score: u8,
    why: &'a str,
    values: &'a BTreeMap<String, String>,
    /// Values of leads without an option: their leads would go without the field.
    dropped: &'a [String],
    /// The row as a command of its own.
    command: String,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    suggestions: Vec<Entry<'a>>,
}

/// Runs the command.
///
/// # Errors
/// If the vendor's fields are not known, or nothing is suggested for a field that is to be accepted.
pub async fn run(context: &Context, args: &MappingSuggestArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let objects = setup.objects(args.object.as_deref())?;
    let fields = setup.fields(context, &objects, &[]).await?;
    let before = setup.store.rules(setup.integration.id)?;
    let qualifiers = setup.store.qualifier_rules(setup.integration.id)?;
    let custom = setup.store.custom_fields()?;
    let found = suggest(
        setup.vendor,
        &fields.objects,
        &before,
        &qualifiers,
        &custom,
        |field| setup.store.field_values(field),
    )?;
    let ui = &context.ui;
    let chosen: Vec<&Suggestion> = if args.all {
        found.iter().collect()
    } else if !args.accept.is_empty() {
        accepted(&setup, args, &custom, &found)?
    } else {
        if ui.json() {
            ui.document(&Document {
                integration: &setup.integration.name,
                suggestions: entries(&setup, &found),
            });
            return Ok(ExitStatus::Done);
        }
        show(ui, &setup, &found);
        if found.is_empty() || !ui.can_prompt() {
            return Ok(ExitStatus::Done);
        }
        let chosen = ask(ui, &found)?;
        if chosen.is_empty() {
            ui.status("Nothing was changed.");
            return Ok(ExitStatus::Done);
        }
        chosen
    };
    save(context, &mut setup, args, &fields, &before, &chosen)?;
    Ok(ExitStatus::Done)
}

fn accepted<'a>(
    setup: &Setup,
    args: &MappingSuggestArgs,
    custom: &[String],
    found: &'a [Suggestion],
) -> Result<Vec<&'a Suggestion>, CommandError> {
    let mut chosen = Vec::new();
    for name in &args.accept {
        let field = our_field(name, custom).map_err(|problem| no_field(&problem))?;
        let known = chosen.len();
        chosen.extend(found.iter().filter(|one| one.field == field.key));
        if chosen.len() == known {
            let error = CommandError::not_found(format!("nothing is suggested for {name:?}"))
                .hint("it is mapped already, or no field of the vendor resembles it");
            let near = nearest(name, found.iter().map(|one| one.field.as_str()));
            return Err(match near {
                Some(near) => error.hint(format!("did you mean {near}?")),
                None => error,
            }
            .fix(setup.command("mapping suggest")));
        }
    }
    Ok(chosen)
}

fn entries<'a>(setup: &Setup, found: &'a [Suggestion]) -> Vec<Entry<'a>> {
    found
        .iter()
        .map(|one| Entry {
            field: &one.field,
            object: one.object,
            remote: &one.remote,
            score: one.score,
            why: &one.why,
            values: &one.values,
            dropped: &one.dropped,
            command: setup.command(&line(one)),
        })
        .collect()
}

/// The row as `mapping set` makes it.
fn line(one: &Suggestion) -> String {
    let mut line = format!(
        "mapping set {} {} --object {}",
        quote(&one.field),
        quote(&one.remote),
        quote(one.object)
    );
    for (ours, theirs) in &one.values {
        line.push_str(&format!(" --value {}", quote(&format!("{ours}={theirs}"))));
    }
    if !one.dropped.is_empty() {
        line.push_str(" --on-invalid drop");
    }
    line
}

fn show(ui: &Ui, setup: &Setup, found: &[Suggestion]) {
    if found.is_empty() {
        ui.status(
            "Nothing is suggested: every field that resembles one of the vendor's is mapped.",
        );
        ui.next(&setup.command("mapping fields"));
        return;
    }
    if !ui.out_is_terminal() {
        let mut table = Table::new(&[]);
        for one in found {
            table.row([
                one.score.to_string(),
                one.field.clone(),
                one.object.to_owned(),
                one.remote.clone(),
                one.why.clone(),
                setup.command(&line(one)),
            ]);
        }
        table.print(ui);
        return;
    }
    let mut table = Table::new(&["SCORE", "OUR FIELD", "GOES TO", "WHY"]).right(&[0]);
    for one in found {
        let tone = if one.score >= 85 {
            Tone::Good
        } else {
            Tone::Care
        };
        table.row([
            Cell::toned(one.score.to_string(), tone),
            Cell::toned(one.field.clone(), Tone::Strong),
            format!("{}.{}", one.object, one.remote).into(),
            Cell::toned(one.why.clone(), Tone::Faint),
        ]);
    }
    table.print(ui);
    if !ui.can_prompt() {
        ui.next(&setup.command("mapping suggest --all"));
    }
}

/// All, one by one, or none.
fn ask<'a>(ui: &Ui, found: &'a [Suggestion]) -> Result<Vec<&'a Suggestion>, CommandError> {
    let choices = [
        format!("Accept all {}", found.len()),
        "Go through them one by one".to_owned(),
        "Accept none".to_owned(),
    ];
    ui.status("");
    Ok(
        match ui.prompter().select("What shall be done?", &choices, 0)? {
            0 => found.iter().collect(),
            1 => one_by_one(ui, found)?,
            _ => Vec::new(),
        },
    )
}

fn one_by_one<'a>(ui: &Ui, found: &'a [Suggestion]) -> Result<Vec<&'a Suggestion>, CommandError> {
    let symbols = ui.theme().symbols();
    let mut chosen = Vec::new();
    for one in found {
        for (ours, theirs) in &one.values {
            ui.status(format!(
                "    {} {} {}",
                clean(ours),
                symbols.arrow,
                clean(theirs)
            ));
        }
        if !one.dropped.is_empty() {
            ui.status(format!(
                "    without an option, left out: {}",
                clean(&one.dropped.join(", "))
            ));
        }
        let question = format!(
            "{} {} {}.{}?",
            one.field, symbols.arrow, one.object, one.remote
        );
        let question = cut(
            &clean(&question),
            ui.width().saturating_sub(12),
            symbols.cut,
        );
        if ui.prompter().confirm(&question, one.score >= 85)? {
            chosen.push(one);
        }
    }
    Ok(chosen)
}

/// Makes the rows, as one change.
fn save(
    context: &Context,
    setup: &mut Setup,
    args: &MappingSuggestArgs,
    fields: &Fields,
    before: &[Rule],
    chosen: &[&Suggestion],
) -> Result<(), CommandError> {
    let mut rows: Vec<(Rule, Role, SetOn)> = Vec::new();
    for one in chosen {
        let Some(object) = fields
            .objects
            .iter()
            .find(|object| object.info.key == one.object)
        else {
            continue;
        };
        let Some(field) = object.schema.field(&one.remote) else {
            continue;
        };
        let change = RuleChange {
            source: Source::Field(one.field.clone()),
            event: None,
            write: None,
            values: one.values.clone().into_iter().collect(),
            default: None,
            truncate: None,
            on_invalid: (!one.dropped.is_empty()).then_some(OnInvalid::Drop),
            fallback_owner: None,
        };
        let rule = change
            .apply(one.object, field, before)
            .map_err(|problem| setup.no_option(&problem, one.object))?;
        let named = args.object.as_deref();
        let on = match set_on(setup.vendor, named, object.info) {
            // As with the defaults: a rule set on the role later goes over it.
            SetOn::Role | SetOn::RoleAgain => SetOn::RoleAgain,
            SetOn::Object => SetOn::Object,
        };
        rows.push((rule, object.info.role, on));
    }
    let mut words = vec!["mapping", "suggest"];
    if let Some(object) = &args.object {
        words.extend(["--object", object]);
    }
    match args.all {
        true => words.push("--all"),
        false => {
            words.push("--accept");
            words.extend(chosen.iter().map(|one| one.field.as_str()));
        }
    }
    let author = setup.author(context, &words);
    let edit = setup
        .store
        .save_rules_on(setup.integration.id, &rows, false, &author, setup.now)?;
    let mut told = Told {
        unchanged: "Nothing was changed.",
        ..Told::default()
    };
    for one in chosen.iter().filter(|one| !one.dropped.is_empty()) {
        told.notes.push(format!(
            "{}.{} has no option for {} of the leads ({}): they go without the field",
            one.object,
            one.remote,
            counted(one.dropped.len() as u64, "value"),
            clean(&one.dropped.join(", "))
        ));
    }
    let owned: Vec<Suggestion> = chosen.iter().map(|one| (*one).clone()).collect();
    told.extra.insert(
        "suggestions".to_owned(),
        serde_json::to_value(entries(setup, &owned)).unwrap_or_default(),
    );
    setup.tell(context, before, edit.run, &told)
}
