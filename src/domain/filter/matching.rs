//! Which filters meet a post: by its words, all keywords in one pass, or by its id. Reads no HTML: it is given words.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use aho_corasick::AhoCorasick;

use super::{Action, Contexts, Filter};
use crate::domain::clock::Time;
use crate::domain::ids::PostId;

/// Text as keywords are looked for in it: letters without case, every gap one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// All filters of somebody, ready to be asked.
#[derive(Debug, Default)]
pub struct Filters {
    all: Vec<Filter>,
    /// None: there are no keywords.
    keywords: Option<AhoCorasick>,
    /// Of each pattern: the place of its filter, and of the keyword in that.
    places: Vec<(usize, usize)>,
    posts: HashMap<PostId, Vec<usize>>,
}

/// A filter that meets a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place among all.
    pub filter: usize,
    /// Places of its keywords that are in the words, in their order.
    pub keywords: Vec<usize>,
    /// The post, where it was put under this filter.
    pub post: Option<PostId>,
}

/// What the filters say of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub found: Vec<Found>,
    /// Where it is not to be shown at all.
    pub hidden_in: Contexts,
}

impl Filters {
    pub fn new(all: Vec<Filter>) -> Self {
        let mut patterns = Vec::new();
        let mut places = Vec::new();
        let mut posts: HashMap<PostId, Vec<usize>> = HashMap::new();
        for (place, filter) in all.iter().enumerate() {
            for (number, keyword) in filter.keywords.iter().enumerate() {
                let pattern = fold(&keyword.keyword);
                if !pattern.is_empty() {
                    patterns.push(pattern);
                    places.push((place, number));
                }
            }
            for marked in &filter.posts {
                posts.entry(marked.post).or_default().push(place);
            }
        }
        let built = || AhoCorasick::new(&patterns).expect("keywords are few and short");
        Self {
            keywords: (!patterns.is_empty()).then(built),
            all,
            places,
            posts,
        }
    }

