//! One HubSpot account: everything the sandbox remembers.

use std::sync::Arc;

use super::access::Access;
use super::events::{MarketingEvent, Spelling};
use super::limits::Limits;
use super::links::Links;
use super::lists::StaticList;
use super::object_type::ObjectType;
use super::table::{ObjectTable, Record};
use crate::sandbox::SandboxOptions;
use crate::sandbox::time::SandboxClock;

/// Ids start high and are shared by all types, so that a mixed-up id is refused instead of hitting something.
const FIRST_ID: u64 = 100_001;

#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) id: u64,
    pub(super) user_id: u64,
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) archived: bool,
}

pub(super) struct Portal {
    pub(super) options: SandboxOptions,
    pub(super) clock: Arc<SandboxClock>,
    random: fastrand::Rng,
    next_id: u64,
    tables: Vec<ObjectTable>,
    pub(super) links: Links,
    pub(super) owners: Vec<Owner>,
    pub(super) lists: Vec<StaticList>,
    pub(super) events: Vec<MarketingEvent>,
    pub(super) event_spelling: Spelling,
    pub(super) access: Access,
    pub(super) limits: Limits,
    /// Largest accepted search body; the guide speaks of 3,000 characters, the field of more.
    pub(super) search_body_limit: Option<usize>,
}

impl Portal {
    pub(super) fn new(options: SandboxOptions, clock: Arc<SandboxClock>) -> Self {
        Self {
            random: fastrand::Rng::with_seed(options.seed),
            next_id: FIRST_ID,
            tables: ObjectType::ALL.into_iter().map(ObjectTable::new).collect(),
            links: Links::default(),
            owners: standard_owners(),
            lists: Vec::new(),
            events: Vec::new(),
            event_spelling: Spelling::default(),
            access: Access::new(&options.tokens),
            limits: Limits::new(options.rate, options.daily_limit),
            search_body_limit: None,
            options,
            clock,
        }
    }

    pub(super) fn table(&self, kind: ObjectType) -> &ObjectTable {
        &self.tables[kind as usize]
    }

    pub(super) fn table_mut(&mut self, kind: ObjectType) -> &mut ObjectTable {
        &mut self.tables[kind as usize]
    }

    pub(super) fn new_id(&mut self) -> u64 {
        // Gaps, as in a real account: nobody may count on consecutive ids.
        self.next_id += 1 + self.random.u64(0..9);
        self.next_id
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now_milliseconds()
    }

    /// Saves a record and lets searches find it after the index lag.
    pub(super) fn store(&mut self, kind: ObjectType, record: Record) {
        let now = self.clock.elapsed();
        let visible_at = now + self.options.search_lag;
        let table = self.table_mut(kind);
        table.store(record, Some(visible_at));
        // Otherwise an account that is only written to would keep every version of every record.
        table.index.catch_up(now);
    }

    pub(super) fn exists(&self, kind: ObjectType, id: &str) -> Option<u64> {
        let id = id.trim().parse().ok()?;
        self.table(kind).live(id).map(|record| record.id)
    }

    /// A random identifier in the form of a version 4 UUID.
    pub(super) fn new_uuid(&mut self) -> String {
        let bits = self.random.u128(..);
        let hex = format!("{bits:032x}");
        format!(
            "{}-{}-4{}-a{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..]
        )
    }
}

fn standard_owners() -> Vec<Owner> {
    let owner = |id, user_id, first_name: &str, last_name: &str| Owner {
        id,
        user_id,
        email: format!(
            "{}.{}@sandbox.example",
            first_name.to_lowercase(),
            last_name.to_lowercase()
        ),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        archived: false,
    };
    vec![
        owner(41, 9041, "Olivia", "Stone"),
        owner(42, 9042, "Marcus", "Reed"),
        owner(43, 9043, "Priya", "Nair"),
    ]
}
