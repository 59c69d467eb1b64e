//! What a file that begins like a workbook really is, told before anything is unpacked.

use super::formats::COMPOUND;
use super::import_error::ImportError;

/// A workbook that only opens with its password.
pub(super) const PROTECTED: &str = "the workbook is protected with a password: open it in Excel, remove the password \
     (File, Info, Protect Workbook, Encrypt with Password) and save it";
const MACROS: &str = "it is a workbook with macros (.xlsm), which is not opened: save it as an Excel workbook (.xlsx) or as CSV";
/// The most bytes a workbook's list of texts may unpack to: it is the one part that must be held.
const LARGEST_TEXTS: u64 = 256 * 1024 * 1024;

/// A file in a ZIP file.
struct Entry<'b> {
    name: std::borrow::Cow<'b, str>,
    /// Bytes, unpacked.
    size: u64,
}

/// Looks whether a file is a workbook that can be read.
///
/// # Errors
/// A sentence on what it is instead.
pub(super) fn check_workbook(bytes: &[u8]) -> Result<(), ImportError> {
    let refused = |reason: &str| Err(ImportError::Unreadable(reason.to_owned()));
    if bytes.starts_with(COMPOUND) {
        let protected: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let is_protected = bytes
            .windows(protected.len())
            .any(|window| window == protected);
        return refused(if is_protected {
            PROTECTED
        } else {
            "it is an old Excel or Office file: save it as an Excel workbook (.xlsx) or as CSV"
        });
    }
    if !bytes.starts_with(b"PK") {
        return refused("it is no Excel workbook");
    }
    let Some(entries) = entries(bytes) else {
        return Err(ImportError::CutOff(
            "the end of the workbook is missing".to_owned(),
        ));
    };
    let has = |name: &str| {
        entries
            .iter()
            .any(|entry| entry.name.eq_ignore_ascii_case(name))
    };
    let within = |folder: &str| entries.iter().any(|entry| entry.name.starts_with(folder));
    if has("xl/vbaProject.bin") {
        return refused(MACROS);
    }
    if has("xl/workbook.bin") {
        return refused(
            "it is a binary workbook (.xlsb): save it as an Excel workbook (.xlsx) or as CSV",
        );
    }
    if within("xl/") && has("[Content_Types].xml") {
        let texts = entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case("xl/sharedStrings.xml"));
        return match texts {
            Some(texts) if texts.size > LARGEST_TEXTS => {
                refused("the workbook is too large to be read: save the sheet as CSV")
            }
            _ => Ok(()),
        };
    }
    if has("content.xml") && has("mimetype") {
        return refused(
            "it is an OpenDocument file: save it as an Excel workbook (.xlsx) or as CSV",
        );
    }
    if within("Index/") || has("Index.zip") {
        return refused("it is a Numbers file: export it as CSV");
    }
    if within("word/") || within("ppt/") {
        return refused("it is an Office document, no workbook");
    }
    let table = entries.iter().find(|entry| {
        let name = entry.name.to_ascii_lowercase();
        [".csv", ".xlsx", ".vcf", ".json"]
            .iter()
            .any(|ending| name.ends_with(ending))
    });
    Err(ImportError::Unreadable(match table {
        Some(entry) => format!(
            "it is a ZIP file: unpack it and import {} from it",
            entry.name
        ),
        None => "it is a ZIP file without a workbook".to_owned(),
    }))
}

/// The table of contents of a ZIP file, which stands at its end; `None` where the end is missing.
fn entries(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    // The end record has 22 bytes and a comment of at most 64 KiB (APPNOTE, 4.3.16).
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = bytes[tail..]
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?
        + tail;
    let number = |at: usize, width: usize| -> Option<u64> {
        let bytes = bytes.get(at..at + width)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    let mut at = usize::try_from(number(end + 16, 4)?).ok()?;
    let mut entries = Vec::new();
    while at < end && bytes.get(at..at + 4) == Some(b"PK\x01\x02".as_slice()) {
        let length = |offset: usize| number(at + offset, 2).and_then(|n| usize::try_from(n).ok());
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        entries.push(Entry {
            name: String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?),
            size: number(at + 24, 4)?,
        });
        at += 46 + name + extra + comment;
    }
    Some(entries)
}
