//! `mapping set`: fill a field of the vendor.

use crate::cli::values::{self, Assignment};
use crate::domain::mapping::WriteBehaviour;
use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::report::Told;
use crate::cli::set_up::{Setup, no_field};
use crate::domain::hints::quote;
use crate::domain::lead::{FieldType, Role};
use crate::domain::mapping::{OnInvalid, Rule, Source, template_fields};
use crate::domain::remote::{RemoteField, RemoteKind, type_warning};
use crate::engine::set_up::{
    Chosen, OurField, RuleChange, TargetProblem, choose, misfits, our_field, repair_line, set_on,
};
use crate::exit::ExitStatus;
use crate::store::MappingEdit;
use crate::store::mappings::{SetOn, StoredRule, beats};

/// Refused values a suggested line repairs.
const REPAIRED: usize = 8;

/// Fill a field of the vendor from a field, a constant or a template
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping set jobTitle jobtitle\n  mobly-sync mapping set --constant \"Trade show\" leadsource\n  mobly-sync mapping set companyCountry country --value \"USA=United States\" --value \"UK=United Kingdom\"\n  mobly-sync mapping set --template \"{eventName}, {numberOfScans} scans\" notes --event \"Expo 2026\""
)]
#[command(
    override_usage = "mobly-sync mapping set FIELD REMOTE [OPTIONS]\n       mobly-sync mapping set --constant VALUE REMOTE [OPTIONS]\n       mobly-sync mapping set --template TEXT REMOTE [OPTIONS]"
)]
pub struct MappingSetArgs {
    /// Our field; with --constant or --template the vendor's, and nothing after it
    #[arg(value_name = "FIELD")]
    pub first: String,

    /// The vendor's field
    #[arg(value_name = "REMOTE")]
    pub second: Option<String>,

    /// Fill it with the same text for every lead
    #[arg(long, value_name = "VALUE", conflicts_with = "template", value_parser = values::typed)]
    pub constant: Option<String>,

    /// Fill it with text in which {field} stands for a lead's value
    #[arg(long, value_name = "TEXT")]
    pub template: Option<String>,

    /// The object of the vendor, or the role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Add a second target instead of moving the field
    #[arg(long)]
    pub also: bool,

    /// What happens to a field of a record that is already there: overwrite, if-blank, create-only, append
    #[arg(long, value_name = "BEHAVIOUR")]
    pub write: Option<WriteBehaviour>,

    /// Translate a value on its way out (can be repeated); without THEIRS the translation is removed
    #[arg(long, value_name = "OURS=THEIRS", value_parser = values::assignment)]
    pub value: Vec<Assignment>,

    /// Send this where the lead has nothing; empty: nothing
    #[arg(long, value_name = "VALUE", value_parser = values::typed)]
    pub default: Option<String>,

    /// Shorten what is too long for the field; --truncate=false ends it
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub truncate: Option<bool>,

    /// Fail the lead, or send it without this field, where the vendor's rules refuse the value
    #[arg(long, value_name = "WHAT")]
    pub on_invalid: Option<OnInvalidValue>,

    /// Take this user where the named one is none of the account's; empty: nobody
    #[arg(long, value_name = "EMAIL", value_parser = values::typed)]
    pub fallback_owner: Option<String>,
}

/// `--on-invalid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OnInvalidValue {
    /// The lead fails
    Fail,
    /// The lead goes without the field, with a note
    Drop,
}

/// What fills the field, and which one it is.
struct Asked<'a> {
    source: Source,
    role: Role,
    kind: FieldType,
    remote: &'a str,
    /// Fields named that no lead has.
    unknown: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If the field is not known, cannot be written, or a value is none of its options; nothing is changed then.
