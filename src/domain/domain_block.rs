//! How much of a domain's name is told to anybody who asks whom this server does not talk with. Decides about no domain.

/// The name with its middle left out, dots aside: whoever knows it recognizes it, and nobody finds it by it.
pub fn obfuscated(domain: &str) -> String {
    let letters = domain.chars().count();
    let shown = letters / 4;
    let middle = shown + 1..letters - shown;
    let letters = domain.chars().enumerate();
    letters
        .map(|(place, letter)| match letter {
            letter if letter != '.' && middle.contains(&place) => '*',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_name_stay() {
        assert_eq!(obfuscated("bad.example"), "bad.*****le");
        assert_eq!(obfuscated("pictures.of.cats.example"), "picture*.**.****.*xample");
        assert_eq!(obfuscated("x.y"), "x.*");
        assert_eq!(obfuscated(""), "");
    }
}
