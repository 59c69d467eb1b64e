//! The donut and the bars, of whole cells: their proportions are exact counts, not pixels.

use std::cmp::Ordering;

use super::format::{cleared_permille, permille};
use super::theme::Theme;

/// Columns of the donut.
pub const DONUT_WIDTH: usize = 17;
/// Rows of the donut.
pub const DONUT_HEIGHT: usize = 9;
const OUTER: f64 = 4.4;
const INNER: f64 = 2.5;

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Outside,
    Failed,
    Cleared,
    Nothing,
}

/// The donut of cleared against failed, with the percentage in its middle. Failed begins at twelve o'clock, clockwise.
/// Each of the two has at least one cell while it has at least one lead.
#[must_use]
pub fn donut(cleared: u64, failed: u64, theme: Theme) -> Vec<String> {
    let tenths = cleared_permille(cleared, failed);
    let cells = ring();
    let failed_cells = tenths.map(|_| share(failed, cleared + failed, cells.len()));
    let mut grid = [[Part::Outside; DONUT_WIDTH]; DONUT_HEIGHT];
    for (index, (row, column)) in cells.into_iter().enumerate() {
        grid[row][column] = match failed_cells {
            None => Part::Nothing,
            Some(count) if index < count => Part::Failed,
            Some(_) => Part::Cleared,
        };
    }
    let label = tenths.map_or_else(
        || theme.symbols().none.to_owned(),
        |tenths| format!("{}%", permille(tenths)),
    );
    grid.iter()
        .enumerate()
        .map(|(row, parts)| {
            draw(
                parts,
                (row == DONUT_HEIGHT / 2).then_some(label.as_str()),
                theme,
            )
        })
        .collect()
}

/// A bar of `width` cells: cleared, then failed; blank where nothing was pushed.
#[must_use]
pub fn bar(cleared: u64, failed: u64, width: usize, theme: Theme) -> String {
    let symbols = theme.symbols();
    if cleared + failed == 0 {
        return " ".repeat(width);
    }
    let failed_cells = share(failed, cleared + failed, width);
    format!(
        "{}{}",
        theme.good(&symbols.filled.repeat(width - failed_cells)),
        theme.bad(&symbols.open.repeat(failed_cells))
    )
}

/// A bar of at most `width` cells for one number among others of which `most` is the largest.
#[must_use]
pub fn group_bar(number: u64, most: u64, width: usize, theme: Theme) -> String {
    let cells = if number == 0 || most == 0 {
        0
    } else {
        let exact = u128::from(number) * width as u128 / u128::from(most);
        usize::try_from(exact).unwrap_or(width).clamp(1, width)
    };
    format!(
        "{}{}",
        theme.symbols().filled.repeat(cells),
        " ".repeat(width - cells)
    )
}

/// How many of `cells` belong to `part` of `whole`: to the nearest, but neither none nor all unless it is none or all.
fn share(part: u64, whole: u64, cells: usize) -> usize {
    if part == 0 || whole == 0 {
        return 0;
    }
    if part >= whole {
        return cells;
    }
    let (part, whole, all) = (u128::from(part), u128::from(whole), cells as u128);
    let nearest = (part * all * 2 + whole) / (whole * 2);
    usize::try_from(nearest)
        .unwrap_or(cells)
        .clamp(1, cells.saturating_sub(1).max(1))
}

/// The ring's cells, clockwise from the top. A cell is twice as high as it is wide.
#[allow(clippy::cast_precision_loss)] // a grid of a few cells
fn ring() -> Vec<(usize, usize)> {
    let (middle_row, middle_column) = (
        (DONUT_HEIGHT - 1) as f64 / 2.0,
        (DONUT_WIDTH - 1) as f64 / 2.0,
    );
    let mut cells: Vec<(f64, usize, usize)> = Vec::new();
    for row in 0..DONUT_HEIGHT {
        for column in 0..DONUT_WIDTH {
            let (down, right) = (
                row as f64 - middle_row,
                (column as f64 - middle_column) / 2.0,
            );
            let distance = down.hypot(right);
            if (INNER..=OUTER).contains(&distance) {
                // From the top, clockwise, 0 up to a full turn.
                let angle = right.atan2(-down).rem_euclid(std::f64::consts::TAU);
                cells.push((angle, row, column));
            }
        }
    }
    cells.sort_by(|left, right| {
        left.0
            .partial_cmp(&right.0)
            .unwrap_or(Ordering::Equal)
            .then(left.1.cmp(&right.1))
    });
    cells
        .into_iter()
        .map(|(_, row, column)| (row, column))
        .collect()
}

