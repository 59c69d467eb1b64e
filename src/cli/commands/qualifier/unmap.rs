//! `qualifier unmap NAME [ANSWER]…`.

use clap::Args;

use super::named::qualifier;
use super::show::shown;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::cli::set_up::report::Told;
use crate::domain::qualifier::value_key;
use crate::exit::ExitStatus;

/// Remove the mapping of a qualifier, or of some answers
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier unmap Interest Pricing")]
pub struct QualifierUnmapArgs {
    /// The qualifier
    pub name: String,

    /// Only these answers
    #[arg(value_name = "ANSWER")]
    pub values: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If there is no such qualifier, or an answer has no option to lose.
pub async fn run(context: &Context, args: &QualifierUnmapArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let found = qualifier(&setup.store, &args.name)?;
    let (integration, now) = (setup.integration.id, setup.now);
    let rules = setup.store.qualifier_rules(integration)?;
    let own = rules.iter().find(|rule| rule.qualifier == found.id);
    for answer in &args.values {
        let mapped = own.is_some_and(|rule| rule.values.contains_key(&value_key(answer)));
        if !mapped {
            return Err(CommandError::not_found(format!(
                "{answer:?} of {:?} is not mapped",
                found.name
            ))
            .fix(setup.command("qualifier list")));
        }
    }
    let before = setup.store.rules(integration)?;
    let mut words = vec!["qualifier", "unmap", &found.name];
    words.extend(args.values.iter().map(String::as_str));
    let author = setup.author(context, &words);
    let mut told = Told {
        unchanged: "It was not mapped.",
        ..Told::default()
    };
    let edit = if args.values.is_empty() {
        setup
            .store
            .unmap_qualifier(integration, found.id, None, &author, now)?
    } else {
        let values: Vec<(String, Option<String>)> = args
            .values
            .iter()
            .map(|answer| (answer.clone(), None))
            .collect();
        setup
            .store
            .map_values(integration, found.id, &values, &author, now)?
    };
    if edit.run.is_some() {
        match args.values.is_empty() {
            true => {
                told.others
                    .push(format!("{:?} goes nowhere any more.", found.name));
                told.notes
                    .push("what its answers are called there is kept for another --to".to_owned());
            }
            false => {
                told.others.push(format!(
                    "Unmapped {} of {:?}.",
                    args.values.join(", "),
                    found.name
                ));
                told.notes.push(
                    "leads that say so fail as NO_TAG_MAPPING where the field is a list".to_owned(),
                );
            }
        }
    }
    let one = shown(
        &setup.store,
        Some(&setup.integration),
        std::slice::from_ref(&found),
    )?;
    told.extra.insert(
        "qualifier".to_owned(),
        serde_json::to_value(one.first()).unwrap_or_default(),
    );
    setup.tell(context, &before, edit.run, &told)?;
    Ok(ExitStatus::Done)
}
