//! Who lives on the demonstration server, and what they say. Nobody of them is real, and no text is anybody's.

/// Somebody of the demonstration. The seeds are of generated photographs.
pub struct Role {
    pub username: &'static str,
    pub name: &'static str,
    pub note: &'static str,
    pub fields: &'static [(&'static str, &'static str)],
    pub avatar: u64,
    pub header: u64,
}

pub const OWNER: &str = "demo";

pub const CAST: [Role; 8] = [
    Role {
        username: OWNER,
        name: "Demo",
        note: "You are me. Look around, follow, post, and break nothing that matters.",
        fields: &[("This server", "a demonstration")],
        avatar: 301,
        header: 310,
    },
    Role {
        username: "ines",
        name: "Inês Duarte",
        note: "Coast and weather, mostly before breakfast.\n\n#sea #mist",
        fields: &[
            ("Camera", "a small one, with scratches"),
            ("Lives", "where the bus turns round"),
        ],
        avatar: 307,
        header: 312,
    },
    Role {
        username: "tomasz",
        name: "Tomasz Wilk",
        note: "Long walks with too much glass in the bag. #mountains",
        fields: &[("Film", "when it is cheap")],
        avatar: 313,
        header: 320,
    },
    Role {
        username: "amara",
        name: "Amara Osei",
        note: "Light first, then everything else.",
        fields: &[
            ("Prints", "yes, write to me"),
            ("Languages", "English, Twi, Français"),
        ],
        avatar: 319,
        header: 328,
    },
    Role {
        username: "yuki",
        name: "由紀",
        note: "静かな写真。Quiet pictures.",
        fields: &[],
        avatar: 326,
        header: 336,
    },
    Role {
        username: "lars",
        name: "Lars Holm",
        note: "Forester. I photograph my colleagues, who are all trees. #forest",
        fields: &[("Boots", "third pair"), ("Dog", "yes")],
        avatar: 334,
        header: 344,
    },
    Role {
        username: "salma",
        name: "سلمى الخطيب",
        note: "رمل وضوء. Sand and light.",
        fields: &[("Wind", "from the south")],
        avatar: 338,
        header: 352,
    },
    Role {
        username: "june",
        name: "June Abbott",
        note: "Retired. The lake is ten minutes away, fifteen with the good tripod.",
        fields: &[("Birds", "not my thing")],
        avatar: 341,
        header: 361,
    },
];

/// Said under photographs, whatever they show.
pub const CAPTIONS: [&str; 30] = [
    "Worth getting up for.",
    "I took the long way home again.",
    "It lasted four minutes.",
    "Nobody else for miles.",
    "The wind was so loud that I could not hear the shutter.",
    "Same place as last year. I am the one who changed.",
    "Waited an hour for this and would have waited two.",
    "First roll through the old camera.",
    "No filter, only patience and cold hands.",
    "My tea was still warm.",
    "One of those evenings.",
    "I nearly left the tripod at home.",
    "From the ridge, before the path gets steep.",
    "This is what it is like most days, honestly.",
    "The map says there is a village here.",
    "Third try. The first two were all fog.",
    "Printed this one for the kitchen.",
    "A small walk that became a long one.",
    "It smelled of rain.",
    "Somebody asked where this is. I promised not to tell.",
    "Stopped the car for it.",
    "Not sharp in the corners, and I do not mind.",
    "For everybody who is indoors today.",
    "A test of the new lens. It passed.",
    "The light went round the hill and came back.",
    "Quiet enough to hear the snow melt.",
    "I only came here to eat my sandwich.",
    "Two seconds at f/11, and a held breath.",
    "An old favourite, developed again.",
    "Tomorrow they say it will be grey.",
];

pub const COMMENTS: [&str; 14] = [
    "That light!",
    "I can feel the cold from here.",
    "How early did you have to get up?",
    "The tones in this one are lovely.",
    "I was there last spring and it looked nothing like it.",
    "This belongs on a wall.",
    "Quiet. I like it a lot.",
    "Now I want to go out.",
    "The far layers are the best part.",
    "Beautiful.",
    "What did you use for this?",
    "I would not have seen it.",
    "More of these, please.",
    "素敵です。",
];

pub const ANSWERS: [&str; 6] = [
    "Thank you! It was pure luck.",
    "Early. Do not ask.",
    "Come along next time.",
    "The old 35, wide open.",
    "It looked even better, I promise.",
    "That means a lot, thanks.",
];