    /// Nobody's.
    pub fn none() -> Arc<Self> {
        static NONE: LazyLock<Arc<Filters>> = LazyLock::new(Arc::default);
        NONE.clone()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn get(&self, place: usize) -> Option<&Filter> {
        self.all.get(place)
    }

    /// When the next of them ends by itself.
    pub fn next_end(&self, now: Time) -> Option<Time> {
        let ends = self.all.iter().filter_map(|filter| filter.expires_at);
        ends.filter(|end| *end > now).min()
    }

    /// Bytes that they take, about.
    pub fn weight(&self) -> usize {
        let keywords = self.keywords.as_ref().map_or(0, AhoCorasick::memory_usage);
        200 + self.all.len() * 200 + self.places.len() * 120 + self.posts.len() * 80 + keywords
    }

    /// `words`: folded.
    pub fn judge(&self, post: PostId, words: &str, now: Time) -> Verdict {
        let marked = self.posts.get(&post).map(Vec::as_slice).unwrap_or_default();
        let mut met: Vec<(usize, usize)> = self.keywords_in(words);
        met.sort_unstable();
        met.dedup();
        let mut places: Vec<usize> = met
            .iter()
            .map(|(filter, _)| *filter)
            .chain(marked.iter().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        let mut verdict = Verdict::default();
        for place in places {
            let filter = &self.all[place];
            if !filter.is_active(now) {
                continue;
            }
            if filter.action == Action::Hide {
                verdict.hidden_in = verdict.hidden_in.and(filter.contexts);
            }
            let own = met.iter().filter(|(filter, _)| *filter == place);
            verdict.found.push(Found {
                filter: place,
                keywords: own.map(|(_, keyword)| *keyword).collect(),
                post: marked.contains(&place).then_some(post),
            });
        }
        verdict
    }

    fn keywords_in(&self, words: &str) -> Vec<(usize, usize)> {
        let Some(keywords) = &self.keywords else {
            return Vec::new();
        };
        let found = keywords.find_overlapping_iter(words).filter_map(|found| {
            let (filter, keyword) = self.places[found.pattern().as_usize()];
            let stands_alone = || is_word(words, found.start(), found.end());
            let counts = !self.all[filter].keywords[keyword].whole_word || stands_alone();
            counts.then_some((filter, keyword))
        });
        found.collect()
    }
}

/// Whether what is found there is no part of a longer word. An end that is no letter itself, as of a smiley or before a
/// hashtag, bounds itself.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let inside = &text[start..end];
    let opens = inside.chars().next().is_some_and(is_letter);
    let closes = inside.chars().next_back().is_some_and(is_letter);
    let before = text[..start].chars().next_back().is_some_and(is_letter);
    let after = text[end..].chars().next().is_some_and(is_letter);
    let is_part = opens && before || closes && after;
    !is_part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Clock;
    use crate::domain::filter::{Context, FilteredPost, Keyword};
    use crate::domain::ids::{FilterId, KeywordId, RelationId};

    fn keyword(keyword: &str, whole_word: bool) -> Keyword {
        Keyword {
            id: KeywordId(1),
            keyword: keyword.to_owned(),
            whole_word,
        }
    }

    fn filter(action: Action, keywords: Vec<Keyword>) -> Filter {
        Filter {
            id: FilterId(1),
            title: "it".into(),
            contexts: [Context::Home].into_iter().collect(),
            action,
            expires_at: None,
            keywords,
            posts: Vec::new(),
        }
    }

    /// Whether the keyword is in the text.
    fn meets(word: &str, whole_word: bool, text: &str) -> bool {
        let filters = Filters::new(vec![filter(Action::Warn, vec![keyword(word, whole_word)])]);
        let verdict = filters.judge(PostId(1), &fold(text), Clock::system().now());
        !verdict.found.is_empty()
    }

    #[test]
    fn a_whole_word_is_no_part_of_another_and_any_other_is() {
        for (word, text, whole, part) in [
            ("cat", "a Cat, asleep", true, true),
            ("cat", "concatenate", false, true),
            ("cat", "cats", false, true),
            ("cat", "cat", true, true),
            ("cat", "cat_1", false, true),
            ("Straße", "eine STRASSE", false, false),
            ("ÉTÉ", "l'été!", true, true),
            ("two words", "Two\n\t words", true, true),
            ("#cat", "see:#cat.", true, true),
            ("#cat", "#cats", false, true),
            (":-)", "so:-)so", true, true),
            ("dog", "a cat", false, false),
            ("猫", "黒猫が", false, true),
        ] {
            assert_eq!(meets(word, true, text), whole, "{word} alone in {text}");
            assert_eq!(meets(word, false, text), part, "{word} in {text}");
        }
    }

    #[test]
    fn each_filter_says_by_what_it_meets_a_post() {
        let mut by_hand = filter(Action::Blur, vec![keyword("absent", true)]);
        by_hand.posts.push(FilteredPost {
            id: RelationId(1),
            post: PostId(7),
        });
        let words = vec![keyword("one", true), keyword("two", true), keyword("on", false)];
        let mut ended = filter(Action::Hide, words.clone());
        let now = Clock::system().now();
        ended.expires_at = Some(now);
        let filters = Filters::new(vec![by_hand, ended, filter(Action::Hide, words)]);
        let verdict = filters.judge(PostId(7), "one one", now);
        let found = |filter, keywords: &[usize], post| Found {
            filter,
            keywords: keywords.to_vec(),
            post,
        };
        assert_eq!(
            verdict.found,
            [found(0, &[], Some(PostId(7))), found(2, &[0, 2], None)]
        );
        assert!(verdict.hidden_in.has(Context::Home) && !verdict.hidden_in.has(Context::Public));
        assert_eq!(filters.judge(PostId(8), "three", now), Verdict::default());
        assert!(Filters::none().judge(PostId(7), "one", now).found.is_empty());
    }
}
