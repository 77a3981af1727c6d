//! Tables as text, one row a line (RFC 4180). Knows no columns.

/// The fields of each row. What is not quite right is read as far as it goes: people edit such files by hand.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            other => field.push(other),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|field| !field.trim().is_empty()));
    rows
}

/// One row, with the end of its line.
pub fn row(fields: &[&str]) -> String {
    let mut line = String::new();
    for (n, field) in fields.iter().enumerate() {
        if n > 0 {
            line.push(',');
        }
        match field.contains([',', '"', '\n', '\r']) {
            true => line.push_str(&format!("\"{}\"", field.replace('"', "\"\""))),
            false => line.push_str(field),
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = [
            vec!["ana@a.example", "true", "en, de"],
            vec!["say \"hi\"", "", "x\ny"],
        ];
        let text: String = rows.iter().map(|fields| row(fields)).collect();
        assert_eq!(read(&text), rows);
    }

    #[test]
    fn files_of_other_programs_are_read_as_far_as_they_go() {
        assert_eq!(read("\u{feff}a,b\r\n\r\nc\r\n"), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(read("\"never closed, c"), [vec!["never closed, c"]]);
        assert!(read("").is_empty() && read("\n ,\n").is_empty());
    }
}
