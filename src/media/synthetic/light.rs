//! Colours of the day: a light value and the moods that scenes are lit in. Never knows a shape.

use std::ops::{Add, Mul};

/// Red, green and blue, 0..1 as on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Light(pub [f32; 3]);

impl Light {
    const fn hex(code: u32) -> Self {
        let [_, red, green, blue] = code.to_be_bytes();
        Self([red as f32 / 255.0, green as f32 / 255.0, blue as f32 / 255.0])
    }

    pub fn mix(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        Self(std::array::from_fn(|i| {
            self.0[i] + (other.0[i] - self.0[i]) * share
        }))
    }

    /// As if the other were projected on top: never darker.
    pub fn glow(self, other: Self, strength: f32) -> Self {
        Self(std::array::from_fn(|i| {
            1.0 - (1.0 - self.0[i]) * (1.0 - (other.0[i] * strength).clamp(0.0, 1.0))
        }))
    }

    pub fn brightness(self) -> f32 {
        (0.3 * self.0[0] + 0.59 * self.0[1] + 0.11 * self.0[2]).clamp(0.0, 1.0)
    }

    /// On paper, with a gentle S-curve: deep shadows lifted a little, lights rolled off.
    pub fn print(self, speck: f32) -> [u8; 3] {
        self.0.map(|value| {
            let value = (value + speck).clamp(0.0, 1.0);
            let curve = value * value * (3.0 - 2.0 * value);
            let toned = 0.018 + 0.972 * (value * 0.7 + curve * 0.3);
            (toned * 255.0 + 0.5) as u8
        })
    }
}

impl Mul<f32> for Light {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        Self(self.0.map(|value| value * by))
    }
}

impl Add for Light {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }
}

/// The light of an hour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mood {
    pub zenith: Light,
    pub sky: Light,
    pub horizon: Light,
    pub sun: Light,
    /// Of the nearest ground.
    pub near: Light,
    /// Of the air between.
    pub haze: Light,
    /// How many stars, 0..1.
    pub stars: f32,
    /// How much snow on far crests, 0..1.
    pub snow: f32,
}

const fn mood(colours: [u32; 6], stars: f32, snow: f32) -> Mood {
    Mood {
        zenith: Light::hex(colours[0]),
        sky: Light::hex(colours[1]),
        horizon: Light::hex(colours[2]),
        sun: Light::hex(colours[3]),
        near: Light::hex(colours[4]),
        haze: Light::hex(colours[5]),
        stars,
        snow,
    }
}

impl Mood {
    pub const COUNT: u64 = MOODS.len() as u64;

    pub fn of(number: usize) -> Self {
        MOODS[number % MOODS.len()]
    }
}

const MOODS: [Mood; 8] = [
    // First light, rose over slate.
    mood(
        [
            0x34_42_72, 0xB0_7A_90, 0xFF_CF_B4, 0xFF_E6_C8, 0x1C_1A_2C, 0xDF_A6_A2,
        ],
        0.0,
        0.25,
    ),
    // The golden hour.
    mood(
        [
            0x4E_74_A4, 0xE6_B8_88, 0xFF_EB_BE, 0xFF_F4_D8, 0x2A_26_1C, 0xEE_C4_92,
        ],
        0.0,
        0.0,
    ),
    // The blue hour, and the first stars.
    mood(
        [
            0x0A_18_36, 0x24_4A_82, 0x86_AE_D6, 0xE6_EE_FF, 0x06_0C_1A, 0x5E_86_B4,
        ],
        1.0,
        0.35,
    ),
    // A clear day in the high mountains.
    mood(
        [
            0x24_62_A4, 0x6E_A8_DC, 0xD4_E8_F6, 0xFF_FD_F4, 0x1A_32_26, 0xA8_C6_DE,
        ],
        0.0,
        1.0,
    ),
    // Mist over the pines.
    mood(
        [
            0x74_98_9C, 0xA6_C2_BE, 0xE4_EA_E2, 0xFF_FC_EE, 0x12_2C_2C, 0xC6_D6_D0,
        ],
        0.0,
        0.1,
    ),
    // Afterglow.
    mood(
        [
            0x20_14_48, 0x7A_34_80, 0xFF_92_6E, 0xFF_D4_A6, 0x12_0A_22, 0xC8_6C_84,
        ],
        0.5,
        0.0,
    ),
    // October.
    mood(
        [
            0x6C_88_A0, 0xC8_BE_A8, 0xFA_E2_BC, 0xFF_F2_D4, 0x3A_20_12, 0xDA_AE_86,
        ],
        0.0,
        0.0,
    ),
    // Black and white.
    mood(
        [
            0x3A_3A_3C, 0x86_86_88, 0xE6_E6_E6, 0xFF_FF_FF, 0x10_10_12, 0xB4_B4_B6,
        ],
        0.0,
        0.5,
    ),
];
