//! `enrichment add NAME`.

use clap::Args;
use serde_json::{Value, json};

use super::described::{Described, refused};
use super::key::{self, Given};
use super::named::{checked, provider};
use super::show;
use crate::app::App;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::integration::SecretPlace;
use crate::domain::lead::field_named;
use crate::enrich::http::Config;
use crate::enrich::presets;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::store::enrichment::{PROVIDER, RULES_FILL};
use crate::store::enrichment_providers::{Place, StoredProvider};
use crate::store::enrichment_wants::WantedFields;
use crate::transport::BaseUrl;
use crate::ui::format::counted;

/// Add a provider of data: a preset, or any service described by options
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync enrichment add people-data-labs --key-stdin --budget 500 < key.txt\n  mobly-sync enrichment add hunter --key-stdin --after people-data-labs < key.txt\n  mobly-sync enrichment add ours --url \"https://crm.example.com/who?mail={email}\" --header \"Authorization: Bearer {secret}\" --field jobTitle=person.title --key-stdin\n\nPresets: apollo, hunter, people-data-labs"
)]
pub struct EnrichmentAddArgs {
    /// Your name for it; the name of a preset takes that preset
    pub name: String,

    /// The preset, where the name is another
    #[arg(long, value_name = "PRESET")]
    pub preset: Option<String>,

    /// Read the key from standard input
    #[arg(long)]
    pub key_stdin: bool,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub described: Described,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub standing: Standing,
}

/// What it may cost, where it is reached and when it is asked.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What it may cost, and when it is asked")]
pub struct Standing {
    /// Ask no more paid questions a day (UTC); 0 takes the bound away
    #[arg(long, value_name = "N")]
    pub budget: Option<u64>,

    /// Ask no more paid questions a run; 0 takes the bound away
    #[arg(long, value_name = "N")]
    pub budget_per_run: Option<u64>,

    /// Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    pub fields: Vec<String>,

    /// Send to this address instead: a proxy, or a sandbox on this machine
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Ask it before all others
    #[arg(long, conflicts_with = "after")]
    pub first: bool,

    /// Ask it after this one
    #[arg(long, value_name = "NAME")]
    pub after: Option<String>,
}

impl Standing {
    /// Where it is put.
    pub(super) fn place(&self, store: &Store) -> Result<Place, CommandError> {
        Ok(match &self.after {
            _ if self.first => Place::First,
            Some(name) => Place::After(provider(store, name)?.name),
            None => Place::Last,
        })
    }

    /// Takes over what was said of fields, costs and address.
    pub(super) fn apply(
        &self,
        to: &mut StoredProvider,
        config: &Config,
    ) -> Result<(), CommandError> {
        if let Some(wanted) = wanted(&self.fields, config)? {
            to.wanted = wanted;
        }
        let bound = |budget: u64| (budget > 0).then_some(budget);
        if let Some(budget) = self.budget {
            to.budget_day = bound(budget);
        }
        if let Some(budget) = self.budget_per_run {
            to.budget_run = bound(budget);
        }
        if let Some(address) = self.base_url.as_deref() {
            to.base_url = match address.trim() {
                "" => None,
                address => Some(
                    BaseUrl::parse(address)
                        .map_err(|error| CommandError::usage(error.to_string()))?
                        .origin(),
                ),
            };
        }
        Ok(())
    }
}

/// What a provider is to be asked for; none where nothing was said.
fn wanted(said: &[String], config: &Config) -> Result<Option<WantedFields>, CommandError> {
    let said: Vec<&str> = said.iter().map(|field| field.trim()).collect();
    match said.as_slice() {
        [] => return Ok(None),
        ["needed" | ""] => return Ok(Some(WantedFields::Needed)),
        ["every" | "all"] => return Ok(Some(WantedFields::Every)),
        _ => {}
    }
    let known = config.fills();
    let mut fields = std::collections::BTreeSet::new();
    for field in said.into_iter().filter(|field| !field.is_empty()) {
        let key = field_named(field).map_or_else(|| field.to_owned(), |info| info.key.to_owned());
        if !known.contains(&key) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(CommandError::usage(format!(
                "{field:?} is no field it fills; it fills {}",
                known.join(", ")
            ))
            .hint("--field FIELD=PATH says where a field stands in its answer"));
        }
        fields.insert(key);
    }
    Ok(Some(WantedFields::Named(fields)))
}

