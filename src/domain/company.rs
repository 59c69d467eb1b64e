//! Companies as matching needs them: a domain that is really theirs, and a name without its decoration.

/// Mail hosts where anybody gets an address. A lead's company is never guessed from one of these.
const FREE_MAIL: &[&str] = &[
    "126.com",
    "163.com",
    "aim.com",
    "aol.com",
    "bluewin.ch",
    "btinternet.com",
    "comcast.net",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "icloud.com",
    "inbox.com",
    "laposte.net",
    "libero.it",
    "live.ca",
    "live.co.uk",
    "live.com",
    "live.fr",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "naver.com",
    "o2.pl",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "rocketmail.com",
    "sbcglobal.net",
    "seznam.cz",
    "t-online.de",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.ca",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.br",
    "yahoo.de",
    "yahoo.es",
    "yahoo.fr",
    "yahoo.it",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
];

/// Legal forms that are part of a company's papers, not of what people call it.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "asa",
    "aps",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "spa",
    "srl",
];

/// Whether an address at this host says nothing about a company.
#[must_use]
pub fn is_free_mail(host: &str) -> bool {
    let host = host.trim().to_lowercase();
    // These have a host in every country, and nobody else is called so.
    let everywhere = [
        "yahoo",
        "hotmail",
        "gmail",
        "googlemail",
        "gmx",
        "protonmail",
        "yandex",
    ];
    FREE_MAIL.binary_search(&host.as_str()).is_ok()
        || host
            .split_once('.')
            .is_some_and(|(name, suffix)| everywhere.contains(&name) && suffix.len() <= 6)
}

/// The host of a website as CRMs keep it: lower case, without scheme, `www.`, port or path. `None` when nothing like a
/// host with a dot is left.
#[must_use]
pub fn website_host(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host
        .split_once(':')
        .map_or(host, |(host, _)| host)
        .trim_end_matches('.');
    let lower = host.to_lowercase();
    let bare = lower.strip_prefix("www.").unwrap_or(&lower);
    let ascii = if bare.is_ascii() {
        bare.to_owned()
    } else {
        idna::domain_to_ascii(bare).ok()?
    };
    let plausible = ascii.contains('.')
        && !ascii.starts_with('.')
        && !ascii.contains("..")
        && ascii
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    plausible.then_some(ascii)
}

/// The registrable part of a host (`mail.acme.co.uk` → `acme.co.uk`), by the public suffix list.
#[must_use]
pub fn registrable(host: &str) -> Option<String> {
    psl::domain_str(host).map(str::to_owned)
}

/// The domain a company is matched by: from its website, else from the lead's address, never a free-mail host.
///
/// From an address the registrable part is taken (people write from `mail.acme.com`); a website's host stands as it is
/// written, since that is what CRMs compare. The flag says whether the website told it.
#[must_use]
pub fn domain(website: Option<&str>, email: Option<&str>) -> Option<(String, bool)> {
    if let Some(host) = website.and_then(website_host) {
        let free = is_free_mail(&host);
        if !free {
            return Some((host, true));
        }
    }
    let host = email.and_then(super::email::domain)?;
    if is_free_mail(&host) {
        return None;
    }
    let domain = registrable(&host)?;
    (!is_free_mail(&domain)).then_some((domain, false))
}

/// A company name reduced to what two spellings share: case, accents' letters, punctuation and legal forms are dropped.
#[must_use]
pub fn name_key(name: &str) -> Option<String> {
    let mut words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric() && character != '&')
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    // Only trailing forms go: "AB Volvo" keeps its first word, "Acme Co Ltd" loses both.
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| LEGAL_FORMS.contains(&word.as_str()))
    {
        words.pop();
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// Lower case with the Latin accents people leave out when they type.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).fold(
        String::with_capacity(text.len()),
        |mut folded, character| {
            match character {
                'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
                'ä' | 'æ' => folded.push_str("ae"),
                'ç' | 'ć' | 'č' => folded.push('c'),
                'ď' | 'đ' => folded.push('d'),
                'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
                'ğ' => folded.push('g'),
                'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => folded.push('i'),
                'ł' => folded.push('l'),
                'ñ' | 'ń' | 'ň' => folded.push('n'),
                'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => folded.push('o'),
                'ö' | 'ø' | 'œ' => folded.push_str("oe"),
                'ř' => folded.push('r'),
                'ś' | 'š' | 'ş' | 'ș' => folded.push('s'),
                'ß' => folded.push_str("ss"),
                'ť' | 'ţ' | 'ț' => folded.push('t'),
                'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => folded.push('u'),
                'ü' => folded.push_str("ue"),
                'ý' | 'ÿ' => folded.push('y'),
                'ź' | 'ż' | 'ž' => folded.push('z'),
                // Combining accents follow their letter in decomposed text.
                '\u{300}'..='\u{36f}' => {}
                other => folded.push(other),
            }
            folded
        },
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_free_mail_list_is_sorted_for_its_search() {
        assert!(FREE_MAIL.is_sorted());
        assert!(is_free_mail("GMail.com"));
        assert!(!is_free_mail("acme.com"));
        assert!(is_free_mail("yahoo.com.au"));
        assert!(!is_free_mail("yahoo-partners.com"));
    }

    #[test]
    fn a_website_is_reduced_to_its_host() {
        for (given, host) in [
            ("https://www.Acme.com/about?x=1", "acme.com"),
            ("acme.com", "acme.com"),
            ("http://shop.acme.co.uk:8080/", "shop.acme.co.uk"),
        ] {
            assert_eq!(website_host(given).as_deref(), Some(host), "{given}");
        }
        assert_eq!(website_host("n/a"), None);
        assert_eq!(website_host("localhost"), None);
    }

    #[test]
    fn the_website_beats_the_address_and_free_mail_says_nothing() {
        assert_eq!(
            domain(Some("acme.com"), Some("a@other.com")).unwrap(),
            ("acme.com".into(), true)
        );
        assert_eq!(
            domain(None, Some("a@mail.other.co.uk")).unwrap(),
            ("other.co.uk".into(), false)
        );
        assert_eq!(domain(None, Some("a@gmail.com")), None);
        assert_eq!(domain(Some("-"), Some("a@gmail.com")), None);
    }

    #[test]
    fn names_are_compared_without_decoration() {
        assert_eq!(name_key("Acme, Inc."), name_key("ACME inc"));
        assert_eq!(name_key("Müller GmbH & Co. KG").unwrap(), "mueller gmbh &");
        assert_eq!(name_key("AB Volvo").unwrap(), "ab volvo");
        assert_eq!(name_key(" - "), None);
    }
}
