//! JPEG through libjpeg, scaled while it decodes. Never shows a picture that libjpeg had to guess at.

use std::cell::Cell;
use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use image::metadata::Orientation;
use mozjpeg::{ColorSpace, Decompress};
use mozjpeg_sys::{jpeg_common_struct, jpeg_error_mgr};

use crate::media::header::jpeg::{JpegMarkers, walk};
use crate::media::name::Size;
use crate::media::raster::{Decoded, Layout, Raster, short};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

const DAMAGED: Unusable = Unusable::Damaged { kind: Kind::Jpeg };

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Unusable> {
    let markers = walk(bytes)?;
    let layout = match markers.components {
        1 => Layout::Gray,
        3 => Layout::Rgb,
        4 => Layout::InvertedCmyk,
        _ => return Err(DAMAGED),
    };
    WARNINGS.set(0);
    // libjpeg reports errors by unwinding through our handler.
    let raster =
        catch_unwind(AssertUnwindSafe(|| pixels(bytes, layout, &markers))).unwrap_or(Err(DAMAGED))?;
    // A warning is libjpeg's word for data that it had to make up, such as a grey lower half.
    if WARNINGS.get() > 0 {
        return Err(DAMAGED);
    }
    let orientation = markers
        .exif
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    Ok(Decoded {
        raster,
        profile: markers.profile(),
        orientation,
    })
}

fn pixels(bytes: &[u8], layout: Layout, markers: &JpegMarkers<'_>) -> Result<Raster, Unusable> {
    let mut decoder = Decompress::with_err(errors())
        .from_mem(bytes)
        .map_err(|_| DAMAGED)?;
    if decoder.size() != (markers.width.into(), markers.height.into()) {
        // The limits have judged other sizes than libjpeg would decode.
        return Err(DAMAGED);
    }
    decoder.scale(markers.scale(Size::LARGEST));
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
    /// Warnings of the decoder that runs on this thread: libjpeg's handlers cannot carry anything safely.
    static WARNINGS: Cell<u32> = const { Cell::new(0) };
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

/// Level −1 is a warning; from 0 up are traces.
extern "C-unwind" fn note(_: &mut jpeg_common_struct, level: c_int) {
    if level < 0 {
        WARNINGS.set(WARNINGS.get().saturating_add(1));
    }
}

extern "C-unwind" fn ignore(_: &mut jpeg_common_struct) {}
