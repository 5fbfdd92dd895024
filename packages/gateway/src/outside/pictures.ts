import type { Sharp, SharpOptions } from 'sharp'
import type { Pictures } from '../core/ports.ts'

/** Enough for any photograph of a phone, too little for a picture that unpacks into gigabytes. */
const mostPixels = 40_000_000
const mostBytes = 64 * 1024
const largestSide = 256
const options: SharpOptions = {
  limitInputPixels: mostPixels,
  animated: false,
  failOn: 'error',
  sequentialRead: true,
}

/** First bytes of the bitmaps that we decode. SVG, PDF and the like are programs, not pictures. */
const bitmaps: readonly ((bytes: Uint8Array) => boolean)[] = [
  (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]), // JPEG
  (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), // PNG
  (bytes) => startsWith(bytes, [0x47, 0x49, 0x46, 0x38]), // GIF
  (bytes) =>
    startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]), // WebP
]

/**
 * Decodes and encodes again: what leaves is pixels that we wrote, without metadata, trailing bytes or animation,
 * at most 256 pixels a side and 64 kB. The decoder is loaded with the first picture, because start-up has no time for it.
 */
export function openPictures(): Pictures {
  const decoder = lazily(loadSharp)
  return {
    reencode: async (bytes, side) => {
      if (!bitmaps.some((is) => is(bytes))) return null
      const sharp = await decoder()
      const within = Math.max(1, Math.min(side, largestSide))
      const picture = sharp(bytes, options)
        .timeout({ seconds: 5 })
        .autoOrient()
        .resize({ width: within, height: within, fit: 'inside', withoutEnlargement: true })
      const encoded = await smallEnough(picture)
      return encoded === null ? null : { mediaType: 'image/webp', bytes: encoded }
    },
  }
}

/** The best quality that fits; null when the bytes are no picture after all. */
async function smallEnough(picture: Sharp): Promise<Uint8Array | null> {
  for (const quality of [85, 60, 30]) {
    const encoded = await picture
      .clone()
      .webp({ quality, effort: 4 })
      .toBuffer()
      .catch(() => null)
    if (encoded === null) return null
    if (encoded.length <= mostBytes) return new Uint8Array(encoded)
  }
  return null
}

async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // The first bytes were looked at; should they lie, every other decoder of the library is shut.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Nsgif', 'Webp'].map((format) => `VipsForeignLoad${format}Buffer`),
  })
  // Pictures are rare and strangers': no cache to fill, one core at most.
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, place) => bytes[place] === byte)
}
