import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync, crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { openPictures } from './pictures.ts'

const pictures = openPictures()
const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const

async function drawn(width: number, height: number): Promise<Sharp> {
  return sharp(
    await sharp({ create: { width, height, channels: 3, background: '#fff', noise } })
      .png()
      .toBuffer(),
  )
}

test('each common bitmap becomes a small WebP', async () => {
  const picture = await drawn(900, 300)
  for (const bytes of [
    await picture.png().toBuffer(),
    await picture.jpeg().toBuffer(),
    await picture.webp().toBuffer(),
    await picture.gif().toBuffer(),
  ]) {
    const made = await pictures.reencode(bytes, 256)
    assert.equal(made?.mediaType, 'image/webp')
    const { width, height, format, exif } = await sharp(made.bytes).metadata()
    assert.deepEqual(
      { width, height, format, exif },
      { width: 256, height: 85, format: 'webp', exif: undefined },
    )
    assert.ok(made.bytes.length <= 64 * 1024)
  }
})

test('what is asked beyond 256 pixels is not given, and a small picture is not blown up', async () => {
  const large = await pictures.reencode(await (await drawn(700, 700)).png().toBuffer(), 4000)
  assert.equal((await sharp(large?.bytes).metadata()).width, 256)
  const small = await pictures.reencode(await (await drawn(20, 20)).png().toBuffer(), 256)
  assert.equal((await sharp(small?.bytes).metadata()).width, 20)
})

test('a picture with a program, a picture with a tail and what is no picture [money 85]', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  for (const text of [svg, `<?xml version="1.0"?>${svg}`, '%PDF-1.7', '<html>', '', 'GIF89a']) {
    assert.equal(await pictures.reencode(Buffer.from(text), 256), null, text)
  }
  const png = await (await drawn(30, 30)).png().toBuffer()
  const tail = Buffer.from('<script>steal()</script>')
  const made = await pictures.reencode(Buffer.concat([png, tail]), 256)
  assert.ok(made !== null && !Buffer.from(made.bytes).includes(tail))
  // A PNG's first bytes in front of an SVG open no SVG decoder.
  assert.equal(await pictures.reencode(Buffer.concat([png.subarray(0, 8), Buffer.from(svg)]), 256), null)
})

test('a picture that would unpack into gigabytes is refused at once [money 85]', async () => {
  const started = performance.now()
  assert.equal(await pictures.reencode(pngHeader(60_000, 60_000), 256), null)
  assert.ok(performance.now() - started < 1000)
})

test('an animation leaves one frame', async () => {
  const frames = await Promise.all([1, 2, 3].map(async () => await (await drawn(16, 16)).png().toBuffer()))
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  assert.equal((await sharp(gif, { animated: true }).metadata()).pages, 3)
  const made = await pictures.reencode(gif, 256)
  assert.equal((await sharp(made?.bytes, { animated: true }).metadata()).pages ?? 1, 1)
})

/** A PNG that claims its size and has one compressed row. */
function pngHeader(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const parts = [
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(width * 3 + 1))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  const sum = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
