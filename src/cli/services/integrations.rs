//! The integrations a command means, and the vendors behind them.

use super::title_of;
use crate::app::SessionError;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::values;
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::sources::{self, SourceInfo};
use crate::store::Store;
use crate::vendors::{self, VendorInfo};

impl Context {
    /// The integration a command means: by VENDOR or `-i`, else the CRM; the marketing tool only where no CRM was ever
    /// connected.
    ///
    /// # Errors
    /// `not_found`, `not_connected`, or two different names (usage).
    pub fn integration(
        &self,
        store: &Store,
        vendor: Option<&str>,
    ) -> Result<Integration, CommandError> {
        if let Some(source) = self.named_source(vendor)? {
            return Err(only_gives(source));
        }
        self.connection(store, vendor)
    }

    /// The source of leads that is named by VENDOR or `-i`, connected or not.
    ///
    /// # Errors
    /// If they name two different ones.
    pub fn named_source(
        &self,
        vendor: Option<&str>,
    ) -> Result<Option<&'static SourceInfo>, CommandError> {
        let name = self.named_integration(vendor)?;
        Ok(name.as_deref().and_then(sources::lookup))
    }

    /// The connection a command means, a source of leads too where one is named.
    ///
    /// # Errors
    /// As [`Context::integration`], but for sources.
    pub fn connection(
        &self,
        store: &Store,
        vendor: Option<&str>,
    ) -> Result<Integration, CommandError> {
        let integrations = store.integrations()?;
        if let Some(name) = self.named_integration(vendor)? {
            let found = integrations
                .iter()
                .find(|integration| integration.name.eq_ignore_ascii_case(&name));
            return found.cloned().ok_or_else(|| unknown_integration(&name));
        }
        let of = |category| {
            let mut fitting: Vec<&Integration> = integrations
                .iter()
                .filter(|integration| integration.category == category)
                .collect();
            // A connected one before one that was; of several that were, the latest.
            fitting.sort_by_key(|integration| (integration.connected, integration.id));
            fitting.last().map(|integration| (*integration).clone())
        };
        match (
            of(IntegrationCategory::Crm),
            of(IntegrationCategory::Marketing),
        ) {
            (Some(crm), Some(marketing)) if !crm.connected && marketing.connected => {
                Err(CommandError::new(
                    ErrorCode::NotConnected,
                    format!("{} is not connected; {} is", crm.name, marketing.name),
                )
                .hint(format!(
                    "connect it again, or name the other with -i {}",
                    marketing.name
                ))
                .fix(format!("mobly-sync connect {}", crm.name)))
            }
            (Some(found), _) | (None, Some(found)) => Ok(found),
            (None, None) if integrations.is_empty() => Err(nothing_connected()),
            (None, None) => Err(CommandError::new(
                ErrorCode::NotConnected,
                "leads have a source and nowhere to go: no CRM is connected yet",
            )
            .fix(format!("mobly-sync connect {}", values::example_vendor()))),
        }
    }

    /// The integrations a command takes in turn: all with `-i all`, else the one meant.
    ///
    /// # Errors
    /// As [`Context::integration`].
    pub fn integrations(&self, store: &Store) -> Result<Vec<Integration>, CommandError> {
        if self
            .globals
            .integration
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("all"))
        {
            let all: Vec<Integration> = store
                .integrations()?
                .into_iter()
                .filter(|integration| integration.category != IntegrationCategory::Source)
                .collect();
            return if all.is_empty() {
                Err(nothing_connected())
            } else {
                Ok(all)
            };
        }
        Ok(vec![self.integration(store, None)?])
    }
}

/// The vendor of that name.
///
/// # Errors
/// A usage error that names the known ones, and the one that was probably meant.
pub fn vendor_info(name: &str) -> Result<&'static VendorInfo, CommandError> {
    vendors::lookup(name).ok_or_else(|| {
        let known = values::vendor_names().collect::<Vec<_>>().join(", ");
        if vendors::is_to_come(name) {
            return CommandError::new(
                ErrorCode::Unsupported,
                format!("this version does not connect {name} yet; it connects {known}"),
            )
            .hint("leads wait safely here: import them now, push them when the vendor is there")
            .fix("mobly-sync lead import FILE --event EVENT --create-event");
        }
        if let Some(source) = sources::lookup(name) {
            return only_gives(source);
        }
        let nearest = values::nearest(name, values::vendor_names());
        let error = CommandError::usage(format!(
            "{name:?} is no vendor this version connects; it connects {known}"
        ))
        .fix(format!(
            "mobly-sync connect {}",
            nearest.unwrap_or_else(values::example_vendor)
        ));
        match nearest {
            Some(vendor) => error.hint(format!("did you mean {vendor}?")),
            None if name.eq_ignore_ascii_case("all") => {
                error.hint("all integrations are named by an option: -i all")
            }
            None => error,
        }
    })
}

/// Nothing is pushed to a source.
fn only_gives(source: &SourceInfo) -> CommandError {
    CommandError::usage(format!(
        "{} is where leads come from: it has no mode, no mapping and no board, and nothing is pushed there",
        source.title
    ))
    .hint("it is for connect, disconnect, enable, disable, status, doctor and lead pull")
    .fix("mobly-sync lead pull")
}

/// The vendor behind an integration, for its words.
///
/// # Errors
/// Where the file was made by a version that knew more vendors.
pub fn vendor_of(integration: &Integration) -> Result<&'static VendorInfo, CommandError> {
    vendors::lookup(&integration.vendor)
        .ok_or_else(|| CommandError::from(SessionError::UnknownVendor(integration.vendor.clone())))
}

/// Nothing was ever connected.
#[must_use]
pub fn nothing_connected() -> CommandError {
    CommandError::new(ErrorCode::NotConnected, "nothing is connected yet")
        .fix(format!("mobly-sync connect {}", values::example_vendor()))
}

fn unknown_integration(name: &str) -> CommandError {
    match title_of(name) {
        Some(title) => CommandError::new(
            ErrorCode::NotConnected,
            format!("{title} was never connected here"),
        )
        .fix(format!("mobly-sync connect {}", name.to_lowercase())),
        None => match vendor_info(name) {
            Err(error) => error,
            Ok(_) => nothing_connected(),
        },
    }
}
