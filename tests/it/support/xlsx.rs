//! Workbooks for tests, written part by part: a ZIP file without compression around as little XML as a reader needs.

/// A cell.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    /// Text in the cell itself.
    Text(&'a str),
    /// A number in one of the three styles: 0 plain, 1 date, 2 date and time.
    Number(f64, u8),
    /// A formula with the value its program stored.
    Formula(&'a str, f64),
    /// Nothing.
    None,
}

/// A workbook of named sheets, each a list of rows.
pub(crate) fn workbook(sheets: &[(&str, Vec<Vec<Cell<'_>>>)]) -> Vec<u8> {
    workbook_with(sheets, &[])
}

/// The same with further parts, which a reader may not like.
pub(crate) fn workbook_with(
    sheets: &[(&str, Vec<Vec<Cell<'_>>>)],
    more: &[(&str, &str)],
) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut names = String::new();
    let mut relations =
        format!("<Relationship Id=\"styles\" Type=\"{office}/styles\" Target=\"styles.xml\"/>");
    let mut parts = Vec::new();
    for (number, (name, rows)) in (1..).zip(sheets) {
        names.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"s{number}\"/>"
        ));
        relations.push_str(&format!(
            "<Relationship Id=\"s{number}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        ));
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!(
                "<worksheet xmlns=\"{main}\"><sheetData>{}</sheetData></worksheet>",
                rows_xml(rows)
            ),
        ));
    }
    parts.extend([
        (
            "[Content_Types].xml".to_owned(),
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"w\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{names}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!("<styleSheet xmlns=\"{main}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"),
        ),
    ]);
    parts.extend(
        more.iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned())),
    );
    zip(&parts)
}

fn rows_xml(rows: &[Vec<Cell<'_>>]) -> String {
    let mut xml = String::new();
    for (number, row) in (1..).zip(rows) {
        xml.push_str(&format!("<row r=\"{number}\">"));
        for (column, cell) in ('A'..).zip(row) {
            let place = format!("{column}{number}");
            xml.push_str(&match cell {
                Cell::Text(text) => {
                    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                }
                Cell::Number(number, style) => {
                    format!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>")
                }
                Cell::Formula(formula, number) => {
                    format!("<c r=\"{place}\"><f>{formula}</f><v>{number}</v></c>")
                }
                Cell::None => String::new(),
            });
        }
        xml.push_str("</row>");
    }
    xml
}

/// A ZIP file of stored entries (APPNOTE, 4.3).
pub(crate) fn zip(parts: &[(String, String)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let offset = u32::try_from(file.len()).unwrap();
        let size = u32::try_from(text.len()).unwrap();
        let name_length = u16::try_from(name.len()).unwrap();
        let mut common = Vec::new();
        for field in [20_u16, 0, 0, 0, 0x21] {
            common.extend(field.to_le_bytes());
        }
        for field in [checksum(text.as_bytes()), size, size] {
            common.extend(field.to_le_bytes());
        }
        common.extend(name_length.to_le_bytes());
        common.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(name.as_bytes());
        file.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = u32::try_from(file.len()).unwrap();
    let count = u16::try_from(parts.len()).unwrap();
    let length = u32::try_from(directory.len()).unwrap();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}
