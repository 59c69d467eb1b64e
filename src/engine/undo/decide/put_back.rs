//! Fields that go back to what they held, while they hold what the run wrote.

use serde_json::{Map, Value};

use super::super::Left;
use super::super::look::link_field;
use super::super::plan::{Item, PutBack, Settled, UndoPlan};
use super::{Seen, alike, changed_by, current, is_named, left, shown};
use crate::domain::remote::RemoteField;
use crate::domain::write::is_blank;
use crate::store::ChangeKind;
use crate::vendors::{ObjectInfo, RemoteRecord, Values, Vendor};

/// Fields of a record that was there before.
pub(in crate::engine::undo) fn put_back(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    fields: &[String],
    plan: &mut UndoPlan,
) {
    let before = item.change.before.as_ref().and_then(Value::as_object);
    restore(vendor, info, item, seen, fields, before, plan);
}

/// Single fields of a record the run made: they held nothing before. The record itself stays to be taken back.
pub(in crate::engine::undo) fn blank(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    fields: &[String],
    plan: &mut UndoPlan,
) {
    restore(vendor, info, item, seen, fields, Some(&Map::new()), plan);
}

fn restore(
    vendor: &dyn Vendor,
    info: &'static ObjectInfo,
    item: &Item,
    seen: &Seen<'_>,
    fields: &[String],
    before: Option<&Map<String, Value>>,
    plan: &mut UndoPlan,
) {
    let change = &item.change;
    let Some(record) = seen.record else {
        let why = "it is not there any more";
        plan.left.push(left(change, None, why, None));
        return;
    };
    if let Some((object, id)) = &record.instead {
        let why = format!("it became {object} {id}");
        plan.left.push(left(change, None, why, None));
        return;
    }
    let mut back = PuttingBack {
        vendor,
        info,
        item,
        record,
        before,
        values: Values::new(),
        now: Map::new(),
        then: Map::new(),
        whole: change.kind == ChangeKind::Updated,
    };
    let mut any = false;
    for (name, after) in change.after.as_object().into_iter().flatten() {
        if is_named(fields, info.key, name) {
            any = true;
            back.take(name, after, seen, plan);
        } else {
            back.whole = false;
        }
    }
    if any {
        back.end(plan);
    }
}

/// The fields of one record on their way back.
struct PuttingBack<'a> {
    vendor: &'a dyn Vendor,
    info: &'static ObjectInfo,
    item: &'a Item,
    record: &'a RemoteRecord,
    /// What they held; `None`: nobody knows.
    before: Option<&'a Map<String, Value>>,
    values: Values,
    now: Map<String, Value>,
    then: Map<String, Value>,
    whole: bool,
}

impl PuttingBack<'_> {
    fn take(&mut self, name: &str, after: &Value, seen: &Seen<'_>, plan: &mut UndoPlan) {
        let held = self.record.values.get(name).unwrap_or(&Value::Null).clone();
        let after = current(self.vendor, plan, name, after);
        let before = self.before.map(|before| before.get(name));
        let back = before.map(|before| {
            let before = before.unwrap_or(&Value::Null);
            current(self.vendor, plan, name, before)
        });
        let Some(field) = seen.schema.and_then(|schema| schema.field(name)) else {
            // What the vendor tells no field of is a part of another (a name's, an address').
            if back.is_none_or(|back| held != back) {
                let why = "the field is not there any more";
                self.stays(left(&self.item.change, Some(name), why, None), plan);
            }
            return;
        };
        if let Some(back) = back.as_ref().filter(|back| self.alike(field, &held, back)) {
            let is_lost_answer = self.item.sent && !self.item.put_back.contains(name);
            if is_lost_answer && !self.alike(field, &held, &after) {
                self.now.insert(name.to_owned(), after);
                self.then.insert(name.to_owned(), back.clone());
            }
            return;
        }
        if let Some(theirs) = self.theirs(field, name, &held, &after) {
            return self.stays(theirs, plan);
        }
        let back = match (back, self.cannot(field, name)) {
            (Some(back), None) => back,
            (back, why) => {
                let unknown = "what it held before was not known when it was written over";
                let why = back.and(why).unwrap_or(unknown);
                self.whole = false;
                let why = left(&self.item.change, Some(name), why, None);
                return plan.impossible.push(why);
            }
        };
        let sent = match &back {
            Value::Array(_) => back.clone(),
            back if is_blank(back) => self.vendor.blank(field),
            back => back.clone(),
        };
        self.values.insert(name.to_owned(), sent);
        self.now.insert(name.to_owned(), held);
        self.then.insert(name.to_owned(), back);
    }

    /// A field that somebody else, or a later run of ours, has written since.
    fn theirs(&self, field: &RemoteField, name: &str, held: &Value, after: &Value) -> Option<Left> {
        let by = self.item.later_by(name);
        let why = if !self.alike(field, held, after) {
            format!("holds {} now, not what was written", shown(held))
        } else {
            by.as_ref()?;
            "a later run wrote it too".to_owned()
        };
        let by = by.or_else(|| changed_by(self.vendor.authorship(self.info.key), self.record));
        Some(left(&self.item.change, Some(name), why, by))
    }

    /// Why the vendor does not take a field back.
    fn cannot(&self, field: &RemoteField, name: &str) -> Option<&'static str> {
        let is_link = link_field(&self.vendor.plan().link) == Some(name);
        match (field.writable, is_link) {
            (true, _) => None,
            (false, true) => Some("the vendor takes no person out of its company"),
            (false, false) => Some("the field is read-only now"),
        }
    }

    fn stays(&mut self, left: Left, plan: &mut UndoPlan) {
        self.whole = false;
        plan.left.push(left);
    }

    fn alike(&self, field: &RemoteField, left: &Value, right: &Value) -> bool {
        alike(self.vendor, field, left, right)
    }

    fn end(mut self, plan: &mut UndoPlan) {
        let change = &self.item.change;
        let wanted: Vec<String> = self.values.keys().cloned().collect();
        let notes = self
            .vendor
            .settle_back(self.info.key, self.record, &mut self.values);
        if !notes.is_empty() {
            for name in wanted {
                if !self.values.contains_key(&name) {
                    let why = left(change, Some(&name), notes.join("; "), None);
                    plan.impossible.push(why);
                    self.now.remove(&name);
                    self.then.remove(&name);
                    self.whole = false;
                }
            }
        }
        let (item, now, then, whole) = (self.item.clone(), self.now, self.then, self.whole);
        if !self.values.is_empty() {
            plan.put_back.push(PutBack {
                item,
                info: self.info,
                values: self.values,
                now,
                then,
                whole,
            });
        } else if whole || !then.is_empty() {
            plan.settled.push(Settled {
                item,
                now,
                then,
                whole,
            });
        }
    }
}
