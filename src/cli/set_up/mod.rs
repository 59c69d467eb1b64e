//! What the commands of the set-up share: the connection they are about, the vendor's fields, how a change is told.

pub mod report;
pub mod rows;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::command_error::{CommandError, ErrorCode};
use super::context::Context;
use super::pushing::push_failed;
use super::services::{Naming, call_failed, vendor_of};
use super::values::nearest;
use crate::app::{App, SchemaError};
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::history::Author;
use crate::domain::integration::Integration;
use crate::domain::mapping::Rule;
use crate::engine::set_up::{
    ObjectFields, RuleProblem, TargetProblem, UnknownField, loses_its_key, objects_named,
};
use crate::store::Store;
use crate::ui::format::ago;
use crate::ui::progress;
use crate::vendors::{ObjectInfo, VendorInfo};

/// One connection whose set-up is shown or changed.
pub struct Setup {
    /// The application.
    pub app: App,
    /// Its file.
    pub store: Store,
    /// The connection.
    pub integration: Integration,
    /// Its vendor.
    pub vendor: &'static VendorInfo,
    /// Every event, for names.
    pub events: Vec<Event>,
    /// The time.
    pub now: Timestamp,
    /// Whether the command line names it.
    pub named: bool,
}

impl Setup {
    /// Opens the connection a command means.
    ///
    /// # Errors
    /// `not_connected` where none was ever made.
    pub fn open(context: &Context) -> Result<Self, CommandError> {
        let (app, store) = context.open()?;
        let integration = context.integration(&store, None)?;
        Ok(Self {
            vendor: vendor_of(&integration)?,
            events: store.events()?,
            now: context.now(&app, &store)?,
            named: context.globals.integration.is_some(),
            app,
            store,
            integration,
        })
    }

