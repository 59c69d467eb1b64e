//! Names that are one slip of the hand apart.

use crate::domain::company::fold;

/// The shortest name a slip is looked for in: below, nearly every name is near another.
const SHORTEST: usize = 4;

/// Whether two names differ by one slip: a letter too many, too few, wrong, or two exchanged; or by case, accents, spaces
/// and marks alone. Numbers tell events apart: last year's fair, the second hall.
pub(super) fn is_slip(left: &str, right: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let plain = |text: &str| -> String {
        fold(text)
            .chars()
            .filter(|character| character.is_alphanumeric())
            .collect()
    };
    if digits(left) != digits(right) {
        return false;
    }
    let (left, right) = (plain(left), plain(right));
    let length = left.chars().count().min(right.chars().count());
    length >= SHORTEST && strsim::osa_distance(&left, &right) <= 1
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn numbers_are_no_slips() {
        for (left, right) in [
            ("Dreamforce 2026", "Draemforce 2026"),
            ("Expo 2026", "Exppo 2026"),
            ("Expo 2026", "Expo-2026"),
            ("Web Summit", "Websummit"),
        ] {
            assert!(is_slip(left, right), "{left} {right}");
        }
        for (left, right) in [
            ("Expo 2026", "Expo 2027"),
            ("Hall 1", "Hall 2"),
            ("Expo", "Export Days"),
            ("IT", "ITB"),
            ("Expo", "Expo Berlin"),
        ] {
            assert!(!is_slip(left, right), "{left} {right}");
        }
    }
}
