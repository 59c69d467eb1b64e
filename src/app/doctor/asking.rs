//! Asking one vendor, step by step: reached, signed in, who, then the rest at once. Each step has a bound of its own, so that
//! a vendor that hangs costs seconds; the first that fails ends it.

use std::time::Duration;

use futures_util::future::{join_all, join3};

use super::connection::Local;
use crate::app::Session;
use crate::domain::remote::ObjectSchema;
use crate::secrets::StoredCredential;
use crate::transport::{Reached, RetryPolicy};
use crate::vendors::{Budget, CallError, RemoteAccount, Scopes};

/// How long one step may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a step may take that may renew the sign-in: another process may be at it.
const PATIENCE_TO_RENEW: Duration = Duration::from_secs(60);

/// Once more after a failure, and not for long: somebody waits for the answer.
pub(super) const POLICY: RetryPolicy = RetryPolicy {
    tries: 2,
    first_pause: Duration::from_millis(400),
    longest_pause: Duration::from_secs(1),
    longest_wait: Duration::from_secs(5),
    total: Duration::from_secs(8),
};

/// What became of a step.
pub(super) enum Step<T> {
    /// An answer.
    Answered(T),
    /// A refusal, or none in time.
    Failed(Trouble),
    /// Not taken.
    Untaken,
}

/// Why a step failed.
pub(super) enum Trouble {
    /// The vendor's word, or none.
    Call(Box<CallError>),
    /// Nothing within the bound.
    Late(Duration),
}

/// What a vendor told.
pub(super) struct Asked {
    pub(super) reached: Step<Result<Reached, String>>,
    pub(super) account: Step<RemoteAccount>,
    /// The sign-in as it is kept after it was used: it may have been renewed.
    pub(super) credential: Option<StoredCredential>,
    pub(super) permissions: Step<Option<Scopes>>,
    /// By the object's name.
    pub(super) schemas: Vec<(&'static str, Step<ObjectSchema>)>,
    pub(super) budget: Step<Option<Budget>>,
}

impl Asked {
    fn nothing() -> Self {
        Self {
            reached: Step::Untaken,
            account: Step::Untaken,
            credential: None,
            permissions: Step::Untaken,
            schemas: Vec::new(),
            budget: Step::Untaken,
        }
    }
}

/// Asks the vendor of a connection.
pub(super) async fn ask(local: &Local) -> Asked {
    let mut asked = Asked::nothing();
    if let Some(transport) = &local.transport {
        let reached = transport.reach(PATIENCE).await;
        let went_on = reached.is_ok();
        asked.reached = Step::Answered(reached);
        if !went_on {
            return asked;
        }
    }
    let Ok(opened) = &local.opened else {
        return asked;
    };
    let patience = if opened.renews {
        PATIENCE_TO_RENEW
    } else {
        PATIENCE
    };
    asked.account = within(patience, opened.session.vendor.account()).await;
    let _ = opened.session.settle().await;
    if let Some(keeper) = &opened.keeper {
        asked.credential = keeper.load().await.ok().flatten();
    }
    let Step::Answered(account) = &asked.account else {
        return asked;
    };
    if !local.is_of(&account.id) {
        return asked;
    }
    let granted = asked
        .credential
        .as_ref()
        .unwrap_or(&opened.credential)
        .scopes
        .clone();
    ask_the_rest(local, &opened.session, granted.as_deref(), &mut asked).await;
    asked
}

async fn ask_the_rest(
    local: &Local,
    session: &Session,
    granted: Option<&[String]>,
    asked: &mut Asked,
) {
    let vendor = &session.vendor;
    let schemas = join_all(local.wanted().map(|(object, fields)| async move {
        let answer = within(PATIENCE, vendor.describe(object, fields)).await;
        (object, answer)
    }));
    let (permissions, schemas, budget) = join3(
        within(PATIENCE, vendor.permissions(granted)),
        schemas,
        within(PATIENCE, vendor.budget()),
    )
    .await;
    asked.permissions = permissions;
    asked.schemas = schemas;
    asked.budget = budget;
}

async fn within<T>(
    patience: Duration,
    call: impl Future<Output = Result<T, CallError>>,
) -> Step<T> {
    match tokio::time::timeout(patience, call).await {
        Ok(Ok(answer)) => Step::Answered(answer),
        Ok(Err(error)) => Step::Failed(Trouble::Call(Box::new(error))),
        Err(_) => Step::Failed(Trouble::Late(patience)),
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Call(error) => error.kind.fmt(formatter),
            Self::Late(patience) => {
                write!(formatter, "no answer within {} seconds", patience.as_secs())
            }
        }
    }
}
