//! Rows in the order they came to be, found by id, too.

use std::collections::HashMap;

pub(super) struct Table<T> {
    /// By ascending number, so that a number is found by halving.
    entries: Vec<Entry<T>>,
    numbers: HashMap<String, u64>,
    next: u64,
}

pub(super) struct Entry<T> {
    number: u64,
    pub(super) id: String,
    pub(super) row: T,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            numbers: HashMap::new(),
            next: 0,
        }
    }
}

impl<T> Table<T> {
    /// Adds a row, or puts it in the place of the one with this id.
    pub(super) fn insert(&mut self, id: impl Into<String>, row: T) {
        let id = id.into();
        if let Some(place) = self.place(&id) {
            self.entries[place].row = row;
            return;
        }
        let number = self.next;
        self.next += 1;
        self.numbers.insert(id.clone(), number);
        self.entries.push(Entry { number, id, row });
    }

    fn place(&self, id: &str) -> Option<usize> {
        let number = self.numbers.get(id)?;
        let place = self
            .entries
            .binary_search_by_key(number, |entry| entry.number);
        place.ok()
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        Some(&self.entries[self.place(id)?].row)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let place = self.place(id)?;
        Some(&mut self.entries[place].row)
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<T> {
        let place = self.place(id)?;
        self.numbers.remove(id);
        Some(self.entries.remove(place).row)
    }

    /// Keeps the rows the question is true of.
    pub(super) fn retain(&mut self, keeps: impl Fn(&T) -> bool) {
        let numbers = &mut self.numbers;
        self.entries.retain(|entry| {
            let kept = keeps(&entry.row);
            if !kept {
                numbers.remove(&entry.id);
            }
            kept
        });
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.numbers.contains_key(id)
    }

    pub(super) fn entries(&self) -> &[Entry<T>] {
        &self.entries
    }

    pub(super) fn rows_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.iter_mut().map(|entry| &mut entry.row)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_after_others_left() {
        let mut table = Table::default();
        for name in ["a", "b", "c", "d", "e"] {
            table.insert(name, name.to_owned());
        }
        table.remove("b");
        table.retain(|row| row != "d");
        table.insert("c", "C".to_owned());
        let rows: Vec<&str> = table.entries().iter().map(|e| e.row.as_str()).collect();
        assert_eq!(rows, ["a", "C", "e"]);
        assert_eq!(table.get("e").map(String::as_str), Some("e"));
        assert!(table.get("b").is_none() && !table.contains("d") && table.len() == 3);
    }
}
