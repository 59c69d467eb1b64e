//! The options of `connect` that only some vendors have, as data: the command line makes its flags of them.

/// One option of `connect`.
pub struct VendorOption {
    /// The flag without dashes, and the key among a connection's options: `data-center`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// What it takes.
    pub kind: OptionKind,
    /// What changing it later means, told as a warning; empty: nothing worth telling.
    pub on_change: &'static str,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// Nothing: it is there or not. `--name=false` takes it back.
    Switch,
    /// One of these words; the first holds where none is named.
    Choice(&'static [(&'static str, &'static str)]),
    /// Any text, named so in the help.
    Text(&'static str),
}
