//! Command lines of ours read back, and several made one.

use super::hints::quote;

/// The words of a line as a POSIX shell reads what [`quote`] has written.
#[must_use]
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted: Option<char> = None;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match (quoted, sign) {
            (Some(end), sign) if sign == end => quoted = None,
            (Some(_), sign) => word.get_or_insert_default().push(sign),
            (None, '"' | '\'') => {
                quoted = Some(sign);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(signs.next()),
            (None, sign) if sign.is_whitespace() => words.extend(word.take()),
            (None, sign) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

/// The commands of several causes, with those made one that differ only in the value they translate: a whole field is
/// settled at once. The order stays.
#[must_use]
pub fn together<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut made: Vec<Parted> = Vec::new();
    for line in lines {
        let parted = Parted::of(line);
        match made.iter_mut().find(|known| known.joins(&parted)) {
            Some(known) => known.take(parted),
            None => made.push(parted),
        }
    }
    made.iter().map(Parted::line).collect()
}

/// A command line around the value it translates.
struct Parted {
    line: String,
    before: Vec<String>,
    /// `OURS=THEIRS`, each.
    values: Vec<String>,
    after: Vec<String>,
}

impl Parted {
    fn of(line: &str) -> Self {
        let words = words(line);
        let option = words.iter().position(|word| word == "--value");
        // A qualifier's answers stand behind its name, without an option of their own.
        let answer = words.get(1..3) == Some(&["qualifier".to_owned(), "map".to_owned()]);
        let at = option.or(answer.then_some(3)).map(|before| before + 1);
        let mut parted = Self {
            line: line.to_owned(),
            before: words,
            values: Vec::new(),
            after: Vec::new(),
        };
        if let Some(at) = at.filter(|at| *at < parted.before.len()) {
            parted.after = parted.before.split_off(at + 1);
            parted.values = parted.before.split_off(at);
            if option.is_some() {
                parted.before.pop();
            }
        }
        parted
    }

    fn joins(&self, other: &Self) -> bool {
        (&self.before, &self.after) == (&other.before, &other.after)
    }

    /// A value nobody has a guess for is left to the person where the line settles others.
    fn take(&mut self, other: Self) {
        let open = |value: &String| value.ends_with("=OPTION");
        for value in other.values {
            if self.values.iter().all(open) && !open(&value) {
                self.values.clear();
            }
            if !self.values.contains(&value) && (self.values.is_empty() || !open(&value)) {
                self.values.push(value);
            }
        }
    }

    fn line(&self) -> String {
        if self.values.is_empty() {
            return self.line.clone();
        }
        let option = self.before.get(1).is_some_and(|word| word == "mapping");
        let values = self.values.iter().flat_map(|value| {
            let option = option.then(|| "--value".to_owned());
            option.into_iter().chain([quote(value)])
        });
        let quoted = |words: &[String]| words.iter().map(|word| quote(word)).collect::<Vec<_>>();
        quoted(&self.before)
            .into_iter()
            .chain(values)
            .chain(quoted(&self.after))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_quoted_comes_back_as_it_was() {
        for text in [
            "plain",
            "two words",
            "it's",
            "a \"b\" 'c' $d `e` \\ !",
            "",
            "R&D && more",
            "ü; (x)",
        ] {
            let line = format!("mobly-sync x {} y", quote(text));
            assert_eq!(words(&line), ["mobly-sync", "x", text, "y"], "{line}");
        }
    }

    #[test]
    fn what_settles_a_whole_field_is_one_command() {
        let set = "mobly-sync mapping set companyIndustry industry --object company --value";
        let fixes = [
            format!("{set} Software=COMPUTER_SOFTWARE -i crm"),
            format!("{set} \"Fin. Services=FINANCIAL_SERVICES\" -i crm"),
            format!("{set} \"Space travel=OPTION\" -i crm"),
            "mobly-sync qualifier map \"Follow up\" Demo=demo".to_owned(),
            "mobly-sync qualifier map \"Follow up\" 'It'\\''s=its'".to_owned(),
            "mobly-sync reconcile --category DATA_TOO_LONG".to_owned(),
            "mobly-sync reconcile --category DATA_TOO_LONG".to_owned(),
        ];
        assert_eq!(
            together(fixes.iter().map(String::as_str)),
            [
                format!(
                    "{set} Software=COMPUTER_SOFTWARE --value \"Fin. Services=FINANCIAL_SERVICES\" -i crm"
                ),
                "mobly-sync qualifier map \"Follow up\" Demo=demo \"It's=its\"".to_owned(),
                "mobly-sync reconcile --category DATA_TOO_LONG".to_owned(),
            ]
        );
    }
}
