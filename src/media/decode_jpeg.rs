//! JPEG through libjpeg, scaled while it decodes. Never shows a picture of which libjpeg had to make up a part.

use std::cell::Cell;
use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use image::metadata::Orientation;
use mozjpeg::{ColorSpace, Decompress};
use mozjpeg_sys::{JWRN_HIT_MARKER, JWRN_JPEG_EOF, jpeg_common_struct, jpeg_error_mgr};

use crate::media::camera;
use crate::media::header::jpeg::{JpegMarkers, walk};
use crate::media::raster::{Decoded, Layout, Raster, short};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

const DAMAGED: Unusable = Unusable::Damaged { kind: Kind::Jpeg };
const TRUNCATED: Unusable = Unusable::Truncated { kind: Kind::Jpeg };

pub(crate) fn decode(bytes: &[u8], target: u32) -> Result<Decoded, Unusable> {
    let markers = walk(bytes)?;
    let layout = match markers.components {
        1 => Layout::Gray,
        3 => Layout::Rgb,
        4 => Layout::InvertedCmyk,
        _ => return Err(DAMAGED),
    };
    ENDED_EARLY.set(false);
    // libjpeg reports errors by unwinding through our handler.
    let raster =
        catch_unwind(AssertUnwindSafe(|| pixels(bytes, layout, &markers, target))).unwrap_or(Err(DAMAGED))?;
    if ENDED_EARLY.get() {
        return Err(TRUNCATED);
    }
    let orientation = markers
        .exif
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    Ok(Decoded {
        raster,
        profile: markers.profile(),
        orientation,
        camera: markers.exif.and_then(camera::read),
    })
}

fn pixels(bytes: &[u8], layout: Layout, markers: &JpegMarkers<'_>, target: u32) -> Result<Raster, Unusable> {
    let mut decoder = Decompress::with_err(errors())
        .from_mem(bytes)
        .map_err(|_| DAMAGED)?;
    if decoder.size() != (markers.width.into(), markers.height.into()) {
        // The limits have judged other sizes than libjpeg would decode.
        return Err(DAMAGED);
    }
    decoder.scale(markers.scale(target));
    let space = match layout {
        Layout::Gray => ColorSpace::JCS_GRAYSCALE,
        Layout::InvertedCmyk => ColorSpace::JCS_CMYK,
        _ => ColorSpace::JCS_RGB,
    };
    let mut started = decoder.to_colorspace(space).map_err(|_| DAMAGED)?;
    let (width, height) = (started.width(), started.height());
    let mut pixels = started.read_scanlines::<u8>().map_err(|_| DAMAGED)?;
    started.finish().map_err(|_| DAMAGED)?;
    if layout == Layout::InvertedCmyk && !markers.adobe {
        pixels.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    let (width, height) = (
        u32::try_from(width).unwrap_or(0),
        u32::try_from(height).unwrap_or(0),
    );
    Raster::new(layout, width, height, pixels).ok_or_else(|| short(Kind::Jpeg))
}

thread_local! {
    /// Of the decoder that runs on this thread: libjpeg's handlers cannot carry anything safely.
    static ENDED_EARLY: Cell<bool> = const { Cell::new(false) };
}

/// Handlers of our own, since the wrapper's swallow warnings.
fn errors() -> jpeg_error_mgr {
    jpeg_error_mgr {
        error_exit: Some(fail),
        emit_message: Some(note),
        output_message: Some(ignore),
        format_message: None,
        reset_error_mgr: Some(ignore),
        msg_code: 0,
        msg_parm: Default::default(),
        trace_level: 0,
        num_warnings: 0,
        jpeg_message_table: std::ptr::null(),
        last_jpeg_message: 0,
        addon_message_table: std::ptr::null(),
        first_addon_message: 0,
        last_addon_message: 0,
    }
}

#[cold]
extern "C-unwind" fn fail(_: &mut jpeg_common_struct) {
    // Not a panic of ours: the panic hook stays silent.
    resume_unwind(Box::new("libjpeg gave up"));
}

/// Level −1 is a warning; from 0 up are traces. Cameras write JPEGs that libjpeg warns of, such as with a few bytes
/// between two segments or of another JFIF, and show them whole; only what ends early has a part that is made up: a
/// grey lower half.
extern "C-unwind" fn note(decoder: &mut jpeg_common_struct, level: c_int) {
    if level < 0 && matches!(code(decoder), JWRN_HIT_MARKER | JWRN_JPEG_EOF) {
        ENDED_EARLY.set(true);
    }
}

#[expect(
    unsafe_code,
    reason = "libjpeg keeps the number of its message behind a pointer"
)]
fn code(decoder: &jpeg_common_struct) -> c_int {
    // SAFETY: libjpeg calls its handlers through this very pointer, which the wrapper keeps for as long as the decoder
    // lives; on this thread nothing else uses it meanwhile.
    let errors = unsafe { decoder.err.as_ref() };
    errors.map_or(JWRN_HIT_MARKER, |errors| errors.msg_code)
}

extern "C-unwind" fn ignore(_: &mut jpeg_common_struct) {}
