//! Where the dialogue works: the board, the mapping and the vendor's fields, and the commands it runs.

use std::collections::BTreeMap;

use futures_util::future::LocalBoxFuture;
use jiff::Timestamp;

use super::super::choice::Choice;
use super::super::{Done, act, retry};
use super::line;
use super::topics::{Group, Topic, of_board};
use super::{others, repairs};
use crate::app::App;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::commands::Command as CliCommand;
use crate::cli::context::Context;
use crate::cli::services::account_title;
use crate::cli::set_up::Setup;
use crate::domain::board::{Board, BoardFilter};
use crate::domain::hints::HintScope;
use crate::domain::ids::EventId;
use crate::domain::integration::Integration;
use crate::engine::set_up::ObjectFields;
use crate::exit::ExitStatus;
use crate::store::{Selection, Store};
use crate::ui::Ui;
use crate::ui::format::{clean, counted, wrap};

/// What one dialogue works with.
pub(super) struct Desk<'a> {
    context: &'a Context,
    app: &'a App,
    integration: &'a Integration,
    choice: &'a Choice,
    /// The set-up as its commands see it.
    pub(super) setup: Setup,
    described: BTreeMap<&'static str, ObjectFields>,
    named: bool,
    status: ExitStatus,
    acted: bool,
}

impl<'a> Desk<'a> {
    /// Opens the connection's set-up.
    ///
    /// # Errors
    /// As [`Setup::open`].
    pub(super) fn open(
        context: &'a Context,
        app: &'a App,
        integration: &'a Integration,
        choice: &'a Choice,
    ) -> Result<Self, CommandError> {
        let setup = Setup::open(context)?;
        let named =
            context.globals.integration.is_some() || setup.store.must_be_named(integration)?;
        Ok(Self {
            context,
            app,
            integration,
            choice,
            setup,
            described: BTreeMap::new(),
            named,
            status: ExitStatus::Done,
            acted: false,
        })
    }

    /// The terminal.
    pub(super) fn ui(&self) -> &Ui {
        &self.context.ui
    }

    /// The time.
    pub(super) fn now(&self) -> Timestamp {
        self.setup.now
    }

