//! Amounts in words.

use std::time::Duration;

/// `850 bytes`, `4.2 MB`, `12 GB`.
pub(super) fn bytes(number: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    if number < 1_000 {
        return format!("{number} bytes");
    }
    let mut value = number as f64 / 1_000.0;
    let mut unit = units[0];
    for next in &units[1..] {
        if value < 1_000.0 {
            break;
        }
        value /= 1_000.0;
        unit = next;
    }
    if value < 10.0 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}

/// `45 s`, `29 min`, `5 h`, `12 d`.
pub(super) fn length(length: Duration) -> String {
    match length.as_secs() {
        seconds @ 0..=89 => format!("{seconds} s"),
        seconds @ 90..=5_399 => format!("{} min", seconds / 60),
        seconds @ 5_400..=172_799 => format!("{} h", seconds / 3_600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

/// `1 lead`, `3 leads`.
pub(super) fn counted(number: u64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{} {noun}s", grouped(number))
    }
}

/// `250,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The line of a shell that sets a variable.
pub(super) fn set_variable(name: &str) -> String {
    // Asked for by the shell: a secret typed into the line stays in its history.
    if cfg!(windows) {
        format!("$env:{name} = Read-Host -MaskInput")
    } else {
        format!("read -rs {name} && export {name}")
    }
}

/// The line of a shell that unsets a variable.
pub(super) fn unset_variable(name: &str) -> String {
    if cfg!(windows) {
        format!("Remove-Item Env:{name}")
    } else {
        format!("unset {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_to_what_matters() {
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(4_200_000), "4.2 MB");
        assert_eq!(bytes(12_345_678_901), "12 GB");
        assert_eq!(length(Duration::from_secs(1_799)), "29 min");
        assert_eq!(length(Duration::from_hours(49)), "2 d");
        assert_eq!(grouped(250_000), "250,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(counted(1, "lead"), "1 lead");
    }
}
