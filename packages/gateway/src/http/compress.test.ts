import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { compressible, pickEncoding } from './compress.ts'

test('the smallest form that a browser accepts is picked, and a weight of zero refuses', () => {
  const cases: Readonly<Record<string, 'br' | 'gzip' | null>> = {
    'gzip, deflate, br, zstd': 'br',
    'gzip, deflate': 'gzip',
    'GZIP;q=0.5': 'gzip',
    'br;q=0, gzip;q=1.0': 'gzip',
    'br;q=0.000': null,
    'identity': null,
    '': null,
    'brotli': null,
  } // prettier-ignore
  for (const [header, encoding] of Object.entries(cases)) assert.equal(pickEncoding(header), encoding, header)
})

test('each form holds the same text, says what it is and is kept apart by caches', () => {
  const text = 'a stylesheet that repeats itself '.repeat(100)
  const file = compressible({ status: 200, headers: { 'content-type': 'text/css' }, body: text })
  const [plain, zipped, small] = [file(''), file('gzip'), file('br')]
  assert.equal(plain.body, text)
  assert.equal(gunzipSync(zipped.body as Uint8Array).toString(), text)
  assert.equal(brotliDecompressSync(small.body as Uint8Array).toString(), text)
  assert.deepEqual(
    [plain, zipped, small].map(({ headers }) => [headers['content-encoding'], headers['vary']]),
    [
      [undefined, 'accept-encoding'],
      ['gzip', 'accept-encoding'],
      ['br', 'accept-encoding'],
    ],
  )
  assert.equal(file('br').body, small.body, 'made once')
})
