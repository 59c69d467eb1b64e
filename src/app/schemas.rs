//! The vendor's fields as they are now, or as they were when the vendor could last be asked.

use std::sync::Arc;

use futures_util::future::try_join_all;
use jiff::Timestamp;

use super::pushing::check_account;
use super::{App, Pace, PushError};
use crate::domain::integration::Integration;
use crate::domain::remote::ObjectSchema;
use crate::engine::events::Reporter;
use crate::engine::set_up::ObjectFields;
use crate::store::{Store, StoreError};
use crate::vendors::{CallError, ObjectInfo};

/// The fields of some objects.
pub struct Schemas {
    /// One by one, in the order asked.
    pub objects: Vec<ObjectFields>,
    /// When the oldest of them was read.
    pub read_at: Timestamp,
    /// Why the vendor was not asked just now; `None`: it was.
    pub stale: Option<String>,
}

/// Why the fields are not known at all.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// Not connected, and nothing is remembered.
    #[error("{0} is not connected, and its fields were never read")]
    NotConnected(String),
    /// The vendor cannot be asked.
    #[error(transparent)]
    Open(#[from] PushError),
    /// The vendor did not answer.
    #[error(transparent)]
    Call(Box<CallError>),
}

impl From<StoreError> for SchemaError {
    fn from(error: StoreError) -> Self {
        Self::Open(error.into())
    }
}

impl App {
    /// Reads the fields of some objects and keeps them. Where the vendor cannot be asked, what was kept last is given;
    /// `wanted` names fields whose users are needed.
    ///
    /// # Errors
    /// Where the token is another account's; where the vendor cannot be asked and nothing was kept.
    pub async fn schemas(
        &self,
        store: &mut Store,
        integration: &Integration,
        objects: &[&'static ObjectInfo],
        wanted: &[String],
        reporter: Arc<dyn Reporter>,
    ) -> Result<Schemas, SchemaError> {
        let not_connected = || SchemaError::NotConnected(integration.name.clone());
        let account = integration.account.as_ref().ok_or_else(not_connected)?.id;
        let error = if integration.connected {
            match self
                .ask(store, integration, objects, wanted, reporter)
                .await
            {
                Ok((read, now)) => {
                    for fields in &read {
                        store.save_schema(account, fields.info.key, &fields.schema, now)?;
                    }
                    return Ok(Schemas {
                        objects: read,
                        read_at: now,
                        stale: None,
                    });
                }
                // What is known of one account must not be changed with another's token at hand.
                Err(error @ SchemaError::Open(PushError::WrongAccount { .. })) => {
                    return Err(error);
                }
                Err(error) => error,
            }
        } else {
            not_connected()
        };
        let mut kept = Vec::new();
        let mut oldest: Option<Timestamp> = None;
        for info in objects {
            let Some((schema, read_at)) = store.schema(account, info.key)? else {
                return Err(error);
            };
            oldest = Some(oldest.map_or(read_at, |oldest| oldest.min(read_at)));
            kept.push(ObjectFields { info, schema });
        }
        let stale = match &error {
            SchemaError::NotConnected(name) => format!("{name} is not connected"),
            error => error.to_string(),
        };
        Ok(Schemas {
            objects: kept,
            read_at: oldest.unwrap_or_default(),
            stale: Some(stale),
        })
    }

    async fn ask(
        &self,
        store: &Store,
        integration: &Integration,
        objects: &[&'static ObjectInfo],
        wanted: &[String],
        reporter: Arc<dyn Reporter>,
    ) -> Result<(Vec<ObjectFields>, Timestamp), SchemaError> {
        let clock = self.clock(&store.integrations()?);
        let session = self
            .open_session(
                store,
                integration,
                Arc::clone(&clock),
                Pace::default(),
                Some(reporter),
            )
            .map_err(PushError::from)?;
        check_account(&session, integration).await?;
        let read = objects
            .iter()
            .map(|info| session.vendor.describe(info.key, wanted));
        let schemas: Vec<ObjectSchema> = try_join_all(read)
            .await
            .map_err(|error| SchemaError::Call(Box::new(error)))?;
        let fields = objects
            .iter()
            .zip(schemas)
            .map(|(info, schema)| ObjectFields { info, schema })
            .collect();
        Ok((fields, clock.now()))
    }
}
