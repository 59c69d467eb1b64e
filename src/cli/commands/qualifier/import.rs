//! `qualifier import REMOTE…`: qualifiers from the vendor's own lists.

use clap::Args;

use super::map::{Target, save};
use super::show::shown;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::set_up::report::Told;
use crate::cli::set_up::{Fields, Setup};
use crate::domain::hints::quote;
use crate::domain::lead::Role;
use crate::domain::qualifier::value_key;
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::engine::set_up::choose;
use crate::exit::ExitStatus;
use crate::store::qualifiers::NewQualifier;

/// Make qualifiers from the vendor's fields with options, mapped
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync qualifier import interest lead_type")]
pub struct QualifierImportArgs {
    /// The vendor's field
    #[arg(value_name = "REMOTE", required = true)]
    pub fields: Vec<String>,

    /// The object of the vendor, or the role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

/// A qualifier about to be made.
struct Planned<'a> {
    name: String,
    /// Answer and option.
    pairs: Vec<(String, Option<String>)>,
    targets: Vec<Target<'a>>,
    multiple: bool,
}

/// Runs the command.
///
/// # Errors
/// If a field is not known, has no list of options, or a qualifier of its name is there; nothing is made then.
pub async fn run(
    context: &Context,
    args: &QualifierImportArgs,
) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let objects = setup.objects(args.object.as_deref())?;
    let fields = setup.fields(context, &objects, &[]).await?;
    let mut planned: Vec<Planned<'_>> = Vec::new();
    for remote in &args.fields {
        let one = plan(&setup, &fields, args.object.is_some(), remote)?;
        if planned
            .iter()
            .any(|other| value_key(&other.name) == value_key(&one.name))
        {
            return Err(CommandError::usage(format!(
                "{:?} is named twice",
                one.name
            )));
        }
        planned.push(one);
    }
    let before = setup.store.rules(setup.integration.id)?;
    let mut told = Told::default();
    let mut made = Vec::new();
    let mut run = None;
    for (one, remote) in planned.iter().zip(&args.fields) {
        let new = NewQualifier {
            name: one.name.clone(),
            values: one.pairs.iter().map(|(answer, _)| answer.clone()).collect(),
            multiple: one.multiple,
            ..NewQualifier::default()
        };
        let author = setup.author(context, &["qualifier", "import", remote]);
        let qualifier = setup.store.add_qualifier(&new, &author, setup.now)?;
        let saved = save(
            context,
            &mut setup,
            &qualifier,
            &one.targets,
            &one.pairs,
            &mut told,
        )?;
        run = saved.or(run);
        made.push(qualifier);
    }
    let all = shown(&setup.store, Some(&setup.integration), &made)?;
    told.extra.insert(
        "qualifiers".to_owned(),
        serde_json::to_value(&all).unwrap_or_default(),
    );
    setup.tell(context, &before, run, &told)?;
    Ok(ExitStatus::Done)
}

fn plan<'a>(
    setup: &Setup,
    fields: &'a Fields,
    named: bool,
    remote: &str,
) -> Result<Planned<'a>, CommandError> {
    let chosen = choose(&fields.objects, named, Role::Persona, remote)
        .map_err(|problem| setup.no_target(&problem))?;
    let Some((object, field)) = chosen.targets.first() else {
        return Err(CommandError::internal("a field without an object"));
    };
    let list = matches!(field.kind, RemoteKind::One | RemoteKind::Many);
    let Some(options) = field
        .options
        .as_ref()
        .filter(|options| list && !options.is_empty())
    else {
        return Err(CommandError::new(
            ErrorCode::Unsupported,
            format!(
                "{}.{} is a {} field without a list of options, so it makes no qualifier",
                object.key,
                field.name,
                field.kind.name()
            ),
        )
        .fix(format!(
            "mobly-sync qualifier add {} --value ANSWER",
            quote(&field.label)
        )));
    };
    let name = field.label.trim().to_owned();
    if setup.store.find_qualifier(&name)?.is_some() {
        return Err(
            CommandError::usage(format!("there is a qualifier {name:?} already")).fix(
                setup.command(&format!(
                    "qualifier map {} --to {} --object {} --matching",
                    quote(&name),
                    field.name,
                    object.key
                )),
            ),
        );
    }
    let multiple = field.kind == RemoteKind::Many;
    let mut pairs: Vec<(String, Option<String>)> = Vec::new();
    for option in options {
        let answer = answer_of(field, option.label.trim(), &option.value);
        let taken = |other: &(String, Option<String>)| value_key(&other.0) == value_key(&answer);
        if !pairs.iter().any(taken) {
            pairs.push((answer, Some(option.value.clone())));
        }
    }
    Ok(Planned {
        name,
        pairs,
        multiple,
        targets: chosen
            .targets
            .iter()
            .map(|(object, field)| Target::usual(object.key, field, multiple))
            .collect(),
    })
}

/// What a rep reads for an option: its label, unless another option has the same or `;` would split it in a file.
fn answer_of(field: &RemoteField, label: &str, value: &str) -> String {
    let same = field
        .options
        .iter()
        .flatten()
        .filter(|option| value_key(&option.label) == value_key(label))
        .count();
    match label.is_empty() || same > 1 || label.contains(';') {
        true => value.to_owned(),
        false => label.to_owned(),
    }
}