    /// Refuses a change that leaves new people without what the vendor knows them by.
    ///
    /// # Errors
    /// If it would; nothing is changed then.
    pub fn keeps_its_key<'a>(
        &self,
        before: &[Rule],
        after: impl IntoIterator<Item = &'a Rule>,
    ) -> Result<(), CommandError> {
        let after: Vec<Rule> = after.into_iter().cloned().collect();
        let Some((object, remote)) = loses_its_key(self.vendor, before, &after) else {
            return Ok(());
        };
        let title = self.vendor.title;
        Err(CommandError::usage(format!(
            "{object}.{remote} is what {title} knows people by: without it nobody new could be made; nothing was changed"
        ))
        .hint(format!(
            "fill it from another field instead: {}",
            self.command(&format!("mapping set FIELD {remote}"))
        )))
    }

    /// A command line of this program for this connection.
    #[must_use]
    pub fn command(&self, words: &str) -> String {
        let named = match self.named {
            true => format!(" -i {}", quote(&self.integration.name)),
            false => String::new(),
        };
        format!("mobly-sync {words}{named}")
    }

    /// Who changes the set-up, by which command.
    #[must_use]
    pub fn author<T: AsRef<str>>(&self, context: &Context, words: &[T]) -> Author {
        let quoted: Vec<String> = words.iter().map(|word| quote(word.as_ref())).collect();
        context.author(quoted.join(" "))
    }

    /// The event `--event` names, for a rule of its own.
    ///
    /// # Errors
    /// As [`Context::event`].
    pub fn rule_event(&self, context: &Context) -> Result<Option<Event>, CommandError> {
        context
            .globals
            .event
            .as_deref()
            .map(|name| context.event(&self.store, name, Naming::Write))
            .transpose()
    }

    /// The objects a word names, or all of the vendor's.
    ///
    /// # Errors
    /// `not_found`, with those there are.
    pub fn objects(&self, name: Option<&str>) -> Result<Vec<&'static ObjectInfo>, CommandError> {
        let Some(name) = name else {
            return Ok(self.vendor.objects.iter().collect());
        };
        let found = objects_named(self.vendor, name);
        if !found.is_empty() {
            return Ok(found);
        }
        let mut known: Vec<&str> = self
            .vendor
            .objects
            .iter()
            .map(|object| object.key)
            .collect();
        for role in ["persona", "company"] {
            if !known.contains(&role) && !objects_named(self.vendor, role).is_empty() {
                known.push(role);
            }
        }
        let error = CommandError::not_found(format!(
            "{} has no object {name:?} that leads go to; there is {}",
            self.vendor.title,
            known.join(", ")
        ))
        .hint("custom objects are not supported");
        Err(match nearest(name, known.iter().copied()) {
            Some(near) => error.hint(format!("did you mean {near}?")),
            None => error,
        })
    }

    /// The fields of objects, as the vendor tells them now; as they were last read where it cannot be asked, with a note.
    ///
    /// # Errors
    /// Where they are not known, or the token is another account's.
    pub async fn fields(
        &mut self,
        context: &Context,
        objects: &[&'static ObjectInfo],
        wanted: &[String],
    ) -> Result<Fields, CommandError> {
        let reporter = progress::reporter(&context.ui);
        let schemas = self
            .app
            .schemas(
                &mut self.store,
                &self.integration,
                objects,
                wanted,
                reporter,
            )
            .await
            .map_err(|error| self.unreadable(error))?;
        if let Some(reason) = &schemas.stale {
            context.ui.warning(format_args!(
                "the fields are those read {}: {reason}",
                ago(schemas.read_at, self.now)
            ));
        }
        Ok(Fields {
            objects: schemas.objects,
            read_at: schemas.read_at,
            stale: schemas.stale.is_some(),
        })
    }

    /// The vendor could not be asked.
    #[must_use]
    pub fn unreadable(&self, error: SchemaError) -> CommandError {
        match error {
            SchemaError::NotConnected(_) => {
                CommandError::new(ErrorCode::NotConnected, error.to_string())
                    .fix(format!("mobly-sync connect {}", self.integration.vendor))
            }
            SchemaError::Open(error) => push_failed(&self.integration, error),
            SchemaError::Call(error) => call_failed(&self.integration.name, &error),
        }
    }

    /// The fields as they were last read, by object; nothing is asked.
    ///
    /// # Errors
    /// As every statement.
    pub fn kept_fields(
        &self,
    ) -> Result<BTreeMap<&'static str, crate::domain::remote::ObjectSchema>, CommandError> {
        let mut kept = BTreeMap::new();
        if let Some(account) = &self.integration.account {
            for object in self.vendor.objects {
                if let Some((schema, _)) = self.store.schema(account.id, object.key)? {
                    kept.insert(object.key, schema);
                }
            }
        }
        Ok(kept)
    }

    /// A rule that goes nowhere, with what would do.
    #[must_use]
    pub fn no_target(&self, problem: &TargetProblem) -> CommandError {
        let message = problem.to_string();
        match problem {
            TargetProblem::Unknown { remote, near, .. } => {
                let error = CommandError::not_found(message);
                match near {
                    Some((object, near)) => error
                        .hint(format!("did you mean {near} of {object}?"))
                        .fix(self.command(&format!("mapping fields --search {}", quote(near)))),
                    None => error.fix(self.command(&format!(
                        "mapping fields --search {}",
                        quote(search(remote))
                    ))),
                }
            }
            TargetProblem::ReadOnly { object, .. } | TargetProblem::Reference { object, .. } => {
                CommandError::new(ErrorCode::Unsupported, message)
                    .fix(self.command(&format!("mapping fields --object {object}")))
            }
        }
    }

    /// A value the vendor's field does not take, with those it does.
    #[must_use]
    pub fn no_option(&self, problem: &RuleProblem, object: &str) -> CommandError {
        match problem {
            RuleProblem::NoOption { remote, near, .. } => {
                self.unknown_option(problem.to_string(), object, remote, near)
            }
            RuleProblem::NoUserField { .. } => CommandError::usage(problem.to_string()),
        }
    }

    /// The same in words of one's own.
    #[must_use]
    pub fn unknown_option(
        &self,
        message: String,
        object: &str,
        remote: &str,
        near: &[String],
    ) -> CommandError {
        let error = CommandError::not_found(message).fix(self.command(&format!(
            "mapping fields --object {object} --search {}",
            quote(remote)
        )));
        match near {
            [] => error,
            near => error.hint(format!("nearest: {}", near.join(", "))),
        }
    }
}

/// The first word of what was looked for: a search by less finds more.
fn search(remote: &str) -> &str {
    remote
        .split(|sign: char| !sign.is_alphanumeric())
        .find(|part| !part.is_empty())
        .unwrap_or(remote)
}

/// Fields of ours that are not there.
#[must_use]
pub fn no_field(problem: &UnknownField) -> CommandError {
    CommandError::not_found(problem.to_string())
        .hint(format!(
            "did you mean {}? A field of your own can be mapped once a lead has it",
            problem.near
        ))
        .fix("mobly-sync mapping fields")
}

/// The vendor's fields as a command works with them.
pub struct Fields {
    /// By object.
    pub objects: Vec<ObjectFields>,
    /// When they were read.
    pub read_at: Timestamp,
    /// Whether the vendor could not be asked just now.
    pub stale: bool,
}
