//! `status`: every connection with its numbers, then what needs a person. Piped it is one record a line, tab-separated, the
//! first field telling the kind of record.

use super::Ui;
use super::format::{clean, count, pad, wrap};
use super::theme::Theme;
use crate::domain::board::Summary;
use crate::domain::integration::ConnectionState;

/// Where the blocks' text begins.
const MARGIN: usize = 11;

/// Everything the screen shows.
#[derive(Debug, Clone, Default)]
pub struct StatusView {
    /// The first line: program, file, counts.
    pub heading: Vec<String>,
    /// The connections.
    pub integrations: Vec<IntegrationView>,
    /// What needs a person.
    pub needs: Vec<NeedView>,
    /// What `Nothing needs you` is followed by.
    pub as_of: Option<String>,
}

/// One connection.
#[derive(Debug, Clone)]
pub struct IntegrationView {
    /// `CRM`.
    pub category: &'static str,
    /// The name for people.
    pub vendor: String,
    /// The name `-i` takes.
    pub name: String,
    /// Its state.
    pub state: ConnectionState,
    /// The account as the vendor numbers it.
    pub account: Option<String>,
    /// Account, number, environment, for people.
    pub account_parts: Vec<String>,
    /// `production`, …
    pub environment: Option<&'static str>,
    /// `automatic` or `manual`; empty for a source of leads.
    pub mode: &'static str,
    /// Mode, sign-in, for people.
    pub parts: Vec<String>,
    /// The sums of the board; none for a source of leads.
    pub summary: Option<Summary>,
    /// Further lines: last push, budget.
    pub lines: Vec<String>,
}

/// One need.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct NeedView {
    pub code: String,
    pub count: u64,
    pub message: String,
    pub command: String,
}

/// Writes it to standard output.
pub fn print(ui: &Ui, view: &StatusView) {
    if ui.out_is_terminal() {
        for line in screen(ui, view) {
            ui.data(line.trim_end());
        }
    } else {
        for line in records(view) {
            ui.data(line);
        }
    }
}

fn records(view: &StatusView) -> Vec<String> {
    let mut lines = Vec::new();
    for one in &view.integrations {
        let sum = |of: fn(&Summary) -> u64| one.summary.as_ref().map(of);
        let number = |of| sum(of).map(|sum| sum.to_string()).unwrap_or_default();
        let fields = [
            "integration".to_owned(),
            one.category.to_lowercase(),
            one.name.clone(),
            one.state.title().to_lowercase().replace(' ', "-"),
            one.account.clone().unwrap_or_default(),
            one.environment.unwrap_or_default().to_owned(),
            one.mode.to_owned(),
            number(|sums| sums.pre_sync),
            number(|sums| sums.held),
            number(|sums| sums.failed),
            number(|sums| sums.cleared),
            number(|sums| sums.ignored),
        ];
        lines.push(fields.map(|field| clean(&field)).join("\t"));
    }
    for need in &view.needs {
        let fields = [
            "need".to_owned(),
            need.code.clone(),
            need.count.to_string(),
            need.message.clone(),
            need.command.clone(),
        ];
        lines.push(fields.map(|field| clean(&field)).join("\t"));
    }
    lines
}

fn screen(ui: &Ui, view: &StatusView) -> Vec<String> {
    let theme = ui.theme();
    let dot = format!(" {} ", theme.symbols().dot);
    let mut lines = vec![theme.faint(&clean(&view.heading.join(&dot))), String::new()];
    let vendor_width = view
        .integrations
        .iter()
        .map(|one| one.vendor.chars().count())
        .max()
        .unwrap_or(0);
    for one in &view.integrations {
        lines.extend(block(ui, one, vendor_width, &dot));
        lines.push(String::new());
    }
    if view.needs.is_empty() {
        let as_of = view
            .as_of
            .as_ref()
            .map(|as_of| format!(" {as_of}."))
            .unwrap_or_default();
        lines.push(format!("{}{as_of}", theme.good("Nothing needs you.")));
        return lines;
    }
    lines.push(theme.strong("NEEDS YOU"));
    for (position, need) in view.needs.iter().enumerate() {
        let text = wrap(&clean(&need.message), ui.width(), 4);
        lines.push(format!("{:>2}  {}", position + 1, text.trim_start()));
        lines.push(format!("       {}", theme.good(&clean(&need.command))));
    }
    lines
}