fn draw(parts: &[Part; DONUT_WIDTH], label: Option<&str>, theme: Theme) -> String {
    let symbols = theme.symbols();
    let label: Vec<char> = label.unwrap_or_default().chars().collect();
    let start = (DONUT_WIDTH - label.len()) / 2;
    let mut line = String::new();
    for (column, part) in parts.iter().enumerate() {
        let letter = column.checked_sub(start).and_then(|index| label.get(index));
        match (letter, part) {
            (Some(letter), _) => line.push_str(&theme.strong(&letter.to_string())),
            (None, Part::Outside) => line.push(' '),
            (None, Part::Cleared) => line.push_str(&theme.good(symbols.filled)),
            (None, Part::Failed) => line.push_str(&theme.bad(symbols.open)),
            (None, Part::Nothing) => line.push_str(&theme.faint(symbols.dot)),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstream::adapter::strip_str;

    const THEME: Theme = Theme { unicode: true };

    fn plain(cleared: u64, failed: u64) -> String {
        donut(cleared, failed, THEME)
            .iter()
            .map(|line| strip_str(line).to_string())
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn cells(text: &str, sign: char) -> usize {
        text.chars().filter(|found| *found == sign).count()
    }

    #[test]
    fn the_donut_of_a_good_event() {
        let text = plain(1_660, 140);
        assert!(text.contains("92.2%"), "{text}");
        let (cleared, failed) = (cells(&text, '█'), cells(&text, '░'));
        let share = failed * 1000 / (cleared + failed);
        assert!((65..=90).contains(&share), "{failed} of {cleared}:\n{text}");
        // It begins at twelve o'clock, on the right.
        let top = text.lines().next().unwrap_or_default();
        assert!(top.find('█') < top.find('░'), "{text}");
        assert!(text.lines().all(|line| line.chars().count() == DONUT_WIDTH));
    }

    #[test]
    fn all_none_and_nothing_look_like_it() {
        let all = plain(10, 0);
        assert!(all.contains("100%") && cells(&all, '░') == 0, "{all}");
        let none = plain(0, 10);
        assert!(none.contains(" 0% ") && cells(&none, '█') == 0, "{none}");
        let nothing = plain(0, 0);
        assert!(
            nothing.contains('–') && cells(&nothing, '█') == 0,
            "{nothing}"
        );
    }

    #[test]
    fn one_failure_among_a_million_is_seen() {
        let text = plain(999_999, 1);
        assert_eq!(cells(&text, '░'), 1, "{text}");
        assert!(text.contains("99.9%"), "{text}");
    }

    #[test]
    fn the_ring_is_even_on_both_sides() {
        let text = plain(1, 0);
        for line in text.lines() {
            let reversed: String = line.chars().rev().collect();
            let blank = |line: &str| line.replace(|sign: char| sign != '█', " ");
            assert_eq!(blank(line), blank(&reversed), "{text}");
        }
    }

    #[test]
    fn ascii_terminals_get_the_same_shape() {
        let ascii = donut(1, 1, Theme { unicode: false }).join("\n");
        let text = strip_str(&ascii).to_string();
        assert!(
            text.is_ascii() && text.contains('#') && text.contains('.'),
            "{text}"
        );
        assert!(text.contains("50.0%"));
    }

    #[test]
    fn bars_keep_their_length_and_show_the_smallest_part() {
        for (cleared, failed) in [(0, 0), (1, 0), (0, 1), (999, 1), (1, 999), (1, 1)] {
            let text = strip_str(&bar(cleared, failed, 12, THEME)).to_string();
            assert_eq!(text.chars().count(), 12);
            assert_eq!(text.contains('█'), cleared > 0, "{cleared} {failed}");
            assert_eq!(text.contains('░'), failed > 0, "{cleared} {failed}");
        }
        assert_eq!(group_bar(1, 1_000, 4, THEME), "█   ");
        assert_eq!(group_bar(1_000, 1_000, 4, THEME), "████");
        assert_eq!(group_bar(0, 1_000, 4, THEME), "    ");
    }
}