pub async fn run(context: &Context, args: &MappingSetArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let asked = asked(&setup, args)?;
    let event = setup.rule_event(context)?;
    let objects = setup.objects(args.object.as_deref())?;
    let wanted = [asked.remote.to_owned()];
    let fields = setup.fields(context, &objects, &wanted).await?;
    let chosen = choose(
        &fields.objects,
        args.object.is_some(),
        asked.role,
        asked.remote,
    )
    .map_err(|problem| no_target(context, &setup, args, &problem))?;

    let change = change(args, &asked.source, event.as_ref().map(|event| event.id));
    let stored = setup.store.stored_rules(setup.integration.id)?;
    let before: Vec<Rule> = stored.iter().map(|stored| stored.rule.clone()).collect();
    let mut rules = Vec::new();
    let mut told = Told {
        event: change.event,
        unchanged: "The mapping is so already.",
        ..Told::default()
    };
    for (object, field) in &chosen.targets {
        let rule = change
            .apply(object.key, field, &before)
            .map_err(|problem| setup.no_option(&problem, object.key))?;
        let on = set_on(setup.vendor, args.object.as_deref(), object);
        let own = stored.iter().find(|stored| beats(stored, &rule, args.also));
        if let Some(own) = own.filter(|_| on == SetOn::Role) {
            let words = words(args, event.as_ref().map(|event| event.name.as_str()));
            told.notes.push(keeps_its_own(&setup, &own.rule, words));
            told.unchanged = "Nothing was changed.";
            continue;
        }
        let of_role = |stored: &&StoredRule| stored.by_role && stored.rule == rule;
        if on == SetOn::Object && stored.iter().any(|stored| of_role(&stored)) {
            told.notes.push(format!(
                "{}.{} is {0}'s own from now on: a rule for all of its role leaves it alone",
                rule.object, rule.remote
            ));
        }
        told.warnings
            .extend(suitability(&setup, &asked, &rule, field)?);
        told.notes.extend(remarks(&setup, &rule, field)?);
        rules.push((rule, object.role, on));
    }
    let moved = |old: &Rule| {
        let onto = |(new, ..): &(Rule, Role, SetOn)| {
            let same = new.object == old.object && new.event == old.event;
            same && !args.also && matches!(new.source, Source::Field(_)) && new.source == old.source
        };
        rules.iter().any(onto)
    };
    let stay = before.iter().filter(|old| !moved(old));
    setup.keeps_its_key(&before, stay.chain(rules.iter().map(|(rule, ..)| rule)))?;
    told.notes.extend(where_it_goes(&chosen));
    for field in &asked.unknown {
        told.warnings
            .push(format!("no lead has a field {field:?} yet"));
    }
    let words = words(args, event.as_ref().map(|event| event.name.as_str()));
    let author = setup.author(context, &words);
    let edit = save(&mut setup, &rules, args.also, &author)?;
    setup.tell(context, &before, edit.run, &told)?;
    Ok(ExitStatus::Done)
}

/// A field the vendor does not have: the same command with the one that was probably meant.
fn no_target(
    context: &Context,
    setup: &Setup,
    args: &MappingSetArgs,
    problem: &TargetProblem,
) -> CommandError {
    let error = setup.no_target(problem);
    let TargetProblem::Unknown {
        near: Some((_, near)),
        ..
    } = problem
    else {
        return error;
    };
    let mut words = words(args, context.globals.event.as_deref());
    // Our field, where one is named, stands before theirs.
    words[2 + usize::from(args.second.is_some())].clone_from(near);
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    error.fix(setup.command(&quoted.join(" ")))
}

/// An object's own rule beats one of its role; `words` are the command that set the latter.
fn keeps_its_own(setup: &Setup, own: &Rule, mut words: Vec<String>) -> String {
    if let Some(at) = words.iter().position(|word| word == "--object") {
        words.drain(at..at + 2);
    }
    words.extend(["--object".to_owned(), own.object.clone()]);
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    format!(
        "{} keeps its own rule for {}; to change that: {}",
        own.object,
        own.remote,
        setup.command(&quoted.join(" "))
    )
}

fn save(
    setup: &mut Setup,
    rules: &[(Rule, Role, SetOn)],
    also: bool,
    author: &crate::domain::history::Author,
) -> Result<MappingEdit, CommandError> {
    let (integration, now) = (setup.integration.id, setup.now);
    Ok(setup
        .store
        .save_rules_on(integration, rules, also, author, now)?)
}

fn asked<'a>(setup: &Setup, args: &'a MappingSetArgs) -> Result<Asked<'a>, CommandError> {
    let custom = setup.store.custom_fields()?;
    let find = |name: &str| our_field(name, &custom).map_err(|problem| no_field(&problem));
    let alone = |source, unknown| match &args.second {
        Some(second) => Err(CommandError::usage(format!(
            "with --constant or --template only the vendor's field is named; {second:?} is one too many"
        ))),
        None => Ok(Asked {
            source,
            role: Role::Persona,
            kind: FieldType::Text,
            remote: &args.first,
            unknown,
        }),
    };
    match (&args.constant, &args.template, &args.second) {
        (Some(text), ..) if text.trim().is_empty() => {
            Err(CommandError::usage("an empty constant fills nothing")
                .fix(setup.command(&format!("mapping unset {}", quote(&args.first)))))
        }
        (Some(text), ..) => alone(Source::Constant(text.clone()), Vec::new()),
        (None, Some(text), _) => {
            let names = template_fields(text).map_err(CommandError::usage)?;
            let named: Vec<OurField> = names
                .iter()
                .map(|name| find(name))
                .collect::<Result<_, _>>()?;
            let unknown = named.into_iter().filter(|field| !field.known);
            alone(
                Source::Template(text.clone()),
                unknown.map(|field| field.key).collect(),
            )
        }
        (None, None, Some(remote)) => {
            let field = find(&args.first)?;
            Ok(Asked {
                source: Source::Field(field.key.clone()),
                role: field.role,
                kind: field.kind,
                remote,
                unknown: (!field.known).then_some(field.key).into_iter().collect(),
            })
        }
        (None, None, None) => Err(CommandError::usage(
            "name our field and the vendor's, or --constant or --template and the vendor's",
        )
        .fix(setup.command("mapping fields"))),
    }
}

