//! A source of leads on `status`: when it was asked last, and what it is still to be told.

use jiff::Timestamp;

use super::document_of_account;
use super::{IntegrationDocument, WriteBackDocument};
use crate::cli::command_error::CommandError;
use crate::cli::parts::title;
use crate::domain::integration::{ConnectionState, Environment, Integration};
use crate::engine::needs::{Here, Need};
use crate::store::Store;
use crate::store::write_backs::WriteBackCounts;
use crate::ui::format::{ago, counted};
use crate::ui::status::IntegrationView;

/// What is known of a source.
pub(super) struct Known {
    integration: Integration,
    pulled: Option<Timestamp>,
    write_backs: WriteBackCounts,
}

impl Known {
    /// Reads it.
    pub(super) fn of(store: &Store, integration: Integration) -> Result<Self, CommandError> {
        let write_backs = match &integration.account {
            Some(account) => store.write_back_counts(account.id)?,
            None => WriteBackCounts::default(),
        };
        Ok(Self {
            pulled: store.last_pull(integration.id)?,
            write_backs,
            integration,
        })
    }

    /// What a person has to do.
    pub(super) fn needs(&self) -> Vec<Need> {
        let integration = &self.integration;
        let (title, waiting) = (title(integration), self.write_backs.waiting);
        let mut needs = Vec::new();
        if integration.connected && integration.needs_sign_in {
            let left = match waiting {
                0 => "no leads are pulled".to_owned(),
                some => format!(
                    "no leads are pulled, and {} wait",
                    counted(some, "write-back")
                ),
            };
            needs.push(Need {
                code: "needs_sign_in",
                count: waiting,
                message: format!("{title} does not accept the key; {left}"),
                command: format!("mobly-sync connect {}", integration.vendor),
            });
        }
        if !integration.connected && waiting > 0 {
            needs.push(Need {
                code: "disconnected",
                count: waiting,
                message: format!(
                    "{title} is disconnected, and {} wait",
                    counted(waiting, "write-back")
                ),
                command: format!("mobly-sync connect {}", integration.vendor),
            });
        }
        needs
    }

    /// For scripts. Nothing is pushed to it: it has no mode, no sums and no budget.
    pub(super) fn document(self) -> IntegrationDocument {
        let integration = self.integration;
        IntegrationDocument {
            state: integration.state(),
            category: integration.category.name(),
            environment: integration.account.as_ref().map(|of| of.environment),
            account: document_of_account(integration.account),
            vendor: integration.vendor,
            mode: None,
            summary: None,
            budget: None,
            last_run: None,
            pulled: Some(self.pulled.map(|at| at.to_string())),
            write_backs: Some(WriteBackDocument {
                waiting: self.write_backs.waiting,
                ended: self.write_backs.ended,
            }),
        }
    }

    /// For people.
    pub(super) fn view(&self, here: &Here) -> IntegrationView {
        let integration = &self.integration;
        let account = integration.account.as_ref();
        let mut parts = Vec::new();
        if let Some(account) = account {
            // A source tells no account; only what somebody called it is worth a word.
            parts.extend(integration.settings.label.clone());
            if account.environment != Environment::Production {
                parts.push(account.environment.name().to_uppercase());
            }
        }
        if integration.state() != ConnectionState::Disconnected || self.pulled.is_some() {
            parts.push(match self.pulled {
                Some(at) => format!("pulled {}", ago(at, here.now)),
                None => "never pulled".to_owned(),
            });
        }
        let waiting = self.write_backs.waiting;
        let mut write_backs = counted(waiting, "write-back");
        write_backs.push_str(" waiting");
        parts.push(write_backs);
        let mut lines = Vec::new();
        if let (true, Some(why)) = (waiting > 0, &self.write_backs.message) {
            lines.push(format!("last write-back: {why}"));
        }
        if self.write_backs.ended > 0 {
            lines.push(format!(
                "{} given up: the lead is gone there, or it was refused",
                counted(self.write_backs.ended, "write-back")
            ));
        }
        IntegrationView {
            category: integration.category.title(),
            vendor: title(integration),
            name: integration.name.clone(),
            state: integration.state(),
            account: account.map(|account| account.vendor_account.clone()),
            account_parts: parts,
            environment: account.map(|account| account.environment.name()),
            mode: "",
            parts: Vec::new(),
            summary: None,
            lines,
        }
    }
}
