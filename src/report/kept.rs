//! The user's own columns, which stand behind those of the postings table.

use std::collections::HashMap;
use std::sync::Arc;

use crate::input::{ALL_COLUMNS, KeptCell};

/// What is put behind the name of a column that is called as one of ours.
const OWN: &str = "_kept";

/// The columns that are carried through, in the order in which the table has them.
#[derive(Debug, Clone, Default)]
pub(super) struct KeptColumns {
    columns: Vec<Arc<str>>,
    places: HashMap<Arc<str>, usize>,
    /// Whether a column that comes up is added.
    open: bool,
}

impl KeptColumns {
    /// Those that a user asks for: by name, or all that come up.
    pub(super) fn new<N: AsRef<str>>(keep: impl IntoIterator<Item = N>) -> Self {
        let mut columns = Self::default();
        for name in keep {
            if name.as_ref() == ALL_COLUMNS {
                columns.open = true;
            } else {
                columns.place_of(&name.as_ref().into());
            }
        }
        columns
    }

    /// Whether there are none, and never will be.
    pub(super) fn is_none(&self) -> bool {
        self.columns.is_empty() && !self.open
    }

    /// Whether all columns are known only when the last posting is.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Their names beside these, from which they are told by a suffix where they are the same.
    pub(super) fn beside(&self, ours: &[String]) -> Vec<String> {
        let mut names = ours.to_vec();
        for column in &self.columns {
            let mut name = column.to_string();
            while names.contains(&name) {
                name += OWN;
            }
            names.push(name);
        }
        names.split_off(ours.len())
    }

    /// The texts of a posting's cells, in the order of the columns.
    pub(super) fn texts<'k>(&mut self, kept: &'k [KeptCell]) -> Vec<&'k str> {
        let mut texts = vec![""; self.columns.len()];
        for cell in kept {
            let Some(place) = self.find(&cell.column) else { continue };
            texts.resize(self.columns.len(), "");
            texts[place] = &cell.value;
        }
        texts
    }

    fn find(&mut self, column: &Arc<str>) -> Option<usize> {
        if self.open { Some(self.place_of(column)) } else { self.places.get(column).copied() }
    }

    /// The place of a column, which is added if it is new.
    pub(super) fn place_of(&mut self, column: &Arc<str>) -> usize {
        let next = self.columns.len();
        *self.places.entry(Arc::clone(column)).or_insert_with(|| {
            self.columns.push(Arc::clone(column));
            next
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &[(&str, &str)]) -> Vec<KeptCell> {
        cells.iter().map(|(column, value)| KeptCell { column: (*column).into(), value: (*value).to_owned() }).collect()
    }

    #[test]
    fn columns_stand_in_the_order_asked_for_or_as_they_come_up() {
        let mut named = KeptColumns::new(["b", "a"]);
        assert_eq!(named.texts(&cells(&[("a", "1"), ("b", "2"), ("c", "3")])), ["2", "1"]);
        assert_eq!(named.texts(&cells(&[])), ["", ""]);
        let mut open = KeptColumns::new(["b", "*"]);
        assert_eq!(open.texts(&cells(&[("a", "1"), ("b", "2")])), ["2", "1"]);
        assert_eq!(open.texts(&cells(&[("c", "3")])), ["", "", "3"]);
        assert!(KeptColumns::new([""; 0]).is_none() && !open.is_none() && open.is_open());
    }

    #[test]
    fn a_name_of_ours_is_not_given_twice() {
        let ours = ["id", "source"].map(str::to_owned);
        let kept = KeptColumns::new(["Ref", "source", "source_kept", "Id"]);
        assert_eq!(kept.beside(&ours), ["Ref", "source_kept", "source_kept_kept", "Id"]);
    }
}
