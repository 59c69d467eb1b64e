//! Every company of a run, and whose turn it is at each: the first window that needs one settles it, the others wait.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::watch;

use super::{CompanyEnd, Demand, merge_demand};
use crate::domain::company;
use crate::engine::session::parking::Lock;

/// Tells the end of a company to those who wait for it.
pub(super) type Sender = watch::Sender<Option<Arc<CompanyEnd>>>;
/// Waits for the end of a company.
pub(super) type Receiver = watch::Receiver<Option<Arc<CompanyEnd>>>;

/// Every company of the run.
#[derive(Default)]
pub(in crate::engine) struct CompanyDesk {
    places: Lock<Places>,
}

#[derive(Default)]
struct Places {
    entries: HashMap<String, Receiver>,
    /// Names by which companies known by their domain are meant too, with the key they stand under.
    aliases: HashMap<String, String>,
    /// The names of companies that are being settled of which nothing else is known.
    names: HashSet<String>,
}

/// What a window does about the companies it needs.
#[derive(Default)]
pub(super) struct Turns {
    /// To be settled here and now.
    pub(super) ours: Vec<Demand>,
    /// To be settled here once their namesakes are.
    pub(super) after: Vec<Demand>,
    /// Companies another window is at that may be those of `after`.
    pub(super) namesakes: Vec<Receiver>,
    /// Who waits for ours.
    pub(super) senders: HashMap<String, Sender>,
    /// Settled, or being settled, by others.
    pub(super) others: Vec<(Demand, Receiver)>,
    /// How companies of `ours` stood that are written once more.
    pub(super) before: HashMap<String, Arc<CompanyEnd>>,
    /// Keys that are meant by another one's turn.
    pub(super) meant: Vec<(String, String)>,
}

impl CompanyDesk {
    /// Takes the turns that are free.
    pub(super) fn take(&self, demands: Vec<Demand>) -> Turns {
        let mut places = self.places.lock();
        let mut turns = Turns::default();
        let mut more = BTreeMap::new();
        for demand in demands {
            let home = places.home(&demand.key);
            let standing = places.entries.get(&home).cloned();
            let end = standing.as_ref().and_then(|held| held.borrow().clone());
            match (standing, end) {
                (Some(receiver), None) => turns.others.push((demand, receiver)),
                (Some(receiver), Some(end)) => match demand.rest(&end) {
                    None => turns.others.push((demand, receiver)),
                    Some(rest) if matches!(*end, CompanyEnd::Absent) => {
                        places.forget_key(&home);
                        places.begin(rest, &mut turns);
                    }
                    Some(rest) => {
                        turns.meant.push((rest.key.clone(), home.clone()));
                        turns.before.insert(home.clone(), end);
                        merge_demand(&mut more, Demand { key: home, ..rest });
                    }
                },
                (None, _) => places.begin(demand, &mut turns),
            }
        }
        for (key, rest) in more {
            places.open(&key, &mut turns);
            turns.ours.push(rest);
        }
        turns
    }

    /// A company turned out to be gone: later leads look for it anew.
    pub(super) fn forget_key(&self, key: &str) {
        self.places.lock().forget_key(key);
    }

    /// A company is settled: nobody needs to wait for its name any more.
    pub(super) fn settled_name(&self, key: &str) {
        self.places.lock().names.remove(key);
    }

    /// A company's record turned out to be gone: later leads look for it anew.
    pub(in crate::engine) fn forget(&self, remote_id: &str) {
        self.places.lock().entries.retain(|_, receiver| {
            !matches!(receiver.borrow().as_deref(), Some(CompanyEnd::Ready { id, .. }) if id == remote_id)
        });
    }

    /// The record of a company that is settled under this key.
    pub(super) fn settled(&self, key: &str) -> Option<String> {
        let places = self.places.lock();
        let receiver = places.entries.get(&places.home(key))?;
        match receiver.borrow().as_deref() {
            Some(CompanyEnd::Ready { id, .. }) => Some(id.clone()),
            _ => None,
        }
    }

    /// Companies that could not be known before now are looked at anew.
    pub(in crate::engine) fn forget_doubts(&self) {
        self.places.lock().entries.retain(|_, receiver| {
            !matches!(
                receiver.borrow().as_deref(),
                Some(CompanyEnd::NotBefore(_) | CompanyEnd::NotTried | CompanyEnd::Nobodys { .. })
            )
        });
    }
}

impl Places {
    /// The key a company stands under.
    fn home(&self, key: &str) -> String {
        let alias = self.aliases.get(key).filter(|home| {
            !self.entries.contains_key(key) && self.entries.contains_key(home.as_str())
        });
        alias.map_or_else(|| key.to_owned(), Clone::clone)
    }

    fn forget_key(&mut self, key: &str) {
        self.entries.remove(key);
    }

    /// Opens a place others wait at.
    fn open(&mut self, key: &str, turns: &mut Turns) {
        let (sender, receiver) = watch::channel(None);
        self.entries.insert(key.to_owned(), receiver);
        turns.senders.insert(key.to_owned(), sender);
    }

    /// A company nobody has been at.
    fn begin(&mut self, demand: Demand, turns: &mut Turns) {
        self.open(&demand.key, turns);
        let alias = demand.name.as_deref().and_then(company::name_key);
        let alias = alias.map(|name| format!("n:{name}"));
        match alias {
            // Another window is at a company of this name, and may be making it: it may be this one.
            Some(alias) if alias != demand.key && self.names.contains(&alias) => {
                turns.namesakes.extend(self.entries.get(&alias).cloned());
                turns.after.push(demand);
                return;
            }
            Some(alias) if alias == demand.key => {
                self.names.insert(alias);
            }
            // A company known by its domain is the one later leads mean by its name.
            Some(alias) if !self.entries.contains_key(&alias) => {
                self.aliases.insert(alias, demand.key.clone());
            }
            _ => {}
        }
        turns.ours.push(demand);
    }
}
