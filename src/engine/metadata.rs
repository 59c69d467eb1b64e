//! The vendor's fields: what to read of its objects, and what it told of them.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::in_person;
use super::session::Session;
use crate::domain::remote::ObjectSchema;
use crate::vendors::{CallError, CallErrorKind, KeyKind, Step};

/// A rule older than this is read again before it refuses a lead (decisions.md 21).
const METADATA_LIFE: SignedDuration = SignedDuration::from_secs(60);

/// The vendor's fields as read at one time.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) schemas: HashMap<&'static str, Arc<ObjectSchema>>,
    pub(super) read_at: Option<Timestamp>,
}

impl Session {
    /// The fields to read of an object: what is mapped to it, what stands for campaigns there, and
    /// what matching needs.
    pub(super) fn fields_of(&self, object: &'static str) -> Vec<String> {
        let mut fields: Vec<String> = self
            .rules
            .iter()
            .filter(|rule| rule.object == object)
            .map(|rule| rule.remote.clone())
            .chain(
                self.qualifiers
                    .iter()
                    .filter(|rule| rule.object == object)
                    .map(|rule| rule.remote.clone()),
            )
            .chain(
                self.object(object)
                    .into_iter()
                    .flat_map(|info| info.always_read.iter().map(|name| (*name).to_owned())),
            )
            .chain(in_person::field_of(self, object).map(str::to_owned))
            .chain(self.campaigns.marked_fields(object).map(str::to_owned))
            .chain(self.external_id_field(object).map(str::to_owned))
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// The vendor's unique field that we fill, where the object is asked for it: what somebody else put there must be seen.
    fn external_id_field(&self, object: &str) -> Option<&str> {
        let field = self.integration.settings.external_id.as_deref()?;
        let asked = |step: &Step| step.object == object && step.by == KeyKind::ExternalId;
        self.plan.person.iter().any(asked).then_some(field)
    }

    /// The schema of an object; read before ([`Session::read_metadata`]).
    pub(super) async fn schema(&self, object: &str) -> Arc<ObjectSchema> {
        self.metadata
            .read()
            .await
            .schemas
            .get(object)
            .cloned()
            .unwrap_or_default()
    }

    /// Reads the fields of every object that is mapped and that this connection writes, unless they were read a moment ago.
    pub(super) async fn read_metadata(&self) -> Result<(), CallError> {
        let now = self.clock.now();
        let fresh = |metadata: &Metadata| {
            metadata
                .read_at
                .is_some_and(|at| now.duration_since(at) < METADATA_LIFE)
        };
        if fresh(&*self.metadata.read().await) {
            return Ok(());
        }
        let mut metadata = self.metadata.write().await;
        // Another window met a refused sign-in or an outage while this one waited: asking again would tell the same.
        if fresh(&metadata) || self.stopped() {
            return Ok(());
        }
        let mapped = |object: &str| {
            self.rules.iter().any(|rule| rule.object == object)
                || self.qualifiers.iter().any(|rule| rule.object == object)
                || self.campaigns.marked_fields(object).next().is_some()
        };
        let objects: Vec<&'static str> = self
            .vendor
            .info()
            .objects
            .iter()
            .map(|object| object.key)
            .filter(|key| self.writes(key) || self.plan.create_company == Some(*key))
            .filter(|key| mapped(key))
            .collect();
        let reads = objects.iter().map(|object| {
            let wanted = self.fields_of(object);
            async move {
                self.vendor
                    .describe(object, &wanted)
                    .await
                    .map(|schema| (*object, schema))
            }
        });
        for read in futures_util::future::join_all(reads).await {
            let (object, schema) = read?;
            let (account, kept) = (self.frame.account, schema.clone());
            metadata.schemas.insert(object, Arc::new(schema));
            self.store
                .call(move |store| store.save_schema(account, object, &kept, now))
                .await
                .map_err(|error| {
                    CallError::new(CallErrorKind::Unavailable {
                        retry_after: None,
                        message: error.to_string(),
                    })
                })?;
        }
        metadata.read_at = Some(now);
        Ok(())
    }
}
