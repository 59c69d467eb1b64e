//! `explain [CATEGORY]`: an error category in plain words. Works offline, from the program's own table.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::values::nearest;
use crate::domain::category::{CATEGORIES, Category, CategoryText, Fix};
use crate::exit::ExitStatus;
use crate::ui::Ui;
use crate::ui::format::wrap;
use crate::ui::table::{Cell, Table, Tone};
use crate::vendors;

/// Explain an error category: cause, fix, signs at each vendor
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync explain\n  mobly-sync explain NO_TAG_MAPPING")]
pub struct ExplainArgs {
    /// The category; without it all are listed
    pub category: Option<String>,
}

#[derive(Serialize)]
struct Document {
    categories: Vec<Explanation>,
}

#[derive(Serialize)]
struct Explanation {
    category: Category,
    description: &'static str,
    cause: &'static str,
    remedy: &'static str,
    command: &'static str,
    fix: Option<Fix>,
    vendors: Vec<Signs>,
}

/// What a category looks like at one vendor.
#[derive(Serialize)]
struct Signs {
    vendor: &'static str,
    #[serde(skip)]
    title: &'static str,
    signs: &'static str,
}

/// Runs the command.
///
/// # Errors
/// If there is no such category.
pub fn run(context: &Context, args: &ExplainArgs) -> Result<ExitStatus, CommandError> {
    let ui = &context.ui;
    let wanted = args.category.as_deref().map(find).transpose()?;
    let texts = CATEGORIES
        .iter()
        .filter(|text| wanted.is_none_or(|wanted| wanted == text.category));
    if ui.json() {
        ui.document(&Document {
            categories: texts.map(explanation).collect(),
        });
        return Ok(ExitStatus::Done);
    }
    match wanted {
        Some(category) => print_one(ui, &explanation(category.text())),
        None => {
            let mut table = Table::new(&["CATEGORY", "MEANING"]);
            for text in texts {
                table.row([
                    Cell::toned(text.category.code(), Tone::Strong),
                    text.description.into(),
                ]);
            }
            table.print(ui);
            ui.next("mobly-sync explain CATEGORY");
        }
    }
    Ok(ExitStatus::Done)
}

fn find(name: &str) -> Result<Category, CommandError> {
    name.parse::<Category>().map_err(|error| {
        let near = nearest(
            &name.replace('-', "_"),
            CATEGORIES.iter().map(|text| text.category.code()),
        );
        let failure = CommandError::not_found(error.to_string());
        match near {
            Some(near) => failure.fix(format!("mobly-sync explain {near}")),
            None => failure.fix("mobly-sync explain"),
        }
    })
}

fn explanation(text: &CategoryText) -> Explanation {
    Explanation {
        category: text.category,
        description: text.description,
        cause: text.cause,
        remedy: text.remedy,
        command: text.command,
        fix: text.fix,
        vendors: signs(text.category),
    }
}

/// What the vendors of this program say of the category.
fn signs(category: Category) -> Vec<Signs> {
    vendors::ALL
        .iter()
        .flat_map(|vendor| {
            vendor
                .troubles
                .iter()
                .filter(move |trouble| trouble.category == category)
                .map(|trouble| Signs {
                    vendor: vendor.name,
                    title: vendor.title,
                    signs: trouble.signs,
                })
        })
        .collect()
}

fn print_one(ui: &Ui, text: &Explanation) {
    let theme = ui.theme();
    let width = ui.width().min(100);
    ui.data(format_args!(
        "{}  {}",
        theme.strong(text.category.code()),
        text.description
    ));
    let paragraph = |title: &str, body: &str| {
        ui.data(format_args!(
            "\n{}\n{}",
            theme.strong(title),
            wrap(body, width, 2)
        ));
    };
    paragraph("Cause", text.cause);
    paragraph("What settles it", text.remedy);
    for vendor in &text.vendors {
        paragraph(&format!("At {}", vendor.title), vendor.signs);
    }
    ui.data(format_args!("\nStart with:  {}", theme.good(text.command)));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::context::GlobalArgs;
    use crate::ui::{TestUi, UiOptions};

    fn explain(ui: &TestUi, category: Option<&str>) -> Result<ExitStatus, CommandError> {
        let context = Context {
            ui: ui.ui(),
            globals: GlobalArgs::default(),
        };
        run(
            &context,
            &ExplainArgs {
                category: category.map(str::to_owned),
            },
        )
    }

    #[test]
    fn a_category_is_explained_with_a_command_to_start_from() {
        let ui = TestUi::piped();
        explain(&ui, Some("no-tag-mapping")).unwrap();
        let text = ui.stdout();
        assert!(
            text.starts_with("NO_TAG_MAPPING  an answer has no option at the vendor\n\nCause\n"),
            "{text}"
        );
        assert!(
            text.contains("\nAt HubSpot\n  found here, before any call\n"),
            "{text}"
        );
        assert!(
            text.ends_with("Start with:  mobly-sync qualifier map QUALIFIER ANSWER=OPTION\n"),
            "{text}"
        );
    }

    #[test]
    fn a_mistyped_category_names_the_one_meant() {
        let error = explain(&TestUi::piped(), Some("DATA_TO_LONG")).unwrap_err();
        let ui = TestUi::piped();
        error.report(&ui);
        assert!(
            ui.stderr()
                .contains("Next: mobly-sync explain DATA_TOO_LONG"),
            "{}",
            ui.stderr()
        );
        assert_eq!(error.exit_status().code(), 1);
    }

    #[test]
    fn all_are_listed_and_all_are_in_the_document() {
        let ui = TestUi::piped();
        explain(&ui, None).unwrap();
        assert_eq!(ui.stdout().lines().count(), CATEGORIES.len());
        let ui = TestUi::with(UiOptions {
            json: true,
            ..UiOptions::default()
        });
        explain(&ui, None).unwrap();
        let document: serde_json::Value = serde_json::from_str(&ui.stdout()).unwrap();
        assert_eq!(
            document["categories"].as_array().unwrap().len(),
            CATEGORIES.len()
        );
        assert_eq!(document["categories"][0]["fix"], "value-mapping");
    }
}