/// Runs the command.
///
/// # Errors
/// If there is one of that name, the description cannot be used, or there is no key.
pub fn run(context: &Context, args: &EnrichmentAddArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let name = checked(&args.name)?;
    if store
        .enrichment_providers()?
        .iter()
        .any(|one| one.name == name)
    {
        return Err(
            CommandError::usage(format!("there is a provider {name} already"))
                .fix(format!("mobly-sync enrichment edit {name} --help")),
        );
    }
    let mut changes = args.described.changes()?;
    let preset = match preset(args, &name)? {
        Some(preset) => Some(preset),
        None if changes.get("ask").is_some() => None,
        None => ask_what(context, &name, &mut changes)?,
    };
    let place = args.standing.place(&store)?;
    let config = presets::describe(preset, &changes).map_err(|error| refused(&error))?;
    let mut new = StoredProvider {
        name: name.clone(),
        preset: preset.map(str::to_owned),
        changes,
        base_url: None,
        secret_place: SecretPlace::None,
        budget_day: None,
        budget_run: None,
        wanted: WantedFields::Needed,
        last_error: None,
    };
    args.standing.apply(&mut new, &config)?;
    let given = key::obtain(context, &name, config.takes_key(), args.key_stdin)?;
    new.secret_place = place_of(&app, &store, &new, &given)?;
    let now = context.now(&app, &store)?;
    let author = context.author(format!("enrichment add {name}"));
    if let Err(error) = store.put_enrichment_provider(&new, &place, &author, now) {
        // The key of a provider that is not there is of no use to anybody but a thief.
        let _ = app.forget_enrichment_key(&store, &name, new.secret_place);
        return Err(error.into());
    }
    let switch = format!("{PROVIDER}{name}");
    let rules_were_on = store.enrichment_settings()?.is_on(RULES_FILL, &[]);
    store.record_enrichment_switch(&[&switch, RULES_FILL], None, true, &author, now)?;
    let lacking = store.wait_where_data_lacks(now)?;
    if context.ui.json() {
        let shown = show::one(&store, &name, now)?;
        context
            .ui
            .document(&json!({ "provider": shown, "changed": true, "waiting": lacking }));
        return Ok(ExitStatus::Done);
    }
    context.ui.status(format!("Added {name} ({}). It is asked for what a lead lacks after the rules and the providers before it.", title(&config.title, &config.base)));
    if !rules_were_on {
        context.ui.note("the built-in rules that fill what is missing are on now too: they cost nothing (enrichment disable rules)");
    }
    if lacking > 0 {
        context.ui.note(format!(
            "{} of what a connection needs; the next push or sync asks {name} first",
            lack(lacking)
        ));
    }
    if new.budget_day.is_none() && new.budget_run.is_none() {
        context.ui.hint(format!("no budget is set; `mobly-sync enrichment edit {name} --budget 500` bounds what it may cost a day"));
    }
    context
        .ui
        .next(&format!("mobly-sync enrichment test {name} EMAIL"));
    Ok(ExitStatus::Done)
}

/// "3 leads lack some", for a sentence that says of what.
pub(super) fn lack(leads: u64) -> String {
    let verb = if leads == 1 { "lacks" } else { "lack" };
    format!("{} {verb} some", counted(leads, "lead"))
}

pub(super) fn title(title: &str, base: &str) -> String {
    if title.is_empty() {
        base.to_owned()
    } else {
        title.to_owned()
    }
}

/// Keeps the key, where there is one to keep.
pub(super) fn place_of(
    app: &App,
    store: &Store,
    provider: &StoredProvider,
    given: &Given,
) -> Result<SecretPlace, CommandError> {
    Ok(match given {
        Given::Key(key) => {
            app.keep_enrichment_key(store, &provider.name, provider.secret_place, key)?
        }
        Given::Environment => SecretPlace::Environment,
        Given::None => SecretPlace::None,
    })
}

/// The preset meant: by its option, else by the name, unless another description is given.
fn preset(args: &EnrichmentAddArgs, name: &str) -> Result<Option<&'static str>, CommandError> {
    let known = || {
        presets::ALL
            .iter()
            .map(|preset| preset.name)
            .collect::<Vec<_>>()
    };
    match &args.preset {
        Some(text) => match presets::lookup(text) {
            Some(preset) => Ok(Some(preset.name)),
            None => Err(CommandError::usage(format!(
                "there is no preset {text:?}; there are {}",
                known().join(", ")
            ))
            .hint("any other service is described by --url, --header and --field")),
        },
        None if args.described.url.is_some() || args.described.config.is_some() => Ok(None),
        None => Ok(presets::lookup(name).map(|preset| preset.name)),
    }
}

/// Asks somebody at the terminal what kind of provider it is.
fn ask_what(
    context: &Context,
    name: &str,
    changes: &mut Value,
) -> Result<Option<&'static str>, CommandError> {
    let known: Vec<&'static str> = presets::ALL.iter().map(|preset| preset.name).collect();
    if !context.ui.can_prompt() {
        return Err(CommandError::new(
            ErrorCode::Usage,
            format!("nothing says how {name} is asked"),
        )
        .hint(format!(
            "name a preset with --preset ({}), or describe it with --url and --field",
            known.join(", ")
        ))
        .fix(format!(
            "mobly-sync enrichment add {name} --preset {}",
            known.first().copied().unwrap_or_default()
        )));
    }
    let prompter = context.ui.prompter();
    let mut choices: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
    choices.push("another service, by its address".to_owned());
    let chosen = prompter.select(&format!("What is {name}?"), &choices, 0)?;
    if let Some(preset) = known.get(chosen) {
        return Ok(Some(preset));
    }
    let mut described = Described {
        url: Some(prompter.input(
            "Address, with {email} where the address of the person belongs",
            None,
        )?),
        ..Described::default()
    };
    let header = prompter.input(
        "Header with the key ({secret} stands for it; empty: no key)",
        Some("Authorization: Bearer {secret}"),
    )?;
    described
        .header
        .extend(Some(header).filter(|header| !header.is_empty()));
    loop {
        let text = prompter.input("Where a field stands in the answer, such as jobTitle=person.title (empty: that is all)", Some(""))?;
        if text.is_empty() {
            break;
        }
        match crate::cli::values::assignment(&text) {
            Ok(field) => described.field.push(field),
            Err(error) => context.ui.warning(error),
        }
    }
    *changes = described.changes()?;
    Ok(None)
}