fn block(ui: &Ui, one: &IntegrationView, vendor_width: usize, dot: &str) -> Vec<String> {
    let theme = ui.theme();
    let margin = " ".repeat(MARGIN);
    let account = clean(&one.account_parts.join(dot));
    let first = format!(
        "{}{}  {}  ",
        pad(one.category, MARGIN),
        theme.strong(&pad(&one.vendor, vendor_width)),
        state(theme, one.state)
    );
    let mut lines = Vec::new();
    // What does not fit beside the state goes below it.
    if super::format::width(&first) + super::format::width(&account) <= ui.width() {
        lines.push(format!("{first}{account}"));
    } else {
        lines.push(first);
        lines.push(format!("{margin}{account}"));
    }
    if !one.parts.is_empty() {
        lines.push(format!("{margin}{}", clean(&one.parts.join(dot))));
    }
    if let Some(summary) = &one.summary {
        let columns = ui.width().saturating_sub(MARGIN);
        lines.push(format!("{margin}{}", sums(theme, summary, columns)));
    }
    lines.extend(
        one.lines
            .iter()
            .map(|line| wrap(&clean(line), ui.width(), MARGIN)),
    );
    lines
}

fn state(theme: Theme, state: ConnectionState) -> String {
    let symbols = theme.symbols();
    let text = |symbol: &str| pad(&format!("{symbol} {}", state.title()), 15);
    match state {
        ConnectionState::Connected => theme.good(&text(symbols.full)),
        ConnectionState::NeedsSignIn => theme.care(&text(symbols.half)),
        ConnectionState::Disabled | ConnectionState::Disconnected => {
            theme.faint(&text(symbols.empty))
        }
    }
}

fn sums(theme: Theme, summary: &Summary, columns: usize) -> String {
    let failed = format!("Failed {}", count(summary.failed));
    let failed = if summary.failed > 0 {
        theme.bad(&failed)
    } else {
        failed
    };
    let parts = [
        format!("Pre-Sync {}", count(summary.pre_sync)),
        format!("Held {}", count(summary.held)),
        failed,
        format!("Cleared {}", count(summary.cleared)),
        format!("Ignored {}", count(summary.ignored)),
    ];
    let there = count(summary.total - summary.enriching.min(summary.total));
    // Apart where there is room.
    ["   ", "  "]
        .map(|gap| format!("{}{gap}= {there}", parts.join(gap)))
        .into_iter()
        .find(|line| super::format::width(line) <= columns)
        .unwrap_or_else(|| format!("{} = {there}", parts.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::TestUi;

    fn view() -> StatusView {
        StatusView {
            heading: vec!["mobly-sync 1.0".into(), "mobly.db".into()],
            integrations: vec![IntegrationView {
                category: "CRM",
                vendor: "HubSpot".into(),
                name: "hubspot".into(),
                state: ConnectionState::Connected,
                account: Some("4412345".into()),
                account_parts: vec![
                    "Acme Inc".into(),
                    "portal 4412345".into(),
                    "PRODUCTION".into(),
                ],
                environment: Some("production"),
                mode: "manual",
                parts: vec!["Manual since Tue 17 Nov 08:51".into()],
                summary: Some(Summary {
                    total: 4_212,
                    enriching: 24,
                    pre_sync: 38,
                    held: 12,
                    failed: 140,
                    failed_landed: 84,
                    cleared: 3_994,
                    ignored: 4,
                    cleared_percent: 96.6,
                }),
                lines: vec!["1,204 of 250,000 calls today (0.5 %)".into()],
            }],
            needs: vec![NeedView {
                code: "failed".into(),
                count: 140,
                message: "140 leads failed at Dreamforce 2026".into(),
                command: "mobly-sync reconcile --event \"Dreamforce 2026\"".into(),
            }],
            as_of: Some("Last checked 18:10".into()),
        }
    }

    #[test]
    fn the_screen_fits_eighty_columns() {
        let ui = TestUi::terminal(80);
        print(&ui, &view());
        let text = ui.stdout();
        for line in text.lines() {
            assert!(crate::ui::format::width(line) <= 80, "{line}");
        }
        assert!(
            text.contains("Pre-Sync 38  Held 12  Failed 140  Cleared 3,994  Ignored 4  = 4,188"),
            "{text}"
        );
        assert!(
            text.contains(" 1  140 leads failed at Dreamforce 2026\n       mobly-sync reconcile")
        );
    }

    #[test]
    fn when_nothing_is_wrong_it_says_so() {
        let ui = TestUi::terminal(96);
        let quiet = StatusView {
            needs: Vec::new(),
            ..view()
        };
        print(&ui, &quiet);
        assert!(
            ui.stdout()
                .ends_with("Nothing needs you. Last checked 18:10.\n")
        );
    }

    #[test]
    fn a_pipe_gets_a_record_a_line() {
        let ui = TestUi::piped();
        print(&ui, &view());
        assert_eq!(
            ui.stdout(),
            "integration\tcrm\thubspot\tconnected\t4412345\tproduction\tmanual\t38\t12\t140\t3994\t4\nneed\tfailed\t140\t140 leads failed at Dreamforce 2026\tmobly-sync reconcile --event \"Dreamforce 2026\"\n"
        );
    }
}
