import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAnswer } from './answer.ts'

const whole = 'HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello'

test('a whole answer tells its status and where its body is', () => {
  assert.deepEqual(readAnswer(Buffer.from(whole)), { status: 200, body: whole.length - 5, end: whole.length })
  assert.equal(readAnswer(Buffer.from(whole.replace('200 OK', '503 Away')))?.status, 503)
})

test('an answer that has not wholly arrived is none yet, wherever it was cut', () => {
  for (let cut = 0; cut < whole.length; cut += 1)
    assert.equal(readAnswer(Buffer.from(whole.slice(0, cut))), null)
})

test('an answer whose end could only be guessed is a fault', () => {
  assert.throws(() => readAnswer(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')), /without Content-Length/)
})

test('an answer in chunks ends with the empty one', () => {
  const chunks = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\n0\r\n\r\n0\r\n\r\n'
  for (let cut = 0; cut < chunks.length; cut += 1)
    assert.equal(readAnswer(Buffer.from(chunks.slice(0, cut))), null)
  assert.equal(readAnswer(Buffer.from(`${chunks}HTTP/1.1 200 OK`))?.end, chunks.length)
})
