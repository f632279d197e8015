//! How files are compressed: their names say it.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    Plain,
    Gzip,
    Zstd,
}

impl Codec {
    /// What a file name says.
    pub(super) fn of(path: &Path) -> Self {
        match path.extension().and_then(|e| e.to_str()) {
            Some(e) if e.eq_ignore_ascii_case("gz") => Self::Gzip,
            Some(e) if e.eq_ignore_ascii_case("zst") => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// The plain bytes of a file, of all its members or frames.
    pub(super) fn reader<R: Read + Send + 'static>(self, file: R) -> Box<dyn Read + Send> {
        let buffered = |file: R| BufReader::with_capacity(1 << 16, file);
        match self {
            Self::Plain => Box::new(file),
            Self::Gzip => Box::new(MultiGzDecoder::new(buffered(file))),
            Self::Zstd => Box::new(Frames::new(buffered(file))),
        }
    }

    /// Bytes as they stand in a file: a whole member or frame, so that files can be cut and continued between two of them.
    pub(super) fn compress(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(bytes.to_owned()),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Self::Zstd => Ok(compress_to_vec(bytes, CompressionLevel::Fastest)),
        }
    }
}

/// The content of all zstd frames of a file.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), is_in_frame: false }
    }

    /// Begins the next frame, or skips one that holds no content. `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        if self.source.fill_buf()?.is_empty() {
            return Ok(false);
        }
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.is_in_frame = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                let length = u64::from(length);
                if io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Err(error) => return Err(damaged(error)),
        }
        Ok(true)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.is_in_frame && self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if !self.is_in_frame {
                if !self.begin()? {
                    return Ok(0);
                }
            } else if self.decoder.is_finished() {
                self.is_in_frame = false;
                let stated = self.decoder.get_checksum_from_data();
                if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
                    return Err(damaged("the checksum of a frame is wrong"));
                }
            } else {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(damaged)?;
            }
        }
    }
}

fn damaged(error: impl Into<Box<dyn Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(codec: Codec, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        codec.reader(io::Cursor::new(bytes)).read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = "A row of some words, and again a row of some words.\n".repeat(10_000).into_bytes();
        for codec in [Codec::Plain, Codec::Gzip, Codec::Zstd] {
            let frame = codec.compress(&text).unwrap();
            assert!(codec == Codec::Plain || frame.len() < text.len() / 10, "{codec:?}: {}", frame.len());
            let twice = [frame.clone(), codec.compress(b"").unwrap(), frame].concat();
            assert_eq!(read(codec, twice).unwrap(), [text.clone(), text.clone()].concat());
        }
    }

    #[test]
    fn damage_is_an_error() {
        let text = "Some words that are not the same all over: 1 2 3 4 5 6 7 8 9.\n".repeat(100);
        for codec in [Codec::Gzip, Codec::Zstd] {
            let frame = codec.compress(text.as_bytes()).unwrap();
            for cut in [2, frame.len() / 2, frame.len() - 1] {
                assert!(read(codec, frame[..cut].to_vec()).is_err(), "{codec:?} cut at {cut}");
            }
            let mut last = frame;
            // In both formats a checksum stands near the end.
            let at = last.len() - if codec == Codec::Gzip { 8 } else { 2 };
            last[at] ^= 1;
            assert!(read(codec, last).is_err(), "{codec:?} with a wrong checksum");
        }
    }

    #[test]
    fn frames_without_content_are_skipped() {
        let mut bytes = vec![0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 7, 7, 7];
        bytes.extend(Codec::Zstd.compress(b"text").unwrap());
        assert_eq!(read(Codec::Zstd, bytes.clone()).unwrap(), b"text");
        assert!(read(Codec::Zstd, bytes[..10].to_vec()).is_err());
    }
}