fn change(
    args: &MappingSetArgs,
    source: &Source,
    event: Option<crate::domain::ids::EventId>,
) -> RuleChange {
    RuleChange {
        source: source.clone(),
        event,
        write: args.write,
        values: args
            .value
            .iter()
            .map(|pair| (pair.name.clone(), pair.value.clone()))
            .collect(),
        default: args.default.clone(),
        truncate: args.truncate,
        on_invalid: args.on_invalid.map(|chosen| match chosen {
            OnInvalidValue::Fail => OnInvalid::Fail,
            OnInvalidValue::Drop => OnInvalid::Drop,
        }),
        fallback_owner: args.fallback_owner.clone(),
    }
}

/// Whether the values of leads fit: for a closed list they are tried one by one.
fn suitability(
    setup: &Setup,
    asked: &Asked<'_>,
    rule: &Rule,
    field: &RemoteField,
) -> Result<Option<String>, CommandError> {
    let Source::Field(key) = &rule.source else {
        return Ok(None);
    };
    let closed = matches!(field.kind, RemoteKind::One | RemoteKind::Many);
    let known = match closed && field.options.is_some() {
        true => setup.store.field_values(key)?,
        false => Vec::new(),
    };
    if known.is_empty() {
        return Ok(type_warning(asked.kind, field));
    }
    let refused = misfits(field, &known, &rule.options.values);
    if refused.is_empty() || rule.options.on_invalid == OnInvalid::Drop {
        return Ok(None);
    }
    let leads: u64 = refused.iter().map(|misfit| misfit.leads).sum();
    let shown = &refused[..refused.len().min(REPAIRED)];
    let line = repair_line(key, &rule.object, &rule.remote, shown);
    Ok(Some(format!(
        "{} has no option for {} of {} values of the leads (the first: {:?}; {leads} leads would fail); what would help: {}",
        field.name,
        refused.len(),
        known.len(),
        shown[0].value,
        setup.command(&line)
    )))
}

fn remarks(setup: &Setup, rule: &Rule, field: &RemoteField) -> Result<Vec<String>, CommandError> {
    let mut notes = Vec::new();
    if field.opt_out {
        notes.push(format!(
            "{} records an opt-out: only true is ever sent",
            field.name
        ));
    }
    let taken = setup.store.qualifier_rules(setup.integration.id)?;
    for qualifier in taken {
        if qualifier.object == rule.object && qualifier.remote == rule.remote {
            notes.push(format!(
                "{}.{} is also the target of the qualifier {:?}",
                rule.object, rule.remote, qualifier.name
            ));
        }
    }
    Ok(notes)
}

fn where_it_goes(chosen: &Chosen<'_>) -> Vec<String> {
    let keys: Vec<&str> = chosen
        .targets
        .iter()
        .map(|(object, _)| object.key)
        .collect();
    let mut notes = Vec::new();
    if chosen.elsewhere {
        let only = keys.join(" and ");
        notes.push(format!("it goes to {only}: nothing else has such a field"));
    }
    if !chosen.without.is_empty() {
        notes.push(format!(
            "{} has no such field",
            chosen.without.join(" and ")
        ));
    }
    notes
}

/// The command as history shows it.
fn words(args: &MappingSetArgs, event: Option<&str>) -> Vec<String> {
    let mut words = vec!["mapping".to_owned(), "set".to_owned()];
    let mut option = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            words.extend([name, value].map(str::to_owned));
        }
    };
    option("--constant", args.constant.as_deref());
    option("--template", args.template.as_deref());
    option("--object", args.object.as_deref());
    option("--event", event);
    option("--write", args.write.map(WriteBehaviour::name));
    for pair in &args.value {
        option("--value", Some(&format!("{}={}", pair.name, pair.value)));
    }
    option("--default", args.default.as_deref());
    let on_invalid = args.on_invalid.map(|chosen| match chosen {
        OnInvalidValue::Fail => "fail",
        OnInvalidValue::Drop => "drop",
    });
    option("--on-invalid", on_invalid);
    option("--fallback-owner", args.fallback_owner.as_deref());
    words.extend(
        args.truncate
            .map(|truncate| format!("--truncate={truncate}")),
    );
    words.extend(args.also.then(|| "--also".to_owned()));
    let named = [Some(&args.first), args.second.as_ref()];
    words.splice(2..2, named.into_iter().flatten().cloned());
    words
}
