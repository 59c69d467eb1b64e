//! The board as one page: a file that stands alone, opens without a network and can be sent to somebody without a terminal.
//!
//! What was counted is written out here, so that it is readable where scripts are switched off; the leads stand in the page
//! as data, which its script lists and searches. The page may load nothing and send nothing, its own policy forbids it.

pub(in crate::ui) mod parts;

use std::io::{self, Write};

use serde_json::{Value, json};

use super::BoardView;
use parts::escape;

/// Where scripts run they read the page anew themselves, and not while somebody searches in it.
const LIVE: &str = concat!(
    "<meta name=\"live\" content=\"5\">\n",
    "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>"
);
const TEMPLATE: &str = include_str!("page.html");
pub(in crate::ui) const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// One lead of the page.
#[derive(Debug, Clone, Default)]
pub struct PageLead {
    /// Our id of it.
    pub id: String,
    /// The person's name; empty where the page holds no personal data.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// The events.
    pub events: Vec<String>,
    /// The column of the board.
    pub state: String,
    /// Why it failed.
    pub category: String,
    /// Whether the person is at the vendor all the same.
    pub landed: bool,
    /// The record there.
    pub record: String,
    /// Where people see that record.
    pub link: String,
    /// What happened, in words.
    pub message: String,
    /// Why it waits or is held.
    pub reason: String,
    /// Its attempts, where they were asked for.
    pub log: Option<Value>,
}

/// Writes a page lead by lead: a hundred thousand of them are never held at once.
pub struct PageWriter<W: Write> {
    out: W,
    rest: String,
    any: bool,
}

impl<W: Write> PageWriter<W> {
    /// Begins a page with what was counted. A live one reads itself anew, since whoever writes it does so again and again.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(mut out: W, board: &BoardView, live: bool) -> io::Result<Self> {
        let event = board.heading.parts.first().cloned().unwrap_or_default();
        let title = format!("{event} in {} · mobly-sync", board.heading.vendor);
        let page = TEMPLATE
            .replace("{{style}}", STYLE)
            .replace("{{script}}", SCRIPT)
            .replace("{{live}}", if live { LIVE } else { "" })
            .replace("{{title}}", &escape(&title))
            .replace("{{vendor}}", &escape(&board.heading.vendor))
            .replace("{{account}}", &escape(&board.heading.account))
            .replace("{{parts}}", &escape(&board.heading.parts.join(" · ")))
            .replace("{{donut}}", &parts::donut(board.summary))
            .replace("{{sums}}", &parts::sums(board))
            .replace("{{failed}}", &parts::failed(board))
            .replace("{{waiting}}", &parts::waiting(board))
            .replace("{{events}}", &parts::events(board));
        // What people wrote may hold the mark too, and stands before the page's own.
        let (head, rest) = page.rsplit_once("{{leads}}").unwrap_or((&page, ""));
        out.write_all(head.as_bytes())?;
        out.write_all(b"[")?;
        Ok(Self {
            out,
            rest: rest.to_owned(),
            any: false,
        })
    }

    /// Adds a lead.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn lead(&mut self, lead: &PageLead) -> io::Result<()> {
        let row = json!([
            lead.id,
            lead.name,
            lead.email,
            lead.events,
            lead.state,
            lead.category,
            u8::from(lead.landed),
            lead.record,
            lead.link,
            lead.message,
            lead.reason,
            lead.log,
        ]);
        let separator: &[u8] = if self.any { b",\n" } else { b"\n" };
        self.any = true;
        self.out.write_all(separator)?;
        // Nothing inside may end the script that holds it.
        self.out
            .write_all(row.to_string().replace('<', "\\u003c").as_bytes())
    }

    /// Ends the page.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn end(mut self) -> io::Result<W> {
        self.out.write_all(b"]")?;
        self.out.write_all(self.rest.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests;