    /// What the commands of this board share.
    pub(super) fn scope(&self) -> HintScope<'_> {
        HintScope {
            vendor: &self.integration.vendor,
            integration: self.named.then_some(self.integration.name.as_str()),
            event: self.choice.event.as_ref().map(|event| event.name.as_str()),
        }
    }

    /// The event the board is bound to.
    pub(super) fn event(&self) -> Option<EventId> {
        self.choice.event.as_ref().map(|event| event.id)
    }

    /// The connection.
    pub(super) fn integration(&self) -> &'a Integration {
        self.integration
    }

    /// The board of the scope as it is now, by cause.
    ///
    /// # Errors
    /// As every statement.
    pub(super) fn board(&self, store: &Store) -> Result<Board, CommandError> {
        let filter = BoardFilter {
            event: self.choice.shown.event,
            since: self.choice.shown.since,
            ..BoardFilter::default()
        };
        Ok(store.board(self.integration, &filter)?)
    }

    /// Says whose records are at stake, and how to leave.
    pub(super) fn heading(&self) {
        let theme = self.ui().theme();
        let environment = self
            .integration
            .account
            .as_ref()
            .map_or_else(String::new, |account| {
                account.environment.name().to_uppercase()
            });
        let dot = theme.symbols().dot;
        self.ui().status(format!(
            "{} {dot} {} {dot} {} {dot} {environment}",
            theme.strong("Repair"),
            retry::title(self.integration),
            clean(&account_title(self.integration)),
        ));
        self.ui()
            .status(theme.faint("Esc or Ctrl-C leaves; what is done stays done."));
    }

    /// Repairs one group: shows it, asks, changes, and offers its retry.
    ///
    /// # Errors
    /// If the person left, or the file fails.
    pub(super) async fn repair(
        &mut self,
        store: &mut Store,
        group: &Group,
    ) -> Result<(), CommandError> {
        // An earlier repair may have moved or cleared its leads.
        let Some(group) = self.as_it_is_now(store, group)? else {
            return Ok(());
        };
        let theme = self.ui().theme();
        let dot = theme.symbols().dot;
        let title = format!(
            "{} {dot} {} {dot} {}",
            theme.strong(group.category.code()),
            counted(group.leads(), "lead"),
            group.category.text().description
        );
        self.ui().status("");
        self.ui().status(wrap(&title, self.ui().width(), 0));
        let changed = match group.has_a_wrench() {
            true => repairs::offer(self, store, &group).await?,
            false => others::offer(self, store, &group).await?,
        };
        if changed {
            self.offer_retry(store, &group).await?;
        }
        Ok(())
    }

    fn as_it_is_now(&self, store: &Store, group: &Group) -> Result<Option<Group>, CommandError> {
        let filter = BoardFilter {
            category: Some(group.category),
            causes: group.keys(),
            ..BoardFilter::default()
        };
        let found = of_board(&self.board(store)?, &filter, "");
        Ok(found.into_iter().find_map(|topic| match topic {
            Topic::Failed(group) => Some(group),
            Topic::Frozen(_) => None,
        }))
    }

    /// The failed leads of a group that are in the scope, and in what was chosen beside it.
    pub(super) fn selection(&self, group: &Group) -> Selection {
        Selection {
            states: vec![crate::domain::board::BoardState::Failed],
            category: Some(group.category),
            causes: group.keys(),
            ..Selection::from(&self.choice.shown)
        }
    }

    /// The fields of an object, read once from the vendor; `None` for one the vendor does not have.
    ///
    /// # Errors
    /// Where they are not known.
    pub(super) async fn fields(
        &mut self,
        object: &str,
        field: &str,
    ) -> Result<Option<ObjectFields>, CommandError> {
        let mut objects = self.setup.vendor.objects.iter();
        let Some(info) = objects.find(|info| info.key == object) else {
            return Ok(None);
        };
        if !self.described.contains_key(info.key) {
            let wanted = [field.to_owned()];
            let read = self.setup.fields(self.context, &[info], &wanted).await?;
            for object in read.objects {
                self.described.insert(object.info.key, object);
            }
        }
        Ok(self.described.get(info.key).cloned())
    }

    /// Runs a line and shows it; a refusal is told, and the dialogue goes on. Whether it was done.
    ///
    /// # Errors
    /// If the person left meanwhile.
    pub(super) async fn carry_out(&mut self, line: &str) -> Result<bool, CommandError> {
        let ui = self.ui().clone();
        self.acted = true;
        match line::run(&ui.led(), &self.context.globals, line).await {
            Ok(status) => {
                self.status = self.status.combine(status);
                self.show(line);
                Ok(true)
            }
            Err(error) if error.code() == ErrorCode::Interrupted => Err(error),
            Err(error) => {
                error.warn(&ui);
                Ok(false)
            }
        }
    }

    fn show(&self, line: &str) {
        let theme = self.ui().theme();
        self.ui().flush();
        self.ui().status(format!(
            "  {} {}",
            theme.faint("as a command:"),
            theme.good(&clean(line))
        ));
    }

    /// Asks whether the leads of a group are pushed again, and pushes them.
    async fn offer_retry(&mut self, store: &Store, group: &Group) -> Result<(), CommandError> {
        let leads = store.count_leads(self.integration, &self.selection(group))?;
        if leads == 0 {
            return Ok(());
        }
        let ui = self.ui().clone();
        let line = group
            .reconcile(self.scope())
            .flag("--retry")
            .of(self.scope());
        let question = match leads {
            1 => "Retry this lead now?".to_owned(),
            several => format!("Retry these {} now?", counted(several, "lead")),
        };
        if !ui.options().yes && !ui.prompter().confirm(&question, true)? {
            ui.next(&line);
            return Ok(());
        }
        self.act(&line).await
    }

    /// Runs a `reconcile` that acts, without the board that stands behind it otherwise: the dialogue shows one at its end. What
    /// the person has just decided is not asked again.
    ///
    /// # Errors
    /// If the person left meanwhile.
    pub(super) async fn act(&mut self, line: &str) -> Result<(), CommandError> {
        let ui = self.ui().clone();
        self.acted = true;
        self.show(line);
        for read in line::read(&ui.agreed(), &self.context.globals, line)? {
            let CliCommand::Reconcile(args) = &read.command else {
                continue;
            };
            // Boxed: what acts may be the dialogue itself, as far as the compiler knows.
            let acting: LocalBoxFuture<'_, Result<Done, CommandError>> =
                Box::pin(act(&read.context, args, self.app, self.integration));
            match acting.await {
                Ok(done) => {
                    let ended = done.status.unwrap_or(ExitStatus::Done);
                    self.status = self.status.combine(ended);
                }
                Err(error) if error.code() == ErrorCode::Interrupted => return Err(error),
                Err(error) => {
                    self.status = self.status.combine(error.exit_status());
                    error.warn(&ui);
                }
            }
        }
        Ok(())
    }

    /// How the dialogue ended.
    pub(super) fn done(&self) -> Done {
        Done {
            status: Some(self.status),
            document: None,
            told: self.acted,
        }
    }
}
