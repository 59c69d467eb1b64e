#![allow(clippy::unwrap_used)]
use super::*;

fn read(text: &str) -> Vec<Vec<(String, String)>> {
    let mut rows = CardRows::new(text).unwrap();
    let headers = rows.headers().to_vec();
    let mut record = Record::default();
    let mut all = Vec::new();
    while rows.next(&mut record).unwrap() {
        assert_eq!(record.trouble, None);
        all.push(
            headers
                .iter()
                .cloned()
                .zip(record.fields().map(str::to_owned))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        );
    }
    all
}

fn has(card: &[(String, String)], expected: &[(&str, &str)]) {
    let card: Vec<(&str, &str)> = card
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(card, expected);
}

#[test]
fn version_2_1_with_quoted_printable() {
    let cards = read(
        "BEGIN:VCARD\r\nVERSION:2.1\r\n\
         N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;\r\n\
         ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:B=E4cker =\r\n& Sohn;Einkauf\r\n\
         TEL;WORK;VOICE:+49 89 1234567\r\nTEL;CELL;PREF:+49 171 1234567\r\nTEL;WORK;FAX:+49 89 1\r\n\
         EMAIL;INTERNET:jm@baecker.example\r\n\
         PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n \r\n\
         NOTE:path C:\\temp\r\nEND:VCARD\r\n",
    );
    has(
        &cards[0],
        &[
            ("First Name", "Jörg"),
            ("Last Name", "Müller"),
            ("Email", "jm@baecker.example"),
            ("Company", "Bäcker & Sohn"),
            ("Department", "Einkauf"),
            ("Phone", "+49 89 1234567"),
            ("Mobile Phone", "+49 171 1234567"),
            ("Fax", "+49 89 1"),
            ("Notes", "path C:\\temp"),
        ],
    );
}

#[test]
fn version_3_0_with_folds_groups_and_escapes() {
    let cards = read(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Li\nitem1.EMAIL;type=INTERNET;type=HOME:ana@home.example\n\
         EMAIL;TYPE=\"work,pref\":ana@acme.\n example\nORG:Acme\\, Inc.;\nTITLE:Head of\\nThings\n\
         ADR;TYPE=WORK:;;1 Main St;Springfield;IL;62701;USA\nADR;TYPE=HOME:;;2 Side St;Town;;1;\n\
         URL:https://www.acme.example\nitem2.URL:https://www.linkedin.com/in/ana\n\
         NOTE:one\\; two\nCATEGORIES:hot,vip\nEND:VCARD\n",
    );
    has(
        &cards[0],
        &[
            ("Full Name", "Ana Li"),
            ("Email", "ana@acme.example"),
            ("Personal Email", "ana@home.example"),
            ("Company", "Acme, Inc."),
            ("Job Title", "Head of\nThings"),
            ("Street Address", "1 Main St"),
            ("City", "Springfield"),
            ("State", "IL"),
            ("Zip", "62701"),
            ("Country", "USA"),
            ("Address", "2 Side St, 1 Town"),
            ("Website", "https://www.acme.example"),
            ("LinkedIn", "https://www.linkedin.com/in/ana"),
            ("Notes", "one; two"),
            ("Categories", "hot; vip"),
        ],
    );
}

#[test]
fn version_4_0_and_several_cards() {
    let cards = read(
        "BEGIN:VCARD\nVERSION:4.0\nN:Li;Ana;;;\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,work\":tel:+1-555-555-5555;ext=55\n\
         END:VCARD\n\nBEGIN:VCARD\nVERSION:4.0\nFN:Bo\nEMAIL:a@b.example\nEMAIL:c@b.example\nEND:VCARD\n",
    );
    assert_eq!(cards.len(), 2);
    has(
        &cards[0],
        &[
            ("First Name", "Ana"),
            ("Last Name", "Li"),
            ("Phone", "+1-555-555-5555 ext. 55"),
        ],
    );
    has(
        &cards[1],
        &[
            ("Full Name", "Bo"),
            ("Email", "a@b.example"),
            ("Further emails", "c@b.example"),
        ],
    );
}

#[test]
fn a_card_without_end_is_rejected_and_the_next_one_read() {
    let mut rows = CardRows::new(
        "BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Bo\nAGENT:\nBEGIN:VCARD\nFN:His agent\nEND:VCARD\nTITLE:CTO\nEND:VCARD\nBEGIN:VCARD\nFN:C",
    )
    .unwrap();
    let mut record = Record::default();
    let mut seen = Vec::new();
    while rows.next(&mut record).unwrap() {
        seen.push((record.line, record.get(0).to_owned(), record.trouble));
    }
    assert_eq!(
        seen,
        [
            (1, "Ana".to_owned(), Some(Trouble::CutOff)),
            (3, "Bo".to_owned(), None),
            (11, "C".to_owned(), Some(Trouble::CutOff)),
        ]
    );
}
