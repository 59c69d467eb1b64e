//! Record ids: 15 case-sensitive characters, or those with a checksum of three that survives lower-casing.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The id of 18 characters of the `number`-th record; higher numbers sort later.
pub(super) fn make(prefix: &str, number: u64) -> String {
    let mut rest = number;
    let mut digits = [b'0'; 8];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(rest % 62) as usize];
        rest /= 62;
    }
    let short = format!("{prefix}bm00{}", String::from_utf8_lossy(&digits));
    with_checksum(&short)
}

fn with_checksum(short: &str) -> String {
    let mut long = short.to_owned();
    for part in short.as_bytes().chunks(5) {
        let bits = part.iter().enumerate().fold(0, |bits, (place, sign)| {
            bits | usize::from(sign.is_ascii_uppercase()) << place
        });
        long.push(char::from(CHECKSUM[bits]));
    }
    long
}

/// The form of 18 characters; `None` for what cannot be an id.
pub(super) fn normalize(id: &str) -> Option<String> {
    let well_formed = matches!(id.len(), 15 | 18) && id.chars().all(|c| c.is_ascii_alphanumeric());
    if !well_formed {
        return None;
    }
    let long = with_checksum(id.get(..15)?);
    (id.len() == 15 || long == id).then_some(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_name_the_same_record() {
        let id = make("003", 4_711);
        assert_eq!(id.len(), 18);
        assert_eq!(normalize(&id[..15]), Some(id.clone()));
        assert_eq!(normalize(&id), Some(id.clone()));
        assert_eq!(normalize(&format!("{}AAB", &id[..15])), None);
        assert_eq!(normalize("003!"), None);
        assert!(make("003", 61) < make("003", 62));
        // A documented pair of forms.
        assert_eq!(with_checksum("001D000000IqhSL"), "001D000000IqhSLIAZ");
    }
}
