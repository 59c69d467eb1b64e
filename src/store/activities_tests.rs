#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::sync_state::State;
use crate::store::fixtures::{account, crm, lead, now};
use crate::store::ledger::Commit;
use crate::store::test_support::{assert_counters, count, row, settle, state};
use crate::store::{NewRun, RunFrame};

fn note(lead: LeadId, text: &str) -> NewActivity {
    NewActivity {
        lead,
        kind: ActivityKind::Call,
        text: text.to_owned(),
        at: now(),
        author: Some("ann".to_owned()),
        source: Channel::Manual,
    }
}
